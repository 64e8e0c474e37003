"""When does it meet, as far as two lists can be compared? Weekdays with their ordinals, and when it begins.

    「第2・4火曜 10時～11時半」 → days {(火, 2), (火, 4)}, start 600;  「毎週金曜の昼」 → days {(金, 0)}, part 昼
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from directory.japanese import fold
from directory.schedules import Schedule
from directory.schedules.model import Days

EVERY = 0
DAILY = frozenset((weekday, EVERY) for weekday in range(7))
# Hours within which a part of the day begins, in minutes after midnight.
PARTS = {
    "早朝": (0, 540), "朝": (0, 690), "午前": (0, 720), "昼": (660, 1020), "午後": (720, 1080), "夕方": (900, 1140),
    "夜": (1020, 1440),
}
WEEKDAYS = {letter: number for number, letter in enumerate("月火水木金土日")}
SPOKEN = {"げつ": 0, "か": 1, "すい": 2, "もく": 3, "きん": 4, "ど": 5, "にち": 6}
# As people note it for themselves: 2・4かよう, 1・3すい, 3日よう, 火 10じ.
NOTED = re.compile(
    r"(?:第|だい)?((?:[1-5][・,.、])*[1-5])?\s*"
    r"(?:([月火水木金土日])(?:曜|よう|(?![一-鿿0-9]))|(げつ|か|すい|もく|きん|ど|にち)(?=よう|$|[\s・]))")
EVERY_MORNING = re.compile("毎朝|毎日|まいあさ|まいにち")
EARLIEST = 6 * 60  # what begins at half past one in a note begins in the afternoon
CLOCK = re.compile(r"(?<!\d)(\d{1,2})(?:[時じ](半)?|:(\d\d))")


@dataclass(frozen=True)
class Times:
    """Days as (weekday 月=0, ordinal; 0 every week); start in minutes after midnight, or only a part of the day."""

    days: frozenset[tuple[int, int]] = frozenset()
    starts: frozenset[int] = frozenset()
    parts: frozenset[str] = frozenset()


def times_of(schedules: Iterable[Schedule]) -> Times:
    """What the schedules of one listing say together; a phrase that could not be read is looked at for days only."""
    days: set[tuple[int, int]] = set()
    starts: set[int] = set()
    parts: set[str] = set()
    for schedule in schedules:
        if schedule.rules and schedule.state != "needs_review":
            for rule in schedule.rules:
                days |= _days(rule.days)
                starts |= {span.start for span in rule.times if span.start is not None}
                parts |= {span.part for span in rule.times if span.part}
        else:
            noted = _noted(schedule.phrase)
            days, starts, parts = days | noted.days, starts | noted.starts, parts | noted.parts
    return Times(frozenset(days), frozenset(starts), frozenset(parts))


def _days(days: Days) -> frozenset[tuple[int, int]]:
    if days.spans or days.monthdays:
        return frozenset()
    if not days.weekdays:
        return DAILY if not days.holidays else frozenset()
    return frozenset((weekday, ordinal) for weekday in days.weekdays for ordinal in days.ordinals or (EVERY,))


def _noted(phrase: str) -> Times:
    text = fold(phrase)
    if EVERY_MORNING.search(text):
        days = DAILY
    else:
        found = [(WEEKDAYS[kanji] if kanji else SPOKEN[kana], ordinals) for ordinals, kanji, kana in NOTED.findall(text)]
        days = frozenset((weekday, int(ordinal)) for weekday, ordinals in found
                         for ordinal in re.findall(r"\d", ordinals) or (str(EVERY),))
    clock = CLOCK.search(text)
    start = int(clock[1]) * 60 + (30 if clock[2] else int(clock[3] or 0)) if clock else None
    if start is not None and start < EARLIEST:
        start += 720
    parts = {part for part in PARTS if part in text.replace("ひる", "昼").replace("あさ", "朝").replace("よる", "夜")}
    return Times(days, frozenset(() if start is None else (start,)), frozenset(parts))


def days_meet(first: Times, second: Times) -> str:
    """same, partly (one says every week), differ, or unknown."""
    if not first.days or not second.days:
        return "unknown"
    if first.days == second.days:
        return "same"
    if first.days & second.days:
        return "partly"
    weekly = {day for day, ordinal in first.days if ordinal == EVERY} & {day for day, _ in second.days}
    weekly |= {day for day, ordinal in second.days if ordinal == EVERY} & {day for day, _ in first.days}
    return "partly" if weekly else "differ"


def starts_meet(first: Times, second: Times) -> str:
    """same (within half an hour), differ, or unknown."""
    if first.starts and second.starts:
        near = any(abs(one - other) <= 30 for one in first.starts for other in second.starts)
        return "same" if near else "differ"
    spans = [(times.starts, [PARTS[part] for part in other.parts])
             for times, other in ((first, second), (second, first)) if times.starts and other.parts]
    for starts, parts in spans:
        if not any(low <= start <= high for start in starts for low, high in parts):
            return "differ"
    return "unknown"

