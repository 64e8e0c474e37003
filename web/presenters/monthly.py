"""What stands on the sheet that goes round the neighbourhood? One month of one area, a row for each place and weekday.

Rows are gathered from the days of the calendar: a place that meets on one or two weekdays has a row under each, one
that meets on more a single row above them. Who comes to the house or listens by telephone stands below the table.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from directory.agenda import Event, agenda, within_horizon, without_period
from directory.catalog import Catalog
from directory.catalog.columns import AREA_KIND
from directory.listing import Listing
from directory.schedules import HORIZON_DAYS
from directory.search import SearchQuery
from web.i18n import gettext as _
from web.presenters import facts
from web.presenters.calendar import hours_in_words
from web.presenters.dates import weekday

MONTHS_OFFERED = 3
WORKING_WEEK, WHOLE_WEEK = tuple(range(5)), tuple(range(7))
# A place that meets on so many weekdays has one row, not one for each.
MANY_WEEKDAYS = 3
# So many days off are named; a row with more of them names the open days instead.
MOST_OFF = 5
# One sheet of A4 holds about so many rows.
ROWS_A_SHEET = 13


Weekdays = tuple[int, ...]


@dataclass(frozen=True)
class Line:
    """One row of the sheet. `group`: the weekday, 平日 or 毎日; `new`: the first of its group."""

    group: str
    new: bool
    days: str
    hours: str
    off: str
    name: str
    place: str
    fee: str
    welcome: str
    phone: str
    ask: bool


@dataclass(frozen=True)
class Month:
    """A month on offer; `first` to `last` are its days that are still to come."""

    key: str
    label: str
    first: date
    last: date


def months(today: date) -> list[Month]:
    """This month, from today on, and the next ones."""
    found, first = [], today
    for _number in range(MONTHS_OFFERED):
        found.append(_month(first))
        first = found[-1].last + timedelta(1)
    return found


def month_of(text: str, today: date) -> Month | None:
    """The month "2026-12" when it is not over and within the horizon; None for anything else."""
    try:
        first = date.fromisoformat(f"{text}-01")
        month = _month(first)
    except (ValueError, OverflowError):
        return None
    start, end = within_horizon(month.first, month.last, today)
    return Month(month.key, month.label, start, month.last) if start <= end else None


def _month(first: date) -> Month:
    last = (first.replace(day=1) + timedelta(31)).replace(day=1) - timedelta(1)
    return Month(f"{first:%Y-%m}", _("%(year)s年%(month)s月", year=first.year, month=first.month), first, last)


def sheet(
    catalog: Catalog, query: SearchQuery, district: str, month: Month, now: datetime
) -> dict[str, object]:
    """Everything the sheet prints, by name. `district`: a 小学校区 or 民生委員担当区, besides the filters."""
    found = agenda(catalog, without_period(query), month.first, month.last, now)
    events = [event for day in found.days for event in day.events if not district or lies_in(event.listing, district)]
    lines = _lines(event for event in events if event.listing.has_place)
    at_home = {event.listing.id: event.listing for event in events if not event.listing.has_place}
    return {
        "lines": lines,
        "at_home": sorted((listing.name, listing.phone or "") for listing in at_home.values()),
        "asks": any(line.ask for line in lines),
        "sheets": max(1, -(-len(lines) // ROWS_A_SHEET)),
        "closed": year_end(month),
    }


def lies_in(listing: Listing, district: str) -> bool:
    """Does the listing lie in the 小学校区 or 民生委員担当区 of this name? A 地域 may have the same name."""
    return any(area.name == district and area.kind != AREA_KIND for area in listing.areas)


def _lines(events: Iterable[Event]) -> list[Line]:
    together: dict[tuple, list[Event]] = {}
    for event in events:
        held = event.held
        together.setdefault((event.listing.id, held.start, held.end, event.hall), []).append(event)
    drafts = [draft for meetings in together.values() for draft in _split(meetings)]
    drafts.sort(key=lambda draft: (_rank(draft[0]), draft[1][0].held.start or time.max, draft[1][0].listing.name))
    groups = [weekdays for weekdays, _kept in drafts]
    return [_line(weekdays, kept, number == 0 or groups[number - 1] != weekdays)
            for number, (weekdays, kept) in enumerate(drafts)]


def _split(events: Sequence[Event]) -> list[tuple[Weekdays, list[Event]]]:
    """The events of one place and hour under their weekdays, or together when there are many."""
    weekdays = tuple(sorted({event.held.date.weekday() for event in events if not event.held.cancelled}))
    if len(weekdays) >= MANY_WEEKDAYS:
        return [(weekdays, list(events))]
    return [((number,), [event for event in events if event.held.date.weekday() == number]) for number in weekdays]


def _rank(weekdays: Weekdays) -> tuple[int, Weekdays]:
    """Places open on many days come first, then Monday to Sunday."""
    return (-len(weekdays) if len(weekdays) > 1 else 0, weekdays)


def _line(weekdays: Weekdays, events: Sequence[Event], new: bool) -> Line:
    listing, held = events[0].listing, events[0].held
    days, off = _days(weekdays, events)
    return Line(
        group=_group(weekdays), new=new, days=days, off=off, hours=hours_in_words(held), name=listing.name,
        place=events[0].hall or facts.place(listing), fee=facts.fee_in_short(listing, noted=False),
        welcome=welcome_on_paper(listing),
        phone=listing.phone or "", ask=any(not it.held.certain for it in events if not it.held.cancelled),
    )


def _group(weekdays: Weekdays) -> str:
    """火, 平日, 毎日, 水以外, 火～土 or 月水金."""
    if weekdays in (WORKING_WEEK, WHOLE_WEEK):
        return _("平日") if weekdays == WORKING_WEEK else _("毎日")
    # The first of January 2024 was a Monday.
    names = [weekday(date(2024, 1, 1 + number)) for number in weekdays]
    in_between = [number for number in WHOLE_WEEK[1:-1] if number not in weekdays]
    if len(names) == len(WHOLE_WEEK) - 1 and in_between:
        return _("%(weekday)s以外", weekday=weekday(date(2024, 1, 1 + in_between[0])))
    in_a_row = weekdays[-1] - weekdays[0] == len(weekdays) - 1
    return f"{names[0]}～{names[-1]}" if len(names) > 2 and in_a_row else "".join(names)


def _days(weekdays: Weekdays, events: Sequence[Event]) -> tuple[str, str]:
    """The open days and, apart, the days off among them: 2・9・16・23, or 1日～25日 for a place open on many weekdays."""
    days = sorted({event.held.date for event in events if not event.held.cancelled})
    span = [days[0] + timedelta(number) for number in range((days[-1] - days[0]).days + 1)]
    between = [day for day in span if day.weekday() in weekdays and day not in days]
    if len(weekdays) >= MANY_WEEKDAYS and len(between) <= MOST_OFF:
        words = _("%(first)s日～%(last)s日", first=days[0].day, last=days[-1].day)
        return words, _off(between)
    called_off = sorted({event.held.date for event in events if event.held.cancelled} - set(days))
    return _numbers(days), _off(called_off) if len(called_off) <= MOST_OFF else ""


def _off(days: Sequence[date]) -> str:
    return _("（%(days)s日は休み）", days=_numbers(days)) if days else ""


def _numbers(days: Iterable[date]) -> str:
    return "・".join(str(day.day) for day in days)


def welcome_on_paper(listing: Listing) -> str:
    """How a first-comer gets in, in a few letters."""
    return {
        "always": _("どうぞ"), "visit_first": _("見学から"), "call_first": _("先に電話"), "locals": _("地元の方"),
        "members": _("会員"), "closed_now": _("お休み中"),
    }.get(listing.welcome, _("電話で"))


def year_end(month: Month) -> str:
    """A word before the turn of the year, when most places rest."""
    return _("年末年始は、休みの所が多くあります。行く前にお電話ください。") if month.last.month in (12, 1) else ""


def last_month(today: date) -> str:
    """The last month within the horizon, in words."""
    return _month(today + timedelta(HORIZON_DAYS)).label
