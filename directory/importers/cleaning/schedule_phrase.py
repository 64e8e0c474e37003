"""Which one Japanese phrase do the day, time and note columns of a row say together?

The phrase keeps the source's own words; directory.schedules decides what it means, and nothing is guessed here.
"""

import re
import unicodedata
from collections.abc import Mapping

from directory.importers.cleaning.text import line, words
from directory.importers.cleaning.times import clock, day, day_words

WEEKDAYS_ONLY = re.compile(r"[月火水木金土日祝]+")
BETWEEN_DAYS, DAYS_ONLY = re.compile(r"[,;、，]\s*"), re.compile(r"[月火水木金土日祝曜平,;、，・]+")


def schedule_phrase(cells: Mapping[str, object]) -> str | None:
    """The phrase of a row's cells by field (days, start_time, schedule …), None when no column says anything."""
    regular = (_frequency(cells), _days(cells.get("days")), line(cells.get("schedule")))
    when = _dates(cells) or " ".join(filter(None, regular))
    hours = _span(cells.get("start_time"), cells.get("end_time"))
    note = words(cells.get("schedule_note"))
    closed = line(cells.get("closed"))
    parts = [
        when, hours, line(cells.get("hours")), line(cells.get("open_days")),
        f"【休館日】{closed}" if closed else None,
    ]
    phrase = " ".join(filter(None, parts))
    if not note:
        return phrase or None
    return f"{phrase}（{note}）" if phrase else note


def _days(cell: object) -> str | None:
    """月火水木金 as 月・火・水・木・金, 平日,土曜日 as 平日・土曜日; anything else as written."""
    text = line(cell)
    if text is None:
        return None
    plain = unicodedata.normalize("NFKC", text).replace(" ", "")
    if WEEKDAYS_ONLY.fullmatch(plain) and len(set(plain)) == len(plain):
        return "・".join(plain)
    return BETWEEN_DAYS.sub("・", plain) if DAYS_ONLY.fullmatch(plain) else text


def _frequency(cells: Mapping[str, object]) -> str | None:
    """How often, only where the days do not say it already: 毎週 + 月, 月1回 + 土."""
    text = line(cells.get("frequency"))
    shown = " ".join(filter(None, (line(cells.get("days")), line(cells.get("schedule")))))
    return text if text and text not in shown else None


def _dates(cells: Mapping[str, object]) -> str | None:
    """The days of an event that has a first and perhaps a last day."""
    first, last = line(cells.get("start_date")), line(cells.get("end_date"))
    if first is None:
        return None
    begins, ends = day(first), day(last) if last else None
    if begins is None:
        return f"{first}～{last}" if last else first
    if ends is None or ends == begins:
        return day_words(begins) + ("" if ends or not last else f"～{last}")
    return f"{day_words(begins)}～{day_words(ends)}"


def _span(start: object, end: object) -> str | None:
    """9時～16時30分; a cell that is no single time stays in its own words."""
    begins, ends = words(start), words(end)
    if begins is None and ends is None:
        return None
    if begins == ends:
        return line(start)
    return f"{_time(begins)}～{_time(ends)}"


def _time(text: str | None) -> str:
    return "" if text is None else clock(text) or " ".join(text.split())
