"""Which listings pass the filters, and which would pass without one of them?

Every value a reader can choose has a set of listings, worked out once an edition; a family of filters is their union,
a search the intersection of its families. 「外すと n件」 and facet counts are read off the same sets: they are exact.
"""

from collections.abc import Mapping, Sequence
from functools import cached_property, reduce

import numpy as np

from directory.catalog import Catalog
from directory.search import opening
from directory.search.bitsets import members, pack, size, sizes
from directory.search.filters import UNKNOWN, Filter, filters_of
from directory.search.query import SearchQuery
from directory.search.view import View

# Care providers are many and have their own kind: they come only when asked for.
KIND_LEFT_OUT = "care_provider"


class ValueSets:
    """For each value of each filter that depends on the edition alone: the set of its listings."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        rows = [row for row in filters_of(catalog.vocabulary).values() if row.has_sets]
        pairs = [(row, value) for row in rows for value in offered(row, catalog)]
        self._numbers = {(row.parameter, value): number for number, (row, value) in enumerate(pairs)}
        self._spans = _spans([row.parameter for row, _value in pairs])
        self._matrix = np.array([pack(row.meets(catalog, value)) for row, value in pairs])

    def of(self, row: Filter, values: Sequence[str]) -> np.ndarray:
        """The listings that meet any of the values."""
        return reduce(np.bitwise_or, (self._of(row, value) for value in values))

    def count(self, chosen: np.ndarray) -> Mapping[tuple[str, str], int]:
        """How many of the chosen listings meet each value of each filter."""
        return dict(zip(self._numbers, sizes(self._matrix, chosen).tolist(), strict=True))

    def count_for(self, parameter: str, chosen: np.ndarray) -> Mapping[tuple[str, str], int]:
        """The same for one filter."""
        span = self._spans[parameter]
        return dict(zip(list(self._numbers)[span], sizes(self._matrix[span], chosen).tolist(), strict=True))

    def _of(self, row: Filter, value: str) -> np.ndarray:
        number = self._numbers.get((row.parameter, value))
        return pack(row.meets(self._catalog, value)) if number is None else self._matrix[number]


def offered(row: Filter, catalog: Catalog) -> list[str]:
    """The values whose counts are shown."""
    return [*row.values(catalog), *([UNKNOWN] if row.ask else [])]


def _spans(names: Sequence[str]) -> dict[str, slice]:
    """Name → where its run of equal names stands."""
    return {name: slice(names.index(name), names.index(name) + names.count(name)) for name in dict.fromkeys(names)}


class Screening:
    """The filters of one query over the listings its words leave. `care_asked`: the words name 介護事業所."""

    def __init__(self, view: View, worded: np.ndarray, query: SearchQuery, care_asked: bool) -> None:
        self.view, self.query = view, query
        self.filters = filters_of(view.catalog.vocabulary)
        self._worded = worded
        self._care_asked = care_asked
        self._sets = view.catalog.once(ValueSets)
        self._families = {family: self._tested(family, query) for family in self._families_of(query)}

    @cached_property
    def found(self) -> np.ndarray:
        """The set that passes everything."""
        return self._passing(self._families)

    def found_without(self, family: str) -> np.ndarray:
        """The set that passes everything but one family."""
        if family not in self._families:
            return self.found
        return self._passing({name: met for name, met in self._families.items() if name != family})

    def rows(self, chosen: np.ndarray) -> np.ndarray:
        """The rows of a set, ascending."""
        return members(chosen, self.view.catalog.size)

    def count(self, other: SearchQuery) -> int:
        """How many listings another query with the same words finds."""
        return size(self._passing({
            family: self._families[family] if family in self._families and self._same(family, other)
            else self._tested(family, other)
            for family in self._families_of(other)
        }))

    def count_among(self, worded: np.ndarray) -> int:
        """How many listings other words find with the same filters."""
        return size(reduce(np.bitwise_and, self._families.values(), worded))

    def counts(self, row: Filter) -> Mapping[str, int]:
        """How many listings each value of a filter would leave, all other families in force."""
        base = self.found_without(row.tested_with)
        if not row.has_sets:
            values = offered(row, self.view.catalog)
            return dict(zip(values, opening.counts(self.view, self.query, row.parameter, values, self._base_rows),
                            strict=True))
        counted = self._counts_of_found if base is self.found else self._sets.count_for(row.parameter, base)
        return {value: counted[row.parameter, value] for value in offered(row, self.view.catalog)}

    @cached_property
    def _counts_of_found(self) -> Mapping[tuple[str, str], int]:
        return self._sets.count(self.found)

    @cached_property
    def _base_rows(self) -> np.ndarray:
        """Rows that pass everything but the opening filters."""
        return self.rows(self.found_without("opening"))

    def _families_of(self, query: SearchQuery) -> list[str]:
        used = [self.filters[name].tested_with for name, _values in query.values]
        return list(dict.fromkeys(used if self._care_asked else [*used, "kind"]))

    def _same(self, family: str, other: SearchQuery) -> bool:
        names = {name for name, _values in (*self.query.values, *other.values)}
        return all(self.query.get(name) == other.get(name) for name in names
                   if self.filters[name].tested_with == family)

    def _tested(self, family: str, query: SearchQuery) -> np.ndarray:
        row = next((self.filters[name] for name, _values in query.values if self.filters[name].tested_with == family),
                   None)
        if row is None:
            return ~self._sets.of(self.filters["kind"], [KIND_LEFT_OUT])
        if not row.has_sets:
            return pack(row.test(self.view, query))
        return self._sets.of(row, query.get(row.parameter))

    def _passing(self, families: Mapping[str, np.ndarray]) -> np.ndarray:
        return reduce(np.bitwise_and, families.values(), self._worded)
