"""Which listings pass the filters, and which would pass without one of them?

Every value a reader can choose has a set of listings, worked out once an edition; a family of filters is their union,
a search the intersection of its families. 「外すと n件」 and facet counts are read off the same sets: they are exact.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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
FEW = 32  # one listing in so many: then counting their values is cheaper than counting all sets


@dataclass(frozen=True)
class Offer:
    """What one filter offers in an edition: its values with their labels, and where their sets stand in a matrix.

    Those that depend on the edition alone have a matrix of their own (ValueSets), those on opening times another.
    """

    row: Filter
    labels: Mapping[str, str]
    span: slice


class ValueSets:
    """For each value of each filter that depends on the edition alone: the set of its listings."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self.offers = _offers(catalog)
        self.fixed = {name: it for name, it in self.offers.items() if it.row.has_sets and it.labels}
        self.timed = {name: it for name, it in self.offers.items() if not it.row.has_sets and it.labels}
        self.times = {name: tuple(it.labels) for name, it in self.timed.items()}
        pairs = [(it.row, value) for it in self.fixed.values() for value in it.labels]
        self._numbers = {(row.parameter, value): number for number, (row, value) in enumerate(pairs)}
        masks = [row.meets(catalog, value) for row, value in pairs]
        self._matrix = np.array([pack(mask) for mask in masks])
        # The same bits row by row, for when few rows are left: uint8 [listings, ⌈sets / 8⌉]
        self._of_rows = np.packbits(np.array(masks), axis=0).T.copy()
        # Places a map cannot show
        self.unmapped = pack(np.isnan(catalog.columns["latitude"]))

    def of(self, row: Filter, values: Sequence[str]) -> np.ndarray:
        """The listings that meet any of the values."""
        return reduce(np.bitwise_or, (self._of(row, value) for value in values))

    def count(self, chosen: np.ndarray) -> list[int]:
        """How many of the chosen listings meet each value of each filter, in the order of the spans."""
        rows = members(chosen, len(self._of_rows)) if size(chosen) * FEW < len(self._of_rows) else None
        if rows is None:
            return sizes(self._matrix, chosen).tolist()
        of_each = np.unpackbits(self._of_rows[rows], axis=1, count=len(self._matrix))
        return of_each.sum(axis=0, dtype=np.uint32).tolist()

    def count_for(self, offer: Offer, chosen: np.ndarray) -> list[int]:
        """The same for one filter."""
        return sizes(self._matrix[offer.span], chosen).tolist()

    def _of(self, row: Filter, value: str) -> np.ndarray:
        number = self._numbers.get((row.parameter, value))
        return pack(row.meets(self._catalog, value)) if number is None else self._matrix[number]


def offered(row: Filter, catalog: Catalog) -> list[str]:
    """The values whose counts are shown."""
    return [*row.values(catalog), *([UNKNOWN] if row.ask else [])]


def _offers(catalog: Catalog) -> dict[str, Offer]:
    """What each filter offers; in either matrix they stand one after the other."""
    offers, ends = {}, {True: 0, False: 0}
    for name, row in filters_of(catalog.vocabulary).items():
        labels = {value: row.value_label(value, catalog) for value in offered(row, catalog)}
        start = ends[row.has_sets]
        ends[row.has_sets] += len(labels)
        offers[name] = Offer(row, labels, slice(start, ends[row.has_sets]))
    return offers


class Screening:
    """The filters of one query over the listings its words leave. `care_asked`: the words name 介護事業所."""

    def __init__(self, view: View, worded: np.ndarray, query: SearchQuery, care_asked: bool) -> None:
        self.view, self.query = view, query
        self.filters = filters_of(view.catalog.vocabulary)
        self._worded = worded
        self._care_asked = care_asked
        self._sets = view.catalog.once(ValueSets)
        self.offers = self._sets.offers
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

    def counts(self, parameter: str) -> Mapping[str, int]:
        """How many listings each value of a filter would leave, all other families in force."""
        return dict(zip(self.offers[parameter].labels, self.tallies[parameter], strict=True))

    @cached_property
    def tallies(self) -> Mapping[str, list[int]]:
        """The same numbers for every filter at once: parameter → one number a value offered."""
        counted = self._sets.count(self.found)
        tallies = {name: counted[offer.span] for name, offer in self._sets.fixed.items()}
        for family in self._families:  # a filter with sets is its own family
            if offer := self._sets.fixed.get(family):
                tallies[family] = self._sets.count_for(offer, self.found_without(family))
        timed = opening.value_sets(self.view, self.query, self._sets.times)
        counted = sizes(timed, self.found_without(opening.FAMILY)).tolist()
        return tallies | {name: counted[offer.span] for name, offer in self._sets.timed.items()}

    @property
    def unmapped(self) -> int:
        """How many of those found a map cannot show."""
        return size(self.found & self._sets.unmapped)

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
            return row.test(self.view, query)
        return self._sets.of(row, query.get(row.parameter))

    def _passing(self, families: Mapping[str, np.ndarray]) -> np.ndarray:
        return reduce(np.bitwise_and, families.values(), self._worded)
