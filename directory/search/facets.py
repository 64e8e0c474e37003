"""Which further choices does the reader have, and how many places would each leave? Exact, over the other filters."""

from collections.abc import Iterator, Mapping, Sequence

from directory.search.chips import toggled
from directory.search.filters import UNKNOWN, Filter
from directory.search.query import SearchQuery
from directory.search.results import Facet, Option
from directory.search.screening import Screening
from directory.text import Chip


def facets(screening: Screening, asked: SearchQuery, chips: Sequence[Chip]) -> tuple[Facet, ...]:
    """All facets that have something to offer. `asked` is the query as written in the URL."""
    return tuple(
        facet for row in screening.filters.values() if row.facet and row.tally
        if (facet := _facet(screening, asked, chips, row)).options
    )


def _facet(screening: Screening, asked: SearchQuery, chips: Sequence[Chip], row: Filter) -> Facet:
    counts = row.tally(screening.view, screening.query, screening.found_without(row.tested_with))
    return Facet(
        row.parameter, row.label, row.many, tuple(_options(screening, asked, chips, row, counts)),
        tuple(_asks(screening, asked, row, counts)), row.group,
    )


def _options(
    screening: Screening, asked: SearchQuery, chips: Sequence[Chip], row: Filter, counts: Mapping[str, int]
) -> Iterator[Option]:
    """The values that lead somewhere, and those chosen, in the table's order."""
    chosen = screening.query.get(row.parameter)
    offered = row.options(screening.view)
    for value in (*offered, *(value for value in chosen if value not in offered and value != UNKNOWN)):
        count, selected = counts.get(value, 0), value in chosen
        if count or selected:
            label = row.value_label(value, screening.view)
            yield Option(value, label, count, selected, toggled(asked, chips, row, value, selected))


def _asks(
    screening: Screening, asked: SearchQuery, row: Filter, counts: Mapping[str, int]
) -> Iterator[Option]:
    """「ほかに要確認 n件」: the places where nobody has asked yet."""
    if row.ask and counts.get(UNKNOWN):
        selected = UNKNOWN in screening.query.get(row.parameter)
        query = asked.removing(row.parameter) if selected else asked.setting(row.parameter, (UNKNOWN,))
        yield Option(UNKNOWN, row.ask, counts[UNKNOWN], selected, query)
