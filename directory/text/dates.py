"""Which day, hour or sum does a question name in figures? Regular expressions to chips."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from directory.text.words import Chip
from directory.vocabulary import QueryPattern

MONTH_DAY = re.compile(
    r"(?<![0-9/])(?:(?P<year>20[0-9]{2})[年/-])?(?P<month>1[0-2]|0?[1-9])(?:月|/)"
    r"(?P<day>3[01]|[12][0-9]|0?[1-9])(?:日|(?![0-9月時分円/]))"
)
# Days counted from today that no query word of the vocabulary covers.
DAYS_AHEAD = (("明々後日", 3), ("しあさって", 3), ("明後日", 2), ("あさって", 2))


def filled(pattern: QueryPattern, match: re.Match[str]) -> Chip | None:
    """The chip of a pattern with a template: {time} as HH:MM, {yen} as digits; None when there is no such hour."""
    found = {name: text for name, text in match.groupdict().items() if text is not None}
    values = {"yen": found.get("yen", "").replace(",", "")}
    if "hour" in found:
        clock = _clock(found)
        if clock is None:
            return None
        values |= {"time": f"{clock[0]:02}:{clock[1]:02}", "hour": str(clock[0])}
        chip = pattern.chip.replace("{hour}時", f"{clock[0]}時{clock[1]}分") if clock[1] else pattern.chip
    else:
        chip = pattern.chip
    template, = pattern.values
    return Chip(pattern.parameter, (_fill(template, values),), _fill(chip, values), match.group())


def dates_in(text: str, today: date) -> Iterator[tuple[int, int, Chip]]:
    """Every date in a normalised text with its place; without a year it is the next such day."""
    for match in MONTH_DAY.finditer(text):
        day = _coming(match, today)
        if day is not None:
            yield match.start(), match.end(), _date_chip(day, match.group())
    for words, ahead in DAYS_AHEAD:
        at = text.find(words)
        if at >= 0:
            yield at, at + len(words), _date_chip(today + timedelta(days=ahead), words)


def _clock(found: dict[str, str]) -> tuple[int, int] | None:
    hour = int(found["hour"])
    if found.get("half") == "午後" and hour < 12:
        hour += 12
    minute = 30 if "half_past" in found else int(found.get("minute") or found.get("colon_minute") or 0)
    return (hour, minute) if hour < 24 and minute < 60 else None


def _fill(template: str, values: dict[str, str]) -> str:
    for name, value in values.items():
        template = template.replace(f"{{{name}}}", value)
    return template


def _coming(match: re.Match[str], today: date) -> date | None:
    month, day = int(match["month"]), int(match["day"])
    years = (int(match["year"]),) if match["year"] else range(today.year, today.year + 5)
    for year in years:
        try:
            found = date(year, month, day)
        except ValueError:  # 2月30日, or 2月29日 of an ordinary year
            continue
        if match["year"] or found >= today:
            return found
    return None


def _date_chip(day: date, words: str) -> Chip:
    return Chip("date", (day.isoformat(),), f"{day.month}月{day.day}日", words)
