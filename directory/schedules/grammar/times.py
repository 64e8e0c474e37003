"""From when until when? 午後1時30分～3時, 10時～正午, ～17時, 22時～翌2時, 土曜の午後."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from directory.schedules.cursor import Cursor
from directory.schedules.items import Item, Remark, TimesSaid
from directory.schedules.model import TimeSpan
from directory.schedules.tokens import Token
from directory.schedules.unclear import Unclear

HOUR, NOON, DAY = 60, 12 * 60, 24 * 60
# Before this hour a time without 午前, 午後 or 朝 may be meant as either (1時～3時).
EARLIEST_UNMARKED = 5 * HOUR
# 20時～2時 can only run over midnight; 15時～13時 is a slip of the pen.
OVERNIGHT_FROM, OVERNIGHT_UNTIL = 17 * HOUR, 6 * HOUR
LATEST = 30 * HOUR


class Marked(NamedTuple):
    """How a word before a time shifts it: hours below `below` (from `least` on) become afternoon ones."""

    least: int
    below: int
    shift: int
    until: int


# Minutes outside least..until are unclear under that word; those below `below` are shifted.
MARKS = {
    "午前": Marked(0, 0, 0, NOON - 1),
    "午後": Marked(0, NOON, NOON, DAY),
    "早朝": Marked(2 * HOUR, 0, 0, 9 * HOUR),
    "朝": Marked(3 * HOUR, 0, 0, NOON - 1),
    "昼": Marked(1 * HOUR, 5 * HOUR, NOON, 17 * HOUR),
    "昼間": Marked(1 * HOUR, 5 * HOUR, NOON, 17 * HOUR),
    "日中": Marked(8 * HOUR, 0, 0, 18 * HOUR),
    "夕方": Marked(2 * HOUR, 8 * HOUR, NOON, 20 * HOUR),
    "夕": Marked(2 * HOUR, 8 * HOUR, NOON, 20 * HOUR),
    "夜": Marked(5 * HOUR, NOON, NOON, DAY),
    "夜間": Marked(5 * HOUR, NOON, NOON, DAY),
    "晩": Marked(5 * HOUR, NOON, NOON, DAY),
    "深夜": Marked(NOON, 0, 0, DAY),
}
AFTERNOON_MARKS = ("午後", "昼", "昼間", "夕方", "夕", "夜", "夜間", "晩")
PART_NAMES = {"夕": "夕方", "夜間": "夜", "晩": "夜", "昼間": "日中", "深夜": "夜"}


class Point(NamedTuple):
    """A time as written, the word before it, and whether it is 「ごろ」."""

    minutes: int
    mark: str
    about: bool


def read_times(cursor: Cursor) -> tuple[Item, ...] | None:
    """One or more time spans; those of the reception alone are a remark."""
    start = cursor.peek()
    reception = cursor.take("reception")
    if reception:
        cursor.take("topic")
    cursor.take("each")
    spans = _spans(cursor)
    if not spans:
        return None
    if reception:
        last = cursor.tokens[cursor.position - 1]
        return (Remark(cursor.folded.verbatim(start.start, last.end)),)
    return (TimesSaid(spans),)


def _spans(cursor: Cursor) -> tuple[TimeSpan, ...]:
    found: list[TimeSpan] = []
    while span := cursor.attempt(_next_span if found else _marked_span):
        found.append(span)
    return tuple(found)


def _next_span(cursor: Cursor) -> TimeSpan | None:
    cursor.take("list")
    return _marked_span(cursor)


def _marked_span(cursor: Cursor) -> TimeSpan | None:
    cursor.take_all("mark", "colon")
    bracketed = cursor.take("open_paren") is not None
    span = _span(cursor)
    if span is None or (bracketed and not cursor.take("close_paren")):
        return None
    return span


def _span(cursor: Cursor) -> TimeSpan | None:
    """One span; Unclear if it cannot be one."""
    if cursor.take("all_hours"):
        return TimeSpan(0, DAY)
    opening = cursor.attempt(read_point)
    if opening is None:
        return cursor.attempt(_until_only) or cursor.attempt(_part)
    begins = cursor.take("begins")
    if cursor.take("range"):
        return _closed_span(cursor, opening)
    if begins:
        return cursor.attempt(lambda inner: _return(inner, opening)) or _only_start(opening)
    if cursor.take("until", "ends"):
        return _only_end(opening)
    return _only_start(opening)


def _closed_span(cursor: Cursor, opening: Point) -> TimeSpan:
    cursor.take("stop") if _time_after_break(cursor) else None
    tomorrow = cursor.take("next_day_time") is not None
    closing = cursor.attempt(read_point)
    if closing is None:
        if tomorrow:
            raise Unclear("何時までですか。")
        return _only_start(opening)
    cursor.take("until")
    cursor.take("ends")
    return _span_between(opening, closing, tomorrow)


def _time_after_break(cursor: Cursor) -> bool:
    """午前10時～ and, on the next line, 午後8時."""
    return cursor.peek().kind == "stop" and cursor.peek(1).kind in ("meridiem", "time")


def _return(cursor: Cursor, opening: Point) -> TimeSpan | None:
    """8:00出発・14:00ごろ帰着."""
    cursor.take("list")
    closing = cursor.attempt(read_point)
    return _span_between(opening, closing, False) if closing and cursor.take("ends") else None


def _until_only(cursor: Cursor) -> TimeSpan | None:
    """～17時."""
    if not cursor.take("range"):
        return None
    closing = cursor.attempt(read_point)
    cursor.take("until")
    return _only_end(closing) if closing else None


def _part(cursor: Cursor) -> TimeSpan | None:
    """午前, 午後, 夜: a part of the day without a time."""
    token = cursor.take("part", "meridiem", "day_part")
    if token is None or cursor.peek().kind in ("time", "text"):
        return None
    cursor.take("only")
    bracketed = cursor.attempt(_bracketed_hours)
    return bracketed or TimeSpan(part=PART_NAMES.get(token.value, token.value))


def _bracketed_hours(cursor: Cursor) -> TimeSpan | None:
    """午前（8:30～12:30）says which hours of the morning."""
    if not cursor.take("open_paren"):
        return None
    opening = cursor.attempt(read_point)
    if opening is None or not cursor.take("range"):
        return None
    span = _closed_span(cursor, opening)
    return span if cursor.take("close_paren") else None


def read_point(cursor: Cursor) -> Point | None:
    """[午前|夜] 10時[ごろ], 正午, 昼ごろ."""
    mark = cursor.take("meridiem", "day_part")
    word = mark.value if mark else ""
    if cursor.peek().kind == "meridiem" and word not in ("午前", "午後"):
        word = str(cursor.take("meridiem").value)  # type: ignore[union-attr]
    token: Token | None = cursor.take("time", "noonish")
    if token is None:
        return None
    about = bool(cursor.take("about")) or token.kind == "noonish"
    return Point(token.value, word, about)


def _only_start(point: Point) -> TimeSpan:
    return TimeSpan(_minutes(point), about_start=point.about)


def _only_end(point: Point) -> TimeSpan:
    return TimeSpan(None, _minutes(point, ending=True), about_end=point.about)


def _span_between(opening: Point, closing: Point, tomorrow: bool) -> TimeSpan:
    start = _minutes(opening, closing=closing)
    end = _end(opening, closing, start)
    if tomorrow:
        end += DAY if end <= DAY // 2 else 0
    elif end <= start and start >= OVERNIGHT_FROM and end <= OVERNIGHT_UNTIL:
        end += DAY
    too_late = not tomorrow and (end > LATEST or (end > DAY and start < NOON))
    if not start < end or too_late or end - start > DAY:
        raise Unclear(f"{_as_written(start)}から{_as_written(end)}まででよいですか。時刻を確かめてください。")
    return TimeSpan(start, end, opening.about, closing.about)


def _end(opening: Point, closing: Point, start: int) -> int:
    """The end takes over 午後 from the start: 午後1時30分～3時."""
    if not closing.mark and opening.mark in AFTERNOON_MARKS and closing.minutes < NOON and start >= NOON:
        closing = replace_mark(closing, "午後")
    return _minutes(closing, ending=True)


def replace_mark(point: Point, mark: str) -> Point:
    """The same time under another word."""
    return point._replace(mark=mark)


def _minutes(point: Point, *, ending: bool = False, closing: Point | None = None) -> int:
    """Minutes after midnight; Unclear where the words leave 午前 or 午後 open."""
    minutes = point.minutes
    if minutes > LATEST or (minutes >= DAY and not ending):
        raise Unclear(f"「{_as_written(minutes)}」という時刻を確かめてください。")
    if not point.mark:
        whole_day = minutes == 0 and (closing is None or closing.minutes == DAY)
        if not ending and minutes < EARLIEST_UNMARKED and not whole_day:
            raise Unclear(f"{_as_written(minutes)}は午前ですか、午後ですか。")
        return minutes
    mark = MARKS[point.mark]
    ambiguous_noon = point.mark in ("午前", "午後") and NOON <= minutes < NOON + HOUR
    if ambiguous_noon or not mark.least <= minutes <= mark.until:
        raise Unclear(f"「{point.mark}{_as_written(minutes)}」は何時のことですか。")
    return minutes + mark.shift if minutes < mark.below else minutes


def _as_written(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02}" if minutes < 9000 else "？"


def with_start(span: TimeSpan, of: TimeSpan) -> TimeSpan | None:
    """～19時 with the start of another span; None if that would end before it begins."""
    if of.start is None or span.end is None or span.end <= of.start:
        return None
    return replace(span, start=of.start, about_start=of.about_start)
