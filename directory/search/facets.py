"""Which further choices does the reader have, and how many places would each leave? Exact, over the other filters."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from directory.search.chips import toggled
from directory.search.filters import UNKNOWN, Filter
from directory.search.query import SearchQuery
from directory.search.results import Facet, Option
from directory.search.screening import Screening
from directory.text import Chip


def facets(screening: Screening, asked: SearchQuery, chips: Sequence[Chip]) -> tuple[Facet, ...]:
    """All facets that have something to offer. `asked` is the query as written in the URL."""
    return tuple(
        facet for row in screening.filters.values() if row.facet
        if (facet := _facet(screening, asked, chips, row)).options or facet.asks
    )


def _facet(screening: Screening, asked: SearchQuery, chips: Sequence[Chip], row: Filter) -> Facet:
    counts = screening.counts(row)
    return Facet(
        row.parameter, row.label, row.many, tuple(_options(screening, asked, chips, row, counts)),
        tuple(_asks(screening, asked, row, counts)), row.group,
    )


def _options(
    screening: Screening, asked: SearchQuery, chips: Sequence[Chip], row: Filter, counts: Mapping[str, int]
) -> Iterator[Option]:
    """The values that lead somewhere, and those chosen, in the table's order."""
    chosen = screening.query.get(row.parameter)
    offered = row.values(screening.view.catalog)
    for value, label in offered.items():
        selected = value in chosen
        if counts[value] or selected:
            yield Option(value, label, counts[value], selected, partial(toggled, asked, chips, row, value, selected))
    for value in chosen:
        if value not in offered and value != UNKNOWN:
            label = row.value_label(value, screening.view.catalog)
            yield Option(value, label, screening.count(screening.query), True,
                         partial(toggled, asked, chips, row, value, True))


def _asks(
    screening: Screening, asked: SearchQuery, row: Filter, counts: Mapping[str, int]
) -> Iterator[Option]:
    """「ほかに要確認 n件」: the places where nobody has asked yet."""
    if row.ask and counts[UNKNOWN]:
        selected = UNKNOWN in screening.query.get(row.parameter)
        toggle = partial(asked.setting, row.parameter, () if selected else (UNKNOWN,))
        yield Option(UNKNOWN, row.ask, counts[UNKNOWN], selected, toggle)
