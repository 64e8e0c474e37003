"""Does every answer of わたしに合う場所をさがす mean to the engine what it says to the reader? One row an answer."""

from dataclasses import asdict

import pytest

from directory.catalog import Place
from directory.city import load_city
from directory.vocabulary import load_vocabulary
from matcher.profile_check import check
from matcher.ranking.profile import Profile, Slot
from tests.web.conftest import ROOT
from web.presenters.for_me.answers import Answers, changed, read_answers
from web.presenters.for_me.cares import cares
from web.presenters.for_me.profile import START, START_OF_FAMILIES, USUAL_MINUTES, Home, profile_of, start_of
from web.presenters.for_me.questions import AGES, LIKES, SELECT, Words, fields_of, questions

VOCABULARY = load_vocabulary(ROOT / "data/vocabulary")
CITY = load_city(ROOT / "data/city.yml")
HOMES = {"津田": Home(Place("津田", 34.36, 132.17, "mainland"), "佐伯"), "宮島町": Home(Place("宮島町", 34.29, 132.32, "miyajima"), "宮島")}
ASKED = questions(Words(CITY, VOCABULARY, {"佐伯": ("津田",), "宮島": ("宮島町",)}))
FIELDS = fields_of(ASKED)
WEEK = range(7)

# What is sent → what the profile holds besides what nobody answered
MEANT: dict[str, dict[str, object]] = {
    "who=self": {}, "who=other": {}, "who=family": {"family_only": True, "audiences": ("carers",)},
    **{f"age={first}": {"age": age} for (first, _), age in zip(
        AGES, (2, 8, 13, 16, 18, 22, 27, 32, 37, 42, 47, 52, 57, 62, 67, 72, 77, 82, 87, 90), strict=True)},
    "am=parents": {"audiences": ("parents",)}, "am=carers": {"audiences": ("carers",)},
    **{f"need={need}": {"needs": {need: 1.0}} for need in VOCABULARY.needs},
    **{f"like={like}": {"interests": (like,)} for like in LIKES},
    "people=few": {"ceilings": {"people": 2}, "comfort": {"people": 1}, "helpful": ("small_group",)},
    "people=some": {"ceilings": {"people": 3}, "comfort": {"people": 2}}, "people=many": {},
    "talk=little": {"ceilings": {"conversation": 1}, "comfort": {"conversation": 0}},
    "talk=some": {"ceilings": {"conversation": 2}, "comfort": {"conversation": 2}}, "talk=much": {},
    "sound=quiet": {"ceilings": {"stimulation": 1}, "comfort": {"stimulation": 1}, "helpful": ("quiet",)},
    "sound=some": {"ceilings": {"stimulation": 2}, "comfort": {"stimulation": 2}}, "sound=lively": {},
    "town=津田": {"start": (34.36, 132.17), "home_area": "佐伯", "resident": True},
    "town=宮島町": {"start": (34.29, 132.32), "home_area": "宮島", "resident": True, "zone": "miyajima"},
    "town=-": {"resident": False},
    **{f"by={mode}": {"travel": {mode: USUAL_MINUTES}} for mode in ("walk", "bike", "car", "bus")},
    **{f"minutes={minutes}": {} for minutes in (10, 15, 20, 30, 40, 60, 90)},
    "slow=yes": {"frail": True}, "ferry=yes": {"ferry": True},
    **{f"day={day}": {"slots": (Slot(day, 0, 1440),)} for day in WEEK},
    "part=morning": {"slots": tuple(Slot(day, 0, 780) for day in WEEK)},
    "part=afternoon": {"slots": tuple(Slot(day, 720, 1080) for day in WEEK)},
    "part=evening": {"slots": tuple(Slot(day, 960, 1440) for day in WEEK)},
    "care=wheelchair": {"required": ("wheelchair",)}, "care=no_steps": {"avoided": ("steps",)},
    "care=chairs": {"required": ("chairs",)}, "care=western_toilet": {"required": ("western_toilet",)},
    "care=parking": {"required": ("parking",)}, "care=sign_language": {"required": ("sign_language",)},
    "care=writing": {"required": ("writing",)}, "care=companion": {"companion": True},
    "care=visit_first": {"helpful": ("visit_first",)}, "care=drop_in": {"required": ("drop_in",)},
    "care=leave_early": {"required": ("join_midway",)}, "care=nickname": {"required": ("nickname_ok",)},
    "care=no_alcohol": {"avoided": ("alcohol",)}, "care=no_smoking": {"avoided": ("smoking",)},
    "care=no_pets": {"avoided": ("pets",)},
    **{f"cost={yen}": {"cost_limit": yen} for yen in (0, 100, 300, 500, 1000, 2000)},
    "gender=women": {"required": ("female_only",), "gender": "female"}, "gender=mixed": {"avoided": ("female_only",)},
    **{f"language={code}": {"languages": (code,)} for code in ("easy_japanese", "en", "zh-Hans", "ko", "vi", "pt")},
}


