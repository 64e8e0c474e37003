"""Which dates of a schedule repeat by a rule that every calendar program knows, and which stand alone?

The rules are those Outlook, Google and Apple all read: one weekday of one week of the month a series (Outlook knows no
第2・4火曜), RDATE only for a date that moved, each beside the EXDATE it replaces (Outlook ignores others), and none
after UNTIL (Google hides them). All other dates become events of their own, which every program shows.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from directory.schedules import Days, Occurrence, Rule, Schedule, TimeSpan, occurrences
from directory.schedules.days import dates_of
from directory.schedules.model import EVERY_WEEKDAY

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
MONTHS_A_YEAR = 12

Pattern = Mapping[str, str | list[str] | list[int] | int]


@dataclass(frozen=True)
class Repeat:
    """A recurrence: `pattern` (RRULE parts) from `first` until `until`, apart from `without` and with `added` dates.

    `first` also says how all dates are, certain or 予定; `changed` are the dates on which it is otherwise.
    """

    first: Occurrence
    pattern: Pattern
    until: date
    without: tuple[date, ...] = ()
    added: tuple[Occurrence, ...] = ()
    changed: tuple[Occurrence, ...] = ()


@dataclass(frozen=True)
class Series:
    """The openings of one part of one rule at one time of day. `key` stays the same while the rules do."""

    key: str
    repeat: Repeat | None
    singles: tuple[Occurrence, ...]


def series_of(schedule: Schedule, start: date, end: date, closures: Mapping[date, str]) -> Iterator[Series]:
    """All openings from `start` to `end`, each in exactly one series; together they are `occurrences`."""
    seen: set[tuple] = set()
    for key, rule in _simple_rules(schedule):
        found = occurrences(replace(schedule, rules=(rule,)), start, end, closures)
        rows = [row for row in found if row[:3] not in seen]
        seen.update(row[:3] for row in rows)
        if rows:
            yield Series(key, *_divided(rule.days, rows, moves=schedule.holidays.action == "move"))


def _simple_rules(schedule: Schedule) -> Iterator[tuple[str, Rule]]:
    """Every rule in parts that have one time, and one weekday of one week or one day of the month."""
    for number, rule in enumerate(schedule.rules, 1):
        for part, days in enumerate(_simple_days(rule.days), 1):
            for time, span in enumerate(rule.times or (TimeSpan(),), 1):
                yield f"{number}.{part}.{time}", replace(rule, days=days, times=(span,))


def _simple_days(days: Days) -> list[Days]:
    if days.after is not None or days.holidays == "only":
        return [days]
    if days.monthdays:
        return [replace(days, monthdays=(number,)) for number in days.monthdays]
    if days.ordinals:
        weekdays = days.weekdays or EVERY_WEEKDAY
        return [replace(days, ordinals=(n,), weekdays=(weekday,)) for n in days.ordinals for weekday in weekdays]
    return [days]


def _divided(days: Days, rows: list[Occurrence], moves: bool) -> tuple[Repeat | None, tuple[Occurrence, ...]]:
    """The recurrence that says most of the rows and the rows it does not say; None where plain events are shorter."""
    pattern = _pattern(days)
    regular = dates_of(Days(days.weekdays, days.ordinals, days.monthdays, days.months), rows[0].date, rows[-1].date)
    held = [row for row in rows if row.date in regular]
    if pattern is None or len(held) < 2:
        return None, tuple(rows)
    usual = _usual(held)
    added = [row for row in rows if moves and row.date not in regular and row.date > held[0].date
             and (row.certain, row.cancelled) == (usual.certain, False)]
    kept = sorted([*held, *added])
    without = sorted(day for day in regular - {row.date for row in held} if held[0].date < day <= kept[-1].date)
    if len(without) > len(held):
        return None, tuple(rows)
    repeat = Repeat(
        first=usual._replace(date=held[0].date),
        pattern=pattern,
        until=kept[-1].date,
        without=tuple(without),
        added=tuple(added),
        changed=tuple(row for row in held if row._replace(date=usual.date) != usual),
    )
    return repeat, tuple(row for row in rows if row not in kept)


def _pattern(days: Days) -> Pattern | None:
    """RRULE parts of the selection; holidays and spans show in its exceptions. None: RFC 5545 has no such rule."""
    if days.after is not None or days.holidays == "only":
        return None
    if days.monthdays:
        return {"freq": "MONTHLY", "bymonthday": list(days.monthdays), **_months(days.months)}
    if days.ordinals:
        return {"freq": "MONTHLY", "byday": [f"{days.ordinals[0]}{WEEKDAYS[days.weekdays[0]]}"], **_months(days.months)}
    seasonal = {"bymonth": list(days.months)} if days.months else {}
    if days.weekdays:
        return {"freq": "WEEKLY", "byday": [WEEKDAYS[weekday] for weekday in days.weekdays], **seasonal}
    return {"freq": "DAILY", **seasonal}


def _months(months: tuple[int, ...]) -> Pattern:
    """奇数月 as every second month, which more programs know than a list of months."""
    step = MONTHS_A_YEAR // len(months) if months else 1
    if months and months == tuple(range(months[0], MONTHS_A_YEAR + 1, step)) and step * len(months) == MONTHS_A_YEAR:
        return {"interval": step} if step > 1 else {}
    return {"bymonth": list(months)} if months else {}


def _usual(rows: list[Occurrence]) -> Occurrence:
    """How most of the dates are that are not called off; certain before 予定 when there are as many."""
    ways = Counter(row._replace(date=rows[0].date) for row in rows if not row.cancelled)
    if not ways:
        return rows[0]._replace(cancelled=False, note="")
    return max(ways, key=lambda way: (ways[way], way.certain, way.note))
