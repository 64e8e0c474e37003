"""Does the day list hold every opening once, in order, with what is 予定 and what is called off?"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from directory.agenda import agenda, period, within_horizon
from directory.catalog import Catalog, CatalogKeeper
from directory.db import make_engine
from directory.models import Closure
from directory.schedules import HORIZON_DAYS
from directory.search import SearchQuery, read_parameters
from directory.vocabulary import load_vocabulary
from tests.factories import add_listing

NOW = datetime(2026, 11, 24, 9, 0)
TODAY = NOW.date()
VOCABULARY = load_vocabulary(Path(__file__).parents[2] / "data" / "vocabulary")


@pytest.fixture
def town(sqlite_url: str) -> Iterator[Engine]:
    engine = make_engine(sqlite_url)
    yield engine
    engine.dispose()


def catalog_of(town: Engine) -> Catalog:
    return CatalogKeeper(town, VOCABULARY).current(NOW)


def week(town: Engine, *pairs: tuple[str, str], first: date = TODAY, days: int = 6):
    catalog = catalog_of(town)
    return agenda(catalog, read_parameters(pairs, catalog), first, first + timedelta(days - 1), NOW)


def told(found) -> list[tuple[int, str]]:
    """Day of the month and name of every event."""
    return [(day.date.day, event.listing.name) for day in found.days for event in day.events]


def test_days_come_in_order_and_events_by_their_time(town: Engine) -> None:
    add_listing(town, service={"name": "昼の会"}, phrases=["毎週水曜日 13時～15時"])
    add_listing(town, service={"name": "朝の会"}, phrases=["毎週水曜日 9時～10時"])
    add_listing(town, service={"name": "いつかの会"}, phrases=["毎週水曜日"])
    found = week(town)
    assert [day.date for day in found.days] == [TODAY + timedelta(number) for number in range(6)]
    assert told(found) == [(25, "朝の会"), (25, "昼の会"), (25, "いつかの会")]


def test_a_day_called_off_by_hand_is_off_with_its_reason(town: Engine) -> None:
    add_listing(town, phrases=["毎週水曜日 10時～12時"],
                closures=[Closure(date=date(2026, 11, 25), reason="大雪のため")])
    found = week(town)
    assert (found.open, found.off) == (0, 1)
    assert found.days[1].events[0].held.note == "大雪のため"


def test_a_holiday_on_which_the_rule_rests_is_off_not_absent(town: Engine) -> None:
    add_listing(town, phrases=["毎週火曜日 10時～12時（祝日は休み）"])
    found = week(town, first=date(2027, 2, 23), days=1)
    assert found.days[0].holiday and (found.open, found.off) == (0, 1)


def test_a_holiday_nobody_spoke_of_is_only_expected(town: Engine) -> None:
    add_listing(town, phrases=["毎週火曜日 10時～12時"])
    found = week(town, first=date(2027, 2, 23), days=1)
    assert (found.certain, found.tentative, found.off) == (0, 1, 0)


def test_weekday_and_hour_must_be_met_by_the_same_opening(town: Engine) -> None:
    add_listing(town, phrases=["毎週水曜日 13時～15時", "毎週木曜日 9時～10時"])
    assert told(week(town, ("day", "wed"), ("time", "morning"))) == []
    assert len(told(week(town, ("day", "thu"), ("time", "morning")))) == 1
    assert len(told(week(town, ("from", "12:30"), ("until", "15:00")))) == 1


def test_a_place_that_meets_twice_a_week_is_one_place_with_two_events(town: Engine) -> None:
    add_listing(town, phrases=["毎週水・金曜日 10時～12時"])
    found = week(town)
    assert (found.certain, found.places) == (2, 1)


@pytest.mark.parametrize(("first", "last"), [
    (date(2020, 1, 1), date(2020, 1, 7)), (date(9999, 12, 30), date(9999, 12, 31)), (TODAY, TODAY - timedelta(1)),
])
def test_days_that_cannot_be_known_are_no_days(town: Engine, first: date, last: date) -> None:
    add_listing(town)
    assert agenda(catalog_of(town), SearchQuery(), first, last, NOW).days == ()


def test_a_span_is_cut_to_today_and_the_horizon() -> None:
    assert within_horizon(date(2020, 1, 1), date(9999, 12, 31), TODAY) == (TODAY, TODAY + timedelta(HORIZON_DAYS))


@pytest.mark.parametrize(("pair", "expected"), [
    (("when", "this_week"), (date(2026, 11, 24), date(2026, 11, 29))),
    (("when", "next_week"), (date(2026, 11, 30), date(2026, 12, 6))),
    (("when", "next_month"), (date(2026, 12, 1), date(2026, 12, 31))),
    (("date", "2026-12-24"), (date(2026, 12, 24), date(2026, 12, 24))),
    (("area", "佐伯"), None),
])
def test_the_period_of_a_question(pair: tuple[str, str], expected) -> None:
    assert period(SearchQuery().setting(pair[0], [pair[1]]), TODAY) == expected


def test_an_empty_directory_has_empty_days(town: Engine) -> None:
    found = week(town)
    assert len(found.days) == 6 and found.open == 0
