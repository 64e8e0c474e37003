"""What was asked for, said in the city's own terms? Values of fixed lists only: no word, place or time somebody typed.

The demand counters live on this: it cannot tell who searched or what exactly they wrote.
"""

from collections.abc import Iterator, Mapping

from directory.catalog import Catalog
from directory.search.filters import Filter
from directory.search.query import SearchQuery
from directory.text import Group, ParsedQuery

# A term of the index that stands for a key of the vocabulary: k:need:company.
KEY_MARK = "k"


def asked_terms(
    query: SearchQuery, parsed: ParsedQuery, filters: Mapping[str, Filter], catalog: Catalog
) -> tuple[tuple[str, str], ...]:
    """(parameter, value) of every condition in force, and of what each 生活語 means most of all."""
    ticked = [
        (name, value) for name, values in query.values if name in filters
        for value in values if value in filters[name].values(catalog)
    ]
    said = [pair for group in parsed.required for pair in _meant(group)]
    return tuple(sorted({*ticked, *said}))


def _meant(group: Group) -> Iterator[tuple[str, str]]:
    """「ひとりぼっち」 → need company. A word that is no 生活語 means nothing here."""
    keys = [(member.weight, term.split(":")) for member in group.members for term in member.terms
            if term.startswith(f"{KEY_MARK}:")]
    heaviest = max((weight for weight, _ in keys), default=0.0)
    for weight, (_, parameter, value) in keys:
        if weight == heaviest:
            yield (value, "yes") if parameter == "attribute" else (parameter, value)
