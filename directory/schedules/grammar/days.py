"""On which days? 毎週月・水, 第2・4火曜, 平日, 土日祝, 毎月5のつく日, 奇数月の第2水曜, 第三火曜の直後の木曜."""

from __future__ import annotations

from dataclasses import replace

from directory.schedules.cursor import Cursor
from directory.schedules.grammar.dates import check_years, read_season, read_spans
from directory.schedules.grammar.selections import WORKING_WEEK, read_unit
from directory.schedules.items import DaysSaid, Item, Season
from directory.schedules.model import EVERY_WEEKDAY, Days, HolidayPolicy, Span
from directory.schedules.unclear import Unclear

OPEN = HolidayPolicy("open")
NAMED_AFTER_EXCEPT = ("every", "everyday", "weekday", "weekdays", "ordinals", "not_holiday")
SELECTIONS = ("weekday", "weekdays", "ordinals", "nth_week", "holiday", "day", "ending_day")


def read_days(cursor: Cursor) -> tuple[Item, ...] | None:
    """Open days, with a season before them and 除く or のみ around them."""
    apart = cursor.attempt(_apart_first)
    if cursor.text(cursor.peek()).startswith("毎年") and cursor.peek(1).kind in ("month", "parity"):
        cursor.take("every")
    season = cursor.attempt(_term_prefix) or cursor.attempt(_season_prefix)
    policy = OPEN if cursor.peek().kind == "everyday" else None
    override = season[0] if season and season[1] else None
    units = cursor.attempt(lambda inner: read_units(inner, season[0] if season and not override else None))
    if units is None:
        return _complement(apart) if apart else None
    only = cursor.take("only") is not None
    topic = (cursor.take("topic") is not None and not cursor.take("open")) or override is not None
    without, closed = apart or ((), None)
    return (DaysSaid(units, topic, only, without, closed or policy, override),)


def _apart_first(cursor: Cursor) -> tuple[tuple[Days, ...], HolidayPolicy | None] | None:
    """第一火曜を除く毎週火曜, 日曜・祝日を除く毎日, 水・土・日以外の日: the days named first are those not meant."""
    units = cursor.attempt(read_units)
    if units is None or not cursor.take("except"):
        return None
    cursor.take("particle")
    if cursor.peek().kind not in (*NAMED_AFTER_EXCEPT, "time", "end"):
        return None
    plain = tuple(replace(unit, holidays="") for unit in units if unit.holidays != "only")
    closed = any(unit.holidays in ("only", "added") for unit in units)
    return plain, HolidayPolicy("closed") if closed else None


def _complement(apart: tuple[tuple[Days, ...], HolidayPolicy | None]) -> tuple[Item, ...] | None:
    """水・土・日以外: the other weekdays."""
    named = {weekday for unit in apart[0] for weekday in unit.weekdays}
    if not named or any(unit != Days(unit.weekdays) for unit in apart[0]):
        return None
    others = tuple(weekday for weekday in EVERY_WEEKDAY if weekday not in named)
    return (DaysSaid((Days(others),), policy=apart[1]),)


def _season_prefix(cursor: Cursor) -> tuple[Season, bool] | None:
    """4～11月の, 1月は: the season, and whether it speaks of days already said."""
    season = cursor.attempt(read_season)
    if season is None:
        return None
    topic = cursor.take("topic", "only") is not None
    cursor.take("particle")
    return (season, topic) if _day_comes(cursor) else None


def _term_prefix(cursor: Cursor) -> tuple[Season, bool] | None:
    """令和8年7月21日～8月31日の, before the weekdays that hold in that term."""
    spans = cursor.attempt(_term)
    if spans is None:
        return None
    cursor.take("particle", "list", "stop")
    if not _day_comes(cursor):
        return None
    check_years(spans)
    return Season(spans=spans), False


def _term(cursor: Cursor) -> tuple[Span, ...] | None:
    """A range of dates as the term of the days after it; single dates are days themselves."""
    spans = read_spans(cursor)
    return spans if spans and all(span.first != span.last for span in spans) else None


