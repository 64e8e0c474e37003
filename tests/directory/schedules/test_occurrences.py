"""Are the dates right? Against a slow oracle, python-dateutil, and cases worked out by hand."""

from datetime import date, datetime, time, timedelta

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.schedules import Occurrence, Schedule, from_dates, is_open, next_dates, occurrences, parse, slots
from directory.schedules.days import dates_of
from directory.schedules.recurrence import rrule
from tests.directory.schedules import oracle
from tests.directory.schedules.labels import load
from tests.directory.schedules.strategies import by_date, daily, nth, schedules, weekly

FIVE_YEARS = (date(2024, 1, 1), date(2028, 12, 31))


def days_on(phrase: str, first: date, last: date) -> list[date]:
    schedule = parse(phrase)
    assert schedule.state == "regular", schedule.question
    return [row.date for row in occurrences(schedule, first, last)]


@settings(max_examples=25, deadline=None)
@given(schedules())
def test_the_dates_of_five_years_equal_a_day_by_day_reading(schedule: Schedule) -> None:
    first, last = FIVE_YEARS
    expected = {day for rule in schedule.rules for day in oracle.open_days(schedule, rule, first, last)}
    assert {row.date for row in occurrences(schedule, first, last)} == expected


def test_the_dates_of_every_labelled_phrase_equal_a_day_by_day_reading() -> None:
    first, last = date(2026, 4, 1), date(2027, 3, 31)
    for label in load("phrases.yml") + load("further_phrases.yml") + load("third_phrases.yml"):
        schedule = parse(label.phrase)
        if schedule.state == "regular" and not any(rule.days.spans for rule in schedule.rules):
            expected = {day for rule in schedule.rules for day in oracle.open_days(schedule, rule, first, last)}
            assert {row.date for row in occurrences(schedule, first, last)} == expected, label.phrase


@settings(max_examples=60, deadline=None)
@given(st.one_of(weekly, daily, nth, by_date), st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(0, 900))
def test_plain_days_equal_those_of_dateutil(days, first: date, length: int) -> None:
    last = first + timedelta(days=length)
    rule = rrulestr(f"DTSTART:{first:%Y%m%d}T000000\nRRULE:{rrule(days)};UNTIL={last:%Y%m%d}T000000")
    assert dates_of(days, first, last) == {moment.date() for moment in rule}


def test_a_date_that_meets_a_holiday_moves() -> None:
    assert days_on("第2月曜（祝日の場合は翌日）", date(2026, 9, 1), date(2026, 11, 30)) == [
        date(2026, 9, 14),
        date(2026, 10, 13),
        date(2026, 11, 9),
    ]
    assert days_on("第3木曜（祝日の場合は前日）", date(2029, 2, 1), date(2029, 5, 31)) == [
        date(2029, 2, 15),
        date(2029, 3, 15),
        date(2029, 4, 19),
        date(2029, 5, 17),
    ]
    assert days_on("毎月第1月曜（祝日のときは第2月曜）", date(2027, 1, 1), date(2027, 5, 31))[0] == date(2027, 1, 4)
    assert days_on("毎月3日（祝日の場合は翌平日）", date(2026, 5, 1), date(2026, 5, 31)) == [date(2026, 5, 7)]


def test_a_date_moves_across_the_edge_of_the_term_asked_for() -> None:
    assert days_on("毎週月曜（祝日の場合は翌日）", date(2026, 7, 21), date(2026, 7, 21)) == [date(2026, 7, 21)]
    assert days_on("毎週月曜（祝日の場合は前日）", date(2026, 7, 19), date(2026, 7, 19)) == [date(2026, 7, 19)]


def test_a_moved_date_says_which_one_it_replaces() -> None:
    rows = occurrences(parse("第2月曜 10時～（祝日の場合は翌日）"), date(2026, 10, 1), date(2026, 10, 31))
    assert rows == [Occurrence(date(2026, 10, 13), time(10), None, True, "10月12日の振替")]


def test_a_moved_date_that_meets_a_holiday_again_is_not_certain() -> None:
    rows = occurrences(parse("毎週月曜 10時～（祝日の場合は翌日）"), date(2026, 5, 1), date(2026, 5, 8))
    assert [(row.date, row.certain, row.note) for row in rows] == [(date(2026, 5, 5), False, "祝日・要確認")]


def test_a_closing_day_that_meets_a_holiday_moves() -> None:
    museum = "【開館時間】9:00～17:00【休館日】月曜日（月曜日が祝日の場合は翌平日）"
    days = days_on(museum, date(2026, 5, 1), date(2026, 5, 12))
    assert [day.day for day in days] == [1, 2, 3, 4, 5, 6, 8, 9, 10, 12]
    literal = occurrences(parse(museum.replace("翌平日", "翌日")), date(2026, 5, 1), date(2026, 5, 12))
    assert [row.date.day for row in literal] == [1, 2, 3, 4, 6, 7, 8, 9, 10, 12]
    assert {row.date.day: row.note for row in literal}[7] == "振替休み・要確認"


def test_a_phrase_silent_on_holidays_keeps_the_date_and_flags_it() -> None:
    rows = occurrences(parse("毎週水曜 10時～11時"), date(2026, 4, 27), date(2026, 5, 13))
    assert [(row.date.day, row.certain, row.note) for row in rows] == [
        (29, False, "祝日・要確認"),
        (6, False, "祝日・要確認"),
        (13, True, ""),
    ]


