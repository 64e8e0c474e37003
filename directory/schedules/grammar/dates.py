"""Which days of the calendar? 8月13日（木）, 令和8年8月11日, 12月29日～1月3日, 4～10月, 奇数月, 夏季（4月～10月）."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import replace
from datetime import date

from directory.schedules.cursor import Cursor
from directory.schedules.items import Season
from directory.schedules.model import WEEKDAY_KANJI, CalendarDay, Span
from directory.schedules.unclear import Unclear

LEAP_YEAR = 2024  # a year that has every month and day
NEW_YEAR_DAYS = Span(CalendarDay(1, 1), CalendarDay(1, 3))


def read_spans(cursor: Cursor) -> tuple[Span, ...] | None:
    """8月13日～16日, 8/12～8/16, 8月13、14日, 11月7日(土)・14日(土); None if no calendar day comes next."""
    first = cursor.attempt(_span)
    if first is None:
        return None
    spans = [first]
    while more := cursor.attempt(lambda inner: _more(inner, spans[-1])):
        spans.append(more)
    return tuple(spans)


def _more(cursor: Cursor, before: Span) -> Span | None:
    return _span(cursor, before.last) if cursor.take("list") else None


def _span(cursor: Cursor, before: CalendarDay | None = None) -> Span | None:
    if cursor.take("new_year_days"):
        return NEW_YEAR_DAYS
    first = _calendar_day(cursor, before)
    if first is None:
        return None
    last = cursor.attempt(lambda inner: _last_day(inner, first)) or first
    return checked_span(first, last)


def _last_day(cursor: Cursor, first: CalendarDay) -> CalendarDay | None:
    if not cursor.take("range"):
        return None
    if cursor.peek().kind == "stop" and cursor.peek(1).kind in ("monthday", "date"):
        cursor.take("stop")
    next_year = cursor.take("next_year") is not None
    last = _calendar_day(cursor, replace(first, weekday=None))
    cursor.take("until")
    if last is None or first.year is None or (last.year or 0) > first.year:
        return last
    over = next_year or (last.month, last.day) < (first.month, first.day)
    return replace(last, year=first.year + over)


def _calendar_day(cursor: Cursor, before: CalendarDay | None) -> CalendarDay | None:
    """A date, a month with a day, or, after one of those, a day alone."""
    token = cursor.take("date", "monthday", *(("day",) if before else ()))
    if token is None:
        return None
    if token.kind == "date":
        found = CalendarDay(token.value[1], token.value[2], token.value[0])
    elif token.kind == "monthday":
        found = CalendarDay(token.value[0], token.value[1], before.year if before else None)
    else:
        assert before is not None
        found = CalendarDay(before.month, token.value, before.year)
    return replace(found, weekday=cursor.attempt(_bracketed_weekday))


def _bracketed_weekday(cursor: Cursor) -> int | None:
    """（木）,（火・祝）, 木曜日."""
    bracket = cursor.take("open_paren")
    weekday = cursor.take("weekday")
    if weekday is None:
        return None
    if bracket:
        cursor.take("list")
        cursor.take("holiday", "closed", "off_day")
        return int(weekday.value) if cursor.take("close_paren") else None
    text = cursor.text(weekday)
    return int(weekday.value) if "曜" in text or text.startswith("(") else None


def checked_span(first: CalendarDay, last: CalendarDay) -> Span:
    """The span of these two days; Unclear if one does not exist or its weekday is another."""
    first, last = _checked(first), _checked(last)
    if first.year and last.year and _as_date(last) < _as_date(first):
        raise Unclear("期間の終わりが始まりより前になっています。日付を確かめてください。")
    return Span(first, last)


def _checked(day: CalendarDay) -> CalendarDay:
    if not 1 <= day.month <= 12 or not 1 <= day.day <= monthrange(day.year or LEAP_YEAR, day.month)[1]:
        raise Unclear(f"{day.month}月{day.day}日という日はありません。日付を確かめてください。")
    if day.year is None or day.weekday is None:
        return day
    actual = _as_date(day).weekday()
    if actual != day.weekday:
        raise Unclear(
            f"{day.year}年{day.month}月{day.day}日は{WEEKDAY_KANJI[actual]}曜日です。日付を確かめてください。"
        )
    return replace(day, weekday=None)


def _as_date(day: CalendarDay) -> date:
    return date(day.year or LEAP_YEAR, day.month, day.day)


def read_season(cursor: Cursor) -> Season | None:
    """4～10月, 7・8月, 奇数月, 夏季（4月～10月）, 冬期12～2月; None if no month comes next."""
    named = cursor.take("season_name") is not None
    bracketed = named and cursor.take("open_paren") is not None
    months = cursor.attempt(read_months)
    if months is None or (bracketed and not cursor.take("close_paren")):
        return None
    return Season(months)


def read_months(cursor: Cursor) -> tuple[int, ...] | None:
    """1月・7月, 4～6月・9～11月, 奇数月: the months in order; all twelve are no restriction."""
    months = cursor.attempt(_month_range)
    if months is None:
        return None
    found = set(months)
    while more := cursor.attempt(lambda inner: _month_range(inner) if inner.take("list") else None):
        found |= set(more)
    return tuple(sorted(found))


def _month_range(cursor: Cursor) -> tuple[int, ...] | None:
    parity = cursor.take("parity")
    if parity:
        return tuple(parity.value)
    first = cursor.take("month")
    if first is None:
        return None
    last = cursor.attempt(lambda inner: _last_month(inner)) or first.value
    for month in (first.value, last):
        if not 1 <= month <= 12:
            raise Unclear(f"「{month}月」を確かめてください。")
    return tuple((first.value - 1 + step) % 12 + 1 for step in range((last - first.value) % 12 + 1))


def _last_month(cursor: Cursor) -> int | None:
    if not cursor.take("range"):
        return None
    cursor.take("next_year")
    last = cursor.take("month")
    cursor.take("until")
    return int(last.value) if last else None


def check_years(spans: tuple[Span, ...]) -> None:
    """Unclear if nothing tells which year is meant: neither a year nor a weekday."""
    if any(span.first.year is None and span.first.weekday is None for span in spans):
        raise Unclear("何年のことですか。年か曜日を書き添えてください。")
