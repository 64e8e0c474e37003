"""What does a label of phrases.yml mean? Its dates, by python-dateutil and a plain day-by-day reading of the holidays."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

import jpholiday
import yaml
from dateutil.rrule import rrulestr

from directory.schedules import Schedule, occurrences

FIRST, LAST = date(2026, 4, 1), date(2027, 9, 30)
HOLIDAYS = frozenset(
    day for day in (FIRST - timedelta(60) + timedelta(n) for n in range(700)) if jpholiday.is_holiday(day)
)
WORKING = {0, 1, 2, 3, 4}


@dataclass(frozen=True)
class Label:
    """One phrase, the state it must have and, if regular, its rules and exceptions."""

    phrase: str
    state: str
    rules: tuple[str, ...] = ()
    options: dict[str, Any] = field(default_factory=dict)

    def expected(self) -> set[tuple[date, time | None, time | None]]:
        """Every opening of the term."""
        return {(day, *times) for rule in self.rules for day in self._days(rule) for times in times_of(rule)}

    def _days(self, rule: str) -> set[date]:
        days = moved(expected_days(rule), self.options.get("holidays", "ask"), rule)
        return {day for day in days if FIRST <= day <= LAST} - self._closed()

    def _closed(self) -> set[date]:
        found: set[date] = set()
        for text in self.options.get("closed", ()):
            days, _, shift = text.partition(" ")
            for day in expected_days(days):
                if shift and day in HOLIDAYS:
                    day = moved({day}, shift, "").pop()
                found.add(day)
        return found

    def difference(self, schedule: Schedule) -> str:
        """What the schedule says otherwise; nothing if it is right."""
        if schedule.state == "needs_review" and self.options.get("lenient"):
            return ""
        if schedule.state != self.state:
            return f"{schedule.state}, not {self.state}: {schedule.question}"
        if self.state != "regular":
            return ""
        rows = occurrences(schedule, FIRST, LAST)
        got = {(row.date, row.start, row.end) for row in rows}
        if self.options.get("lenient") and got != self.expected():
            got = (
                {(day, None, None) for day, _, _ in got}
                if {day for day, _, _ in got} == {day for day, _, _ in self.expected()}
                else got
            )
            return "" if {day for day, _, _ in got} == {day for day, _, _ in self.expected()} else "other dates"
        if missing := sorted(self.expected() - got, key=str)[:3]:
            return f"missing {[tuple(map(str, row)) for row in missing]}"
        if surplus := sorted(got - self.expected(), key=str)[:3]:
            return f"surplus {[tuple(map(str, row)) for row in surplus]}"
        return self._doubts(schedule, rows)

    def _doubts(self, schedule: Schedule, rows: list) -> str:
        if bool(schedule.notices) != bool(self.options.get("notices")) and not self.options.get("lenient"):
            return f"notices {schedule.notices}"
        if schedule.notices or self.options.get("year_open"):
            return "" if not any(row.certain for row in rows) else "certain dates in spite of notices"
        asked = self.options.get("holidays", "ask") == "ask" and not any(
            "H" in rule.split("@")[0] for rule in self.rules
        )
        unsure = {row.date for row in rows if not row.certain}
        return "" if not asked or unsure >= {row.date for row in rows} & HOLIDAYS else "a 祝日 shown as certain"


def expected_days(rule: str) -> set[date]:
    """The days of one rule of the label language, by dateutil."""
    text = rule.split("@")[0].strip()
    begin, end = FIRST - timedelta(45), LAST + timedelta(45)
    if yearly := re.fullmatch(r"(\d\d)-(\d\d)\.\.(\d\d)-(\d\d)", text):
        return in_span(begin, end, *map(int, yearly.groups()))
    text, _, apart = text.partition(" but ")
    term = re.search(r"between (\S+) (\S+)", text)
    if term:
        begin, end = (date.fromisoformat(part) for part in term.groups())
    months = re.search(r"in ([\d,]+)", text)
    words = re.sub(r"between \S+ \S+|in [\d,]+", "", text).split()
    days = by_words(words, begin, end, tuple(int(part) for part in months.group(1).split(",")) if months else None)
    return days - (expected_days(apart) if apart else set())


def by_words(words: list[str], begin: date, end: date, months: tuple[int, ...] | None) -> set[date]:
    """Days from words such as ["2FR,4FR", "-H"]."""
    days: set[date] = set()
    if words[0] == "after":
        for base in expected_days(words[1]):
            days.add(
                next(base + timedelta(n) for n in range(1, 8) if (base + timedelta(n)).weekday() == WEEKDAYS[words[2]])
            )
    elif words[0] == "H":
        days = set(HOLIDAYS)
    elif re.fullmatch(r"\d{4}-\d\d-\d\d", words[0]):
        days = {date.fromisoformat(words[0])}
    else:
        days = {moment.date() for moment in recurring(words[0], begin, end)}
    days |= HOLIDAYS if "+H" in words else set()
    days -= HOLIDAYS if "-H" in words else set()
    return {day for day in days if begin <= day <= end and (months is None or day.month in months)}


WEEKDAYS = {"MO": 0, "TU": 1, "WE": 2, "TH": 3, "FR": 4, "SA": 5, "SU": 6}


def recurring(word: str, begin: date, end: date):
    """dateutil's dates for daily, MO,WE or 2FR,4FR or 5d,15d,-1d."""
    start = f"DTSTART:{begin:%Y%m%d}T000000\n"
    until = f";UNTIL={end:%Y%m%d}T000000"
    if word == "daily":
        return rrulestr(f"{start}RRULE:FREQ=DAILY{until}")
    if word.endswith("d"):
        return rrulestr(f"{start}RRULE:FREQ=MONTHLY;BYMONTHDAY={word.replace('d', '')}{until}")
    frequency = "MONTHLY" if any(character.isdigit() for character in word) else "WEEKLY"
    return rrulestr(f"{start}RRULE:FREQ={frequency};BYDAY={word}{until}")


