"""Are words completed as people type them: by reading, half typed, and never to a dead end or an urgent word?"""

from datetime import datetime
from pathlib import Path
from time import perf_counter

import pytest
from sqlalchemy import Engine

from directory.catalog import Catalog, CatalogKeeper
from directory.db import make_engine
from directory.japanese import fold
from directory.search import read_parameters, search
from directory.suggest import LONGEST, MOST, Suggestions
from directory.vocabulary import load_vocabulary
from tests.factories import add_listing

NOW = datetime(2026, 11, 24, 9)
VOCABULARY = load_vocabulary(Path(__file__).parents[2] / "data" / "vocabulary")


@pytest.fixture(scope="module")
def catalog(tmp_path_factory: pytest.TempPathFactory, migrated_file: Path):
    """A few listings of different kinds, one of them hidden, one at somebody's home."""
    path = tmp_path_factory.mktemp("suggest") / "directory.db"
    path.write_bytes(migrated_file.read_bytes())
    engine: Engine = make_engine(f"sqlite:///{path}")
    add_listing(engine, service={"name": "ナガスタ", "name_kana": "ながすた", "kind": "maker_shop"},
                location={"town": "津田"}, needs=("belonging",), areas=[("地域", "佐伯")])
    add_listing(engine, service={"name": "いきいき百歳体操 つつじ会", "kind": "hyakusai_taiso",
                                 "name_kana": "いきいきひゃくさいたいそう つつじかい"},
                organization={"name": "つつじ会", "normalised_name": "つつじ会"}, location={"town": "玖島"},
                needs=("exercise",), areas=[("地域", "佐伯")])
    for number in range(12):
        add_listing(engine, service={"name": f"お茶のサロン {number}", "kind": "salon"}, needs=("company",))
    add_listing(engine, service={"name": "支援者だけのサロン"}, visibility="staff")
    add_listing(engine, service={"name": "こかげの部屋"}, location={"name": "ひみつの家", "town": "ひみつ町", "masked": True})
    yield CatalogKeeper(engine, VOCABULARY).current(NOW)
    engine.dispose()


@pytest.fixture(scope="module")
def suggestions(catalog: Catalog) -> Suggestions:
    return Suggestions.of(catalog)


def texts(suggestions: Suggestions, typed: str) -> list[str]:
    return [it.text for it in suggestions.complete(typed)]


@pytest.mark.parametrize(("typed", "meant", "group"), [
    ("なが", "ナガスタ", "name"), ("ﾅｶﾞｽ", "ナガスタ", "name"), ("ながs", "ナガスタ", "name"), ("つつじ", "つつじ会", "name"),
    ("ひゃくさい", "いきいき百歳体操", "kind"), ("百歳", "いきいき百歳体操 つつじ会", "name"), ("さろ", "サロン", "kind"),
    ("つだ", "津田", "place"), ("くじ", "玖島", "place"), ("さい", "佐伯", "place"), ("体を", "体を動かす", "need"),
    ("ひとり", "ひとりぼっち", "word"), ("独りぼ", "ひとりぼっち", "word"),
])
def test_a_beginning_finds_what_is_meant_by_spelling_or_reading(
    suggestions: Suggestions, typed: str, meant: str, group: str
) -> None:
    assert (meant, group) in [(it.text, it.group) for it in suggestions.complete(typed)]


def test_only_the_last_word_is_completed(suggestions: Suggestions) -> None:
    assert "水曜 サロン" in texts(suggestions, "水曜 さろ")


def test_there_are_at_most_eight_and_no_group_crowds_out_the_others(suggestions: Suggestions) -> None:
    found = suggestions.complete("さ")
    assert len(found) <= MOST
    assert len({it.group for it in suggestions.complete("お茶")}) >= 3


@pytest.mark.parametrize("typed", ["", "   ", "\n\0", "zzzz", "死にたい", "しにたい", "食べるもの", "夫がこわ", "x" * 100_000])
def test_nothing_urgent_empty_or_unknown_is_completed(suggestions: Suggestions, typed: str) -> None:
    assert suggestions.complete(typed) == ()


def test_nothing_unpublished_and_no_masked_place_is_suggested(suggestions: Suggestions) -> None:
    assert texts(suggestions, "支援者だけ") == texts(suggestions, "ひみつ") == []
    assert "こかげの部屋" in texts(suggestions, "こかげ")


def test_a_kind_without_a_listing_is_not_suggested(suggestions: Suggestions) -> None:
    assert "認知症カフェ" not in texts(suggestions, "認知症")


def test_every_suggestion_finds_something(catalog: Catalog, suggestions: Suggestions) -> None:
    beginnings = {fold(letter) for letter in "あいうえおかきくけこさしすせそたちつてとなにはひふほまみもやゆよわ"}
    for text in {text for typed in beginnings for text in texts(suggestions, typed)}:
        assert search(catalog, read_parameters([("q", text)], catalog), NOW).total, text


def test_an_answer_takes_a_few_milliseconds_at_twenty_thousand_names() -> None:
    names = [(f"{place}の集まり {number}", (f"よみ{number}",)) for place in ("津田", "玖島") for number in range(10_000)]
    many = Suggestions({"name": names})
    many.complete("つ")
    begun = perf_counter()
    for typed in ("玖", "集まり", "よみ199", "無い言葉", "水曜 玖島の"):
        many.complete(typed[:LONGEST])
    assert perf_counter() - begun < 0.25
