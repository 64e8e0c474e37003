"""Where does a date go that meets a 祝日? 翌日振替 computed: the date out, another one in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from directory.schedules.days import dates_of
from directory.schedules.holidays import holidays_between, is_holiday, next_working_day
from directory.schedules.model import Days, HolidayPolicy, Rule

# A date this far outside a term may move into it (第1月曜 → 第2月曜 stays within its month).
REACH = timedelta(days=40)

MOVES: dict[str, Callable[[date], date | None]] = {
    "next_day": lambda day: day + timedelta(days=1),
    "previous_day": lambda day: day - timedelta(days=1),
    "next_weekday": next_working_day,
    "previous_weekday": lambda day: next_working_day(day, -1),
    "next_week": lambda day: day + timedelta(days=7),
    "previous_week": lambda day: day - timedelta(days=7),
}


def moved_dates(
    rule: Rule, policy: HolidayPolicy, start: date, end: date, closed: frozenset[date]
) -> Iterator[tuple[date, bool, str]]:
    """The dates of a rule from `start` to `end` after moving: is it certain, and which date did it replace?

    A moved date that meets a 祝日 again is not certain: nobody wrote what happens then.
    """
    begin = start - min(REACH, start - date.min)
    stop = end + min(REACH, date.max - end)
    days = _without(rule, dates_of(rule.days, begin, stop), begin, stop)
    clashes = {day for day in days if day in holidays_between(begin, stop) or day.weekday() in policy.weekdays}
    moved = {target: day for day in sorted(clashes) if day not in closed and (target := _target(policy, day))}
    for day in (days - clashes) | moved.keys():
        if start <= day <= end and day not in closed:
            original = moved.get(day)
            if original is None:
                yield day, True, ""
            elif is_holiday(day):
                yield day, False, "祝日・要確認"
            else:
                yield day, True, f"{original.month}月{original.day}日の振替"


def _without(rule: Rule, days: frozenset[date], begin: date, stop: date) -> frozenset[date]:
    for apart in rule.without:
        days -= dates_of(apart, begin, stop)
    return days


def _target(policy: HolidayPolicy, day: date) -> date | None:
    """The day taken instead; None where the calendar or the month has none."""
    if policy.instead is not None:
        return _same_month(policy.instead, day)
    try:
        return MOVES[policy.to](day)
    except OverflowError:
        return None


def _same_month(instead: Days, day: date) -> date | None:
    first = day.replace(day=1)
    last = min(first.toordinal() + 30, date.max.toordinal())
    found = sorted(choice for choice in dates_of(instead, first, date.fromordinal(last)) if choice.month == day.month)
    return found[0] if found else None
