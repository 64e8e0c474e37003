"""What stands on the sheet that goes round the neighbourhood? One month of one area, a row for each place and weekday.

Rows are gathered from the days of the calendar: a place that meets on one or two weekdays has a row under each, one
that meets on most days of the week a single row under 平日 or 毎日.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from directory.agenda import Event, agenda, within_horizon, without_period
from directory.catalog import Catalog
from directory.listing import Listing
from directory.schedules import HORIZON_DAYS
from directory.schedules.holidays import is_working_day
from directory.search import SearchQuery
from web.i18n import gettext as _
from web.presenters import facts
from web.presenters.dates import hours, weekday

MONTHS_OFFERED = 3
WORKING_WEEK = frozenset(range(5))
# A place that meets on so many weekdays has one row, not one for each.
MANY_WEEKDAYS = 3
EVERY_DAY_FIRST, WORKING_DAYS_FIRST = -2, -1
# One sheet of A4 holds about so many rows below its head.
ROWS_A_SHEET = 15


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
    lines = _lines(events)
    return {
        "lines": lines,
        "asks": any(line.ask for line in lines),
        "sheets": max(1, -(-len(lines) // ROWS_A_SHEET)),
        "closed": year_end(month),
    }


def lies_in(listing: Listing, district: str) -> bool:
    """Does the listing lie in the area of this name, of whatever kind?"""
    return any(area.name == district for area in listing.areas)


def _lines(events: Iterable[Event]) -> list[Line]:
    together: dict[tuple, list[Event]] = {}
    for event in events:
        held = event.held
        together.setdefault((event.listing.id, held.start, held.end, event.hall), []).append(event)
    drafts = [draft for meetings in together.values() for draft in _split(meetings)]
    drafts = [(group, kept) for group, kept in drafts if any(not event.held.cancelled for event in kept)]
    drafts.sort(key=lambda draft: (draft[0], draft[1][0].held.start or time.max, draft[1][0].listing.name))
    groups = [group for group, _kept in drafts]
    return [_line(group, kept, number == 0 or groups[number - 1] != group)
            for number, (group, kept) in enumerate(drafts)]


def _split(events: Sequence[Event]) -> list[tuple[int, list[Event]]]:
    """The events of one place and hour under their weekdays, or together when there are many."""
    weekdays = {event.held.date.weekday() for event in events if not event.held.cancelled}
    if len(weekdays) >= MANY_WEEKDAYS:
        return [(WORKING_DAYS_FIRST if weekdays <= WORKING_WEEK else EVERY_DAY_FIRST, list(events))]
    return [(number, [event for event in events if event.held.date.weekday() == number]) for number in sorted(weekdays)]


def _line(group: int, events: Sequence[Event], new: bool) -> Line:
    listing, held = events[0].listing, events[0].held
    open_days = sorted({event.held.date for event in events if not event.held.cancelled})
    off_days = sorted({event.held.date for event in events if event.held.cancelled} - set(open_days))
    return Line(
        group=_group(group), new=new, days=_days(open_days, group == WORKING_DAYS_FIRST),
        hours=hours(held.start, held.end) or _("時間は電話で"),
        off=_("%(days)s日は休み", days=_numbers(off_days)) if 0 < len(off_days) <= len(open_days) else "",
        name=listing.name, place=events[0].hall or facts.place(listing), fee=fee_on_paper(listing),
        welcome=welcome_on_paper(listing), phone=listing.phone or "",
        ask=any(not event.held.certain for event in events if not event.held.cancelled),
    )


def _group(group: int) -> str:
    if group in (EVERY_DAY_FIRST, WORKING_DAYS_FIRST):
        return _("平日") if group == WORKING_DAYS_FIRST else _("毎日")
    return weekday(date(2024, 1, 1 + group))  # the first of January 2024 was a Monday


def _days(days: Sequence[date], working: bool) -> str:
    """1日～25日 where every (working) day between is open, else 2・9・16・23."""
    span = [days[0] + timedelta(number) for number in range((days[-1] - days[0]).days + 1)]
    if len(days) > MANY_WEEKDAYS and set(days) == {day for day in span if not working or is_working_day(day)}:
        return _("%(first)s日～%(last)s日", first=days[0].day, last=days[-1].day)
    return _numbers(days)


def _numbers(days: Iterable[date]) -> str:
    return "・".join(str(day.day) for day in days)


def fee_on_paper(listing: Listing) -> str:
    """The fee in a few letters."""
    return facts.fee_in_short(listing).split("（")[0].removesuffix(_(" ほか"))


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
