"""Does the reader stay calm, whatever is typed?"""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.schedules import STATES, parse

PIECES = list("月火水木金土日0123456789第毎週時分半前後午・、。（）～-：※\n 年祝休除の は") + [
    "毎月",
    "第2",
    "火曜",
    "平日",
    "祝日",
    "10:00",
    "13時30分",
    "休み",
    "を除く",
    "8月",
    "12/29",
    "場合は",
    "翌日",
    "年末年始",
    "隔週",
    "不定期",
    "雨天中止",
    "要予約",
    "のみ",
    "ほか",
    "または",
    "令和8年",
    "直後の",
    "まで",
    "24時間",
    "最終",
    "奇数月",
    "5のつく日",
]


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(), st.lists(st.sampled_from(PIECES), max_size=25).map("".join)))
def test_any_text_gets_a_state_and_never_an_error(text: str) -> None:
    schedule = parse(text)
    assert schedule.state in STATES
    assert bool(schedule.question) == (schedule.state == "needs_review")
    if schedule.state == "regular":
        again = parse(schedule.sentence)
        assert (again.rules, again.closures, again.holidays) == (schedule.rules, schedule.closures, schedule.holidays)


@pytest.mark.parametrize(
    "piece",
    ["月", "1・", "第1・", "(", "10:00～", "1月", "祝日の場合は", "、", " ", "ー", "①", "\n", "8/1～", "毎週", "あ"],
)
@pytest.mark.parametrize("count", [300, 100_000])
def test_long_and_repetitive_text_returns_quickly(piece: str, count: int) -> None:
    started = time.perf_counter()
    assert parse(piece * count).state in ("needs_review", "not_a_schedule", "regular")
    assert time.perf_counter() - started < 2.0


def test_a_text_beyond_all_measure_is_not_read() -> None:
    schedule = parse("毎週水曜" * 1000)
    assert (schedule.state, len(schedule.phrase)) == ("needs_review", 4000)


@pytest.mark.parametrize("text", [None, "", "   ", "　\n", "\u200b"])
def test_nothing_written_is_not_a_schedule(text: str | None) -> None:
    assert parse(text).state == "not_a_schedule"