def in_span(begin: date, end: date, month: int, day: int, last_month: int, last_day: int) -> set[date]:
    """The days of a yearly span."""
    found = set()
    current = begin
    while current <= end:
        place, first, last = (current.month, current.day), (month, day), (last_month, last_day)
        if first <= place <= last if first <= last else place >= first or place <= last:
            found.add(current)
        current += timedelta(1)
    return found


def moved(days: set[date], policy: str, rule: str) -> set[date]:
    """The days after the holiday policy, one by one."""
    if policy in ("ask", "open") or "H" in rule.split("@")[0].split():
        return days
    found = set()
    for day in days:
        clash = day in HOLIDAYS or (policy.startswith("weekend") and day.weekday() > 4)
        if not clash:
            found.add(day)
        elif policy != "closed":
            found.add(one_moved(day, policy))
    return found


def one_moved(day: date, policy: str) -> date:
    """Where this day goes."""
    steps = {"next_day": 1, "previous_day": -1, "next_week": 7, "previous_week": -7}
    if policy in steps:
        return day + timedelta(steps[policy])
    day += timedelta(1)
    while day.weekday() > 4 or day in HOLIDAYS:
        day += timedelta(1)
    return day


def times_of(rule: str) -> list[tuple[time | None, time | None]]:
    """10:00-11:30, 13:00- as pairs; a part of the day has no times."""
    text = rule.partition("@")[2].strip()
    if not re.match(r"\d", text):
        return [(None, None)]
    return [(clock(pair.partition("-")[0]), clock(pair.partition("-")[2])) for pair in text.split(",")]


def clock(text: str) -> time | None:
    """9:30, and 26:00 as 2:00."""
    hour, _, minute = text.strip().partition(":")
    return time(int(hour) % 24, int(minute)) if hour else None


def load(name: str) -> list[Label]:
    """All labels of one of the files beside this one."""
    states = yaml.safe_load((Path(__file__).parent / name).read_text(encoding="utf-8"))
    rows = []
    for state, phrases in states.items():
        for row in phrases:
            rows.append(
                Label(row, state)
                if isinstance(row, str)
                else Label(row[0], state, tuple(row[1]), row[2] if row[2:] else {})
            )
    return rows
