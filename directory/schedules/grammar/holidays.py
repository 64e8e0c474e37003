"""What happens on a 祝日? 祝日の場合は翌日, 祝日は休み, 祝日も開館, 月曜が祝日のときは翌平日休館."""

from __future__ import annotations

from directory.schedules.cursor import Cursor
from directory.schedules.grammar.days import read_units
from directory.schedules.grammar.times import read_times
from directory.schedules.items import Closed, DaysSaid, HolidaySaid, Item, Shifted, TimesSaid
from directory.schedules.model import Days, HolidayPolicy
from directory.schedules.unclear import Unclear


def read_holiday(cursor: Cursor) -> tuple[Item, ...] | None:
    """[月曜が]祝日[の場合は] and what follows from it."""
    subject = cursor.attempt(_subject)
    weekdays = cursor.attempt(_meeting_days)
    if weekdays is None:
        return None
    case = cursor.take("case") is not None
    topic = any(token.kind == "topic" for token in cursor.take_all("topic", "particle", "list"))
    for rule in (_moved, _open, _closed):
        if items := cursor.attempt(lambda inner, rule=rule: rule(inner, weekdays, subject)):  # type: ignore[misc]
            return items
    return cursor.attempt(_instead) if (case or topic) and not weekdays else None


def _subject(cursor: Cursor) -> tuple[int, ...] | None:
    """月曜が, 第3月曜日が: the weekdays that meet the 祝日."""
    units = read_units(cursor)
    if not units or not cursor.take("particle"):
        return None
    return tuple(sorted({weekday for unit in units for weekday in unit.weekdays})) or None


def _meeting_days(cursor: Cursor) -> tuple[int, ...] | None:
    """祝日, 祝日又は振替休日, 土日祝: the weekdays named beside the 祝日."""
    weekdays = {token.value for token in cursor.take_all("weekday", "list") if token.kind == "weekday"}
    if not cursor.take("holiday"):
        return None
    while cursor.attempt(_another_holiday):
        pass
    return tuple(sorted(weekdays))


def _another_holiday(cursor: Cursor) -> bool | None:
    cursor.take("or", "list")
    return True if cursor.take("holiday", "off_day") else None


def _moved(cursor: Cursor, weekdays: tuple[int, ...], subject: tuple[int, ...] | None) -> tuple[Item, ...] | None:
    """翌日, 翌週へ, 翌日休み (then it is the closing day that moves)."""
    move = cursor.take("move")
    if move is None:
        return None
    if move.value == "other":
        raise Unclear(f"祝日の場合の「{cursor.text(move)}」は、どの日になりますか。")
    cursor.take("topic", "particle")
    if cursor.take("closed"):
        return (_shifted(move.value, subject or ()),)
    cursor.take("moves", "open")
    return (
        (_shifted(move.value, subject),)
        if subject
        else (HolidaySaid(HolidayPolicy("move", move.value, None, weekdays)),)
    )


def _shifted(move: str, weekdays: tuple[int, ...]) -> Shifted:
    if move not in ("next_day", "next_weekday"):
        raise Unclear("祝日の場合、休みはどの日に移りますか。")
    return Shifted(move, weekdays)


def _open(cursor: Cursor, weekdays: tuple[int, ...], subject: tuple[int, ...] | None) -> tuple[Item, ...] | None:
    """祝日も開館; with times of their own (祝日は開館（10:00～21:00）); 開館し翌日休館."""
    if not cursor.take("open"):
        return None
    cursor.take("list", "particle")
    shifted = cursor.attempt(lambda inner: _moved(inner, weekdays, subject))
    if shifted:
        return shifted
    times = cursor.attempt(read_times)
    if times and isinstance(times[0], TimesSaid):
        return (DaysSaid((Days(holidays="only"),), topic=True), times[0])
    return (Shifted("open", subject),) if subject else (HolidaySaid(HolidayPolicy("open")),)


def _closed(cursor: Cursor, weekdays: tuple[int, ...], subject: tuple[int, ...] | None) -> tuple[Item, ...] | None:
    if not cursor.take("closed", "except"):
        return None
    policy = HolidayPolicy("closed")
    return (Closed((Days(weekdays),), policy),) if weekdays else (HolidaySaid(policy),)


def _instead(cursor: Cursor) -> tuple[Item, ...] | None:
    """祝日のときは第2月曜."""
    units = read_units(cursor)
    if units is None or len(units) != 1 or (len(units[0].ordinals), len(units[0].weekdays)) != (1, 1):
        return None
    cursor.take("moves")
    return (HolidaySaid(HolidayPolicy("move", "instead", units[0])),)
