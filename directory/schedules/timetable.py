"""How do dates typed for a term (予定表) become a schedule?"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, time

from directory.schedules.model import (
    NOT_A_SCHEDULE,
    REGULAR,
    CalendarDay,
    Days,
    HolidayPolicy,
    Rule,
    Schedule,
    Span,
    TimeSpan,
)


def from_dates(rows: Iterable[tuple[date, time | None, time | None, str]]) -> Schedule:
    """A schedule of exactly these openings: (date, start, end, note). Typed dates hold also on a 祝日."""
    rules = tuple(
        Rule(Days(spans=(single_day(day),)), _times(start, end), note=note or "")
        for day, start, end, note in sorted(rows, key=lambda row: (row[0], row[1] or time(0)))
    )
    if not rules:
        return Schedule("", NOT_A_SCHEDULE)
    from directory.schedules.sentences import sentence

    schedule = Schedule("", REGULAR, rules, holidays=HolidayPolicy("open"))
    return Schedule("予定表", REGULAR, rules, holidays=HolidayPolicy("open"), sentence=sentence(schedule))


def single_day(day: date) -> Span:
    """The span of this one day."""
    typed = CalendarDay(day.month, day.day, day.year)
    return Span(typed, typed)


def _times(start: time | None, end: time | None) -> tuple[TimeSpan, ...]:
    if start is None and end is None:
        return ()
    until = _minutes(end)
    if start and end and end <= start and until is not None:
        until += 24 * 60
    return (TimeSpan(_minutes(start), until),)


def _minutes(value: time | None) -> int | None:
    return None if value is None else value.hour * 60 + value.minute
