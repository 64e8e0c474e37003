"""On which dates does a selection of days fall? Plain day arithmetic; python-dateutil is the judge in the tests."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

from directory.schedules.holidays import holidays_between
from directory.schedules.model import EVERY_WEEKDAY, LAST, CalendarDay, Days, Span

WEEK = timedelta(days=7)
# The weekday after a base date (第3火曜の直後の木曜) is looked for this far back.
MONTH_AND_WEEK = timedelta(days=38)


@lru_cache(maxsize=8192)
def dates_of(days: Days, first: date, last: date) -> frozenset[date]:
    """All dates from `first` to `last`, both included, that the selection chooses."""
    found = set(_candidates(days, first, last))
    if days.holidays == "added":
        found |= holidays_between(first, last)
    elif days.holidays == "left_out":
        found -= holidays_between(first, last)
    if days.months:
        found = {day for day in found if day.month in days.months}
    if days.spans:
        found &= _in_spans(days.spans, first, last)
    return frozenset(found)


def _candidates(days: Days, first: date, last: date) -> Iterator[date]:
    """The dates before holidays, months and spans are looked at."""
    if days.after is not None:
        return _following(days, first, last)
    if days.holidays == "only":
        return iter(holidays_between(first, last))
    if days.monthdays:
        return _monthdays(days.monthdays, first, last)
    if days.ordinals:
        return _nth_weekdays(days, first, last)
    return _weekly(days.weekdays or EVERY_WEEKDAY, first, last)


def _weekly(weekdays: tuple[int, ...], first: date, last: date) -> Iterator[date]:
    origin, length = first.toordinal(), (last - first).days
    for weekday in weekdays:
        for offset in range((weekday - first.weekday()) % 7, length + 1, 7):
            yield date.fromordinal(origin + offset)


def _nth_weekdays(days: Days, first: date, last: date) -> Iterator[date]:
    for year, month in months_between(first, last):
        start, length = monthrange(year, month)
        for weekday in days.weekdays or EVERY_WEEKDAY:
            earliest = 1 + (weekday - start) % 7
            for ordinal in days.ordinals:
                number = _last_of(earliest, length) if ordinal == LAST else earliest + 7 * (ordinal - 1)
                if number <= length and first <= (day := date(year, month, number)) <= last:
                    yield day


def _last_of(earliest: int, length: int) -> int:
    return earliest + (length - earliest) // 7 * 7


def _monthdays(monthdays: tuple[int, ...], first: date, last: date) -> Iterator[date]:
    for year, month in months_between(first, last):
        length = monthrange(year, month)[1]
        for number in monthdays:
            number = length if number == LAST else number
            if number <= length and first <= (day := date(year, month, number)) <= last:
                yield day


def _following(days: Days, first: date, last: date) -> Iterator[date]:
    """The first of the weekdays strictly after each base date."""
    assert days.after is not None
    earlier = first - min(MONTH_AND_WEEK, first - date.min)
    for base in dates_of(days.after, earlier, last):
        gap = min((weekday - base.weekday() - 1) % 7 + 1 for weekday in days.weekdays)
        if first.toordinal() <= base.toordinal() + gap <= last.toordinal():
            yield base + timedelta(days=gap)


def months_between(first: date, last: date) -> Iterator[tuple[int, int]]:
    """Year and month of every month that the two dates and what lies between them touch."""
    for number in range(first.year * 12 + first.month - 1, last.year * 12 + last.month):
        yield number // 12, number % 12 + 1


def _in_spans(spans: tuple[Span, ...], first: date, last: date) -> set[date]:
    found: set[date] = set()
    for span in spans:
        for year in range(max(first.year - 1, 1), last.year + 1):
            found.update(_span_of_year(span, year, first, last))
    return found


def _span_of_year(span: Span, year: int, first: date, last: date) -> Iterator[date]:
    """The days of the span that begins in this year, as far as they lie between the two dates."""
    single = span.first == span.last
    crosses = (span.last.month, span.last.day) < (span.first.month, span.first.day)
    begin = _number(span.first, year, missing=None if single else 1)
    end = _number(span.last, span.last.year or year + crosses, missing=0)
    if begin and end:
        for number in range(max(begin, first.toordinal()), min(end, last.toordinal()) + 1):
            yield date.fromordinal(number)


def _number(day: CalendarDay, year: int, *, missing: int | None) -> int | None:
    """The ordinal of the calendar day in this year, None if it belongs to another one.

    A 2月29日 that the year does not have counts as that many days after the last of February; None: as no day.
    """
    if (day.year is not None and day.year != year) or not 1 <= year <= 9999:
        return None
    length = monthrange(year, day.month)[1]
    if day.day > length:
        return None if missing is None else date(year, day.month, length).toordinal() + missing
    found = date(year, day.month, day.day)
    return found.toordinal() if day.weekday is None or day.weekday == found.weekday() else None
