"""Is an address taken apart and its town found, however it is written?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.addresses import Gazetteer, GazetteerTown, kanji_number, location_key, normalise_address, split

GAZETTEER = Gazetteer([
    GazetteerTown("広島県", "廿日市市", name, 34.3, 132.3, zone) for name, zone in [
        ("津田", "mainland"), ("宮内", "mainland"), ("宮内一丁目", "mainland"), ("地御前二丁目", "mainland"), ("四季が丘五丁目", "mainland"),
        ("大野", "mainland"), ("大野原一丁目", "mainland"), ("宮島町", "miyajima"), ("本町", "mainland"),
    ]
] + [GazetteerTown("山口県", "見本市", "本町", 34.1, 131.4)])


@pytest.mark.parametrize(("address", "town", "rest"), [
    ("津田1989番地", "津田", "1989番地"), ("広島県廿日市市大字津田1989", "津田", "1989"), ("廿日市市宮内字佐原田4211-4", "宮内", "字佐原田4211-4"),
    ("廿日市市宮内１丁目２", "宮内一丁目", "２"), ("廿日市市地御前２－３－４", "地御前二丁目", "３－４"), ("四季ヶ丘5丁目13", "四季が丘五丁目", "13"),
    ("大野原1-2-3", "大野原一丁目", "2-3"), ("大野123", "大野", "123"), ("宮島町1", "宮島町", "1"), ("廿日市市本町5-6", "本町", "5-6"),
])
def test_the_longest_town_name_is_found(address, town, rest):
    place = GAZETTEER.locate(address)
    assert (place.municipality, place.town, place.rest, place.precision) == ("廿日市市", town, rest, "town")


@pytest.mark.parametrize("address", ["本町1-2", "どこか町1", "広島市中区本通1", ""])
def test_a_town_two_cities_have_or_none_knows_gets_no_point(address):
    place = GAZETTEER.locate(address)
    assert (place.latitude, place.precision) == (None, None)


def test_an_island_keeps_its_zone():
    assert GAZETTEER.locate("廿日市市宮島町1").zone == "miyajima"


@pytest.mark.parametrize(("address", "parts"), [
    ("三重県四日市市諏訪町1-5", ("三重県", "四日市市", "諏訪町1-5")), ("高松市香川町川東上1865", (None, "高松市", "香川町川東上1865")),
    ("川連町字大館124", (None, None, "川連町字大館124")), ("東京都千代田区霞が関1-1", ("東京都", "千代田区", "霞が関1-1")),
    ("北海道札幌市北区北25条西6丁目", ("北海道", "札幌市北区", "北25条西6丁目")), ("神奈川県横浜市中区山下町1", ("神奈川県", "横浜市中区", "山下町1")),
    ("高知県安芸郡安田町大字安田1", ("高知県", "安芸郡安田町", "大字安田1")), ("廿日市市廿日市一丁目1", (None, "廿日市市", "廿日市一丁目1")),
])
def test_prefecture_and_municipality_are_split_off(address, parts):
    assert split(address) == parts


def test_what_the_source_says_of_the_municipality_comes_first():
    assert split("高知県安芸郡安田町大字安田1", "高知県", "安田町") == ("高知県", "安芸郡安田町", "大字安田1")
    assert split("安田町大字安田1", "高知県", "安田町") == ("高知県", "安田町", "大字安田1")
    assert split("津田1", "広島県", "廿日市市") == ("広島県", "廿日市市", "津田1")


@pytest.mark.parametrize("same", [
    ["広島県廿日市市津田二丁目３番４号", "廿日市市津田2-3-4", "廿日市市 津田２丁目３－４", "廿日市市大字津田二丁目3番地4"],
    ["四季ヶ丘1", "四季が丘1", "四季ガ丘１"], ["高知県安芸郡安田町大字安田1", "安田町安田1"],
])
def test_spellings_of_one_address_have_one_key(same):
    assert len({normalise_address(address) for address in same}) == 1


def test_a_building_is_part_of_the_key_and_its_number_stays_apart():
    assert location_key("津田1-2", "3号館") != location_key("津田1-23", "号館")
    assert location_key("津田1-2 見本ビル2階") == location_key("津田1-2", "見本ビル２階")


@given(st.text(alphabet="津田宮内字大一二三十丁目番地号0123-ー－ 県市町村", max_size=20))
def test_normalising_twice_is_normalising_once_and_locating_never_raises(text):
    once = normalise_address(text)
    assert isinstance(once, str)
    place = GAZETTEER.locate(text)
    assert place.precision in (None, "town")


def test_kanji_numbers():
    assert [kanji_number(text) for text in ("一", "十", "十二", "二十三")] == [1, 10, 12, 23]
