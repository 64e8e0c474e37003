"""How are an Excel date, a time, 和暦 and a bare number written as people write them?"""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, timedelta

ERAS = {"明": 1867, "M": 1867, "大": 1911, "T": 1911, "昭": 1925, "S": 1925, "平": 1988, "H": 1988, "令": 2018, "R": 2018}
ERA_DATE = re.compile(
    r"(明|大|昭|平|令|[MTSHR])(?:治|正|和|成)?\s*(元|\d{1,2})\s*[年.\-/]\s*(?:(\d{1,2})\s*[月.\-/]?\s*(?:(\d{1,2})\s*日?)?)?"
)
WESTERN_DATE = re.compile(r"(\d{4})\s*[年.\-/]\s*(\d{1,2})\s*[月.\-/]\s*(\d{1,2})\s*日?")
COMPACT_DATE = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)")
CLOCK = re.compile(
    r"(午前|午後|AM|PM)?\s*(\d{1,2})\s*(?:[:時]\s*(?:(\d{1,2})\s*分?)?|(半))\s*(半)?(?::\d\d)?\s*(AM|PM)?", re.IGNORECASE
)
# Day 0 of Excel's calendar, shifted by its false leap day of 1900.
EXCEL_DAY_ZERO = date(1899, 12, 30)
FIRST_SERIAL, LAST_SERIAL = 15_000, 60_000  # 1941 to 2064: outside, a number is a number


def written(cell: Mapping) -> str:
    """A date or time cell of a spreadsheet in words: 2026年8月22日, 13時30分."""
    if "time" in cell:
        return clock(str(cell["time"])) or str(cell["time"])
    if "minutes" in cell:
        hours, minutes = divmod(int(cell["minutes"]), 60)
        return _clock_words(hours, minutes)
    if "date" in cell or "datetime" in cell:
        day, _, moment = str(cell.get("date") or cell["datetime"]).partition("T")
        words = day_words(date.fromisoformat(day))
        return words if moment in ("", "00:00") else f"{words} {clock(moment)}"
    return "、".join(f"{key}: {value}" for key, value in cell.items() if value not in (None, ""))


def clock(text: str) -> str | None:
    """「9：00」「午後1時半」「0.375」 as 9時, 13時30分, 9時; None for what is no single time of day."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if re.fullmatch(r"0\.\d+", plain):
        return _clock_words(*divmod(round(float(plain) * 24 * 60), 60))
    match = CLOCK.fullmatch(plain)
    if not match:
        return None
    before, hour, minute, half, also_half, after = match.groups()
    hours = int(hour) + (12 if (before or after or "").upper() in ("午後", "PM") and int(hour) < 12 else 0)
    minutes = 30 if half or also_half else int(minute or 0)
    return _clock_words(hours, minutes) if hours <= 30 and minutes < 60 else None


def day(text: str) -> date | None:
    """A written day (western, 和暦, 20260822, or an Excel serial) as a date; None when any part is missing."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if re.fullmatch(r"\d{5}(?:\.0)?", plain) and FIRST_SERIAL <= float(plain) <= LAST_SERIAL:
        return EXCEL_DAY_ZERO + timedelta(days=int(float(plain)))
    for pattern in (WESTERN_DATE, COMPACT_DATE):
        if match := pattern.fullmatch(plain):
            return _date(int(match[1]), int(match[2]), int(match[3]))
    match = ERA_DATE.fullmatch(plain)
    if not match or not match[3] or not match[4]:
        return None
    year = ERAS[match[1]] + (1 if match[2] == "元" else int(match[2]))
    return _date(year, int(match[3]), int(match[4]))


def day_words(value: date) -> str:
    """2026年8月22日."""
    return f"{value.year}年{value.month}月{value.day}日"


def serial_words(text: str) -> str:
    """A day that Excel left as its serial number (39431), written out, keeping what stood there."""
    found = day(text) if re.fullmatch(r"\d{5}", text) else None
    return f"{day_words(found)}（元の表記 {text}）" if found else text


def _date(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None


def _clock_words(hours: int, minutes: int) -> str:
    return f"{hours}時{minutes:02}分" if minutes else f"{hours}時"
