"""When is each listing open? Every distinct set of schedules is expanded once and shared by all its listings.

Days count from the catalog's own day (0) to HORIZON_DAYS; minutes count from that day's midnight. A row of the
arrays is a distinct set of schedules; a listing without any has the empty set.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import lru_cache

import numpy as np

from directory.listing import Listing
from directory.schedules import HORIZON_DAYS, occurrences
from directory.schedules.holidays import is_holiday

BANDS = ("morning", "afternoon", "evening", "night")
BAND_STARTS = (0, 12 * 60, 17 * 60, 19 * 60, 24 * 60)
ANY_BAND = 0b1111
DAY_MINUTES = 24 * 60
NEVER = np.iinfo(np.int32).max
# Held on at least so many of the next 84 days: every week allows two weeks off, nearly daily five days a week.
WEEKS = 12
WEEKLY_DAYS, DAILY_DAYS = WEEKS - 2, WEEKS * 5 - 4
# A session without an end counts as over after so many minutes; it decides only which date is shown as the next.
ASSUMED_LENGTH = 120

ScheduleSet = tuple[tuple[str, ...], tuple[date, ...]]


@dataclass(frozen=True)
class Expansion:
    """One distinct set of schedules, expanded: the bands touched on each day, and the sessions as they come.

    sessions: int32 [n, 3] start, when it counts as over, and last minute it surely covers, ordered.
    weekly: (weekday, start, end) in minutes of the day.
    """

    day_bands: np.ndarray
    sessions: np.ndarray
    weekly: frozenset[tuple[int, int, int]]
    on_holiday: bool


@dataclass(frozen=True)
class Timetable:
    """All distinct expansions side by side. `of_row` [listings] → row of the arrays over sets.

    day_bands uint8 [sets, days]: bit b is band b. slots uint32 [sets]: bit weekday·4 + band, touched.
    next_start, next_end int32 [sets, 2]: the next two sessions; NEVER when there is none.
    session_set, session_times (start, end in minutes of the day), session_slots: every kind of weekly session.
    dated_set, dated_times (start, end in minutes from the catalog's midnight): every session of the horizon.
    """

    day: date
    of_row: np.ndarray
    day_bands: np.ndarray
    slots: np.ndarray
    next_start: np.ndarray
    next_end: np.ndarray
    days_in_twelve_weeks: np.ndarray
    on_holiday: np.ndarray
    session_set: np.ndarray
    session_times: np.ndarray
    session_slots: np.ndarray
    dated_set: np.ndarray
    dated_times: np.ndarray

    def slots_between(self, earliest: int, latest: int) -> np.ndarray:
        """Slot bits [sets] of the sessions that start at or after `earliest` and end by `latest` (minutes)."""
        wanted = (self.session_times[:, 0] >= earliest) & (self.session_times[:, 1] <= latest)
        slots = np.zeros_like(self.slots)
        np.bitwise_or.at(slots, self.session_set[wanted], self.session_slots[wanted])
        return slots

    def open_on(self, days: Sequence[int], bands: int) -> np.ndarray:
        """bool [sets]: open on one of the days, in one of the bands."""
        return (self.day_bands[:, np.array(days, dtype=np.intp)] & bands).any(axis=1)

    def held_on(self, days: Sequence[int], bands: int, earliest: int, latest: int) -> np.ndarray:
        """bool [sets]: one session on such a day that starts at or after `earliest` and ends by `latest` (minutes)."""
        day, start = np.divmod(self.dated_times[:, 0], DAY_MINUTES)
        end = self.dated_times[:, 1] - day * DAY_MINUTES
        fits = (start >= earliest) & (end <= latest) & np.isin(day, days)
        chosen = [row for row in np.flatnonzero(fits) if band_bits(int(start[row]), int(end[row])) & bands]
        held = np.zeros(len(self.slots), dtype=bool)
        held[self.dated_set[chosen]] = True
        return held

    def next_session(self, minute: int) -> tuple[np.ndarray, np.ndarray]:
        """Start and end [sets] of the first session not over at `minute` of the catalog's day."""
        over = self.next_end[:, 0] <= minute
        return (np.where(over, self.next_start[:, 1], self.next_start[:, 0]),
                np.where(over, self.next_end[:, 1], self.next_end[:, 0]))


def schedule_set(listing: Listing) -> ScheduleSet:
    """What decides a listing's dates: its schedules and the days struck out by hand."""
    plans = tuple(meeting.key or meeting.schedule.to_json() for meeting in listing.meetings)
    return plans, tuple(sorted(listing.closures))


class Expander:
    """Expands distinct schedule sets from one day on and remembers them."""

    def __init__(self, day: date) -> None:
        self.day = day
        self._known: dict[ScheduleSet, Expansion] = {}

    def expand(self, listing: Listing) -> ScheduleSet:
        """Make sure the listing's schedules are expanded; the key under which they are."""
        key = schedule_set(listing)
        if key not in self._known:
            self._known[key] = _expansion(listing, self.day)
        return key

    def timetable(self, keys: Sequence[ScheduleSet]) -> Timetable:
        """The timetable of listings with these keys, in their order."""
        used = list(dict.fromkeys(keys))
        position = {key: number for number, key in enumerate(used)}
        known = [self._known[key] for key in used]
        upcoming = np.array([_two_sessions(it.sessions) for it in known], dtype=np.int32).reshape(-1, 2, 2)
        day_bands = np.array([it.day_bands for it in known], dtype=np.uint8).reshape(-1, HORIZON_DAYS + 1)
        return Timetable(
            day=self.day,
            of_row=np.array([position[key] for key in keys], dtype=np.int32),
            day_bands=day_bands,
            slots=np.array([_slot_bits(it.weekly) for it in known], dtype=np.uint32),
            next_start=upcoming[:, :, 0], next_end=upcoming[:, :, 1],
            days_in_twelve_weeks=(day_bands[:, :WEEKS * 7] > 0).sum(axis=1),
            on_holiday=np.array([it.on_holiday for it in known], dtype=bool),
            **_sessions(known),
        )


def _sessions(known: Sequence[Expansion]) -> dict[str, np.ndarray]:
    """The sessions of all sets, weekly and dated, one below the other."""
    rows = [(number, start, end, _slot_bits([(weekday, start, end)]))
            for number, it in enumerate(known) for weekday, start, end in sorted(it.weekly)]
    table = np.array(rows, dtype=np.int64).reshape(-1, 4)
    dated = np.concatenate([np.empty((0, 3), dtype=np.int32), *(it.sessions for it in known)])
    return {
        "session_set": table[:, 0], "session_times": table[:, 1:3], "session_slots": table[:, 3].astype(np.uint32),
        "dated_set": np.repeat(np.arange(len(known)), [len(it.sessions) for it in known]),
        "dated_times": dated[:, [0, 2]],
    }


def _expansion(listing: Listing, day: date) -> Expansion:
    day_bands = np.zeros(HORIZON_DAYS + 1, dtype=np.uint8)
    sessions: list[tuple[int, int, int]] = []
    weekly: set[tuple[int, int, int]] = set()
    on_holiday = False
    for meeting in listing.meetings:
        for held in occurrences(meeting.schedule, day, day + timedelta(HORIZON_DAYS), listing.closures):
            if held.cancelled:
                continue
            offset = (held.date - day).days
            start, end = session_minutes(held.start, held.end)
            day_bands[offset] |= band_bits(start, end)
            over = end if held.end else start + ASSUMED_LENGTH
            midnight = offset * DAY_MINUTES
            sessions.append((midnight + start, midnight + over, midnight + end))
            weekly.add((held.date.weekday(), start, end))
            on_holiday = on_holiday or (held.certain and is_holiday(held.date))
    ordered = np.array(sorted(sessions), dtype=np.int32).reshape(-1, 3)
    return Expansion(day_bands, ordered, frozenset(weekly), on_holiday)


def _two_sessions(sessions: np.ndarray) -> np.ndarray:
    """The first two sessions, NEVER where there are fewer."""
    upcoming = np.full((2, 2), NEVER, dtype=np.int32)
    upcoming[:min(2, len(sessions))] = sessions[:2, :2]
    return upcoming


def session_minutes(start: time | None, end: time | None) -> tuple[int, int]:
    """Minutes of the day it surely covers: the whole day without times, its first minute without an end.

    An end not after the start lies on the next day.
    """
    if start is None:
        return 0, DAY_MINUTES
    first = start.hour * 60 + start.minute
    if end is None:
        return first, first + 1
    last = end.hour * 60 + end.minute
    return first, last + DAY_MINUTES if last <= first else last


@lru_cache(maxsize=4096)
def band_bits(start: int, end: int) -> int:
    return sum(1 << band for band in range(4) if start < BAND_STARTS[band + 1] and end > BAND_STARTS[band])


def _slot_bits(sessions: Iterable[tuple[int, int, int]]) -> int:
    bits = 0
    for weekday, start, end in sessions:
        bits |= band_bits(start, end) << (weekday * 4)
    return bits

