"""Which number, date or time do the characters of a word stand for? 十二, 令和8年8月11日, 10時半, 第1～3, 月2回."""

from __future__ import annotations

import re

from directory.schedules.model import LAST

NAMED_PLACES = {"最終": LAST, "最後": LAST, "最初": 1}
KANJI_DIGITS = "〇一二三四五六七八九"
ERA_STARTS = {"令和": 2018, "令": 2018, "R": 2018, "r": 2018, "平成": 1988, "平": 1988, "H": 1988, "h": 1988}


def number(text: str) -> int:
    """12, 十二, 二十九 as a number."""
    if text.isdigit():
        return int(text)
    tens, ten, units = text.rpartition("十")
    digits = KANJI_DIGITS.find(units) if units else 0
    return (10 * (KANJI_DIGITS.find(tens) if tens else 1) if ten else 0) + digits


def ordinals(match: re.Match[str]) -> tuple[int, ...]:
    """第1・3 → (1, 3); 第1～3 → (1, 2, 3); 最終 → (-1,)."""
    found: list[int] = []
    for joint, word in re.findall(r"([~\-]?)\s?第?\s?([1-9一二三四五六七八九]|最終|最後|最初)", match.group()):
        value = NAMED_PLACES.get(word) or number(word)
        found += range(found[-1] + 1, value) if joint and found and value > found[-1] else ()
        found.append(value)
    return tuple(sorted(set(found), key=lambda number: 6 if number == LAST else number))


def _year(era: str | None, year: str) -> int:
    count = 1 if year == "元" else int(year)
    return count + ERA_STARTS[era] if era else count


def full_date(match: re.Match[str]) -> tuple[int, int, int]:
    era, year, month, day = match.groups()[-4:]
    return _year(era, year), number(month), number(day)


def clock(match: re.Match[str]) -> int:
    """10:30 in minutes; an impossible minute gives a value beyond any day."""
    hour, minute = int(match.group(1)), int(match.group(2))
    return hour * 60 + minute if minute < 60 else 9999


def hour(match: re.Match[str]) -> int:
    minute = 30 if match.group(2) else number(match.group(3)) if match.group(3) else 0
    return number(match.group(1)) * 60 + minute if minute < 60 else 9999


def pair(match: re.Match[str]) -> tuple[int, int]:
    return number(match.group(1)), number(match.group(2))


def first(match: re.Match[str]) -> int:
    return number(match.group(1))


def frequency(match: re.Match[str]) -> tuple[str, int | None]:
    """(unit, count); no count where it is itself uncertain (数回, 1～2回, 1回程度)."""
    unit, count, upto, roughly = match.groups()
    sure = count != "数" and not upto and not roughly
    return unit.removeprefix("毎")[:1].replace("1", "月"), number(count) if sure else None
