"""Does a search find what it should, and does every number on the page tell the truth?"""

import shutil
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from directory.catalog import CatalogKeeper
from directory.db import make_engine
from directory.models import Closure, ServiceAtLocation, Town
from directory.search import SearchQuery, read_parameters, search
from directory.writing import writing
from tests.directory.search.town import NOW, VOCABULARY, names, place


def test_weekday_and_time_must_meet_on_the_same_session(engine, find):
    place(engine, "水曜の午前", "毎週水曜日 10時～12時")
    place(engine, "水曜の午後と月曜の午前", "毎週水曜日 14時～16時、毎週月曜日 10時～12時")
    assert names(find(day="wed", time="morning")) == {"水曜の午前"}


def test_a_date_and_an_hour_must_meet_on_the_same_session(engine, find):
    place(engine, "火曜の朝", "毎週火曜日 10時～12時")
    place(engine, "第1火曜だけ朝", "第1火曜 10時～12時、第4火曜 14時～16時")
    assert names(find(date="2026-11-24", from_="10:00", until="12:00")) == {"火曜の朝"}
    assert names(find(date="2026-12-01", from_="10:00", until="12:00")) == {"火曜の朝", "第1火曜だけ朝"}


def test_values_of_one_filter_widen_and_another_filter_narrows(engine, find):
    place(engine, "月", "毎週月曜日 10時～12時", areas=[("地域", "佐伯")])
    place(engine, "火", "毎週火曜日 10時～12時", areas=[("地域", "佐伯")])
    place(engine, "火の大野", "毎週火曜日 10時～12時", areas=[("地域", "大野")])
    assert names(find(day=["mon", "tue"])) == {"月", "火", "火の大野"}
    assert names(find(day=["mon", "tue"], area="佐伯")) == {"月", "火"}


def test_words_become_chips_that_say_how_many_places_come_back_without_them(engine, find):
    place(engine, "つつじ体操", "毎週水曜日 10時～12時", areas=[("地域", "佐伯")])
    place(engine, "もみじ体操", "毎週木曜日 10時～12時", areas=[("地域", "佐伯")])
    page = find("水曜 佐伯 体操")
    assert names(page) == {"つつじ体操"}
    wednesday = next(chip for chip in page.chips if chip.words == "水曜")
    assert wednesday.without == 2
    assert "水曜" not in wednesday.query.q and "体操" in wednesday.query.q


def test_words_that_are_shut_out_are_said(engine, find):
    place(engine, "お茶の会")
    place(engine, "体操とお茶の会")
    assert names(find("お茶 -体操")) == {"お茶の会"}
    assert find("お茶 -体操").heading == "「お茶」に合う場所（「体操」を除く）"
    assert find("-体操").heading == "条件に合う場所（「体操」を除く）"


def test_unknown_is_offered_apart_from_yes_and_no(engine, find):
    place(engine, "入れる", attributes={"wheelchair": "yes"})
    place(engine, "入れない", attributes={"wheelchair": "no"})
    place(engine, "だれも聞いていない")
    page = find(wheelchair="yes")
    assert names(page) == {"入れる"}
    facet = next(facet for facet in page.facets if facet.parameter == "wheelchair")
    assert [ask.count for ask in facet.asks] == [1]
    assert names(find(wheelchair="unknown")) == {"だれも聞いていない"}


def test_an_unknown_fee_is_never_free(engine, find):
    place(engine, "無料", service={"fees_state": "none"})
    place(engine, "実費", service={"fees_state": "stated"}, fees=[{"per": "毎回", "yen": None}])
    place(engine, "百円", service={"fees_state": "stated"}, fees=[{"per": "毎回", "yen": 100}])
    place(engine, "未確認")
    assert names(find(cost="free")) == {"無料"}
    assert names(find(cost="300")) == {"無料", "百円"}
    assert names(find(cost="unknown")) == {"実費", "未確認"}


def test_care_providers_come_only_when_asked_for(engine, find):
    place(engine, "さくらデイサービス", service={"kind": "care_provider"})
    place(engine, "さくらサロン")
    assert names(find("さくら")) == {"さくらサロン"}
    assert names(find("さくら", kind="care_provider")) == {"さくらデイサービス"}
    kinds = {option.value: option.count for facet in find("さくら").facets if facet.parameter == "kind"
             for option in facet.options}
    assert kinds == {"salon": 1, "care_provider": 1}


