"""Which weekly opening hours may be told to a machine as they stand? Only hours that are certain, until they are not.

schema.org has no 予定: the hours end on the day before the first date nobody is sure of (a 祝日 to be asked about), and
what falls out of the weekly pattern until then is named date by date.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta

from directory.listing import Listing
from directory.schedules import Occurrence, occurrences

AHEAD = timedelta(days=91)
# Less than four weeks show no weekly pattern.
LEAST = timedelta(days=28)
# With more exceptions than this the place keeps no weekly hours.
MOST_EXCEPTIONS = 8
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
CLOSED = (time(0), time(0))  # how search engines read “closed all day”
END_OF_DAY = time(23, 59)  # and how they read midnight, which would be that

Sessions = tuple[tuple[time, time], ...]
Specification = dict[str, object]


@dataclass(frozen=True)
class OpeningHours:
    """OpeningHoursSpecifications of the usual week, and of the dates on which it is otherwise."""

    usual: tuple[Specification, ...] = ()
    special: tuple[Specification, ...] = ()


def opening_hours(listing: Listing, today: date) -> OpeningHours:
    """The hours from today on; empty where no week is usual or the hall changes."""
    if any(meeting.schedule.state != "regular" or meeting.place for meeting in listing.meetings):
        return OpeningHours()
    by_date, last = _certain_days(listing, today, min(today, date.max - AHEAD) + AHEAD)
    if last - today < LEAST:
        return OpeningHours()
    days = [today + timedelta(days=offset) for offset in range((last - today).days + 1)]
    usual = _usual_week(days, by_date)
    exceptions = [day for day in days if by_date.get(day, ()) != usual[day.weekday()]]
    if not any(usual.values()) or len(exceptions) > MOST_EXCEPTIONS:
        return OpeningHours()
    special = (spec for day in exceptions for spec in _specifications(by_date.get(day) or (CLOSED,), day, day))
    return OpeningHours(tuple(_week(usual, today, last)), tuple(special))


def _certain_days(listing: Listing, first: date, last: date) -> tuple[Mapping[date, Sessions], date]:
    """The sessions of each day, and the last day before anything is uncertain."""
    rows = [row for meeting in listing.meetings
            for row in occurrences(meeting.schedule, first, last, listing.closures)]
    doubtful = [row.date for row in rows if not row.cancelled and not _is_exact(row)]
    until = min(doubtful) - timedelta(days=1) if doubtful else last
    by_date: dict[date, set] = defaultdict(set)
    for row in rows:
        if row.date <= until and not row.cancelled:
            by_date[row.date].add((row.start, row.end if row.end != time(0) else END_OF_DAY))
    return {day: tuple(sorted(sessions)) for day, sessions in by_date.items()}, until


def _is_exact(row: Occurrence) -> bool:
    return row.certain and row.start is not None and row.end is not None and "時刻は目安" not in row.note


def _usual_week(days: list[date], by_date: Mapping[date, Sessions]) -> dict[int, Sessions]:
    """Weekday → the sessions it has most often."""
    found: dict[int, Counter] = {weekday: Counter() for weekday in range(7)}
    for day in days:
        found[day.weekday()][by_date.get(day, ())] += 1
    return {weekday: max(ways, key=lambda way: (ways[way], way)) for weekday, ways in found.items()}


def _week(usual: Mapping[int, Sessions], first: date, last: date) -> list[Specification]:
    """One specification for all weekdays that share their hours."""
    shared: dict[Sessions, list[str]] = defaultdict(list)
    for weekday, sessions in usual.items():
        if sessions:
            shared[sessions].append(WEEKDAYS[weekday])
    return [{**spec, "dayOfWeek": names} for sessions, names in shared.items()
            for spec in _specifications(sessions, first, last)]


def _specifications(sessions: Sessions, first: date, last: date) -> list[Specification]:
    return [
        {
            "@type": "OpeningHoursSpecification", "opens": f"{start:%H:%M}", "closes": f"{end:%H:%M}",
            "validFrom": first.isoformat(), "validThrough": last.isoformat(),
        }
        for start, end in sessions
    ]
