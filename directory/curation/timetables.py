"""How is a 予定表 typed? As lines, one day each: 「2026-12-08 10:00-11:30 もちつき」, 「12/22 13時～」."""

import re
from collections.abc import Sequence
from datetime import date
from unicodedata import normalize

from directory.curation.parts import Wrong
from directory.schedules import Schedule

MOST_LINES = 120
DAY = re.compile(r"(?:(20\d\d)[-/年])?\s*(\d{1,2})[-/月](\d{1,2})日?(?:\s*[(][月火水木金土日][)])?")
CLOCK = r"(\d{1,2})(?::(\d\d)|時(?:(\d{1,2})分|(半))?)"
SPAN = re.compile(rf"\s*(?:{CLOCK})?\s*(?:[-~〜～ー–]\s*(?:{CLOCK})?)?\s*")
Typed = tuple[str, str | None, str | None, str]


def typed_days(lines: str, today: date) -> list[Typed]:
    """The rows of a 予定表 (`parts.timetable`). A day without year is the next such day. Raises Wrong with the line."""
    rows = []
    for number, line in enumerate(normalize("NFKC", lines).splitlines()[:MOST_LINES], start=1):
        if line.strip():
            row = _typed_day(line.strip(), today)
            if row is None:
                raise Wrong(f"予定表の{number}行目を「12/8 10:00-11:30 もちつき」の形で書いてください。")
            rows.append(row)
    return rows


def lines_of_plan(plan: str | None) -> str:
    """A 予定表 as the lines it would be typed in."""
    if not plan:
        return ""
    lines = []
    for rule in Schedule.from_json(plan).rules:
        first = rule.days.spans[0].first
        times = "".join(f" {_minutes(time.start)}-{_minutes(time.end)}" for time in rule.times)
        lines.append(f"{first.year}-{first.month:02d}-{first.day:02d}{times} {rule.note}".strip())
    return "\n".join(lines)


def _typed_day(line: str, today: date) -> Typed | None:
    found = DAY.match(line)
    if found is None:
        return None
    year, month, day = (int(part) if part else None for part in found.groups())
    try:
        when = date(year or today.year, month or 0, day or 0)
        if year is None and when < today:
            when = date(today.year + 1, month or 0, day or 0)
    except ValueError:
        return None
    rest = line[found.end():]
    span = SPAN.match(rest)
    times = span.groups() if span else ()
    return when.isoformat(), _clock(times[:4]), _clock(times[4:]), rest[span.end() if span else 0:].strip()


def _clock(parts: Sequence[str | None]) -> str | None:
    if not parts or parts[0] is None:
        return None
    minutes = parts[1] or parts[2] or ("30" if parts[3] else "0")
    return f"{int(parts[0]):02d}:{int(minutes):02d}"


def _minutes(minutes: int | None) -> str:
    return "" if minutes is None else f"{minutes // 60 % 24}:{minutes % 60:02d}"
