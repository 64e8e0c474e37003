"""How does a schedule read in plain Japanese? One normal form that `parse` reads back to the same rules."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from directory.schedules.grammar.selections import WORKING_WEEK
from directory.schedules.grammar.times import DAY, EARLIEST_UNMARKED
from directory.schedules.model import (
    LAST,
    WEEKDAY_KANJI,
    CalendarDay,
    Closure,
    Days,
    HolidayPolicy,
    Rule,
    Schedule,
    Span,
    TimeSpan,
)

STATE_SENTENCES = {
    "irregular": "不定期",
    "ask": "要問合せ",
    "suspended": "休止中",
    "withheld": "非公開",
    "needs_review": "",
    "not_a_schedule": "",
}
MOVES = {
    "next_day": "翌日",
    "previous_day": "前日",
    "next_weekday": "翌平日",
    "previous_weekday": "前の平日",
    "next_week": "翌週",
    "previous_week": "前の週",
}
NAMED_MONTHS = {(1, 3, 5, 7, 9, 11): "奇数月", (2, 4, 6, 8, 10, 12): "偶数月"}


def sentence(schedule: Schedule) -> str:
    """The normal form; for a state without dates its name, for what needs review nothing."""
    if schedule.state != "regular":
        return STATE_SENTENCES[schedule.state]
    return understood(schedule)


def understood(schedule: Schedule) -> str:
    """Rules and exceptions as a sentence, whatever the state."""
    policy = schedule.holidays
    groups = list(_by_times(schedule.rules))
    unknown = " 時刻未定" if len(groups) > 1 else ""
    parts = [_with_times(rules, policy, unknown) for rules in groups]
    exceptions = [_closure(closure) for closure in schedule.closures]
    exceptions += [text] if (text := _policy(policy, schedule.rules)) else []
    return "、".join(parts) + (f"（{'、'.join(exceptions)}）" if exceptions else "")


def _by_times(rules: tuple[Rule, ...]) -> Iterable[list[Rule]]:
    for _, together in groupby(rules, key=lambda rule: (rule.times, rule.without)):
        yield list(together)


def _with_times(rules: list[Rule], policy: HolidayPolicy, unknown: str) -> str:
    days = "・".join(days_text(rule.days, every_day=policy.action == "open") for rule in rules)
    without = "・".join(days_text(apart) for apart in rules[0].without)
    times = "、".join(time_text(span) for span in rules[0].times)
    return f"{f'{without}を除く' if without else ''}{days}{f' {times}' if times else unknown}"


def days_text(days: Days, *, every_day: bool = False) -> str:
    """第2・4火曜, 奇数月の毎月10日, 平日 …"""
    prefix = "祝日以外の" if days.holidays == "left_out" and not _is_working(days) else ""
    if days.after is not None:
        return f"{prefix}{days_text(days.after)}の直後の{_weekday(days.weekdays[0])}"
    season = _season_text(days)
    if days.spans and not (days.weekdays or days.ordinals or days.monthdays or days.holidays):
        yearly = "毎年" if days.spans[0].first.year is None and days.spans[0].first.weekday is None else ""
        return yearly + _spans_text(days.spans)
    return f"{season}{prefix}{_selection(days, bool(season or prefix), every_day)}"


def _selection(days: Days, qualified: bool, every_day: bool) -> str:
    if days.holidays == "only":
        return "祝日"
    if days.monthdays:
        numbers = "・".join("末日" if day == LAST else f"{day}日" for day in days.monthdays)
        return numbers if days.months else f"毎月{numbers}"
    if days.ordinals:
        numbers = "・".join(
            "最終" if number == LAST else f"{'' if place else '第'}{number}"
            for place, number in enumerate(days.ordinals)
        )
        return (
            f"{numbers}{'・'.join(_weekday(weekday) for weekday in days.weekdays)}" if days.weekdays else f"{numbers}週"
        )
    if _is_working(days):
        named = (
            ""
            if days.weekdays == WORKING_WEEK
            else f"（{'・'.join(WEEKDAY_KANJI[number] for number in days.weekdays)}）"
        )
        return f"平日{named}"
    if not days.weekdays:
        every_week = "月～日曜・祝日" if days.holidays == "added" else "月～日曜"
        return "毎日" if every_day and days.holidays == "" else every_week
    names = _weekday_names(days.weekdays) + ("・祝日" if days.holidays == "added" else "")
    return names if qualified else f"毎週{names}"


def _is_working(days: Days) -> bool:
    weekly = bool(days.weekdays) and not (days.ordinals or days.monthdays or days.after)
    return days.holidays == "left_out" and weekly and set(days.weekdays) <= set(WORKING_WEEK)


def _weekday(number: int) -> str:
    return f"{WEEKDAY_KANJI[number]}曜"


def _weekday_names(weekdays: tuple[int, ...]) -> str:
    """月～金曜, 火曜・木曜."""
    return "・".join(
        f"{WEEKDAY_KANJI[run[0]]}～{_weekday(run[-1])}" if len(run) > 2 else "・".join(map(_weekday, run))
        for run in _runs(weekdays)
    )


def _season_text(days: Days) -> str:
    if days.spans:
        return f"{_spans_text(days.spans)}の"
    return f"{months_text(days.months)}の" if days.months else ""


def months_text(months: tuple[int, ...]) -> str:
    """4～10月, 1月・7月, 奇数月; 11～3月 runs over the new year."""
    if months in NAMED_MONTHS:
        return NAMED_MONTHS[months]
    runs = _runs(months)
    if len(runs) > 1 and runs[0][0] == 1 and runs[-1][-1] == 12:
        runs[0] = runs.pop() + runs[0]
    return "・".join(
        f"{run[0]}～{run[-1]}月" if len(run) > 2 else "・".join(f"{month}月" for month in run) for run in runs
    )


def _runs(numbers: tuple[int, ...]) -> list[list[int]]:
    """Numbers that follow each other brought together."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return runs


