"""What is one edition of the catalog? Equal rows side by side: row i of every part is the listing `ids[i]`."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from threading import Lock
from typing import TypeVar

import numpy as np

from directory.catalog.columns import Words
from directory.catalog.timetable import Timetable
from directory.listing import Listing
from directory.text import TextIndex
from directory.vocabulary import Vocabulary

CARDS_KEPT = 6000
Derived = TypeVar("Derived")


@dataclass(frozen=True)
class Place:
    """A town or hall distances can be measured from."""

    name: str
    latitude: float
    longitude: float
    zone: str


class Cards:
    """The full listings behind the rows, read when a page shows them and kept for the next page."""

    def __init__(self, read: Callable[[Sequence[str]], Iterable[Listing]], known: Mapping[str, Listing]) -> None:
        self._read = read
        self._known = dict(known)
        self._lock = Lock()

    def get(self, ids: Sequence[str]) -> list[Listing]:
        """The listings of `ids` in that order; one that was withdrawn a moment ago is left out."""
        known = self._known
        missing = [listing_id for listing_id in ids if listing_id not in known]
        found = {listing.id: listing for listing in self._read(missing)} if missing else {}
        cards = [known.get(listing_id) or found.get(listing_id) for listing_id in ids]
        with self._lock:
            if len(self._known) + len(found) > CARDS_KEPT:
                self._known = dict(list(self._known.items())[-CARDS_KEPT // 2:])
            self._known.update(found)
        return [card for card in cards if card is not None]


@dataclass(frozen=True, eq=False)
class Catalog:
    """One edition. `columns`: arrays by the names in COLUMNS, all as long as `ids`, which ascend."""

    revision: int
    audience: str
    vocabulary: Vocabulary
    words: Words
    ids: Sequence[str]
    columns: Mapping[str, np.ndarray]
    timetable: Timetable
    text: TextIndex
    cards: Cards
    places: Mapping[str, Place]
    _derived: dict[object, object] = field(default_factory=dict, repr=False)

    @property
    def size(self) -> int:
        """Number of listings."""
        return len(self.ids)

    @cached_property
    def all_rows(self) -> np.ndarray:
        """Every row, ascending."""
        return np.arange(self.size, dtype=np.int32)

    def once(self, make: Callable[["Catalog"], Derived]) -> Derived:
        """What `make` reads off this edition: worked out at the first call, kept as long as the edition."""
        if make not in self._derived:
            self._derived[make] = make(self)
        return self._derived[make]
