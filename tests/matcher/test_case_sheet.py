"""Is a short case sheet read as it is meant, and is what it leaves open left open?"""

import json

import pytest

from directory.catalog import Place
from directory.errors import InvalidRecord
from directory.vocabulary import load_vocabulary
from directory.yaml_files import InvalidYaml
from matcher.case_sheet import MUST, NEEDS, SUPPORT, profile_of_sheet
from matcher.profile_file import ProfileWords
from matcher.ranking.profile import Slot
from tests.conftest import ROOT

VOCABULARY = load_vocabulary(ROOT / "data" / "vocabulary")
WORDS = ProfileWords(VOCABULARY, {"宮島町": Place("宮島町", 34.3, 132.3, "miyajima")}, {"X1": "listing-x1"})
SHEET = {
    "id": "V", "ja": "見本", "age": 42, "gender": "m", "needs": {"ibasho": 1}, "interests": ["game"],
    "load_ceiling": [1, 4, 0, None, 2], "travel": {"walk": 20}, "slots": "水曜午前", "must": ["small_group", "caregiver_ok"],
    "avoid": ["strangers_many", "phone_duty"], "support": ["mental"], "cost_max": 300, "good": "…", "trap": "…",
}


def read(start=None, **values):
    return profile_of_sheet(json.dumps(SHEET | values), "sheet.jsonl", WORDS, start)


def test_a_sheet_becomes_a_profile_and_what_it_does_not_say_was_not_heard():
    profile = read()
    assert (profile.age, profile.gender, dict(profile.needs), profile.cost_limit) == (42, "male", {"belonging": 1}, 300)
    assert profile.ceilings == {"stimulation": 1, "people": 3, "obligation": 0, "responsibility": 2}
    assert profile.required == ("small_group", "companion_ok") and profile.avoided == ("phone_duty",)
    assert profile.slots == (Slot(2, 0, 720),) and profile.helpful == ("silence_ok", "leave_suddenly_ok")
    assert profile.resident is None and profile.start is None and "conversation" not in profile.ceilings


def test_a_sheet_may_say_where_somebody_goes_already():
    assert read(attends=["X1"]).attends == {"listing-x1"}
    with pytest.raises(InvalidYaml):
        read(attends=["X2"])


def test_a_sheet_with_nothing_in_it_is_a_person_of_whom_nothing_was_heard():
    profile = read(gender=None, needs={}, interests=[], load_ceiling=[None] * 5, travel={}, slots=None, must=[], avoid=[],
                   support=[], cost_max=None)
    assert (profile.needs, profile.interests, profile.slots, profile.travel, profile.ceilings) == ({}, (), (), {}, {})


def test_whoever_is_led_walks_further_and_needs_somebody_there():
    profile = read(travel={"walk": 10, "accompanied": 30})
    assert profile.travel == {"walk": 30} and profile.companion and profile.accompanied


def test_the_town_to_set_out_from_is_given_beside_the_sheet():
    profile = read(start="宮島町", travel={"walk": 20, "ferry": True, "max": 60})
    assert (profile.start, profile.zone, profile.ferry, profile.ferry_limit) == ((34.3, 132.3), "miyajima", True, 60)


def test_a_no_contact_key_is_looked_up_and_an_unknown_one_is_nobody():
    assert read(no_contact=["X1", "X9"]).no_contact == {"listing-x1"}


@pytest.mark.parametrize("wrong, said", [
    ({"needs": {"party": 1}}, "needs の「party」は使えません"), ({"slots": "深夜"}, "slots の「深夜」"),
    ({"hobby": 1}, "項目「hobby」は使えません"), ({"gender": "q"}, "gender の「q」"),
])
def test_an_unknown_word_is_named_with_those_that_can_be_used(wrong, said):
    with pytest.raises(InvalidRecord, match=said):
        read(**wrong)


def test_what_is_no_json_is_told_so():
    with pytest.raises(InvalidRecord, match="JSON として読めません"):
        profile_of_sheet("{oops", "sheet.jsonl", WORDS)


def test_the_tables_lead_to_words_of_the_vocabulary():
    assert set(NEEDS.values()) <= set(VOCABULARY.needs)
    assert {key for fields in MUST.values() for key in fields["required"]} <= set(VOCABULARY.attributes)
    helpful = {key for keys in SUPPORT.values() for key in keys}
    assert helpful <= set(VOCABULARY.attributes) | set(VOCABULARY.accommodations)
