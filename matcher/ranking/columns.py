"""What does the engine know of all candidates? Facts side by side: bit planes and small columns, ≤ 64 bytes a row.

A row is one listing as a place to come to, or one role there. Rows of a listing stand together, attendance first; so
row order is the order of (listing id, role), and ties are broken by it. A plane that nobody's facts set is not stored.
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from matcher.ranking.bits import everything, pack, words_for

LOADS = ("stimulation", "people", "conversation", "obligation", "time", "responsibility", "strength")
LEVELS = 5
NOT_HEARD = 7  # a load nobody observed
LOAD_BITS = 3
ANY_AGE, NO_YEN = 255, 65535

# name → (dtype, meaning). `schedule` and `kind` number the distinct ones.
COLUMNS = {
    "age_from": "u1",  # youngest age in years, 0 = no limit
    "age_until": "u1",  # oldest age, ANY_AGE = no limit
    "cost": "u2",  # yen a time, NO_YEN = not known
    "kind": "u1",
    "zone": "u1",
    "schedule": "u4",  # narrowed to u2 where it fits
    "north": "f4",  # degrees from the origin; NaN = position not known
    "east": "f4",
    "radius": "u1",  # how imprecise the position is, in units of RADIUS_METRES
    "loads": "u4",  # seven times 3 bits in the order of LOADS; NOT_HEARD = nobody observed it
}
RADIUS_METRES = 50


@dataclass(frozen=True)
class Crossing:
    """Water between the mainland and a zone: both piers as (latitude, longitude), minutes on board."""

    zone: str
    mainland_pier: tuple[float, float]
    island_pier: tuple[float, float]
    minutes: int


@dataclass(frozen=True, eq=False)
class Sessions:
    """The distinct sets of weekly sessions: session i belongs to set `of_set[i]`, which ascends; minutes of its weekday.

    A `vague` one has no end, or no times at all (the whole day): what it shares with the person's times is not sure.
    """

    sets: int
    of_set: np.ndarray
    weekday: np.ndarray
    start: np.ndarray
    end: np.ndarray
    vague: np.ndarray

    @cached_property
    def in_week(self) -> tuple[np.ndarray, np.ndarray]:
        """First and last minute of each session, counted from Monday's midnight."""
        midnight = self.weekday.astype(np.int64) * 24 * 60
        return midnight + self.start, midnight + self.end

    @cached_property
    def spans(self) -> tuple[np.ndarray, np.ndarray]:
        """The sets that have sessions, and where those of each begin."""
        return np.unique(self.of_set, return_index=True)

    @cached_property
    def weekdays(self) -> np.ndarray:
        """uint8 [sets]: bit d is set when there is a session on weekday d."""
        bits = np.zeros(self.sets, dtype=np.uint8)
        np.bitwise_or.at(bits, self.of_set, (1 << self.weekday).astype(np.uint8))
        return bits


@dataclass(frozen=True, eq=False)
class Interests:
    """How much each row is about each interest: rows `rows[starts[i]:starts[i+1]]` with worth 1–255."""

    position: Mapping[str, int]
    starts: np.ndarray
    rows: np.ndarray
    worth: np.ndarray

    @classmethod
    def of(cls, given: Mapping[str, tuple[np.ndarray, np.ndarray]]) -> "Interests":
        """From interest → (rows, worth 1–255)."""
        lengths = [len(rows) for rows, _ in given.values()]
        rows = [rows for rows, _ in given.values()] or [np.zeros(0)]
        worth = [worth for _, worth in given.values()] or [np.zeros(0)]
        return cls({key: number for number, key in enumerate(given)}, np.concatenate(([0], np.cumsum(lengths, dtype=int))),
                   np.concatenate(rows).astype(np.uint32), np.concatenate(worth).astype(np.uint8))

    def about(self, key: str) -> tuple[np.ndarray, np.ndarray]:
        """Rows about an interest and how much."""
        number = self.position.get(key)
        span = slice(0, 0) if number is None else slice(self.starts[number], self.starts[number + 1])
        return self.rows[span], self.worth[span]


@dataclass(frozen=True, eq=False)
class Candidates:
    """All rows. `first[i]:first[i+1]` are the rows of listing `ids[i]`; `host[i]` numbers who runs it.

    `declared`: rows whose host declared places, and the share of them that is free. `labels`: key → words for people.
    """

    size: int
    ids: Sequence[str]
    first: np.ndarray
    host: np.ndarray
    planes: np.ndarray
    position: Mapping[str, int]
    columns: Mapping[str, np.ndarray]
    sessions: Sessions
    interests: Interests
    kinds: Sequence[str]
    zones: Sequence[str]
    areas: Sequence[str]
    origin: tuple[float, float]
    crossings: Sequence[Crossing]
    fitting_kinds: Mapping[str, frozenset[int]] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def nothing(self) -> np.ndarray:
        """No row."""
        return np.zeros(words_for(self.size), dtype=np.uint64)

    @cached_property
    def all(self) -> np.ndarray:
        """Every row."""
        return everything(self.size)

    def plane(self, name: str) -> np.ndarray:
        """The set of rows of which `name` is true."""
        number = self.position.get(name)
        return self.nothing if number is None else self.planes[number]

    def listing_of(self, rows: np.ndarray) -> np.ndarray:
        """Which listing (position in `ids`) each row belongs to."""
        return np.searchsorted(self.first, np.asarray(rows, dtype=self.first.dtype), side="right") - 1

    def rows_of(self, listing_ids: Iterable[str]) -> np.ndarray:
        """All rows of these listings; one that is not here any more has none."""
        found = [spot for one in listing_ids if (spot := self._spot(one)) is not None]
        spans = [np.arange(self.first[spot], self.first[spot + 1]) for spot in found]
        return np.concatenate(spans) if spans else np.zeros(0, dtype=np.int64)

    def set_of(self, rows: np.ndarray) -> np.ndarray:
        """Rows as a packed set."""
        mask = np.zeros(self.size, dtype=bool)
        mask[rows] = True
        return pack(mask)

    def _spot(self, listing_id: str) -> int | None:
        spot = bisect_left(self.ids, listing_id)
        return spot if spot < len(self.ids) and self.ids[spot] == listing_id else None

    @property
    def arrays(self) -> Sequence[np.ndarray]:
        """Everything a match may read that grows with the number of rows."""
        return [self.planes, *self.columns.values(), self.first, self.host, self.interests.rows, self.interests.worth]

    @property
    def bytes_per_row(self) -> float:
        """Bytes of those arrays for each row."""
        return sum(array.nbytes for array in self.arrays) / max(self.size, 1)