def _day_comes(cursor: Cursor) -> bool:
    return cursor.peek().kind in (
        "every",
        "weekday",
        "weekdays",
        "ordinals",
        "ending_day",
        "month_end",
        "day",
        "everyday",
        "holiday",
        "not_holiday",
    )


def _in_season(units: tuple[Days, ...] | None, season: Season | None) -> tuple[Days, ...] | None:
    if units is None or season is None:
        return units
    return tuple(replace(unit, months=unit.months or season.months, spans=unit.spans or season.spans) for unit in units)


def read_units(cursor: Cursor, season: Season | None = None) -> tuple[Days, ...] | None:
    """A list of day selections: 第2・4火曜と第1木曜, 土・日・祝日; a season before them holds for all but 毎月 …"""
    first = cursor.attempt(read_unit)
    if first is None:
        return None
    units = list(_in_season(first, season) or ())
    more = _more_units(cursor, season)
    while more:
        units += more[0]
        more = _more_units(cursor, more[1])
    if not units[-1].spans and cursor.text(cursor.peek()) == "の" and cursor.peek(1).kind in SELECTIONS:
        raise Unclear("「の」でつないだ二つの日は、どちらの日ですか。")
    if cursor.peek().kind == "about":
        raise Unclear("「前後」「ごろ」では開催日が決まりません。何日ですか。")
    if cursor.peek().kind == "or":
        raise Unclear("どちらの日ですか。「または」では開催日が決まりません。")
    found = _with_holidays(tuple(units))
    if Days(WORKING_WEEK, holidays="left_out") in found and any(_is_working(unit) for unit in found):
        raise Unclear("平日と曜日の両方が書かれています。どの曜日ですか。")
    return found


def _more_units(cursor: Cursor, season: Season | None) -> tuple[tuple[Days, ...], Season | None] | None:
    """The next of a list, in the season said last; the cursor stays where it is if there is none."""
    return cursor.attempt(lambda inner: _next_units(inner, season))


def _next_units(cursor: Cursor, season: Season | None) -> tuple[tuple[Days, ...], Season | None] | None:
    if not cursor.take("list") and cursor.after_space():
        return None
    own = cursor.attempt(_season_prefix)
    if own and own[1]:
        return None
    if own or cursor.text(cursor.peek()).startswith("毎月"):
        season = own[0] if own else None
    units = _in_season(cursor.attempt(lambda inner: read_unit(inner, dates=False)), season)
    if units is None or (cursor.peek().kind == "except" and leaves_out_of_what_follows(cursor, 1)):
        return None
    return units, season


def leaves_out_of_what_follows(cursor: Cursor, ahead: int = 0) -> bool:
    """第1火曜を除く毎週火曜: the 除く belongs to the days after it."""
    if ahead == 0 and cursor.after_space():
        return False
    ahead += cursor.peek(ahead).kind == "particle"
    return cursor.peek(ahead).kind in NAMED_AFTER_EXCEPT


def _is_working(unit: Days) -> bool:
    """水曜, which 平日 beside it holds already."""
    return bool(unit.weekdays) and unit == Days(unit.weekdays) and set(unit.weekdays) <= set(WORKING_WEEK)


def _with_holidays(units: tuple[Days, ...]) -> tuple[Days, ...]:
    """土・日・祝日 is one selection: the weekdays, and 祝日 as well."""
    found = list(units)
    for holiday in [unit for unit in units if unit.holidays == "only"]:
        bare = replace(holiday, holidays="")
        weekly = [unit for unit in found if unit.weekdays and unit == replace(bare, weekdays=unit.weekdays)]
        if weekly:
            weekdays = tuple(sorted({weekday for unit in weekly for weekday in unit.weekdays}))
            found = [unit for unit in found if unit not in weekly and unit != holiday]
            found.append(replace(bare, weekdays=weekdays, holidays="added"))
    return tuple(found)
