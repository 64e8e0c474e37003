"""Which days are 祝日 (振替休日 and 国民の休日 included)? The only door to jpholiday; each year is asked once."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache, lru_cache

import jpholiday

# The holiday law is of 1948; the equinox formulas end in 2150. Outside of that no holiday is known.
FIRST_YEAR, LAST_YEAR = 1948, 2150


@cache
def holidays_of_year(year: int) -> frozenset[date]:
    """The holidays of one year; empty outside the years that jpholiday knows."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return frozenset()
    return frozenset(day for day, _name in jpholiday.year_holidays(year))


@lru_cache(maxsize=256)
def holidays_between(first: date, last: date) -> frozenset[date]:
    """All holidays from `first` to `last`, both included."""
    years = range(first.year, last.year + 1)
    return frozenset(day for year in years for day in holidays_of_year(year) if first <= day <= last)


def is_holiday(day: date) -> bool:
    """Is this day a 祝日?"""
    return day in holidays_of_year(day.year)


def is_working_day(day: date) -> bool:
    """Is this day a 平日: Monday to Friday and no 祝日?"""
    return day.weekday() < 5 and not is_holiday(day)


def next_working_day(day: date, step: int = 1) -> date | None:
    """The first 平日 after (or, with step -1, before) this day; None at the end of the calendar."""
    try:
        day += timedelta(days=step)
        while not is_working_day(day):
            day += timedelta(days=step)
    except OverflowError:
        return None
    return day
