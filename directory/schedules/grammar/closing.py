"""When is it closed? 8月は休み, 12/29～1/3休館, 【休館日】月曜・祝日, 第5火曜を除く, 年末年始（12/31～1/3）."""

from __future__ import annotations

from typing import NamedTuple

from directory.schedules.cursor import Cursor
from directory.schedules.grammar.dates import NEW_YEAR_DAYS, read_season, read_spans
from directory.schedules.grammar.days import leaves_out_of_what_follows, read_units
from directory.schedules.grammar.holidays import read_holiday
from directory.schedules.items import Closed, HolidaySaid, Item, Shifted
from directory.schedules.model import Days, HolidayPolicy

CLOSED_ON_HOLIDAYS = HolidayPolicy("closed")
WEEKEND = {5, 6}
LONGEST_LIST = 30  # a list of closing days longer than that is no list a person wrote


class Named(NamedTuple):
    """One member of a list of closing days: selections, or a name without dates (年末年始)."""

    units: tuple[Days, ...] = ()
    undated: str = ""


def read_closed(cursor: Cursor) -> tuple[Item, ...] | None:
    """Days before 休み or 除く, or after 休館日."""
    return cursor.attempt(_days_then_closed) or cursor.attempt(_closed_then_days)


def _days_then_closed(cursor: Cursor) -> tuple[Item, ...] | None:
    start = cursor.position
    named = _list(cursor)
    if not named:
        return None
    before_word = cursor.position
    cursor.take_all("topic", "particle", "until", "reason")
    word = cursor.take("closed", "except")
    if word is None:
        return None
    units = [unit for name in named for unit in name.units]
    of_days = any(unit.weekdays or unit.ordinals for unit in units) and not any(
        unit.spans or unit.months for unit in units
    )
    if word.kind == "except" and of_days and leaves_out_of_what_follows(cursor):
        return None
    if word.kind == "closed" and word.value == "day" and cursor.take("colon", "topic", "close_paren"):
        return None
    cursor.take("closed")
    cursor.take("text") if _only_politeness(cursor) else None
    return (_closed(cursor, named, start, before_word, of_facility=_is_notice_board(cursor.text(word))),)


def _closed_then_days(cursor: Cursor) -> tuple[Item, ...] | None:
    """休館日：月曜日, 【休館日】土、日、祭日."""
    word = cursor.take("closed")
    if word is None or not (word.value == "day" or _is_notice_board(cursor.text(word))):
        return None
    cursor.take_all("colon", "topic", "close_paren", "open_paren")
    items: list[Item] = []
    start = cursor.position
    while named := _list(cursor):
        items.append(_closed(cursor, named, start, cursor.position, of_facility=True))
        cursor.take("until")
        items += cursor.attempt(_bracketed_holiday) or ()
        start = cursor.position
        if not cursor.take("list"):
            break
    return tuple(items) or None


def _bracketed_holiday(cursor: Cursor) -> tuple[Item, ...] | None:
    """月曜（祝日の場合は翌日）、12/28～1/4: the list goes on after the brackets."""
    if not cursor.take("open_paren"):
        return None
    items = read_holiday(cursor)
    if not items or not cursor.take("close_paren"):
        return None
    return (Shifted("open"), *items) if items == (HolidaySaid(HolidayPolicy("open")),) else items


def _is_notice_board(word: str) -> bool:
    """休館日, 定休: words of a place that is open on all its other days."""
    return word.startswith(("定休", "休館", "店休", "休業日", "休園日", "休所日", "休室日", "休診日", "閉館日"))


def _only_politeness(cursor: Cursor) -> bool:
    token = cursor.peek()
    return token.kind == "text" and cursor.text(token) in ("です", "とします", "します", "とする", "いたします")


def _closed(cursor: Cursor, named: list[Named], start: int, end: int, *, of_facility: bool) -> Closed:
    units = [unit for name in named for unit in name.units]
    holidays = any(unit.holidays in ("only", "added") for unit in units)
    plain = tuple(
        Days(unit.weekdays) if unit.holidays == "added" else unit for unit in units if unit.holidays != "only"
    )
    weekdays = {weekday for unit in plain for weekday in unit.weekdays}
    commas = any(cursor.text(token) == "、" for token in cursor.tokens[start:end] if token.kind == "list")
    return Closed(
        plain,
        CLOSED_ON_HOLIDAYS if holidays else None,
        "・".join(name.undated for name in named if name.undated),
        of_facility,
        mixed=len(weekdays) > 3 or (commas and holidays and bool(weekdays - WEEKEND) and not of_facility),
    )


def _list(cursor: Cursor) -> list[Named]:
    found: list[Named] = []
    while len(found) < LONGEST_LIST and (name := cursor.attempt(_next_named if found else _named)):
        found.append(name)
    return found


def _next_named(cursor: Cursor) -> Named | None:
    if not cursor.take("list") and cursor.after_space():
        return None
    cursor.take_all("list")
    return _named(cursor)


def _named(cursor: Cursor) -> Named | None:
    """One member: a name with dates, dates, months, or days of the week."""
    for rule in (_undated, _dated, _of_months, _months, _weekdays):
        if name := cursor.attempt(rule):
            return name
    return None


def _undated(cursor: Cursor) -> Named | None:
    """年末年始（12月29日～1月3日）; without dates only its name is known."""
    name = cursor.take("undated")
    if name is None:
        return None
    cursor.take("colon", "particle")
    bracket = cursor.take("open_paren")
    spans = cursor.attempt(read_spans)
    if bracket and not (spans and cursor.take("close_paren")):
        return None
    return Named((Days(spans=spans),)) if spans else Named(undated=cursor.text(name))


def _dated(cursor: Cursor) -> Named | None:
    """12/29～1/3, 8月13日～15日, 12月29日から1月3日の年末年始, 正月三が日."""
    spans = (NEW_YEAR_DAYS,) if cursor.take("new_year_days") else read_spans(cursor)
    if not spans:
        return None
    cursor.attempt(lambda inner: inner.take("undated") if inner.take("particle") else None)
    return Named((Days(spans=spans),))


def _of_months(cursor: Cursor) -> Named | None:
    """8月の第2水曜."""
    season = read_season(cursor)
    if season is None or not cursor.take("particle"):
        return None
    units = read_units(cursor)
    return Named(tuple(_with_months(unit, season.months) for unit in units)) if units else None


def _with_months(unit: Days, months: tuple[int, ...]) -> Days:
    return Days(unit.weekdays, unit.ordinals, unit.monthdays, months, unit.spans, unit.holidays, unit.after)


def _months(cursor: Cursor) -> Named | None:
    """8月, 1・2月, 冬期（12～2月）."""
    season = read_season(cursor)
    if season is None or cursor.peek().kind in ("nth_week", "ordinals"):
        return None
    return Named((Days(months=season.months),))


def _weekdays(cursor: Cursor) -> Named | None:
    """月曜・第3日曜, 土日祝, 祝日."""
    if cursor.take("holiday"):
        cursor.take_all("or", "holiday")
        return Named((Days(holidays="only"),))
    units = read_units(cursor)
    return Named(units) if units else None
