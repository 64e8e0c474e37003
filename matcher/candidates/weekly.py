"""When in the week is each candidate held? The catalog's distinct schedules, and those of roles that name times.

A role's own words count only as far as they can be read as days and times on which the place is open; else the role is
held whenever the place is.
"""

from datetime import date, timedelta
from functools import lru_cache

import numpy as np

from directory.catalog import Catalog
from directory.catalog.timetable import DAY_MINUTES, session_minutes
from directory.listing import Listing, RoleEntry
from directory.schedules import Schedule, occurrences, parse
from matcher.ranking.columns import Sessions

WEEKS_READ = 12
REGULAR = "regular"
Weekly = frozenset[tuple[int, int, int]]


class Timetables:
    """Gives each candidate the number of its set of sessions, and at the end all sets."""

    def __init__(self, catalog: Catalog) -> None:
        self._timetable = catalog.timetable
        table = catalog.timetable
        self._weekly: list[Weekly] = [frozenset() for _ in range(len(table.slots))]
        gathered: list[set[tuple[int, int, int]]] = [set() for _ in self._weekly]
        for number, (start, end), bits in zip(
                table.session_set.tolist(), table.session_times.tolist(), table.session_slots.tolist(), strict=True):
            gathered[number].add(((bits & -bits).bit_length() // 4 if bits else 0, start, end))
        self._weekly = [frozenset(sessions) for sessions in gathered]
        self._numbers = {sessions: number for number, sessions in reversed(list(enumerate(self._weekly)))}

    def of(self, listing: Listing, role: RoleEntry | None, spot: int) -> int:
        """The set of the listing, or of the role's own times within it."""
        own = int(self._timetable.of_row[spot])
        if role is None or not role.times:
            return own
        days = {weekday for weekday, _, _ in self._weekly[own]}
        told = frozenset(session for session in _told(role.times, self._timetable.day) if not days or session[0] in days)
        if not told:
            return own
        if told not in self._numbers:
            self._numbers[told] = len(self._weekly)
            self._weekly.append(told)
        return self._numbers[told]

    def sessions(self) -> Sessions:
        """All sets of sessions given out."""
        rows = np.array([(number, *session) for number, sessions in enumerate(self._weekly) for session in sorted(sessions)],
                        dtype=np.int32).reshape(-1, 4)
        start, end = rows[:, 2], rows[:, 3]
        vague = (end - start <= 1) | ((start == 0) & (end == DAY_MINUTES))
        return Sessions(len(self._weekly), rows[:, 0], rows[:, 1], start, end, vague)


@lru_cache(maxsize=4096)
def _told(words: str, day: date) -> Weekly:
    """The weekly sessions a role's words name; none when they are not a plain schedule."""
    schedule: Schedule = parse(words)
    if schedule.state != REGULAR:
        return frozenset()
    until = day + timedelta(weeks=WEEKS_READ)
    return frozenset((held.date.weekday(), *session_minutes(held.start, held.end))
                     for held in occurrences(schedule, day, until) if held.start is not None)