def test_what_no_rule_can_date_makes_every_date_tentative() -> None:
    schedule = parse("第2日曜 9時～（雨天中止）")
    assert schedule.notices == ("雨天中止",)
    assert not any(row.certain for row in occurrences(schedule, date(2026, 4, 1), date(2027, 3, 31)))


def test_a_date_without_year_is_read_by_its_weekday_and_stays_tentative() -> None:
    rows = occurrences(parse("8月13日(木)～8月15日(土)"), date(2026, 1, 1), date(2027, 12, 31))
    assert [(row.date, row.certain) for row in rows] == [(date(2026, 8, day), False) for day in (13, 14, 15)]


def test_called_off_days_stay_in_the_list_struck_through_and_count_for_nothing() -> None:
    schedule, off = parse("毎週水曜 10時～11時"), {date(2026, 6, 3): "講師の都合"}
    rows = next_dates(schedule, date(2026, 6, 1), 2, off)
    assert [(row.date.day, row.cancelled, row.note) for row in rows] == [
        (3, True, "講師の都合"),
        (10, False, ""),
        (17, False, ""),
    ]
    assert is_open(schedule, datetime(2026, 6, 3, 10, 30), off) is False


@pytest.mark.parametrize(
    ("phrase", "moment", "expected"),
    [
        ("毎週水曜 10時～11時", datetime(2026, 6, 3, 10, 0), True),
        ("毎週水曜 10時～11時", datetime(2026, 6, 3, 11, 0), False),
        ("毎週水曜 10時～11時", datetime(2026, 6, 4, 10, 30), False),
        ("毎週水曜 10時～11時", datetime(2026, 5, 6, 10, 30), None),
        ("毎週水曜 10時～", datetime(2026, 6, 3, 9, 0), False),
        ("毎週水曜 10時～", datetime(2026, 6, 3, 12, 0), None),
        ("毎週水曜", datetime(2026, 6, 3, 12, 0), None),
        ("毎週水曜 10時～11時（雨天中止）", datetime(2026, 6, 3, 10, 30), None),
        ("毎週水曜 10時～12時ごろ", datetime(2026, 6, 3, 11, 45), None),
        ("毎週土曜 22時～翌2時", datetime(2026, 6, 7, 1, 30), True),
        ("毎週土曜 22時～翌2時", datetime(2026, 6, 7, 2, 0), False),
        ("毎日 24時間", datetime(2026, 6, 7, 23, 59), True),
        ("不定期", datetime(2026, 6, 7, 12, 0), None),
        ("休止中", datetime(2026, 6, 7, 12, 0), False),
    ],
)
def test_is_open_answers_only_what_is_known(phrase: str, moment: datetime, expected: bool | None) -> None:
    assert is_open(parse(phrase), moment) is expected


def bits(*pairs: tuple[int, int]) -> int:
    return sum(1 << weekday * 4 + band for weekday, band in pairs)


@pytest.mark.parametrize(
    ("phrase", "touched", "contained"),
    [
        ("毎週月曜 10時～11時", bits((0, 0)), bits((0, 0))),
        ("第2火曜 10時～13時", bits((1, 0), (1, 1)), 0),
        ("毎週水曜 17時～19時", bits((2, 2)), bits((2, 2))),
        ("毎週水曜 13時～", bits((2, 1)), 0),
        ("毎週木曜", bits((3, 0), (3, 1), (3, 2), (3, 3)), 0),
        ("毎週土曜 20時～翌2時", bits((5, 3), (6, 0)), 0),
        ("毎週金曜 20時～24時", bits((4, 3)), bits((4, 3))),
        ("土曜午前中", bits((5, 0)), 0),
        ("毎月10日 10時～11時", bits(*((day, 0) for day in range(7))), 0),
        ("令和8年8月11日 13時～15時", bits((1, 1)), bits((1, 1))),
        ("休止中", 0, 0),
    ],
)
def test_slots_tell_what_is_touched_and_what_is_contained(phrase: str, touched: int, contained: int) -> None:
    assert slots(parse(phrase)) == (touched, contained)


def test_dates_typed_for_a_term_hold_as_typed() -> None:
    schedule = from_dates([(date(2026, 11, 3), time(10), time(12), "文化祭"), (date(2026, 10, 6), None, None, "")])
    assert occurrences(schedule, date(2026, 4, 1), date(2027, 3, 31)) == [
        Occurrence(date(2026, 10, 6), None, None, True),
        Occurrence(date(2026, 11, 3), time(10), time(12), True, "文化祭"),
    ]
    assert parse(schedule.sentence).state == "regular"
    assert from_dates([]).state == "not_a_schedule"


@pytest.mark.parametrize(
    "phrase",
    ["毎週水曜", "第2月曜（祝日の場合は翌週）", "毎月末日", "【開館時間】9時～17時【休館日】月曜（祝日の場合は翌日）"],
)
def test_the_ends_of_the_calendar_are_no_trap(phrase: str) -> None:
    schedule = parse(phrase)
    for today in (date.min, date(1867, 12, 1), date(2151, 1, 1), date(9999, 12, 1), date.max):
        next_dates(schedule, today)
        is_open(schedule, datetime.combine(today, time(10)))
    assert occurrences(schedule, date(2026, 5, 2), date(2026, 5, 1)) == []
