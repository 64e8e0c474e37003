"""Which places are open when the reader can go? Weekday, time and date are tested on the same session."""

from collections.abc import Mapping
from datetime import date, timedelta

import numpy as np

from directory.catalog import Catalog
from directory.catalog.timetable import ANY_BAND, BANDS, DAILY_DAYS, NEVER, WEEKLY_DAYS
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
NO_DATE = "unknown"


def test(view: View, query: SearchQuery) -> np.ndarray:
    """bool for each listing: open at such a time."""
    timetable = view.catalog.timetable
    return open_sets(view, query)[timetable.of_row]


def counts(view: View, query: SearchQuery, parameter: str, values: Mapping[str, str], rows: np.ndarray) -> list[int]:
    """How many of the listings `rows` each value of one opening parameter leaves, the others staying as they are."""
    timetable = view.catalog.timetable
    listings_a_set = np.bincount(timetable.of_row[rows], minlength=len(timetable.slots))
    return [int(listings_a_set[open_sets(view, query.setting(parameter, (value,)))].sum()) for value in values]


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


def open_sets(view: View, query: SearchQuery) -> np.ndarray:
    """bool for each distinct set of schedules."""
    timetable = view.catalog.timetable
    if NO_DATE in query.get("day"):
        return timetable.next_start[:, 0] == NEVER
    weekdays = frozenset(WEEKDAY_NUMBERS[day] for day in query.get("day")) or frozenset(range(7))
    bands = sum(1 << BANDS.index(band) for band in query.get("time")) or ANY_BAND
    slots = np.uint32(sum(bands << (weekday * len(BANDS)) for weekday in weekdays))
    found = timetable.slots & slots != 0
    if query.get("from") or query.get("until"):
        earliest, latest = query.first("from") or "00:00", query.first("until") or "24:00"
        found &= timetable.slots_between(minutes(earliest), minutes(latest)) & slots != 0
    if query.first("when") == "now":
        start, _end = timetable.next_session(view.minute)
        found &= start <= view.minute
    for first, last in _spans(query, timetable.day):
        found &= timetable.open_between(first, last, weekdays, bands)
    return found


def _spans(query: SearchQuery, today: date) -> list[tuple[int, int]]:
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
    to_month_end = (_first_of_next_month(today) - today).days - 1
    to_next_month_end = (_first_of_next_month(_first_of_next_month(today)) - today).days - 1
    return {
        "now": (0, 0), "today": (0, 0), "tomorrow": (1, 1), "this_week": (0, to_sunday),
        "this_weekend": (max(0, to_sunday - 1), to_sunday), "next_week": (to_sunday + 1, to_sunday + 7),
        "this_month": (0, to_month_end), "next_month": (to_month_end + 1, to_next_month_end),
    }[when]


def _first_of_next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(32)).replace(day=1)
