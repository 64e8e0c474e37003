"""How is a date said on a page, and which dates of a place come next?"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from directory.listing import Listing, Meeting
from directory.schedules import HORIZON_DAYS, HolidayPolicy, Occurrence, next_dates, occurrences
from directory.schedules.holidays import is_holiday
from web.i18n import gettext as _

DATES_SHOWN = 3
# How far behind the last shown date a day off is still worth saying, and how many of them.
DAYS_OFF_WITHIN = timedelta(days=14)
DAYS_OFF_SHOWN = 3


@dataclass(frozen=True)
class When:
    """One opening in words. `off`: it does not take place; `certain` False: 予定."""

    iso: str
    day: str
    hours: str
    certain: bool
    off: bool
    note: str
    place: str


def weekday(day: date) -> str:
    """火, in the reader's language."""
    names = (_("月"), _("火"), _("水"), _("木"), _("金"), _("土"), _("日"))
    return names[day.weekday()]


def day_in_words(day: date, today: date) -> str:
    """11月24日（火）; with the year when it is not this one or the next few months."""
    words = {"year": day.year, "month": day.month, "day": day.day, "weekday": weekday(day)}
    if abs((day - today).days) < 180:
        return _("%(month)s月%(day)s日（%(weekday)s）", **words)
    return _("%(year)s年%(month)s月%(day)s日（%(weekday)s）", **words)


def full_date(day: date) -> str:
    """2026年11月20日."""
    return _("%(year)s年%(month)s月%(day)s日", year=day.year, month=day.month, day=day.day)


def month(day: date) -> str:
    """2026年11月."""
    return _("%(year)s年%(month)s月", year=day.year, month=day.month)


def hours(start: time | None, end: time | None) -> str:
    """10:00～11:30, 10:00～, ～11:30, 一日中 or nothing."""
    if start is None and end is None:
        return ""
    if start == end:
        return _("一日中")
    return _("%(start)s～%(end)s", start=_clock(start), end=_clock(end))


def _clock(moment: time | None) -> str:
    return f"{moment.hour}:{moment.minute:02d}" if moment else ""


def when(occurrence: Occurrence, today: date, place: str | None = None) -> When:
    """One opening in words."""
    return When(
        iso=occurrence.date.isoformat(),
        day=day_in_words(occurrence.date, today),
        hours=hours(occurrence.start, occurrence.end),
        certain=occurrence.certain and not occurrence.cancelled,
        off=occurrence.cancelled,
        note=occurrence.note,
        place=place or "",
    )


def coming(listing: Listing, now: datetime) -> tuple[When, ...]:
    """The openings of the next three days that have one, and the days off among them, in order of time."""
    today = now.date()
    # One day more than is shown: today's may be over.
    found = [(row, meeting) for meeting in listing.meetings
             for row in next_dates(meeting.schedule, today, DATES_SHOWN + 1, listing.closures)
             if not _is_over(row, now)]
    open_days = sorted({row.date for row, _meeting in found if not row.cancelled})[:DATES_SHOWN]
    if not open_days:
        return ()
    until = open_days[-1]
    openings = [(row, meeting) for row, meeting in found if not row.cancelled and row.date <= until]
    rows = openings + _days_off(listing, today, until + DAYS_OFF_WITHIN)
    rows.sort(key=lambda pair: (pair[0].date, pair[0].start or time.min))
    return tuple(when(row, today, meeting.place) for row, meeting in rows)


def _is_over(row: Occurrence, now: datetime) -> bool:
    """Did this opening of today end already? One that runs past midnight did not."""
    if row.date != now.date() or row.end is None:
        return False
    return row.end <= now.time() and (row.start is None or row.start < row.end)


def _days_off(listing: Listing, today: date, until: date) -> list[tuple[Occurrence, Meeting]]:
    """Openings one would expect from the rule alone, and in vain: typed closures, holidays, summer breaks."""
    off = [(row, meeting) for meeting in listing.meetings
           for row in _skipped(meeting, listing, today, min(until, today + timedelta(days=HORIZON_DAYS)))]
    return sorted(off, key=lambda pair: pair[0].date)[:DAYS_OFF_SHOWN]


def _skipped(meeting: Meeting, listing: Listing, today: date, until: date) -> Iterable[Occurrence]:
    real = occurrences(meeting.schedule, today, until, listing.closures)
    yield from (row for row in real if row.cancelled)
    kept = {row.date for row in real}
    unbroken = replace(meeting.schedule, closures=(), holidays=HolidayPolicy("open"))
    for row in occurrences(unbroken, today, until):
        if row.date not in kept:
            yield row._replace(cancelled=True, note=_("祝日のため休み") if is_holiday(row.date) else _("休み"))
