"""What is a schedule once its phrase has been read? Days, times, closures and a holiday policy, all frozen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from typing import NamedTuple

REGULAR, IRREGULAR, ASK, SUSPENDED = "regular", "irregular", "ask", "suspended"
WITHHELD, NEEDS_REVIEW, NOT_A_SCHEDULE = "withheld", "needs_review", "not_a_schedule"
STATES = (REGULAR, IRREGULAR, ASK, SUSPENDED, WITHHELD, NEEDS_REVIEW, NOT_A_SCHEDULE)

HORIZON_DAYS = 548  # 18 months: as far ahead as any page or index shows dates

WEEKDAY_KANJI = "月火水木金土日"
EVERY_WEEKDAY = (0, 1, 2, 3, 4, 5, 6)
LAST = -1  # 最終金曜, 月末


@dataclass(frozen=True, order=True)
class CalendarDay:
    """8月13日, 8月13日（木）or 2026年8月13日. Without year it returns every year in which the weekday, if given, fits."""

    month: int
    day: int
    year: int | None = None
    weekday: int | None = None


@dataclass(frozen=True, order=True)
class Span:
    """From one calendar day to another, both included; 12月29日～1月3日 crosses the new year."""

    first: CalendarDay
    last: CalendarDay


@dataclass(frozen=True)
class Days:
    """Which dates: every field that is set must hold (RFC 5545 BYDAY, BYMONTHDAY, BYMONTH and spans of the calendar).

    `holidays`: "" silent, "added" (土日祝), "only" (祝日), "left_out" (平日).
    `after`: the first such weekday after each date of another selection (第3火曜の直後の木曜).
    """

    weekdays: tuple[int, ...] = ()
    ordinals: tuple[int, ...] = ()
    monthdays: tuple[int, ...] = ()
    months: tuple[int, ...] = ()
    spans: tuple[Span, ...] = ()
    holidays: str = ""
    after: Days | None = None


@dataclass(frozen=True, order=True)
class TimeSpan:
    """From–until in minutes after midnight (25:30 = 1530). A part of the day (午後) stands alone, without minutes."""

    start: int | None = None
    end: int | None = None
    about_start: bool = False
    about_end: bool = False
    part: str = ""


@dataclass(frozen=True)
class Rule:
    """On these days, apart from those, at these times. No times = the phrase names none."""

    days: Days
    times: tuple[TimeSpan, ...] = ()
    without: tuple[Days, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class HolidayPolicy:
    """What happens when a date is a 祝日 (or one of `weekdays`): ask (silent), open, closed, or move `to` another day."""

    action: str = "ask"
    to: str = ""
    instead: Days | None = None
    weekdays: tuple[int, ...] = ()


@dataclass(frozen=True)
class Closure:
    """Days on which nothing opens.

    One that meets a 祝日 is, by `shift`, "open", or closes the next_day or next_weekday instead.
    """

    days: Days
    shift: str = ""


@dataclass(frozen=True)
class Schedule:
    """A phrase as written and everything understood of it. `notices` are exceptions no rule can date: all dates 予定."""

    phrase: str
    state: str
    rules: tuple[Rule, ...] = ()
    closures: tuple[Closure, ...] = ()
    holidays: HolidayPolicy = HolidayPolicy()
    notices: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    sentence: str = ""
    question: str | None = None

    def to_json(self) -> str:
        """Canonical compact JSON: equal schedules give equal text."""
        from directory.schedules.storage import encode

        return encode(self)

    @classmethod
    def from_json(cls, text: str) -> Schedule:
        """The schedule that `to_json` wrote; ValueError if the text is not one."""
        from directory.schedules.storage import decode

        return decode(text)


class Occurrence(NamedTuple):
    """One opening. `certain=False` is shown as 予定; `cancelled` is struck through and never counts as open."""

    date: date
    start: time | None
    end: time | None
    certain: bool
    note: str = ""
    cancelled: bool = False


class Slots(NamedTuple):
    """28 bits, bit = weekday (月=0) × 4 + band (午前, 午後, 夕方, 夜)."""

    touched: int
    contained: int