def answered(*sent: str) -> Answers:
    pairs = [tuple(one.partition("=")[::2]) for one in sent]
    return read_answers(pairs, FIELDS)


def profile(*sent: str) -> Profile:
    return profile_of(answered(*sent), VOCABULARY, HOMES)


def test_every_answer_of_the_page_stands_in_the_table() -> None:
    assert {f"{field.name}={option.value}" for field in FIELDS for option in field.options} == set(MEANT)


@pytest.mark.parametrize("sent", MEANT)
def test_an_answer_means_this_and_nothing_else(sent: str) -> None:
    found = profile(sent)
    check(found, VOCABULARY)
    assert asdict(found) == asdict(Profile()) | asdict(Profile(**MEANT[sent]))


def test_nothing_answered_is_nothing_heard() -> None:
    assert profile() == Profile()


def test_answers_to_several_questions_stand_together() -> None:
    found = profile("by=walk", "by=bus", "minutes=40", "day=2", "day=4", "part=morning", "people=few", "care=visit_first")
    assert found.travel == {"walk": 40, "bus": 40}
    assert found.slots == (Slot(2, 0, 780), Slot(4, 0, 780))
    assert found.helpful == ("visit_first", "small_group")


def test_all_answers_at_once_contradict_nothing() -> None:
    check(profile(*MEANT), VOCABULARY)


def test_an_age_lies_within_the_ages_chosen_and_all_ages_are_on_offer() -> None:
    assert all(first <= profile(f"age={first}").age <= last for first, last in AGES)
    assert [first for first, _ in AGES[1:]] == [last + 1 for _, last in AGES[:-1]] and AGES[0][0] == 0


@pytest.mark.parametrize(("sent", "chosen", "odd"), [
    (("need=nonsense",), {}, True), (("nonsense=1",), {}, False), (("need=",), {}, False),
    (("need=food", "need=food", "need=company"), {"need": ("company", "food")}, False),
    (("minutes=20", "minutes=40"), {"minutes": ("40",)}, False), (("minutes=１５",), {}, True),
    (("town=<script>",), {}, True), (("who=self", "who=admin"), {"who": ("self",)}, True),
])
def test_only_what_is_on_the_lists_is_read(sent: tuple[str, ...], chosen: dict, odd: bool) -> None:
    assert answered(*sent) == Answers(chosen, odd)


@pytest.mark.parametrize(("sent", "change", "name", "values"), [
    (("minutes=20",), "minutes=40", "minutes", ("40",)), ((), "ferry=yes", "ferry", ("yes",)),
    (("day=1", "day=2"), "day=", "day", ()), (("care=drop_in", "care=chairs"), "care=-drop_in", "care", ("chairs",)),
    (("cost=100",), "cost=", "cost", ()), (("cost=100",), "cost=7", "cost", ("100",)),
    (("cost=100",), "__class__=1", "cost", ("100",)), (("cost=100",), "=", "cost", ("100",)),
])
def test_a_change_touches_one_answer(sent: tuple[str, ...], change: str, name: str, values: tuple[str, ...]) -> None:
    before, after = answered(*sent), changed(answered(*sent), change, FIELDS)
    assert after.many(name) == values
    assert {key: value for key, value in after.chosen.items() if key != name} == {
        key: value for key, value in before.chosen.items() if key != name}


def test_who_has_no_wish_yet_starts_with_words_of_the_vocabulary() -> None:
    for who, (needs, likes, helps) in (("self", START), ("family", START_OF_FAMILIES)):
        answers = answered(f"who={who}", "sound=quiet")
        start = start_of(answers, profile_of(answers, VOCABULARY, HOMES), VOCABULARY)
        check(start, VOCABULARY)
        assert (tuple(start.needs), start.interests) == (needs, likes)
        assert start.helpful == ("quiet", *helps)


def test_every_care_and_every_list_has_words_of_this_city() -> None:
    assert {care.value for care in cares(VOCABULARY)} == {sent.partition("=")[2] for sent in MEANT if sent.startswith("care=")}
    assert all(field.label for question in ASKED for field in question.fields if field.kind == SELECT)
