"""What would Whoosh answer to the same question? The reference for tests and the benchmark; no page ever asks it.

The same terms in the same fields, BM25F with our weights. It lives in memory or in a folder that is thrown away:
its own files are never trusted as storage. """

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from whoosh import query as ask
from whoosh.codec.whoosh3 import W3Codec
from whoosh.fields import KEYWORD, STORED, Schema
from whoosh.filedb.filestore import FileStorage, RamStorage
from whoosh.scoring import BM25F

from directory.text.analysis import FIELDS
from directory.text.index import K1
from directory.text.words import Group, Member, ParsedQuery

ROW, CODES = "row_number", "filter_codes"
MEGABYTES_WHILE_WRITING = 4096


class WhooshReference:
    """Add every row, then `ready`, then ask. Filter codes are plain words such as `kind=salon`."""

    def __init__(self, folder: Path | None = None) -> None:
        fields = {field.name: KEYWORD(scorable=True) for field in FIELDS}
        schema = Schema(**{ROW: STORED, CODES: KEYWORD(commas=True)}, **fields)
        self._index = (FileStorage(str(folder)) if folder else RamStorage()).create_index(schema)
        self._writer = self._index.writer(limitmb=MEGABYTES_WHILE_WRITING, codec=W3Codec(compression=0))

    def add(self, row: int, terms: Mapping[str, Sequence[str]], codes: Iterable[str] = ()) -> None:
        """One row: the terms of each field (`document_terms`) and its filter codes."""
        texts = {name: found for name, found in terms.items() if found}
        self._writer.add_document(**{ROW: row, CODES: list(codes)}, **texts)

    def ready(self) -> None:
        """After the last row."""
        self._writer.commit(optimize=True)
        norms = {f"{field.name}_B": field.b for field in FIELDS}
        self._searcher = self._index.searcher(weighting=BM25F(K1=K1, **norms))

    def scores(self, parsed: ParsedQuery) -> dict[int, float]:
        """Row → score of every row that meets the question (phrases and exclusions aside).

        Whoosh finds and scores every member; taking the best member and adding groups is done here, because
        DisjunctionMax of Whoosh 2.7.4 also counts a member that stands in another row.
        """
        required = [self._group_scores(group) for group in parsed.required]
        rows = set.intersection(*map(set, required))
        helping = [(group, self._group_scores(group)) for group in parsed.optional]
        return {
            row: sum(scores[row] for scores in required) + sum(group.helps(met.get(row, 0.0)) for group, met in helping)
            for row in rows
        }

    def best(self, parsed: ParsedQuery, families: Iterable[Sequence[str]] = (), count: int = 20) -> list[int]:
        """The first rows of Whoosh's own ranking over the required groups; a row must have a code of every family."""
        wanted = ask.And([_group(group) for group in parsed.required]) if parsed.required else ask.Every()
        kept = [ask.Or([ask.Term(CODES, code) for code in codes]) for codes in families]
        found = self._searcher.search(wanted, limit=count, filter=ask.And(kept) if kept else None)
        return [hit[ROW] for hit in found]

    def _group_scores(self, group: Group) -> dict[int, float]:
        best: dict[int, float] = {}
        for member in group.members:
            for hit in self._searcher.search(_member(member), limit=None):
                best[hit[ROW]] = max(best.get(hit[ROW], 0.0), hit.score)
        return best


def _group(group: Group) -> ask.Query:
    return ask.DisjunctionMax([_member(member) for member in group.members])


def _member(member: Member) -> ask.Query:
    return ask.And([
        ask.Or([ask.Term(field.name, term, boost=field.weight * member.weight) for field in FIELDS])
        for term in member.terms
    ])
