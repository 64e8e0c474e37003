"""Which places are open when the reader can go? Weekday, time and date are tested on the same session."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from directory.catalog import Catalog
from directory.catalog.timetable import (
    ANY_BAND, BANDS, DAILY_DAYS, NEVER, WEEKLY_DAYS, band_bits, session_minutes,
)
from directory.schedules import HORIZON_DAYS, Occurrence
from directory.search.bitsets import pack
from directory.search.query import SearchQuery
from directory.search.values import minutes
from directory.search.view import View

DAYS = {"mon": "月曜", "tue": "火曜", "wed": "水曜", "thu": "木曜", "fri": "金曜", "sat": "土曜", "sun": "日曜"}
TIMES = {"morning": "午前", "afternoon": "午後", "evening": "夕方", "night": "夜"}
WHENS = {
    "now": "いま開いている", "today": "今日", "tomorrow": "明日", "this_week": "今週", "this_weekend": "今週末",
    "next_week": "来週", "this_month": "今月", "next_month": "来月",
}
FREQUENCIES = {"weekly": "毎週", "daily": "ほぼ毎日"}
WEEKDAY_NUMBERS = {key: number for number, key in enumerate(DAYS)}
WEEKDAY_KANJI = "月火水木金土日"
# 「tue4」: the fourth Tuesday of a month
NTH_DAY = re.compile(f"({'|'.join(DAYS)})([1-5])")
NO_DATE = "unknown"
FAMILY = "opening"
# Everything that decides when a place must be open.
PARAMETERS = frozenset({"day", "time", "from", "until", "when", "date"})
MOST_KEPT = 200  # sets of an edition kept ready; with 200,000 listings each takes 25 kB


def test(view: View, query: SearchQuery) -> np.ndarray:
    """The set of listings open at such a time."""
    return view.catalog.once(OpeningSets).of(view, query)


def value_sets(view: View, query: SearchQuery, values: Mapping[str, tuple[str, ...]]) -> np.ndarray:
    """For each value of each opening parameter its set of listings, one below the other [all values, words].

    The other parameters stay as they are.
    """
    sets = view.catalog.once(OpeningSets)
    return np.concatenate([sets.of_values(view, query, parameter, offered) for parameter, offered in values.items()])


class OpeningSets:
    """Sets of listings open at the times people ask for: few are asked again and again, so they are kept."""

    def __init__(self, _catalog: Catalog) -> None:
        self._kept: dict[tuple, np.ndarray] = {}

    def of(self, view: View, query: SearchQuery) -> np.ndarray:
        """The set of one query's times."""
        return self._known(_times_of(view, query), lambda: _packed(view, query))

    def of_values(self, view: View, query: SearchQuery, parameter: str, values: tuple[str, ...]) -> np.ndarray:
        """The sets of all values of a parameter, one below the other."""
        others = query.setting(parameter, ()) if query.get(parameter) else query
        key = (parameter, *_times_of(view, others, always=parameter == "when"))
        return self._known(key, lambda: np.array([_packed(view, query.setting(parameter, (it,))) for it in values]))

    def _known(self, key: tuple, make: Callable[[], np.ndarray]) -> np.ndarray:
        found = self._kept.get(key)
        if found is None:
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            found = self._kept[key] = make()
        return found


def _times_of(view: View, query: SearchQuery, always: bool = False) -> tuple:
    """What the open sets of a query depend on; the minute only where 「いま」 is asked for (`always`: offered)."""
    times = tuple(pair for pair in query.values if pair[0] in PARAMETERS)
    return (*times, view.minute) if always or query.first("when") == "now" else times


def _packed(view: View, query: SearchQuery) -> np.ndarray:
    return pack(open_sets(view, query)[view.catalog.timetable.of_row])


def is_frequent(catalog: Catalog, value: str) -> np.ndarray:
    """Held every week, or nearly every day."""
    timetable = catalog.timetable
    least = WEEKLY_DAYS if value == "weekly" else DAILY_DAYS
    return (timetable.days_in_twelve_weeks >= least)[timetable.of_row]


def is_open_on_holidays(catalog: Catalog, _value: str) -> np.ndarray:
    """Surely open on at least one 祝日."""
    return catalog.timetable.on_holiday[catalog.timetable.of_row]


def date_label(value: str) -> str:
    """"2026-11-24" → 「11月24日（火）」."""
    day = date.fromisoformat(value)
    return f"{day.month}月{day.day}日（{WEEKDAY_KANJI[day.weekday()]}）"


def read_nth_day(text: str) -> str | None:
    """"tue4" as it is; None for anything else."""
    return text if NTH_DAY.fullmatch(text) else None


