"""What does a Japanese schedule phrase say? Text in, Schedule out; nothing is guessed."""

from __future__ import annotations

import re
from dataclasses import replace

from directory.schedules.asides import UNDATABLE, is_known_remark
from directory.schedules.assembly import Assembly
from directory.schedules.characters import fold
from directory.schedules.cursor import Cursor
from directory.schedules.exceptions import Exceptions
from directory.schedules.model import (
    ASK,
    IRREGULAR,
    NEEDS_REVIEW,
    NOT_A_SCHEDULE,
    REGULAR,
    SUSPENDED,
    WITHHELD,
    Days,
    Schedule,
)
from directory.schedules.reader import read
from directory.schedules.sentences import sentence, time_text, understood
from directory.schedules.unclear import Unclear

LONGEST = 1000  # characters; the longest real cell seen has 300
NO_SCHEDULE = re.compile(r"(?:特に)?(?:な(?:し|い)|無(?:し|い)?|ありません|特記(?:事項)?な?し?|[-~ー・])+。?")
# 「緊急連絡は上記以外の時間でも対応可能」 says that somebody can be reached, not that the days are announced.
REACHED = re.compile("連絡(?:が|を|先|体制|につい)|対応")
# Text without any of these speaks of no time at all.
TIME_WORDS = re.compile(r"[\d月火水木金土日時分年週毎朝昼夕夜午祝休期季春夏秋冬隔]|つく|半日|開|営")


def parse(phrase: str | None) -> Schedule:
    """Read a phrase; never raises. What cannot be read for certain comes back as `needs_review` with a question."""
    if phrase is None or not phrase.strip():
        return Schedule(phrase or "", NOT_A_SCHEDULE)
    if len(phrase) > LONGEST:
        return Schedule(phrase, NEEDS_REVIEW, question="長すぎて読み取れません。日時だけを短く書いてください。")
    folded = fold(phrase)
    if NO_SCHEDULE.fullmatch(folded.text.strip()):
        return Schedule(phrase, NOT_A_SCHEDULE)
    assembly = Assembly()
    for item, aside in read(Cursor(folded)):
        assembly.add(item, aside)
    schedule = _settled(phrase, folded.text, assembly)
    return replace(schedule, sentence=sentence(schedule))


def _settled(phrase: str, text: str, assembly: Assembly) -> Schedule:
    """The state that what was said adds up to."""
    said = {state.state for state in assembly.states}
    schedule = _ruled(phrase, assembly)
    if "withheld" in said:
        return Schedule(phrase, WITHHELD)
    if "suspended" in said:
        return replace(schedule, state=SUSPENDED, question=None)
    if assembly.questions:
        return _asking(schedule, assembly.questions[0])
    if "irregular" in said and not (schedule.rules and _only_irregular_closing(assembly)):
        return _irregular(schedule, assembly)
    if schedule.rules:
        return _checked_often(schedule, assembly)
    if "ask" in said:
        return replace(schedule, state=ASK)
    return _without_days(schedule, text, assembly)


def _ruled(phrase: str, assembly: Assembly) -> Schedule:
    """Rules, closing days and holidays as far as they are clear; what is not becomes a question."""
    schedule = Schedule(
        phrase, REGULAR, notices=tuple(dict.fromkeys(assembly.notices)), remarks=tuple(dict.fromkeys(assembly.remarks))
    )
    try:
        rules = assembly.rules()
        schedule = replace(schedule, rules=rules)
        schedule = replace(schedule, closures=assembly.exceptions.closures(rules))
        schedule = replace(schedule, holidays=assembly.exceptions.policy(rules))
    except Unclear as unclear:
        assembly.questions.append(str(unclear))
    asked = tuple(state.words for state in assembly.states if state.state in (ASK, IRREGULAR))
    return replace(schedule, notices=schedule.notices + asked) if schedule.rules else schedule


def _only_irregular_closing(assembly: Assembly) -> bool:
    """月～土（不定休）: the days are regular, some of them are not."""
    return all("休" in state.words for state in assembly.states if state.state == IRREGULAR)


def _irregular(schedule: Schedule, assembly: Assembly) -> Schedule:
    """No dates; the times, if any, are worth telling."""
    times = (_times(assembly),) if assembly.leading else ()
    return replace(schedule, state=IRREGULAR, remarks=schedule.remarks + times)


def _times(assembly: Assembly) -> str:
    return "、".join(time_text(span) for span in assembly.leading)


def _asking(schedule: Schedule, question: str) -> Schedule:
    known = understood(schedule)
    read_so_far = f"読み取れたこと：{known}。" if known else ""
    return replace(schedule, state=NEEDS_REVIEW, question=read_so_far + question)


def _checked_often(schedule: Schedule, assembly: Assembly) -> Schedule:
    """月2回（第2・第4火曜）says the same twice; anything else leaves open which dates are meant."""
    for often in assembly.often:
        if often.count is None:
            return replace(schedule, state=IRREGULAR)
        if often.count != how_often(schedule, often.unit):
            return _asking(schedule, f"{often.unit}{often.count}回とは、どの日ですか。")
    return schedule


def how_often(schedule: Schedule, unit: str) -> int | None:
    """How many dates the rules give a week, a month or a year; None where they differ in kind."""
    counts = [_dates_a_period(rule.days, unit) for rule in schedule.rules]
    return None if None in counts else sum(count for count in counts if count is not None)


def _dates_a_period(days: Days, unit: str) -> int | None:
    monthly = len(days.ordinals) * len(days.weekdays) or len(days.monthdays)
    if unit == "週":
        return len(days.weekdays) if days == Days(days.weekdays) else None
    if unit == "月":
        return monthly or None
    return monthly * len(days.months or range(12)) or None


def _without_days(schedule: Schedule, text: str, assembly: Assembly) -> Schedule:
    """No day was named: irregular if the phrase says so, else a question."""
    announced = any(UNDATABLE.search(notice) and not REACHED.search(notice) for notice in schedule.notices)
    uncertain = [often for often in assembly.often if often.count is None or often.unit == "年"]
    if uncertain or (announced and not assembly.exceptions.closed):
        return _irregular(schedule, assembly)
    if assembly.often:
        often = assembly.often[0]
        return _asking(schedule, f"{often.unit}{often.count}回とは、どの日ですか。")
    if assembly.leading or assembly.exceptions != Exceptions():
        known = f"読み取れたこと：{_times(assembly)}。" if assembly.leading else ""
        return replace(schedule, state=NEEDS_REVIEW, question=f"{known}何曜日に開いていますか。")
    names = [remark for remark in schedule.remarks if not is_known_remark(remark)]
    if (schedule.notices or names) and TIME_WORDS.search(text):
        return _asking(schedule, "いつ開いていますか。")
    return replace(schedule, state=NOT_A_SCHEDULE)
