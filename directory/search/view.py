"""Which rows of the catalog does one search look at, and from where? The rows its words leave, and how to count them."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

import numpy as np

from directory.catalog import Catalog
from directory.catalog.columns import Words
from directory.geocoding import distances_km
from directory.vocabulary import Vocabulary

# Every value of a byte as its eight bits: counting bits of many masks is a histogram of bytes times this table.
_BYTE_BITS = np.unpackbits(np.arange(256, dtype=np.uint8)[:, None], axis=1, bitorder="little").astype(np.int64)


@dataclass(frozen=True)
class Origin:
    """The point distances are measured from, and how the reader knows it."""

    label: str
    latitude: float
    longitude: float
    zone: str


@dataclass
class View:
    """Rows (positions in the catalog, ascending) that the words of a search leave, seen at one moment."""

    catalog: Catalog
    rows: np.ndarray
    now: datetime
    origin: Origin | None = None
    _columns: dict[str, np.ndarray] = field(default_factory=dict)
    _attribute_counts: list[tuple[np.ndarray, np.ndarray, np.ndarray]] = field(default_factory=list)

    @property
    def words(self) -> Words:
        """Positions of the vocabulary's keys."""
        return self.catalog.words

    @property
    def vocabulary(self) -> Vocabulary:
        """Labels of the vocabulary's keys."""
        return self.catalog.vocabulary

    @cached_property
    def minute(self) -> int:
        """Minutes since midnight of the catalog's day."""
        since = self.now.replace(tzinfo=None) - datetime.combine(self.catalog.timetable.day, datetime.min.time())
        return int(since.total_seconds() // 60)

    def column(self, name: str) -> np.ndarray:
        """One column over the rows of this view."""
        if name not in self._columns:
            column = self.catalog.columns[name]
            whole = len(self.rows) == len(column)
            self._columns[name] = column if whole else column[self.rows]
        return self._columns[name]

    @cached_property
    def distances(self) -> np.ndarray | None:
        """Kilometres in a straight line from the origin; NaN without coordinates; None without an origin."""
        if self.origin is None:
            return None
        return distances_km(self.origin.latitude, self.origin.longitude,
                            self.column("latitude"), self.column("longitude"))

    @cached_property
    def across_water(self) -> np.ndarray:
        """bool: the row lies in another zone than the origin."""
        if self.origin is None:
            return np.zeros(len(self.rows), dtype=bool)
        return self.column("zone") != self.origin.zone

    def attribute_counts(self, chosen: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """How many of the chosen rows answer yes, and no, to each attribute term. Counted once for equal choices."""
        for known, yes, no in self._attribute_counts:
            if known is chosen:
                return yes, no
        yes, no = count_bits(self.column("yes")[chosen]), count_bits(self.column("no")[chosen])
        self._attribute_counts.append((chosen, yes, no))
        return yes, no


def count_bits(masks: np.ndarray) -> np.ndarray:
    """How often each of the 64 bits is set in uint64 `masks`; int64 [64]."""
    columns = np.ascontiguousarray(masks, dtype="<u8").view(np.uint8).reshape(-1, 8)
    return np.concatenate([np.bincount(columns[:, byte], minlength=256) @ _BYTE_BITS for byte in range(8)])


def count_numbers(numbers: np.ndarray, kinds: int) -> np.ndarray:
    """How often each of 0 … kinds-1 occurs; negative numbers (未確認) are left out."""
    return np.bincount(numbers[numbers >= 0], minlength=kinds)[:kinds]

