"""Are readings worked out when a listing is saved, and never again when its page is shown?"""

import pytest
from sqlalchemy import Engine, delete

from directory import reading_store
from directory.listing import Listing
from directory.models import TextReading
from directory.reading_store import ReadingStore, remember_changed, remember_readings
from directory.readings import Ruby
from tests.factories import add_listing

LISTING = Listing("1", None, "published", "public", "茶の会", "さのかい", "salon", "1", "茶の会", summary="茶の会です。")
AS_NAME = (Ruby("茶", "さ"), Ruby("の"), Ruby("会", "かい"))
AS_TEXT = (Ruby("茶", "ちゃ"), Ruby("の"), Ruby("会", "かい"), Ruby("です。"))


def test_what_was_remembered_is_shown_without_the_analyser(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    assert remember_readings(engine, [LISTING]) == 3
    monkeypatch.setattr(reading_store, "_segments", lambda text, kana: pytest.fail(f"{text} was analysed again"))
    store = ReadingStore(engine)
    assert store("茶の会", "さのかい") == AS_NAME
    assert store("茶の会です。") == AS_TEXT


def test_remembering_again_stores_nothing(engine: Engine) -> None:
    remember_readings(engine, [LISTING])
    assert remember_readings(engine, [LISTING]) == 0


def test_the_table_may_be_emptied_or_hold_rows_of_other_rules(engine: Engine) -> None:
    remember_readings(engine, [LISTING])
    with engine.begin() as connection:
        connection.execute(TextReading.__table__.update().values(fingerprint="old", segments="[[99,\"x\"]]"))
    assert ReadingStore(engine)("茶の会", "さのかい") == AS_NAME
    assert remember_readings(engine, [LISTING]) == 3
    with engine.begin() as connection:
        connection.execute(delete(TextReading))
    assert ReadingStore(engine)("茶の会です。") == AS_TEXT


def test_a_very_long_text_is_shown_without_readings(engine: Engine) -> None:
    assert ReadingStore(engine)("茶" * 5_000) == (Ruby("茶" * 5_000),)


def test_only_changed_public_listings_are_read_and_not_those_of_a_whole_country(
    engine: Engine, monkeypatch: pytest.MonkeyPatch,
) -> None:
    add_listing(engine, service={"name": "茶の会"})
    add_listing(engine, service={"name": "確かめる会"}, status="review")
    assert remember_changed(engine, since=99) == 0
    monkeypatch.setattr(reading_store, "MOST_LISTINGS", 0)
    assert remember_changed(engine, since=0) == 0
    monkeypatch.setattr(reading_store, "MOST_LISTINGS", 1)
    assert remember_changed(engine, since=0) > 0
    assert remember_changed(engine, since=0) == 0