def test_an_empty_page_says_what_would_find_something(engine, find):
    place(engine, "つつじ体操", "毎週水曜日 10時～12時", areas=[("地域", "佐伯")])
    page = find("体操", area="吉和")
    assert page.total == 0
    assert [(found.label, found.count) for found in page.advice.relaxations] == [("「吉和」を外す", 1)]
    assert [(found.label, found.count) for found in page.advice.neighbours] == [("佐伯でさがす", 1)]


def test_a_slip_of_the_finger_is_searched_as_it_was_meant_and_said_so(engine, find):
    place(engine, "もみじグラウンドゴルフ")
    page = find("グラウンドゴフル")
    assert names(page) == {"もみじグラウンドゴルフ"}
    assert (page.query.q, page.corrected) == ("グラウンドゴフル", "グラウンドゴルフ")
    assert find("グラウンドゴルフ").corrected == ""


def test_near_orders_by_distance_and_puts_the_island_behind(engine, find):
    with writing(engine, by="test", why="towns", now=NOW) as write:
        write.add(Town(prefecture="広島県", municipality="廿日市市", name="宮島口", latitude=34.312, longitude=132.303))
    place(engine, "島の会", location={"latitude": 34.30, "longitude": 132.32, "zone": "miyajima"})
    place(engine, "近い会", location={"latitude": 34.32, "longitude": 132.31})
    place(engine, "遠い会", location={"latitude": 34.40, "longitude": 132.20})
    place(engine, "家まで来る会", placeless=True)
    page = find(near="宮島口", sort="near")
    assert [hit.listing.name for hit in page.hits] == ["近い会", "遠い会", "島の会", "家まで来る会"]
    assert [hit.across_water for hit in page.hits] == [False, False, True, False]
    assert page.hits[0].distance_km == pytest.approx(1.1, abs=0.1) and page.unmapped == 1


def test_a_town_nobody_knows_is_said_and_is_no_condition(engine, find):
    place(engine, "つつじ体操")
    page = find(near="ナイロビ", sort="near")
    assert page.total == 1 and page.chips == () and page.heading == "すべての場所"
    assert page.query.first("near") == "ナイロビ" and any("ナイロビ" in sentence for sentence in page.ignored)


@pytest.mark.parametrize(("typed", "meant"), [
    ("原", "原"), ("津田の南", "津田"), ("上平良二丁目", "上平良"), ("上平", "上平良"), ("三原市", None), ("原宿", None)])
def test_a_town_is_known_by_its_beginning_or_inside_what_was_typed(engine, find, typed, meant):
    with writing(engine, by="test", why="towns", now=NOW) as write:
        for name in ("原", "平良", "上平良", "津田"):
            write.add(Town(prefecture="広島県", municipality="廿日市市", name=name, latitude=34.37, longitude=132.17))
    place(engine, "つつじ体操")
    assert find(near=typed).near == meant


def test_a_masked_place_has_no_distance_whatever_its_point_is(engine, find):
    with writing(engine, by="test", why="towns", now=NOW) as write:
        write.add(Town(prefecture="広島県", municipality="廿日市市", name="津田", latitude=34.37, longitude=132.17))
    place(engine, "かくれた会", location={"masked": True, "latitude": 34.37, "longitude": 132.17, "town": "津田"})
    page = find(near="津田")
    assert page.hits[0].distance_km is None and names(find(near="津田", within="5")) == set()
    assert find("津田").total == 0


def test_the_next_date_skips_a_day_struck_out_by_hand(engine, find):
    listing_id = place(engine, "水曜の会", "毎週水曜日 10時～12時")
    assert find().hits[0].next.date == date(2026, 11, 25)
    with writing(engine, by="SC", why="本日中止", now=NOW) as write:
        listing = write.session.get(ServiceAtLocation, listing_id)
        listing.closures.append(Closure(date=date(2026, 11, 25), reason="世話人の都合"))
        write.note(listing)
    assert find().hits[0].next.date == date(2026, 12, 2)


@pytest.mark.parametrize(("name", "value"), [
    ("day", "someday"), ("day", "tue6"), ("colour", "red"), ("page", "ぜろ"), ("sort", "random"), ("cost", "たくさん"),
    ("near", "どこでもない町"), ("date", "2026-13-45"), ("at", "here"),
])
def test_a_parameter_that_means_nothing_is_named_and_left_out(engine, find, name, value):
    place(engine, "つつじ会")
    page = find(**{name: value})
    assert page.total == 1
    assert any(value in sentence or name in sentence for sentence in page.ignored)