def nth_day_label(value: str) -> str:
    """"tue4" → 「第4火曜」."""
    return f"第{value[3:]}{DAYS[value[:3]]}"


@dataclass(frozen=True)
class Moments:
    """When the reader wants to go, in numbers. `days`: only these, counted from today; None: any of the weekdays."""

    weekdays: frozenset[int]
    days: tuple[int, ...] | None
    bands: int
    earliest: int
    latest: int
    timed: bool

    @classmethod
    def of(cls, query: SearchQuery, today: date) -> "Moments":
        """What the opening parameters of a query ask for."""
        wanted = [(WEEKDAY_NUMBERS[day[:3]], int(day[3:] or 0)) for day in query.get("day")]
        return cls(
            weekdays=frozenset(weekday for weekday, _nth in wanted) or frozenset(range(7)),
            days=_days(wanted, _span(query, today), today),
            bands=sum(1 << BANDS.index(band) for band in query.get("time")) or ANY_BAND,
            earliest=minutes(query.first("from") or "00:00"), latest=minutes(query.first("until") or "24:00"),
            timed=bool(query.get("from") or query.get("until")),
        )

    def fits(self, held: Occurrence, today: date) -> bool:
        """Is this session at such a time?"""
        start, end = session_minutes(held.start, held.end)
        return (held.date.weekday() in self.weekdays
                and (self.days is None or (held.date - today).days in self.days)
                and bool(band_bits(start, end) & self.bands)
                and (not self.timed or (start >= self.earliest and end <= self.latest)))


def _days(wanted: list[tuple[int, int]], span: tuple[int, int] | None, today: date) -> tuple[int, ...] | None:
    """The days a span or 「第4火曜」 leaves. `wanted`: weekday and which of the month, 0 for each."""
    if span is None and not any(nth for _weekday, nth in wanted):
        return None
    first, last = span or (0, HORIZON_DAYS)
    days = {number: today + timedelta(number) for number in range(max(first, 0), min(last, HORIZON_DAYS) + 1)}
    return tuple(number for number, day in days.items() if not wanted or any(
        day.weekday() == weekday and nth in (0, (day.day + 6) // 7) for weekday, nth in wanted))


def moments(view: View, query: SearchQuery) -> Moments | None:
    """When the reader wants to go; None when that is all the same, or a place without dates is asked for."""
    if NO_DATE in query.get("day") or PARAMETERS.isdisjoint(name for name, _values in query.values):
        return None
    return Moments.of(query, view.catalog.timetable.day)


def open_sets(view: View, query: SearchQuery) -> np.ndarray:
    """bool for each distinct set of schedules."""
    timetable = view.catalog.timetable
    if NO_DATE in query.get("day"):
        return timetable.next_start[:, 0] == NEVER
    asked = Moments.of(query, timetable.day)
    slots = np.uint32(sum(asked.bands << (weekday * len(BANDS)) for weekday in asked.weekdays))
    weekly = timetable.slots_between(asked.earliest, asked.latest) if asked.timed else timetable.slots
    found = weekly & slots != 0
    if query.first("when") == "now":
        start, _end = timetable.next_session(view.minute)
        found &= start <= view.minute
    if asked.days is not None:
        found &= (timetable.held_on(asked.days, asked.bands, asked.earliest, asked.latest) if asked.timed
                  else timetable.open_on(asked.days, asked.bands))
    return found


def _span(query: SearchQuery, today: date) -> tuple[int, int] | None:
    """First and last day asked for, from today; a date outside 今週 … is an empty span. None: any day."""
    spans = []
    if when := query.first("when"):
        spans.append(days_of(when, today))
    if day := query.first("date"):
        offset = (date.fromisoformat(day) - today).days
        spans.append((offset, offset))
    return (max(first for first, _last in spans), min(last for _first, last in spans)) if spans else None


def days_of(when: str, today: date) -> tuple[int, int]:
    """First and last day of 今日, 今週 …, counted from today; this week and this month begin today."""
    to_sunday = 6 - today.weekday()
    to_month_end = (_first_of_next_month(today) - today).days - 1
    to_next_month_end = (_first_of_next_month(_first_of_next_month(today)) - today).days - 1
    return {
        "now": (0, 0), "today": (0, 0), "tomorrow": (1, 1), "this_week": (0, to_sunday),
        "this_weekend": (max(0, to_sunday - 1), to_sunday), "next_week": (to_sunday + 1, to_sunday + 7),
        "this_month": (0, to_month_end), "next_month": (to_month_end + 1, to_next_month_end),
    }[when]


def _first_of_next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(32)).replace(day=1)
