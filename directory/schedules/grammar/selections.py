"""Which single selection of days? 第2・4火曜, 月～金, 平日（月・火）, 毎月5のつく日, 第三火曜の直後の木曜, 令和8年8月11日."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from directory.schedules.cursor import Cursor
from directory.schedules.grammar.dates import check_years, read_spans
from directory.schedules.model import LAST, Days
from directory.schedules.tokens import Token
from directory.schedules.unclear import Unclear

WORKING_WEEK = (0, 1, 2, 3, 4)
WEEKEND = (5, 6)
# After a 祝日 these words say what happens on it; then it is no day of a list.
AFTER_HOLIDAY = ("closed", "move", "case", "open", "except")


def read_unit(cursor: Cursor, *, dates: bool = True) -> tuple[Days, ...] | None:
    """One selection of days: the rules are tried in turn. Dates make lists of their own."""
    words = [token.kind + cursor.text(token) for token in cursor.take_all("every", "not_holiday")]
    every = "".join(words)
    rules: list[Callable[[Cursor], tuple[Days, ...] | None]] = [
        _nth_weekdays,
        _weekday_group,
        _working_days,
        _holiday,
        _off_day,
        _every_day,
        _month_end,
    ]
    rules.append(lambda inner: _days_of_month(inner, "every" in every))
    if dates and "月" not in every:
        rules.append(lambda inner: _dates(inner, yearly="毎年" in every))
    units = next((found for rule in rules if (found := cursor.attempt(rule))), None)
    if units and "毎週" in every and any(unit.ordinals for unit in units):
        raise Unclear("毎週ですか、それとも第何週かだけですか。")
    if units and "not_holiday" in every:
        return tuple(replace(unit, holidays="left_out") for unit in units)
    return units


def _nth_weekdays(cursor: Cursor) -> tuple[Days, ...] | None:
    """第2・4火・金曜日; 第三火曜とその直後の木曜 gives two selections."""
    ordinals = cursor.take("ordinals")
    if ordinals is None:
        week = cursor.take("nth_week")
        return _fifth_week(cursor, week) if week else None
    if any(number > 5 for number in ordinals.value):
        raise Unclear("第5までの週ではありません。第何曜日か確かめてください。")
    weekdays = cursor.attempt(_bracketed_weekdays) or cursor.attempt(_weekday_list)
    if weekdays is None:
        return (Days(ordinals=ordinals.value),) if cursor.peek().kind in ("except", "closed", "topic") else None
    if len(weekdays) > 1 and (weekdays == WEEKEND or _named_apart(cursor, ordinals)):
        raise Unclear("第何週かは、どの曜日にかかりますか。曜日ごとに分けて書いてください。")
    nth = Days(weekdays, ordinals.value)
    if not cursor.take("following"):
        return (nth,)
    following = cursor.attempt(_weekday_list)
    joined = "と" in cursor.folded.text[ordinals.end : cursor.tokens[cursor.position - 1].end]
    after = Days(following, after=nth) if following and len(following) == 1 else None
    return None if after is None else (nth, after) if joined else (after,)


def _fifth_week(cursor: Cursor, week: Token) -> tuple[Days, ...]:
    """第5週 is the fifth of each weekday; 第2週 could be the week of the calendar as well."""
    if "第5" not in cursor.text(week).translate({ord("五"): "5"}) or cursor.peek().kind == "particle":
        raise Unclear("「第何週」は暦の週ですか、それとも第何曜日ですか。")
    return (Days(ordinals=(5,)),)


def _named_apart(cursor: Cursor, ordinals: Token) -> bool:
    """第3日曜・月曜: is 月曜 the third, or every one?"""
    inner = [token for token in cursor.tokens if token.kind == "weekday" and token.start >= ordinals.end]
    return "曜" in cursor.text(inner[0])


def _bracketed_weekdays(cursor: Cursor) -> tuple[int, ...] | None:
    """（月・火）; a single（木）is one token already."""
    if cursor.text(cursor.peek()).startswith("(") and cursor.peek().kind == "weekday":
        return _weekday_list(cursor)
    if not cursor.take("open_paren"):
        return None
    weekdays = _weekday_list(cursor)
    return weekdays if weekdays and cursor.take("close_paren") else None


def _weekday_group(cursor: Cursor) -> tuple[Days, ...] | None:
    """月・水; 火曜日（第2・第4）names the weeks afterwards."""
    weekdays = _weekday_list(cursor)
    if weekdays is None:
        return None
    ordinals = cursor.attempt(_bracketed_ordinals) or ()
    if any(number > 5 for number in ordinals) or (ordinals and len(weekdays) > 1):
        raise Unclear("第何週かは、どの曜日にかかりますか。曜日ごとに分けて書いてください。")
    return (Days(weekdays, ordinals),)


def _bracketed_ordinals(cursor: Cursor) -> tuple[int, ...] | None:
    if not cursor.take("open_paren"):
        return None
    ordinals = cursor.take("ordinals")
    return ordinals.value if ordinals and cursor.take("close_paren") else None


def _weekday_list(cursor: Cursor) -> tuple[int, ...] | None:
    """月・水・金, 月水金, 月～金, 金～月: in the order of the week."""
    first = cursor.attempt(_weekday_range)
    if first is None:
        return None
    found = set(first)
    while more := cursor.attempt(_next_weekdays):
        found |= set(more)
    return tuple(sorted(found))


def _next_weekdays(cursor: Cursor) -> tuple[int, ...] | None:
    """・水, or 水 close by: 月 水 apart are two statements."""
    return _weekday_range(cursor) if cursor.take("list") or not cursor.after_space() else None


def _weekday_range(cursor: Cursor) -> tuple[int, ...] | None:
    first = cursor.take("weekday")
    if first is None:
        return None
    last = cursor.attempt(lambda inner: inner.take("weekday") if inner.take("range") else None)
    if last is None:
        return (first.value,)
    cursor.take("until")
    return tuple((first.value + step) % 7 for step in range((last.value - first.value) % 7 + 1))


def _working_days(cursor: Cursor) -> tuple[Days, ...] | None:
    """平日 is Monday to Friday without 祝日; 平日（月・火）names which of them."""
    if not cursor.take("weekdays"):
        return None
    named = cursor.attempt(_bracketed_weekdays)
    return (Days(named or WORKING_WEEK, holidays="left_out"),)


def _holiday(cursor: Cursor) -> tuple[Days, ...] | None:
    if not cursor.take("holiday"):
        return None
    if cursor.text(cursor.peek()) == "も":
        return None
    after = cursor.peek(1) if cursor.peek().kind in ("topic", "particle") else cursor.peek()
    return None if after.kind in AFTER_HOLIDAY and cursor.peek().kind != "except" else (Days(holidays="only"),)


def _off_day(cursor: Cursor) -> tuple[Days, ...] | None:
    """日曜及び休日: a 祝日; alone it could be any day off."""
    before = [token.kind for token in cursor.tokens[: cursor.position] if token.kind not in ("space", "list")]
    if not cursor.take("off_day"):
        return None
    if not before or before[-1] not in ("weekday", "holiday"):
        raise Unclear("「休日」は祝日のことですか、土日も含みますか。")
    return (Days(holidays="only"),)


def _every_day(cursor: Cursor) -> tuple[Days, ...] | None:
    if not cursor.take("everyday"):
        return None
    cursor.take_all("everyday")
    return (Days(),)


def _month_end(cursor: Cursor) -> tuple[Days, ...] | None:
    """月末; 毎月5のつく日 is the 5th, 15th and 25th."""
    if cursor.take("month_end"):
        return (Days(monthdays=(LAST,)),)
    ending = cursor.take("ending_day")
    if ending is None:
        return None
    return (Days(monthdays=tuple(day for day in range(1, 31) if day % 10 in ending.value)),)


def _days_of_month(cursor: Cursor, every: bool) -> tuple[Days, ...] | None:
    """毎月10日・20日; without 毎月 (or months before it) a day alone is no rule."""
    before = [
        token.kind
        for token in cursor.tokens[: cursor.position]
        if token.kind not in ("space", "particle", "not_holiday")
    ]
    first = cursor.take("day")
    if first is None or not (every or before[-1:] in (["month"], ["parity"])):
        return None
    found = {first.value}
    while more := cursor.attempt(lambda inner: inner.take("day", "month_end") if inner.take("list") else None):
        found.add(LAST if more.kind == "month_end" else more.value)
    if cursor.peek().kind in ("range", "about") or not all(day == LAST or 1 <= day <= 31 for day in found):
        raise Unclear("毎月何日ですか。")
    return (Days(monthdays=tuple(sorted(found, key=lambda day: 32 if day == LAST else day))),)


def _dates(cursor: Cursor, *, yearly: bool) -> tuple[Days, ...] | None:
    """Dates as written; without a year only a weekday tells which year is meant."""
    spans = read_spans(cursor)
    if spans is None:
        return None
    if not yearly:
        check_years(spans)
    return (Days(spans=spans),)
