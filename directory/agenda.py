"""What happens on these days? The places a search finds, day by day, with what is certain, 予定, and called off.

    agenda(catalog, query, date(2026, 11, 24), date(2026, 11, 29), now)

The same filters as /search: a place has an opening here when the search finds it for these days. Hours (from, until)
are stricter here: one opening on one of these days has to keep them.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache

import numpy as np

from directory.catalog import Catalog
from directory.catalog.timetable import ANY_BAND, BANDS, DAY_MINUTES, band_bits, session_minutes
from directory.listing import Listing, Meeting
from directory.schedules import HORIZON_DAYS, HolidayPolicy, Occurrence, occurrences
from directory.schedules.holidays import is_holiday
from directory.search import SearchQuery, matching
from directory.search.opening import WEEKDAY_NUMBERS, days_of
from directory.search.values import minutes

# Whether a place is open at this very moment is the search's question; a day list answers for the day.
PERIOD_PARAMETERS = ("when", "date")
HOLIDAY, DAY_OFF = "祝日のため", "お休みの日"
KEPT = 30_000


@dataclass(frozen=True)
class Event:
    """One opening of one place, or (`held.cancelled`) one that does not take place; `hall` when not its usual one."""

    listing: Listing
    held: Occurrence
    hall: str | None = None


@dataclass(frozen=True)
class Day:
    """One day with its events in order of time; those without a time come last."""

    date: date
    holiday: bool
    events: tuple[Event, ...]


@dataclass(frozen=True)
class Agenda:
    """The days from first to last. Each event is counted once: certain, 予定 or off."""

    days: tuple[Day, ...]
    certain: int
    tentative: int
    off: int
    places: int

    @property
    def open(self) -> int:
        """Openings that take place, or are expected to."""
        return self.certain + self.tentative


@dataclass(frozen=True)
class Hours:
    """Which weekdays and hours are asked for; one session has to meet all of it."""

    weekdays: frozenset[int]
    bands: int
    earliest: int
    latest: int

    def fit(self, held: Occurrence) -> bool:
        """Is this opening at such a time?"""
        if held.date.weekday() not in self.weekdays:
            return False
        start, end = session_minutes(held.start, held.end)
        return bool(band_bits(start, end) & self.bands) and self.earliest <= start and end <= self.latest


def agenda(catalog: Catalog, query: SearchQuery, first: date, last: date, now: datetime) -> Agenda:
    """The days from `first` to `last`, both included, cut to what is known: today and the next 18 months."""
    first, last = within_horizon(first, last, now.date())
    rows, effective = matching(catalog, without_period(query), now)
    hours = _hours(effective)
    ids = [catalog.ids[row] for row in _may_be_open(catalog, rows, first, last)]
    events: dict[date, list[Event]] = {first + timedelta(days): [] for days in range((last - first).days + 1)}
    for listing in catalog.cards.get(ids):
        for event in _events(listing, first, last):
            if hours.fit(event.held):
                events[event.held.date].append(event)
    return _counted(tuple(
        Day(day, is_holiday(day), tuple(sorted(found, key=_order))) for day, found in events.items()))


def within_horizon(first: date, last: date, today: date) -> tuple[date, date]:
    """The part of a span that lies between today and the horizon; an empty span (last before first) outside."""
    return max(first, today), min(last, today + timedelta(HORIZON_DAYS))


def period(query: SearchQuery, today: date) -> tuple[date, date] | None:
    """The days that `date` or `when` of a query ask for; None when it asks for none."""
    if chosen := query.first("date"):
        return date.fromisoformat(chosen), date.fromisoformat(chosen)
    if when := query.first("when"):
        return span_of(when, today)
    return None


def span_of(when: str, today: date) -> tuple[date, date]:
    """First and last day of today, this_week, next_month …"""
    first, last = days_of(when, today)
    return today + timedelta(first), today + timedelta(last)


def without_period(query: SearchQuery) -> SearchQuery:
    """The query for places, whatever the day."""
    for parameter in PERIOD_PARAMETERS:
        query = query.removing(parameter)
    return query


def _hours(query: SearchQuery) -> Hours:
    weekdays = frozenset(WEEKDAY_NUMBERS[day] for day in query.get("day") if day in WEEKDAY_NUMBERS)
    bands = sum(1 << BANDS.index(band) for band in query.get("time"))
    until = query.first("until")
    return Hours(
        weekdays or frozenset(range(7)), bands or ANY_BAND, minutes(query.first("from") or "00:00"),
        minutes(until) if until else 2 * DAY_MINUTES,
    )


def _may_be_open(catalog: Catalog, rows: np.ndarray, first: date, last: date) -> np.ndarray:
    """The rows that meet at all on such weekdays: everything else need not be looked at."""
    timetable = catalog.timetable
    weekdays = {(first + timedelta(days)).weekday() for days in range(min((last - first).days + 1, 7))}
    slots = np.uint32(sum(0b1111 << (weekday * len(BANDS)) for weekday in weekdays))
    return rows[(timetable.slots & slots != 0)[timetable.of_row[rows]]] if len(timetable.slots) else rows[:0]


def _events(listing: Listing, first: date, last: date) -> Iterator[Event]:
    closures = tuple(sorted(listing.closures.items()))
    for meeting in listing.meetings:
        for held in _held(meeting, first, last, closures):
            yield Event(listing, held, meeting.place)


@lru_cache(maxsize=KEPT)
def _held(meeting: Meeting, first: date, last: date, closures: tuple[tuple[date, str], ...]) -> tuple[Occurrence, ...]:
    """The openings of a schedule, and those its own rule would lead one to expect in vain: holidays, summer breaks."""
    real = occurrences(meeting.schedule, first, last, dict(closures))
    kept = {held.date for held in real}
    unbroken = replace(meeting.schedule, closures=(), holidays=HolidayPolicy("open"))
    missed = (held for held in occurrences(unbroken, first, last) if held.date not in kept)
    return (*real, *(
        held._replace(cancelled=True, note=HOLIDAY if is_holiday(held.date) else DAY_OFF) for held in missed))


def _order(event: Event) -> tuple[bool, time, time, str, str]:
    held = event.held
    return held.start is None, held.start or time.min, held.end or time.max, event.listing.name, event.listing.id


def _counted(days: tuple[Day, ...]) -> Agenda:
    held = [event for day in days for event in day.events]
    opening = [event for event in held if not event.held.cancelled]
    certain = sum(event.held.certain for event in opening)
    return Agenda(days, certain, len(opening) - certain, len(held) - len(opening),
                  len({event.listing.id for event in opening}))
