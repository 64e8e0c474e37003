"""When is a place open? A Japanese phrase becomes rules, rules become dates; nothing is guessed.

`parse` reads a phrase, `occurrences`, `next_dates`, `is_open` and `slots` answer from what was read.
"""

from directory.schedules.model import (
    HORIZON_DAYS,
    STATES,
    CalendarDay,
    Closure,
    Days,
    HolidayPolicy,
    Occurrence,
    Rule,
    Schedule,
    Slots,
    Span,
    TimeSpan,
)
from directory.schedules.occurrences import is_open, next_dates, occurrences
from directory.schedules.phrases import parse
from directory.schedules.sentences import sentence
from directory.schedules.slots import slots
from directory.schedules.timetable import from_dates

__all__ = [
    "HORIZON_DAYS",
    "STATES",
    "CalendarDay",
    "Closure",
    "Days",
    "HolidayPolicy",
    "Occurrence",
    "Rule",
    "Schedule",
    "Slots",
    "Span",
    "TimeSpan",
    "from_dates",
    "is_open",
    "next_dates",
    "occurrences",
    "parse",
    "sentence",
    "slots",
]
