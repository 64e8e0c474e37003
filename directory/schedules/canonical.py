"""Which of many ways to write the same rules is the one that is kept? One weekday a 第n rule, sorted, merged."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from directory.schedules.model import EVERY_WEEKDAY, LAST, Days, Rule

LAST_PLACE = 6  # 最終 stands after 第5


def canonical_days(units: Iterable[Days]) -> tuple[Days, ...]:
    """The same days as few selections: weekdays of one kind together, ordinals of one weekday together."""
    gathered: dict[Days, tuple[set[int], set[int]]] = defaultdict(lambda: (set(), set()))
    spans: dict[Days, set] = defaultdict(set)
    others: list[Days] = []
    for unit in units:
        if unit.after or unit.holidays == "only":
            others.append(unit)
        elif unit.monthdays:
            gathered[replace(unit, monthdays=(0,))][1].update(unit.monthdays)
        elif unit.ordinals:
            for weekday in unit.weekdays or (None,):
                bare = replace(unit, weekdays=() if weekday is None else (weekday,), ordinals=())
                gathered[replace(bare, ordinals=(0,))][1].update(unit.ordinals)
        elif unit.spans and not unit.weekdays:
            spans[replace(unit, spans=())].update(unit.spans)
        else:
            gathered[replace(unit, weekdays=())][0].update(unit.weekdays or EVERY_WEEKDAY)
    found = [_gathered(bare, *values) for bare, values in gathered.items()]
    found += [replace(bare, spans=tuple(sorted(values, key=_span_key))) for bare, values in spans.items()]
    kept = {
        unit for unit in others if unit.holidays != "only" or not any(_holds_holidays(more, unit) for more in found)
    }
    return tuple(sorted({*found, *kept}, key=sort_key))


def _holds_holidays(unit: Days, holidays: Days) -> bool:
    """土・日・祝日 says 祝日 already."""
    return unit.holidays == "added" and (unit.months, unit.spans) == (holidays.months, holidays.spans)


def _gathered(bare: Days, weekdays: set[int], numbers: set[int]) -> Days:
    if bare.ordinals:
        return replace(
            bare, ordinals=tuple(sorted(numbers, key=lambda number: LAST_PLACE if number == LAST else number))
        )
    if bare.monthdays:
        return replace(bare, monthdays=tuple(sorted(numbers, key=lambda day: 32 if day == LAST else day)))
    return replace(bare, weekdays=() if weekdays == set(EVERY_WEEKDAY) else tuple(sorted(weekdays)))


def canonical_rules(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    """Rules with the same times brought together, each once, sorted."""
    gathered: dict[tuple, list[Days]] = defaultdict(list)
    for rule in rules:
        times = tuple(sorted(set(rule.times), key=_time_key))
        gathered[times, tuple(sorted(set(rule.without), key=sort_key)), rule.note].append(rule.days)
    found = [
        Rule(days, times, without, note)
        for (times, without, note), units in gathered.items()
        for days in canonical_days(units)
    ]
    return tuple(sorted(found, key=lambda rule: (sort_key(rule.days), [_time_key(span) for span in rule.times])))


def sort_key(days: Days) -> tuple:
    """Terms and then dates after plain rules, seasons after the whole year, then by weekday and place in the month."""
    return (
        bool(days.spans),
        bool(days.spans) and not days.weekdays,
        [_span_key(span) for span in days.spans],
        bool(days.months),
        () if days.after is None else sort_key(days.after),
        days.monthdays,
        days.weekdays,
        days.ordinals,
        days.months,
        days.holidays,
    )


def _span_key(span) -> tuple:
    return tuple(
        (day.year or 0, day.month, day.day, -1 if day.weekday is None else day.weekday)
        for day in (span.first, span.last)
    )


def _time_key(span) -> tuple:
    return (-1 if span.start is None else span.start, span.end or 0, span.about_start, span.about_end, span.part)
