"""On which days? 毎週月・水, 第2・4火曜, 平日, 土日祝, 毎月5のつく日, 奇数月の第2水曜, 第三火曜の直後の木曜."""

from __future__ import annotations

from dataclasses import replace

from directory.schedules.cursor import Cursor
from directory.schedules.grammar.dates import read_season, read_spans
from directory.schedules.items import DaysSaid, Item, Season
from directory.schedules.model import EVERY_WEEKDAY, LAST, Days, HolidayPolicy, Span
from directory.schedules.tokens import Token
from directory.schedules.unclear import Unclear

WORKING_WEEK = (0, 1, 2, 3, 4)
WEEKEND = (5, 6)
OPEN = HolidayPolicy("open")
NAMED_AFTER_EXCEPT = ("every", "everyday", "weekday", "weekdays", "ordinals", "not_holiday")
SELECTIONS = ("weekday", "weekdays", "ordinals", "nth_week", "holiday", "day", "ending_day")
# After a 祝日 these words say what happens on it; then it is no day of a list.
AFTER_HOLIDAY = ("closed", "move", "case", "open", "except")


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
    return cursor.peek().kind in ("every", "weekday", "weekdays", "ordinals", "ending_day", "month_end", "day", "everyday", "holiday", "not_holiday")


def _in_season(units: tuple[Days, ...] | None, season: Season | None) -> tuple[Days, ...] | None:
    if units is None or season is None:
        return units
    return tuple(
        replace(unit, months=unit.months or season.months, spans=unit.spans or season.spans) for unit in units
    )


def read_units(cursor: Cursor, season: Season | None = None) -> tuple[Days, ...] | None:
    """A list of day selections: 第2・4火曜と第1木曜, 土・日・祝日; a season before them holds for all but 毎月 …"""
    first = cursor.attempt(_unit)
    if first is None:
        return None
    units = list(_in_season(first, season) or ())
    while more := cursor.attempt(lambda inner: _more_units(inner, season)):
        units += more[0]
        season = more[1]
    if not units[-1].spans and cursor.text(cursor.peek()) == "の" and cursor.peek(1).kind in SELECTIONS:
        raise Unclear("「の」でつないだ二つの日は、どちらの日ですか。")
    if cursor.peek().kind == "about":
        raise Unclear("「前後」「ごろ」では開催日が決まりません。何日ですか。")
    if cursor.peek().kind == "or":
        raise Unclear("どちらの日ですか。「または」では開催日が決まりません。")
    working = {weekday for unit in units if unit == Days(unit.weekdays, holidays="left_out") for weekday in unit.weekdays}
    if any(unit == Days(unit.weekdays) and working & set(unit.weekdays) for unit in units):
        raise Unclear("平日と曜日の両方が書かれています。どの曜日ですか。")
    return _with_holidays(tuple(units))


def _more_units(cursor: Cursor, season: Season | None) -> tuple[tuple[Days, ...], Season | None] | None:
    """The next of a list, in the season said last."""
    if not cursor.take("list") and cursor.after_space():
        return None
    own = cursor.attempt(_season_prefix)
    if own and own[1]:
        return None
    if own or cursor.text(cursor.peek()).startswith("毎月"):
        season = own[0] if own else None
    units = _in_season(cursor.attempt(lambda inner: _unit(inner, dates=False)), season)
    if units is None or (cursor.peek().kind == "except" and leaves_out_of_what_follows(cursor, 1)):
        return None
    return units, season


def leaves_out_of_what_follows(cursor: Cursor, ahead: int = 0) -> bool:
    """第1火曜を除く毎週火曜: the 除く belongs to the days after it."""
    if ahead == 0 and cursor.after_space():
        return False
    ahead += cursor.peek(ahead).kind == "particle"
    return cursor.peek(ahead).kind in NAMED_AFTER_EXCEPT


def _unit(cursor: Cursor, *, dates: bool = True) -> tuple[Days, ...] | None:
    """One selection of days: the rules are tried in turn. Dates make lists of their own."""
    words = [token.kind + cursor.text(token) for token in cursor.take_all("every", "not_holiday")]
    every = "".join(words)
    rules = [_nth_weekdays, _weekday_group, _working_days, _holiday, _off_day, _every_day, _month_end]
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
    before = [token.kind for token in cursor.tokens[: cursor.position] if token.kind not in ("space", "particle", "not_holiday")]
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


def check_years(spans: tuple[Span, ...]) -> None:
    """Unclear if nothing tells which year is meant: neither a year nor a weekday."""
    if any(span.first.year is None and span.first.weekday is None for span in spans):
        raise Unclear("何年のことですか。年か曜日を書き添えてください。")


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