def _spans_text(spans: tuple[Span, ...]) -> str:
    return "・".join(
        _day_text(span.first) if span.first == span.last else f"{_day_text(span.first)}～{_day_text(span.last)}"
        for span in spans
    )


def _day_text(day: CalendarDay) -> str:
    year = f"{day.year}年" if day.year else ""
    weekday = f"（{WEEKDAY_KANJI[day.weekday]}）" if day.weekday is not None else ""
    return f"{year}{day.month}月{day.day}日{weekday}"


def time_text(span: TimeSpan) -> str:
    """10:00～11:30, 13:00～, 22:00～翌2:00, 14:00ごろ～, 24時間, 午後."""
    if span.part:
        return span.part
    if (span.start, span.end) == (0, DAY):
        return "24時間"
    start = "" if span.start is None else _clock(span.start) + ("ごろ" if span.about_start else "")
    if span.start is not None and span.start < EARLIEST_UNMARKED:
        start = f"午前{start}"
    if span.end is None:
        return f"{start}～"
    end = f"翌{_clock(span.end - DAY)}" if span.end > DAY else _clock(span.end)
    return f"{start}～{end}{'ごろ' if span.about_end else ''}"


def _clock(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02}"


def _closure(closure: Closure) -> str:
    days = closure.days
    only_months = Days(months=days.months)
    text = months_text(days.months) if days == only_months and days.months else days_text(days).removeprefix("毎年")
    if not closure.shift:
        return f"{text}は休み"
    instead = "開催" if closure.shift == "open" else f"{MOVES[closure.shift]}休み"
    return f"{text}は休み、{days_text(days).removeprefix('毎週')}が祝日の場合は{instead}"


def _policy(policy: HolidayPolicy, rules: tuple[Rule, ...]) -> str:
    if policy.action == "closed":
        return "祝日は休み"
    if policy.action == "open":
        return "" if any(rule.days == Days() for rule in rules) else "祝日も開催"
    if policy.action != "move":
        return ""
    meeting = "・".join([*(WEEKDAY_KANJI[number] for number in policy.weekdays), "祝日"])
    target = days_text(policy.instead) if policy.instead else MOVES[policy.to]
    return f"{meeting}の場合は{target}"
