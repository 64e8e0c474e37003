"""How do the openings of places get into somebody's own calendar? As iCalendar (RFC 5545); the only door to icalendar.

What is called off is CANCELLED, what is not certain TENTATIVE; both also say so in their titles. UIDs stay the same as
long as the listing and its rules do, and nothing in the file depends on the hour it was made but DTSTAMP.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import icalendar

from directory.city import City
from directory.exporters import wording
from directory.exporters.moments import DAY, JAPAN, Moment, begin, end, in_japan, months_ahead
from directory.exporters.series import Repeat, Series, series_of
from directory.listing import Listing, Meeting
from directory.schedules import Occurrence

REFRESH = timedelta(days=1)
# SEQUENCE counts the minutes from here to the last edit: it rises with every edit and needs no counter of its own.
SEQUENCE_ORIGIN = datetime(2020, 1, 1, tzinfo=JAPAN)
PUBLISHED = "published"


@dataclass(frozen=True)
class Edition:
    """What all entries of one file share: the day it begins from, the moment it was made, and the city."""

    today: date
    stamp: datetime
    city: City


@dataclass(frozen=True)
class Entry:
    """The opening of a listing that an event is made of, and the address of its page."""

    listing: Listing
    meeting: Meeting
    row: Occurrence
    uid: str
    url: str
    moved: tuple[Occurrence, ...] = ()


def listing_calendar(listing: Listing, *, url: str, today: date, stamp: datetime, city: City) -> bytes:
    """The calendar of one place: this month and the months of the horizon. `url` is the address of its page."""
    return listings_calendar(
        [listing], name=listing.name, url=url, url_of=lambda _id: url, today=today, stamp=stamp, city=city
    )


def listings_calendar(
    listings: Iterable[Listing], *, name: str, url: str, url_of: Callable[[str], str], today: date, stamp: datetime,
    city: City,
) -> bytes:
    """One calendar of many places (a search, a マイリスト). `url_of` turns a listing id into the address of its page."""
    listings, edition = list(listings), Edition(today, stamp, city)
    events = [event for listing in listings for event in _events(listing, url_of(listing.id), edition)]
    calendar = _frame(name, url, listings, edition, empty=not events)
    calendar.add_component(_japan())
    for event in events:
        calendar.add_component(event)
    return calendar.to_ical()


def _frame(name: str, url: str, listings: list[Listing], edition: Edition, empty: bool) -> icalendar.Calendar:
    """The properties of the calendar itself; an empty one says so in its name and why in its description."""
    city = edition.city
    title = f"{name}（いま決まった予定はありません）" if empty else name
    about = "\n".join(filter(None, (wording.empty(listings, city) if empty else "", city.notice)))
    calendar = icalendar.Calendar()
    calendar.add("prodid", f"-//{city.name} {city.site_name}//JA")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    for names, value in ((("name", "x-wr-calname"), title), (("description", "x-wr-caldesc"), about)):
        for key in names if value else ():
            calendar.add(key, icalendar.vText(value))
    calendar.add("x-wr-timezone", JAPAN.key)
    calendar.add("url", url)
    for key in ("refresh-interval", "x-published-ttl"):
        calendar.add(key, icalendar.vDuration(REFRESH, params={"VALUE": "DURATION"}))
    return calendar


def _japan() -> icalendar.Timezone:
    """Asia/Tokyo, which has had no summer time since 1951."""
    standard = icalendar.TimezoneStandard()
    standard.add("dtstart", datetime(1970, 1, 1))
    standard.add("tzoffsetfrom", timedelta(hours=9))
    standard.add("tzoffsetto", timedelta(hours=9))
    standard.add("tzname", "JST")
    zone = icalendar.Timezone()
    zone.add("tzid", JAPAN.key)
    zone.add_component(standard)
    return zone


def _events(listing: Listing, url: str, edition: Edition) -> Iterator[icalendar.Event]:
    """All events of one listing; none when it is closed or paused."""
    if listing.status != PUBLISHED:
        return
    start, last = months_ahead(edition.today)
    for number, meeting in enumerate(listing.meetings, 1):
        for series in series_of(meeting.schedule, start, last, listing.closures):
            uid = f"{listing.id}-{number}.{series.key}"
            yield from _series_events(listing, meeting, series, uid, url, edition)


def _series_events(
    listing: Listing, meeting: Meeting, series: Series, uid: str, url: str, edition: Edition
) -> Iterator[icalendar.Event]:
    repeat, host = series.repeat, _host(edition.city)
    if repeat:
        first = Entry(listing, meeting, repeat.first, f"{uid}@{host}", url, repeat.added)
        yield _repeating(first, repeat, edition)
        for row in repeat.changed:
            event = _event(Entry(listing, meeting, row, f"{uid}@{host}", url), edition)
            event.add("recurrence-id", begin(row))
            yield event
    for row in series.singles:
        yield _event(Entry(listing, meeting, row, f"{uid}-{row.date:%Y%m%d}@{host}", url), edition)


def _host(city: City) -> str:
    """The right side of every UID: the code of the city, which outlives the address of any server."""
    return f"{city.municipality_code}.yoridokoro"


def _repeating(entry: Entry, repeat: Repeat, edition: Edition) -> icalendar.Event:
    event = _event(entry, edition)
    event.add("rrule", {**repeat.pattern, "until": _until(repeat)})
    if repeat.without:
        event.add("exdate", [begin(repeat.first._replace(date=day)) for day in repeat.without], _value_type(repeat))
    if repeat.added:
        event.add("rdate", [begin(row) for row in repeat.added], _value_type(repeat))
    return event


def _until(repeat: Repeat) -> Moment:
    """The start of the last opening, in UTC as RFC 5545 asks."""
    last = begin(repeat.first._replace(date=repeat.until))
    return last.astimezone(UTC) if isinstance(last, datetime) else last


def _value_type(repeat: Repeat) -> dict[str, str]:
    return {"VALUE": "DATE"} if repeat.first.start is None else {}


def _event(entry: Entry, edition: Edition) -> icalendar.Event:
    """One opening, or the first of many."""
    listing, meeting, row = entry.listing, entry.meeting, entry.row
    event = icalendar.Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", in_japan(edition.stamp).astimezone(UTC))
    _add_times(event, row)
    event.add("summary", wording.title(listing, row))
    event.add("description", wording.details(listing, meeting, row, entry.moved, edition.city))
    if where := wording.place(listing, meeting):
        event.add("location", where)
    if not meeting.place and (point := wording.point(listing)):
        event.add("geo", point)
    event.add("url", entry.url)
    event.add("status", "CANCELLED" if row.cancelled else "CONFIRMED" if row.certain else "TENTATIVE")
    # A place that is open makes nobody busy.
    event.add("transp", "TRANSPARENT")
    if listing.last_modified:
        edited = in_japan(listing.last_modified)
        event.add("last-modified", edited.astimezone(UTC))
        event.add("sequence", max(0, int((edited - SEQUENCE_ORIGIN).total_seconds()) // 60))
    return event


def _add_times(event: icalendar.Event, row: Occurrence) -> None:
    """From–until; the whole day where no time is known; no end where nobody knows it."""
    event.add("dtstart", begin(row))
    if row.start is None:
        event.add("dtend", row.date + DAY)
    elif finish := end(row):
        event.add("dtend", finish)
