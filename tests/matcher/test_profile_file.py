"""A hand-written profile is read word by word; every slip is named."""

from pathlib import Path

import pytest

from directory.catalog import Place
from directory.vocabulary import load_vocabulary
from directory.yaml_files import Entry, InvalidYaml, parse_yaml
from matcher.profile_file import ProfileWords, read_profile
from matcher.ranking.profile import Profile, Slot

DATA = Path(__file__).parents[2] / "data"


@pytest.fixture(scope="module")
def words():
    towns = {"津田": Place("津田", 34.37, 132.19, "mainland"), "宮島町": Place("宮島町", 34.296, 132.32, "miyajima")}
    return ProfileWords(load_vocabulary(DATA / "vocabulary"), towns, {"saeki-001": "id-of-saeki-001"})


def read(words, text):
    return read_profile(Entry("cases.yml", "V99", parse_yaml(text.encode(), "cases.yml") or {}), words)


def test_what_is_left_out_was_not_heard(words):
    assert read(words, "{}") == Profile()


def test_an_answer_of_no_is_not_an_answer_left_out(words):
    assert read(words, "{resident: no}").resident is False
    assert read(words, "{cost_limit: 0}").cost_limit == 0


def test_a_town_stands_for_its_point_and_its_zone(words):
    profile = read(words, "{start: 宮島町}")
    assert (profile.start, profile.zone) == ((34.296, 132.32), "miyajima")
    assert read(words, "{start: [34.3, 132.3]}").zone == "mainland"


def test_days_are_written_as_people_say_them(words):
    slots = read(words, '{slots: ["土日 9:00-12:30", "水 13:00-15:00"]}').slots
    assert slots == (Slot(2, 780, 900), Slot(5, 540, 750), Slot(6, 540, 750))


def test_places_are_named_by_their_keys(words):
    profile = read(words, "{excluded: [saeki-001], no_contact: [saeki-001], attends: [saeki-001]}")
    assert profile.excluded == profile.no_contact == profile.attends == {"id-of-saeki-001"}


def test_a_telephone_duty_and_a_visit_at_home_can_be_avoided_though_no_place_has_such_attributes(words):
    assert read(words, "{avoided: [phone_duty, home_visit, pets]}").avoided == ("phone_duty", "home_visit", "pets")


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("{needs: {ibasho: 1}}", "ibasho"),
        ("{needs: {belonging: 2}}", "重み"),
        ("{age: 140}", "120 以下"),
        ("{gender: m}", "female、male、other"),
        ("{home_area: 広島}", "広島"),
        ("{ceilings: {noise: 1}}", "noise"),
        ("{ceilings: {stimulation: 5}}", "0 から 4"),
        ("{required: [kind_people]}", "kind_people"),
        ("{avoided: [noise]}", "noise"),
        ("{accommodations: [one_two]}", "one_two"),
        ("{audiences: [students]}", "students"),
        ('{slots: ["平日の午後"]}', "平日の午後"),
        ('{slots: ["平日 18:00-12:00"]}', "終わり"),
        ("{travel: {train: 20}}", "train"),
        ("{start: 津和野}", "津和野"),
        ("{start: [34.3]}", "緯度"),
        ("{excluded: [saeki-999]}", "saeki-999"),
        ("{cost: 300}", "知らない項目"),
    ],
)
def test_a_slip_is_named_with_the_case_and_the_field(words, text, complaint):
    with pytest.raises(InvalidYaml, match="V99") as error:
        read(words, text)
    assert complaint in str(error.value)
