"""How do SQLite FTS5 and LIKE answer the same questions over the same listings?

They get the same terms in the same fields, the same words, expansions and filters. FTS5 and SQL do the whole search
(hits, all facet counts over the other filters, counts without each filter, best 20); LIKE compares letters and
finds 20. Groups that only add to the score are left out for them. """

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from directory.text import FIELDS, Lexicon
from directory.text.words import Group, ParsedQuery

BEST = 20
Terms = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Task:
    """One question: its parsed words, and its filters as families of codes (OR within a family, AND across)."""

    parsed: ParsedQuery
    families: Mapping[str, tuple[str, ...]]


class SqlRival:
    """FTS5 (bm25 with our weights) and LIKE over one SQLite database in memory, facets by SQL."""

    def __init__(self) -> None:
        self.database = sqlite3.connect(":memory:")
        columns = ", ".join(field.name for field in FIELDS)
        self.database.executescript(f"""
            CREATE VIRTUAL TABLE words USING fts5({columns}, content='', tokenize='ascii');
            CREATE TABLE fact (place INTEGER, family TEXT, code TEXT, PRIMARY KEY (place, family, code)) WITHOUT ROWID;
            CREATE TABLE letters (place INTEGER PRIMARY KEY, body TEXT);
            CREATE TEMP TABLE hit (place INTEGER PRIMARY KEY, score REAL);
        """)
        self.numbers = Lexicon()

    def add(self, place: int, terms: Terms, codes: Iterable[tuple[str, str]], body: str) -> None:
        """One listing."""
        texts = [" ".join(f"t{self.numbers[term]}" for term in terms.get(field.name, ())) for field in FIELDS]
        marks = ", ".join("?" * (len(FIELDS) + 1))
        columns = ", ".join(field.name for field in FIELDS)
        self.database.execute(f"INSERT INTO words (rowid, {columns}) VALUES ({marks})", (place, *texts))
        self.database.executemany("INSERT OR IGNORE INTO fact VALUES (?, ?, ?)", [(place, *code) for code in codes])
        self.database.execute("INSERT INTO letters VALUES (?, ?)", (place, body))

    def ready(self) -> None:
        """After the last listing: merge the index, gather statistics."""
        self.database.execute("INSERT INTO words (words) VALUES ('optimize')")
        self.database.execute("CREATE INDEX by_code ON fact (family, code, place)")
        self.database.execute("ANALYZE")
        self.database.commit()

    def full_text(self, task: Task) -> tuple[list[int], dict[str, int]]:
        """The best 20 and every facet count."""
        run, families = self.database.execute, task.families
        run("DELETE FROM hit")
        weights = ", ".join(str(field.weight) for field in FIELDS)
        expression = " AND ".join(self._expression(group) for group in task.parsed.required)
        if expression:
            run(f"INSERT INTO hit SELECT rowid, -bm25(words, {weights}) FROM words WHERE words MATCH ?", (expression,))
        else:
            run("INSERT INTO hit SELECT place, 0 FROM letters")
        chosen = ", ".join(f"'{name}'" for name in families)
        counts = self._counts(families, f"AND family NOT IN ({chosen})")
        for name in families:  # a chosen family is counted over the others, and so is 「外すと n件」
            others = {other: codes for other, codes in families.items() if other != name}
            counts |= self._counts(others, f"AND family = '{name}'")
            where, values = _where(others)
            counts[f"without {name}"] = run(f"SELECT count(*) FROM hit WHERE 1 {where}", values).fetchone()[0]
        where, values = _where(families)
        best = run(f"SELECT place FROM hit WHERE 1 {where} ORDER BY score DESC, place LIMIT {BEST}", values).fetchall()
        return [place for place, in best], counts

    def like(self, task: Task) -> list[int]:
        """Twenty places whose letters contain every word."""
        where, values = _where(task.families, "letters")
        likes = "".join(" AND body LIKE ?" for _ in task.parsed.required)
        words = [f"%{group.words}%" for group in task.parsed.required]
        found = self.database.execute(
            f"SELECT place FROM letters WHERE 1 {likes} {where} ORDER BY length(body), place LIMIT {BEST}",
            (*words, *values))
        return [place for place, in found]

    def _expression(self, group: Group) -> str:
        members = (" AND ".join(f"t{self.numbers.get(term, -1)}" for term in member.terms).replace("t-1", "none")
                   for member in group.members)
        return "(" + " OR ".join(f"({member})" for member in members) + ")"

    def _counts(self, families: Mapping[str, tuple[str, ...]], only: str) -> dict[str, int]:
        where, values = _where(families)
        rows = self.database.execute(
            "SELECT family, code, count(*) FROM hit JOIN fact USING (place) "
            f"WHERE 1 {where} {only} GROUP BY family, code", values)
        return {f"{family} {code}": count for family, code, count in rows}


def _where(families: Mapping[str, tuple[str, ...]], table: str = "hit") -> tuple[str, list[str]]:
    clauses = "".join(
        f" AND EXISTS (SELECT 1 FROM fact f WHERE f.place = {table}.place AND f.family = ?"
        f" AND f.code IN ({', '.join('?' * len(codes))}))"
        for codes in families.values()
    )
    return clauses, [value for family, codes in families.items() for value in (family, *codes)]