def test_an_edit_is_found_by_the_next_edition_without_reading_all_listings_again(engine):
    kept, edited = place(engine, "そのままの会"), place(engine, "つつじ体操")
    keeper = CatalogKeeper(engine, VOCABULARY)
    first = keeper.current(NOW)
    assert search(first, SearchQuery(q="さくら"), NOW).total == 0
    with writing(engine, by="SC", why="改名", now=NOW) as write:
        write.edit(write.session.get(ServiceAtLocation, edited), name="さくらの会", name_kana="さくらのかい")
    keeper._looked = float("-inf")
    second = keeper.current(NOW)
    assert second is not first
    assert names(search(second, SearchQuery(q="さくら"), NOW)) == {"さくらの会"}
    with writing(engine, by="SC", why="休止", now=NOW) as write:
        write.edit(write.session.get(ServiceAtLocation, edited), status="paused")
    keeper._looked = float("-inf")
    assert set(keeper.current(NOW).ids) == {kept}


PARAMETERS = st.sampled_from([
    "q", "kind", "need", "area", "day", "time", "from", "until", "when", "date", "frequency", "holidays", "cost",
    "first_free", "pickup", "at_home", "audience", "men", "with_child", "welcome", "wheelchair", "steps", "near", "at",
    "within", "sort", "page", "nonsense"])
VALUES = st.one_of(
    st.text(max_size=30),
    st.sampled_from(["yes", "no", "unknown", "mon", "wed", "morning", "now", "this_weekend", "2026-11-25",
                     "9999-12-31", "0001-01-01", "free", "300", "10:00", "24:00", "25:61", "佐伯", "津田", "salon",
                     "34.3,132.3", "nan,nan", "1e999", "near", "next", "updated", "99999", "水曜 午前 佐伯 体操",
                     "-体操", "「さくら」", "\x00", "𠮷野家", "体操 " * 100]))


@pytest.fixture(scope="module")
def small_city(migrated_file, tmp_path_factory):
    copy = shutil.copy(migrated_file, tmp_path_factory.mktemp("small") / "city.db")
    engine = make_engine(f"sqlite:///{copy}")
    phrases = ["毎週水曜日 10時～12時", "第2・4火曜 13時30分～15時", "不定期", "毎月1日 19時～21時", "月～金 9時～17時"]
    for number in range(30):
        place(engine, f"{'さくら つつじ もみじ'.split()[number % 3]}の体操 {number}", phrases[number % 5],
              areas=[("地域", ["佐伯", "大野", "宮島"][number % 3])],
              attributes={"wheelchair": ["yes", "no", "unknown"][number % 3]} if number % 4 else {},
              service={"kind": ["salon", "kayoinoba", "care_provider"][number % 3],
                       "fees_state": ["none", "unknown"][number % 2]})
    return CatalogKeeper(engine, VOCABULARY).current(NOW)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(PARAMETERS, VALUES), max_size=6))
def test_no_parameters_whatever_break_a_search_and_its_numbers_agree(small_city, pairs):
    query = read_parameters(pairs, small_city)
    page = search(small_city, query, NOW)
    assert 0 <= len(page.hits) <= 20 and page.query.page <= page.pages
    assert read_parameters(page.query.parameters(), small_city).parameters() == page.query.parameters()
    for chip in page.chips:
        if not chip.words:
            assert search(small_city, chip.query, NOW).total == chip.without


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(
    st.sampled_from(["area", "day", "time", "cost", "wheelchair", "kind", "welcome"]),
    st.sampled_from(["佐伯", "大野", "wed", "tue", "morning", "night", "free", "yes", "no", "salon", "kayoinoba"])),
    max_size=3))
def test_every_facet_count_is_what_one_finds_after_the_tick(small_city, pairs):
    page = search(small_city, read_parameters(pairs, small_city), NOW)
    for facet in page.facets:
        for option in facet.options:
            if not option.selected and not page.query.get(facet.parameter):
                assert search(small_city, option.query, NOW).total == option.count, (facet.parameter, option.value)
        for ask in facet.asks:
            if not ask.selected:
                assert search(small_city, ask.query, NOW).total == ask.count, (facet.parameter, "unknown")
