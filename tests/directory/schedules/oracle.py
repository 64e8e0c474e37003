"""On which days is a schedule on? Read day by day in the plainest way, slowly; the fast expansion must agree."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from functools import cache

import jpholiday

from directory.schedules import Days, Rule, Schedule, Span

ONE_DAY = timedelta(days=1)


@cache
def holiday(day: date) -> bool:
    return bool(jpholiday.is_holiday(day))


def selects(days: Days, day: date) -> bool:
    """Is this one of the days?"""
    if days.months and day.month not in days.months:
        return False
    if days.spans and not any(within(span, day) for span in days.spans):
        return False
    if days.holidays == "left_out" and holiday(day):
        return False
    if days.holidays == "added" and holiday(day):
        return True
    if days.holidays == "only":
        return holiday(day)
    if days.after is not None:
        return day.weekday() in days.weekdays and any(selects(days.after, day - n * ONE_DAY) for n in range(1, 8))
    length = monthrange(day.year, day.month)[1]
    if days.monthdays:
        return day.day in days.monthdays or (-1 in days.monthdays and day.day == length)
    if days.weekdays and day.weekday() not in days.weekdays:
        return False
    if days.ordinals:
        return (day.day + 6) // 7 in days.ordinals or (-1 in days.ordinals and day.day > length - 7)
    return True


def within(span: Span, day: date) -> bool:
    """Does the span, of its own year or of every year, hold the day?"""
    first, last = span.first, span.last
    if first.year and last.year:
        return date(first.year, first.month, first.day) <= day <= date(last.year, last.month, last.day)
    place, begin, end = (day.month, day.day), (first.month, first.day), (last.month, last.day)
    return begin <= place <= end if begin <= end else place >= begin or place <= end


def open_days(schedule: Schedule, rule: Rule, start: date, end: date) -> set[date]:
    """The days of one rule from start to end."""
    found, day = set(), start
    while day <= end:
        if is_on(schedule, rule, day):
            found.add(day)
        day += ONE_DAY
    return found


def is_on(schedule: Schedule, rule: Rule, day: date) -> bool:
    policy = schedule.holidays
    if is_closed(schedule, day):
        return False
    mine = chosen(rule, day)
    if rule.days.holidays or policy.action in ("ask", "open"):
        return mine
    if policy.action == "closed":
        return mine and not holiday(day)
    if mine and not clashes(schedule, day):
        return True
    near = (day + n * ONE_DAY for n in range(-40, 41))
    return any(
        moves_to(schedule, source) == day
        for source in near
        if chosen(rule, source) and clashes(schedule, source) and not is_closed(schedule, source)
    )


def chosen(rule: Rule, day: date) -> bool:
    return selects(rule.days, day) and not any(selects(apart, day) for apart in rule.without)


def clashes(schedule: Schedule, day: date) -> bool:
    return holiday(day) or day.weekday() in schedule.holidays.weekdays


def moves_to(schedule: Schedule, day: date) -> date | None:
    policy = schedule.holidays
    if policy.instead is not None:
        month = (day.replace(day=1) + n * ONE_DAY for n in range(31))
        return next((other for other in month if other.month == day.month and selects(policy.instead, other)), None)
    if policy.to in ("next_weekday", "previous_weekday"):
        step = ONE_DAY if policy.to == "next_weekday" else -ONE_DAY
        day += step
        while holiday(day) or day.weekday() > 4:
            day += step
        return day
    return day + {"next_day": 1, "previous_day": -1, "next_week": 7, "previous_week": -7}[policy.to] * ONE_DAY


def is_closed(schedule: Schedule, day: date) -> bool:
    for closure in schedule.closures:
        if not closure.shift:
            if selects(closure.days, day):
                return True
            continue
        if selects(closure.days, day) and not holiday(day):
            return True
        for back in range(1, 11 if closure.shift != "open" else 1):
            source = day - back * ONE_DAY
            if selects(closure.days, source) and holiday(source) and shifted(closure.shift, source) == day:
                return True
    return False


def shifted(shift: str, day: date) -> date:
    day += ONE_DAY
    while shift == "next_weekday" and (holiday(day) or day.weekday() > 4):
        day += ONE_DAY
    return day
