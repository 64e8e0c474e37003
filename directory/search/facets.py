"""Which further choices does the reader have, and how many places would each leave? Exact, over the other filters."""

from collections.abc import Iterator, Sequence
from functools import partial

from directory.search.chips import toggled
from directory.search.filters import UNKNOWN, Filter
from directory.search.query import SearchQuery
from directory.search.results import Facet, Option
from directory.search.screening import Screening
from directory.text import Chip


def facets(screening: Screening, asked: SearchQuery, chips: Sequence[Chip]) -> tuple[Facet, ...]:
    """All facets that have something to offer. `asked` is the query as written in the URL."""
    made = (_facet(screening, asked, chips, row) for row in screening.filters.values() if row.facet)
    return tuple(facet for facet in made if facet.options or facet.asks)


def _facet(screening: Screening, asked: SearchQuery, chips: Sequence[Chip], row: Filter) -> Facet:
    chosen = screening.query.get(row.parameter)
    labels = screening.offers[row.parameter].labels
    options, asks = [], []
    for (value, label), count in zip(labels.items(), screening.tallies.get(row.parameter, ()), strict=True):
        selected = value in chosen
        if value == UNKNOWN and row.ask:
            toggle = partial(asked.setting, row.parameter, () if selected else (UNKNOWN,))
            asks += [Option(value, label, count, selected, toggle)] if count else []
        elif count or selected:
            options.append(Option(value, label, count, selected, partial(toggled, asked, chips, row, value, selected)))
    options += _typed(screening, asked, chips, row, [value for value in chosen if value not in labels])
    return Facet(row.parameter, row.label, row.many, tuple(options), tuple(asks), row.group)


def _typed(
    screening: Screening, asked: SearchQuery, chips: Sequence[Chip], row: Filter, values: Sequence[str]
) -> Iterator[Option]:
    """Chosen values that are not among those offered."""
    for value in values:
        label = row.value_label(value, screening.view.catalog)
        yield Option(value, label, screening.count(screening.query), True,
                     partial(toggled, asked, chips, row, value, True))
