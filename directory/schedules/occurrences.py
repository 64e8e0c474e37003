"""When is a scheduled activity really on? Rules minus closures, holidays settled, one row per opening."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta

from directory.schedules.closing import closed_days
from directory.schedules.days import dates_of
from directory.schedules.holidays import holidays_between
from directory.schedules.model import (
    HORIZON_DAYS,
    REGULAR,
    SUSPENDED,
    Days,
    Occurrence,
    Rule,
    Schedule,
    TimeSpan,
)
from directory.schedules.moving import moved_dates

ROUGHLY = 30  # minutes by which a 「ごろ」 may be off
ASK_HOLIDAY = "祝日・要確認"
ASK_YEAR = "年は曜日から"
ROUGH_TIME = "時刻は目安"
NO_CLOSURES: Mapping[date, str] = {}


def occurrences(
    schedule: Schedule, start: date, end: date, closures: Mapping[date, str] = NO_CLOSURES
) -> list[Occurrence]:
    """Every opening from `start` to `end`, both included, in order; none unless the schedule is regular.

    `closures` are the days called off for this listing, with the reason (「本日中止」).
    """
    if schedule.state != REGULAR or start > end:
        return []
    closed, doubtful = closed_days(schedule, start, end)
    found: dict[tuple[date, int, int], Occurrence] = {}
    for rule in schedule.rules:
        hours = [_hours(span, rule) for span in rule.times or (TimeSpan(),)]
        for day, certain, note in _dates(schedule, rule, start, end, closed):
            if doubtful and day in doubtful:
                certain, note = False, note or doubtful[day]
            sure = certain and not schedule.notices
            for first, last, opens, closes, words in hours:
                said = f"{note}・{words}" if note and words else note or words
                found.setdefault((day, first, last), Occurrence(day, opens, closes, sure, said))
    rows = [found[key] for key in sorted(found)]
    return [_called_off(row, closures) for row in rows] if closures else rows


def _hours(span: TimeSpan, rule: Rule) -> tuple[int, int, time | None, time | None, str]:
    """Sorting keys, opening, closing and note of a time span: the same on every date of the rule."""
    words = (rule.note, span.part, ROUGH_TIME if span.about_start or span.about_end else "")
    note = "・".join(word for word in words if word)
    return _minutes(span.start), _minutes(span.end), clock(span.start), clock(span.end), note


def next_dates(
    schedule: Schedule, today: date, count: int = 3, closures: Mapping[date, str] = NO_CLOSURES
) -> list[Occurrence]:
    """The openings on the next `count` days that have one, today included, within the horizon of 18 months."""
    days: list[date] = []
    rows: list[Occurrence] = []
    for row in occurrences(schedule, today, _later(today, HORIZON_DAYS), closures):
        if not row.cancelled and row.date not in days:
            days.append(row.date)
        if len(days) > count:
            break
        rows.append(row)
    return rows


def is_open(schedule: Schedule, moment: datetime, closures: Mapping[date, str] = NO_CLOSURES) -> bool | None:
    """Is it on at this moment? None when the schedule does not say so for certain."""
    if schedule.state == SUSPENDED:
        return False
    if schedule.state != REGULAR:
        return None
    today = moment.date()
    rows = occurrences(schedule, _later(today, -1), today, closures)
    answers = [_open_at(row, moment.replace(tzinfo=None)) for row in rows if not row.cancelled]
    return True if True in answers else None if None in answers else False


def _dates(
    schedule: Schedule, rule: Rule, start: date, end: date, closed: frozenset[date]
) -> Iterator[tuple[date, bool, str]]:
    """The open dates of one rule: is it certain, and what is there to say of it?"""
    policy, free = schedule.holidays, rule.days.holidays == "" and not _typed_dates(rule.days)
    if free and policy.action == "move":
        yield from moved_dates(rule, policy, start, end, closed)
        return
    days = chosen(rule, start, end) - closed
    if free and policy.action == "closed":
        days -= holidays_between(start, end)
    asked = holidays_between(start, end) if free and policy.action == "ask" else frozenset()
    year_note = ASK_YEAR if _year_from_weekday(rule.days) else ""
    for day in days:
        note = ASK_HOLIDAY if day in asked else year_note
        yield day, not note, note


def chosen(rule: Rule, start: date, end: date) -> frozenset[date]:
    """The dates a rule chooses before closures and holidays are looked at."""
    days = dates_of(rule.days, start, end)
    for apart in rule.without:
        days -= dates_of(apart, start, end)
    return days


def _typed_dates(days: Days) -> bool:
    """Single dates were meant as they stand, also on a 祝日."""
    return bool(days.spans) and not days.weekdays and all(span.first == span.last for span in days.spans)


def _year_from_weekday(days: Days) -> bool:
    return any(span.first.year is None and span.first.weekday is not None for span in days.spans)


def clock(minutes: int | None) -> time | None:
    """Minutes after midnight as a time; 24:00 is 0:00, at or before its start and so of the next day."""
    return None if minutes is None else time(minutes // 60 % 24, minutes % 60)


def _minutes(value: int | None) -> int:
    return -1 if value is None else value


def _called_off(row: Occurrence, closures: Mapping[date, str]) -> Occurrence:
    if row.date not in closures:
        return row
    return row._replace(cancelled=True, note=closures[row.date] or "本日中止")


def _open_at(row: Occurrence, moment: datetime) -> bool | None:
    """True, False, or None where the hours of this opening leave it open."""
    if row.start is None and row.end is None:
        return None if row.date == moment.date() else False
    opens = datetime.combine(row.date, row.start or time(0))
    if row.end is None:
        return False if moment < opens or row.date != moment.date() else None
    closes = datetime.combine(row.date, row.end)
    if row.start is not None and closes <= opens:
        closes = datetime.combine(_later(row.date, 1), row.end)
    margin = timedelta(minutes=ROUGHLY if ROUGH_TIME in row.note else 0)
    if not opens - margin <= moment < closes + margin:
        return False
    sure = row.certain and row.start is not None and opens + margin <= moment < closes - margin
    return True if sure else None


def _later(day: date, days: int) -> date:
    """The day so many days later, as far as the calendar goes."""
    return date.fromordinal(min(max(day.toordinal() + days, 1), date.max.toordinal()))
