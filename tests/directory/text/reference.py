"""What would Whoosh answer? The same documents, fields and questions in an index of its own, in memory.

Whoosh finds and scores every member (terms ANDed, fields summed); taking the best member and adding groups is done here,
because DisjunctionMax of Whoosh 2.7.4 also counts a member that stands in another row.
"""

from collections.abc import Mapping, Sequence

from whoosh import query as ask
from whoosh.fields import KEYWORD, STORED, Schema
from whoosh.filedb.filestore import RamStorage
from whoosh.scoring import BM25F

from directory.text.analysis import FIELDS
from directory.text.words import Group, Member, ParsedQuery


class WhooshReference:
    """BM25F over the fields of FIELDS, from the terms of each field of each row (`document_terms`)."""

    def __init__(self, documents: Sequence[Mapping[str, Sequence[str]]]) -> None:
        schema = Schema(row=STORED, **{field.name: KEYWORD(scorable=True) for field in FIELDS})
        index = RamStorage().create_index(schema)
        writer = index.writer()
        for row, terms in enumerate(documents):
            writer.add_document(row=row, **{name: " ".join(found) for name, found in terms.items() if found})
        writer.commit()
        norms = {f"{field.name}_B": field.b for field in FIELDS}
        self.searcher = index.searcher(weighting=BM25F(K1=1.2, **norms))

    def scores(self, parsed: ParsedQuery) -> dict[int, float]:
        """Row → score of every row that meets the question (phrases and exclusions aside)."""
        required = [self._group(group) for group in parsed.required]
        rows = set.intersection(*map(set, required))
        helping = [self._group(group) for group in parsed.optional]
        return {row: sum(scores.get(row, 0.0) for scores in (*required, *helping)) for row in rows}

    def _group(self, group: Group) -> dict[int, float]:
        best: dict[int, float] = {}
        for member in group.members:
            for hit in self.searcher.search(_member(member), limit=None):
                best[hit["row"]] = max(best.get(hit["row"], 0.0), hit.score)
        return best


def _member(member: Member) -> ask.Query:
    return ask.And([
        ask.Or([ask.Term(field.name, term, boost=field.weight * member.weight) for field in FIELDS])
        for term in member.terms
    ])
