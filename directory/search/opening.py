"""Which places are open when the reader can go? Weekday, time and date are tested on the same session."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta

import numpy as np

from directory.catalog.timetable import (
    ANY_BAND, BANDS, DAILY_DAYS, NEVER, WEEKLY_DAYS,
)
from directory.search.values import minutes
from directory.search.query import SearchQuery
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


def test(view: View, query: SearchQuery) -> np.ndarray:
    """bool for each row of the view: open at such a time."""
    return _open_sets(view, query)[view.catalog.timetable.of_row[view.rows]]


def tally(parameter: str) -> Callable[[View, SearchQuery, np.ndarray], Mapping[str, int]]:
    """Counts of the options of one opening parameter, the others staying as they are."""
    options = {"day": (*DAYS, "unknown"), "time": tuple(TIMES), "when": tuple(WHENS)}[parameter]

    def counts(view: View, query: SearchQuery, chosen: np.ndarray) -> Mapping[str, int]:
        listings_a_set = _listings_a_set(view, chosen)
        return {option: int(listings_a_set[_open_sets(view, query.setting(parameter, (option,)))].sum())
                for option in options}
    return counts


def frequency_test(view: View, query: SearchQuery) -> np.ndarray:
    """Held every week, or nearly every day."""
    wanted = _frequent(view, query.first("frequency"))
    return wanted[view.catalog.timetable.of_row[view.rows]]


def frequency_tally(view: View, _query: SearchQuery, chosen: np.ndarray) -> Mapping[str, int]:
    """Counts of each frequency."""
    listings_a_set = _listings_a_set(view, chosen)
    return {key: int(listings_a_set[_frequent(view, key)].sum()) for key in FREQUENCIES}


def holiday_test(view: View, _query: SearchQuery) -> np.ndarray:
    """Surely open on at least one 祝日."""
    timetable = view.catalog.timetable
    return timetable.on_holiday[timetable.of_row[view.rows]]


def date_label(value: str) -> str:
    """"2026-11-24" → 「11月24日（火）」."""
    day = date.fromisoformat(value)
    return f"{day.month}月{day.day}日（{WEEKDAY_KANJI[day.weekday()]}）"


def _listings_a_set(view: View, chosen: np.ndarray) -> np.ndarray:
    timetable = view.catalog.timetable
    return np.bincount(timetable.of_row[view.rows[chosen]], minlength=len(timetable.slots))


def _frequent(view: View, frequency: str) -> np.ndarray:
    least = WEEKLY_DAYS if frequency == "weekly" else DAILY_DAYS
    return view.catalog.timetable.days_in_twelve_weeks >= least


def _open_sets(view: View, query: SearchQuery) -> np.ndarray:
    """bool for each distinct set of schedules."""
    timetable = view.catalog.timetable
    if "unknown" in query.get("day"):
        return timetable.next_start[:, 0] == NEVER
    weekdays = frozenset(WEEKDAY_NUMBERS[day] for day in query.get("day")) or frozenset(range(7))
    bands = sum(1 << BANDS.index(band) for band in query.get("time")) or ANY_BAND
    open_sets = timetable.slots & np.uint32(_slot_mask(weekdays, bands)) != 0
    if query.get("from") or query.get("until"):
        earliest = minutes(query.first("from") or "00:00")
        latest = minutes(query.first("until") or "24:00")
        open_sets &= timetable.slots_between(earliest, latest) & np.uint32(_slot_mask(weekdays, bands)) != 0
    if query.first("when") == "now":
        start, _end = timetable.next_session(view.minute)
        open_sets &= start <= view.minute
    for first, last in _ranges(query, timetable.day):
        open_sets &= timetable.open_between(first, last, weekdays, bands)
    return open_sets


def _slot_mask(weekdays: frozenset[int], bands: int) -> int:
    return sum(bands << (weekday * len(BANDS)) for weekday in weekdays)


def _ranges(query: SearchQuery, today: date) -> list[tuple[int, int]]:
    """The spans of days asked for, as days from today."""
    spans = []
    if when := query.first("when"):
        spans.append(days_of(when, today))
    if day := query.first("date"):
        offset = (date.fromisoformat(day) - today).days
        spans.append((offset, offset))
    return spans


def days_of(when: str, today: date) -> tuple[int, int]:
    """First and last day of 今日, 今週 …, counted from today; this week and this month begin today."""
    to_sunday = 6 - today.weekday()
    month_end = _first_of_next_month(today) - timedelta(1)
    next_month_end = _first_of_next_month(_first_of_next_month(today)) - timedelta(1)
    return {
        "now": (0, 0), "today": (0, 0), "tomorrow": (1, 1), "this_week": (0, to_sunday),
        "this_weekend": (max(0, to_sunday - 1), to_sunday), "next_week": (to_sunday + 1, to_sunday + 7),
        "this_month": (0, (month_end - today).days),
        "next_month": ((month_end - today).days + 1, (next_month_end - today).days),
    }[when]


def _first_of_next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(32)).replace(day=1)

