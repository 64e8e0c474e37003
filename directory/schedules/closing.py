"""On which days does nothing open? Closing days, and those that move because they meet a 祝日."""

from __future__ import annotations

from datetime import date, timedelta

from directory.schedules.days import dates_of
from directory.schedules.holidays import is_holiday, next_working_day
from directory.schedules.model import Closure, Schedule

# 月曜が祝日なら翌日休み: a closing day found this far before a term may move into it (GW holds a week of holidays).
REACH = timedelta(days=10)
ASK_SHIFT = "振替休み・要確認"


def closed_days(schedule: Schedule, start: date, end: date) -> tuple[frozenset[date], dict[date, str]]:
    """The closed days from `start` to `end`, and the days of which it cannot be said, each with the reason."""
    closed: frozenset[date] = frozenset()
    doubtful: dict[date, str] = {}
    for closure in schedule.closures:
        if not closure.shift:
            closed |= dates_of(closure.days, start, end)
            continue
        begin = start - min(REACH, start - date.min)
        regular = dates_of(closure.days, begin, end)
        for day in regular:
            if is_holiday(day):
                closed |= _moved(closure, day, regular, doubtful)
            else:
                closed |= {day}
    return closed, doubtful


def _moved(closure: Closure, day: date, regular: frozenset[date], doubtful: dict[date, str]) -> frozenset[date]:
    """The day closed instead of a holiday; where that is a holiday again, the next 平日 is in doubt."""
    working = next_working_day(day)
    if closure.shift == "open" or working is None or day == date.max:
        return frozenset()
    if closure.shift == "next_weekday":
        return frozenset({working})
    after = day + timedelta(days=1)
    if is_holiday(after):
        doubtful[working] = ASK_SHIFT
    return frozenset({after})
