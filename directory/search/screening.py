"""Which rows pass the filters, and which would pass without one of them? Each family of filters is tested once.

A row is found when every family passes it. Facet counts and 「外すと n件」 are read off the same masks: they are exact.
"""

from collections.abc import Mapping
from functools import cached_property

import numpy as np

from directory.search.filters import Filter
from directory.search.query import SearchQuery
from directory.search.view import View

# Care providers are many and have their own kind: they come only when asked for.
KIND_LEFT_OUT = "care_provider"


class Screening:
    """The filters of one query over the rows of one view. `care_asked`: the words name 介護事業所."""

    def __init__(self, view: View, filters: Mapping[str, Filter], query: SearchQuery, care_asked: bool) -> None:
        self.view, self.filters, self.query = view, filters, query
        self._care_asked = care_asked
        self._masks = {family: self._tested(family, query) for family in self._families(query)}

    @cached_property
    def found(self) -> np.ndarray:
        """Positions in the view of the rows that pass everything."""
        return self._passing(self._masks)

    def found_without(self, family: str) -> np.ndarray:
        """Positions that pass everything but `family`; the very same array when the family is not in use."""
        if family not in self._masks:
            return self.found
        return self._passing({name: mask for name, mask in self._masks.items() if name != family})

    def count(self, other: SearchQuery) -> int:
        """How many rows another query with the same words finds."""
        masks = {
            family: self._masks[family] if self._same(family, other) and family in self._masks
            else self._tested(family, other)
            for family in self._families(other)
        }
        return len(self._passing(masks))

    def _families(self, query: SearchQuery) -> list[str]:
        used = [self.filters[name].tested_with for name, _values in query.values]
        return list(dict.fromkeys(used if self._care_asked else [*used, "kind"]))

    def _same(self, family: str, other: SearchQuery) -> bool:
        members = [name for name, row in self.filters.items() if row.tested_with == family]
        return all(self.query.get(name) == other.get(name) for name in members)

    def _tested(self, family: str, query: SearchQuery) -> np.ndarray:
        """bool for each row of the view."""
        row = next((self.filters[name] for name, _values in query.values if self.filters[name].tested_with == family),
                   None)
        if row is not None:
            return row.test(self.view, query)
        return self.view.column("kind") != self.view.words.kinds.get(KIND_LEFT_OUT, -2)

    def _passing(self, masks: Mapping[str, np.ndarray]) -> np.ndarray:
        if not masks:
            return np.arange(len(self.view.rows))
        return np.flatnonzero(np.logical_and.reduce(list(masks.values())))
