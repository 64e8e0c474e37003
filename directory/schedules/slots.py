"""At which weekdays and times of day can one be there? 7 weekdays × 4 bands as bits, for filters and matching."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from directory.schedules.model import (
    EVERY_WEEKDAY,
    IRREGULAR,
    NEEDS_REVIEW,
    REGULAR,
    Days,
    Schedule,
    Slots,
    Span,
    TimeSpan,
)

DAY_MINUTES = 24 * 60
# What was understood of these tells at least when something may be on.
SPEAKING_STATES = (REGULAR, IRREGULAR, NEEDS_REVIEW)

# Where 午前, 午後, 夕方 and 夜 begin, in minutes after midnight.
BAND_STARTS = (0, 12 * 60, 17 * 60, 19 * 60)
BANDS = len(BAND_STARTS)
# What a part of the day named without a clock time may touch.
PARTS = {
    "早朝": (0,),
    "朝": (0,),
    "午前": (0,),
    "昼": (0, 1),
    "日中": (0, 1),
    "午後": (1,),
    "夕方": (1, 2),
    "夜": (2, 3),
}
ALL_BANDS = tuple(range(BANDS))


def slots(schedule: Schedule) -> Slots:
    """Slots that an opening touches, and those that hold a whole one. Of what is not regular, only what it may touch."""
    touched = contained = 0
    for rule in schedule.rules if schedule.state in SPEAKING_STATES else ():
        weekdays, sure = _weekdays(rule.days)
        for span in rule.times or (TimeSpan(),):
            bands = _bands(span)
            bits = _bits(weekdays, bands)
            touched |= bits
            if sure and len(bands) == 1 and span.start is not None and span.end is not None:
                contained |= bits
    return Slots(touched, contained if schedule.state == REGULAR else 0)


def band_of(minutes: int) -> int:
    """0 午前 (before 12:00), 1 午後 (until 17:00), 2 夕方 (until 19:00), 3 夜."""
    return sum(minutes >= start for start in BAND_STARTS[1:])


def _bands(span: TimeSpan) -> tuple[int, ...]:
    """Bands from 0 (午前) to 3 (夜); 4 and more are those of the following day."""
    if span.part:
        return PARTS.get(span.part, ALL_BANDS)
    if span.start is None:
        return ALL_BANDS
    first = band_of(span.start)
    if span.end is None:
        return (first,)
    last, over = span.end - 1, 0
    if last >= DAY_MINUTES:
        last, over = last - DAY_MINUTES, BANDS
    return tuple(range(first, over + band_of(last) + 1))


def _weekdays(days: Days) -> tuple[Iterable[int], bool]:
    """The weekdays on which the dates may fall, and whether each of them surely is one."""
    if days.holidays in ("added", "only"):
        return (EVERY_WEEKDAY, False) if days.holidays == "only" else (days.weekdays or EVERY_WEEKDAY, True)
    if days.weekdays:
        return days.weekdays, True
    dated = _weekdays_of_spans(days.spans)
    return (dated, True) if dated else (EVERY_WEEKDAY, not days.monthdays and not days.spans)


def _weekdays_of_spans(spans: tuple[Span, ...]) -> set[int]:
    """The weekdays of typed dates; empty when a year is missing."""
    found: set[int] = set()
    for span in spans:
        if span.first.year is None or span.last.year is None:
            return set()
        day = date(span.first.year, span.first.month, span.first.day)
        last = date(span.last.year, span.last.month, span.last.day)
        for offset in range(min((last - day).days, 6) + 1):
            found.add((day + timedelta(days=offset)).weekday())
    return found


def _bits(weekdays: Iterable[int], bands: tuple[int, ...]) -> int:
    total = len(EVERY_WEEKDAY) * BANDS
    return sum({1 << (weekday * BANDS + band) % total for weekday in weekdays for band in bands})
