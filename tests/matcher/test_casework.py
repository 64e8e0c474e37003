"""Is what was heard from a person kept, field by field, and given to the matching as one profile?"""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from directory.errors import InvalidRecord
from matcher import casework
from matcher.casework import CONDITIONS, IDENTITY, fields, profile_from
from matcher.errors import Stale
from matcher.models import Answer
from matcher.ranking.profile import Profile, Slot
from tests.matcher.office import CONSENT, LATER, NOW

LISTING = "00000000-0000-4000-8000-000000000001"
ANSWERS = {
    "needs": {"belonging": 1, "company": 0.7}, "interests": ["craft", "古い時計"], "age": 42, "gender": "male",
    "resident": True, "home_area": "宮島", "ceiling_people": 1, "comfort_people": 0, "accompanied": True,
    "required": ["wheelchair"], "avoided": ["phone_duty"], "accommodations": ["silence_ok"], "cost_limit": 300,
    "slots": [[2, 780, 960]], "travel_walk": 20, "travel_bus": 30, "languages": ["ja", "vi"], "excluded": [LISTING],
    "ferry": True, "ferry_limit": 60, "relation": "family", "helpful": ["parking"], "frail": True, "waits": True,
    "audiences": ["carers"],
}


def test_what_was_heard_becomes_the_profile(office):
    worker = office.hire()
    case = office.case(worker)
    for field, value in ANSWERS.items():
        office.say(worker, case, field, value)
    assert casework.profile_of(office.desk, worker, case, NOW) == Profile(
        needs={"belonging": 1.0, "company": 0.7}, interests=("craft", "古い時計"), age=42, gender="male", resident=True,
        home_area="宮島", ceilings={"people": 1}, comfort={"people": 0}, accompanied=True, required=("wheelchair",),
        avoided=("phone_duty",), accommodations=("silence_ok",), helpful=("parking",), cost_limit=300,
        slots=(Slot(2, 780, 960),), travel={"walk": 20, "bus": 30}, zone="miyajima", ferry=True, ferry_limit=60,
        languages=("ja", "vi"), frail=True, waits=True, audiences=("carers",), family_only=True, excluded=frozenset({LISTING}),
    )


def test_nothing_heard_is_an_empty_profile(small_office):
    worker = small_office.hire()
    case = small_office.case(worker)
    small_office.say(worker, case, "age", None, not_heard=True)
    assert casework.profile_of(small_office.desk, worker, case, NOW) == Profile()


def test_every_field_of_the_profile_can_be_heard(small_office):
    """A field the desk cannot ask for would stay unknown for ever; the confidential one has a page of its own."""
    heard = {**ANSWERS, "stretch": True, "companion": True, "away_from_neighbours": True, "comfort_people": 1,
             "start": {"town": "津田", "latitude": 34.37, "longitude": 132.17, "zone": "miyajima"}}
    filled = profile_from(heard, small_office.desk.vocabulary, frozenset({LISTING}), frozenset({LISTING}))
    untouched = [name for name, default in Profile().__dict__.items() if getattr(filled, name) == default]
    assert untouched == []


@pytest.mark.parametrize(("relation", "met", "family_only"), [
    ("self", None, False), ("family", None, True), ("family", False, True), ("family", True, False),
    ("professional", True, False), ("neighbour", None, True), (None, False, False),
])
def test_only_places_for_families_until_the_person_was_met(small_office, relation, met, family_only):
    heard = {key: value for key, value in {"relation": relation, "met": met}.items() if value is not None}
    assert profile_from(heard, small_office.desk.vocabulary).family_only is family_only


def test_every_answer_may_be_a_value_not_heard_or_empty_again(office):
    worker = office.hire()
    case = office.case(worker)
    assert casework.read_answers(office.desk, worker, case, NOW)["age"].state == "unasked"
    first = office.say(worker, case, "age", None, not_heard=True)
    second = office.say(worker, case, "age", 42, version=first.version)
    third = office.say(worker, case, "age", None, version=second.version, now=LATER)
    assert [(heard.state, heard.value, heard.version) for heard in (first, second, third)] == [
        ("not_heard", None, 1), ("value", 42, 2), ("empty", None, 3)]
    stands = casework.read_answers(office.desk, worker, case, LATER)["age"]
    assert stands == third and stands.changed_by == worker.staff_id


def test_a_stale_form_changes_nothing_and_is_given_what_stands_there(office):
    worker = office.hire()
    case = office.case(worker)
    office.say(worker, case, "age", 42)
    with pytest.raises(Stale) as caught:
        office.say(worker, case, "age", 24)
    assert (caught.value.current.value, caught.value.current.version) == (42, 1)
    assert casework.read_answers(office.desk, worker, case, NOW)["age"].value == 42


def test_of_many_who_save_the_same_version_one_comes_through_and_no_update_is_lost(office):
    worker = office.hire()
    case = office.case(worker)
    office.say(worker, case, "age", 0)

    def raise_by_one(_turn):
        while True:
            stands = casework.read_answers(office.desk, worker, case, NOW)["age"]
            try:
                return office.say(worker, case, "age", stands.value + 1, version=stands.version).version
            except Stale:
                continue

    with ThreadPoolExecutor(4) as pool:
        versions = list(pool.map(raise_by_one, range(24)))
    assert sorted(versions) == list(range(2, 26))
    assert casework.read_answers(office.desk, worker, case, NOW)["age"].value == 24


WRONG = {
    "age": [-1, 121, "42", 4.5, True], "needs": [{"no_such": 1}, {"company": 0}, {"company": 2}, ["company"], "company",
                                                {"company": float("nan")}],
    "gender": ["x", 1, []], "slots": [[[7, 0, 60]], [[1, 60, 60]], [[1, 900, 800]], [[1, 2]], "月曜", [[1, 0, 1441]]],
    "required": [["no_such"], "wheelchair", [["wheelchair"]]], "ceiling_people": [5, -1, "1"],
    "start": [{}, {"town": "津田", "latitude": "x", "longitude": 1, "zone": "m"},
              {"town": "津田", "latitude": float("inf"), "longitude": 1, "zone": "m"}],
    "own_words": ["", "x" * 5000, "\0", "\ud800", 3], "excluded": [["x" * 40], [3], "x"], "resident": ["yes", 1],
    "birth_date": ["1950/04/01", "0001-01-01", 3], "cost_limit": [-100], "interests": [["x" * 300], [""], ["a"] * 99],
    "relation": ["stranger"], "home_area": ["東京"], "languages": [["xx"]], "travel_walk": [9999],
}


@pytest.mark.parametrize("field", WRONG)
def test_a_value_a_question_cannot_have_is_refused_with_a_sentence_that_does_not_repeat_it(small_office, field):
    worker = small_office.hire()
    case = small_office.case(worker)
    label = fields(small_office.desk.vocabulary)[field].label
    for value in WRONG[field]:
        with pytest.raises(InvalidRecord) as caught:
            small_office.say(worker, case, field, value)
        assert label in str(caught.value) and "no_such" not in str(caught.value)
    assert small_office.rows(Answer) == []


def test_every_kind_of_question_is_refused_something_above(small_office):
    by_field = fields(small_office.desk.vocabulary)
    unkind = {row.kind for row in by_field.values()} - {by_field[field].kind for field in WRONG} - {"text"}
    assert unkind == set()


def test_a_question_that_does_not_exist_is_refused(small_office):
    worker = small_office.hire()
    case = small_office.case(worker)
    with pytest.raises(InvalidRecord):
        small_office.say(worker, case, "diagnosis", "x")


def test_the_name_is_read_only_where_it_is_asked_for(small_office):
    worker = small_office.hire()
    case = small_office.case(worker)
    small_office.say(worker, case, "name", "山田 花子")
    assert "name" not in casework.read_answers(small_office.desk, worker, case, NOW, CONDITIONS)
    assert casework.read_answers(small_office.desk, worker, case, NOW, IDENTITY)["name"].value == "山田 花子"


def test_a_name_in_the_code_name_is_noticed(small_office):
    worker = small_office.hire()
    case = small_office.case(worker, code_name="花子さん")
    with pytest.raises(InvalidRecord, match="呼び名"):
        small_office.say(worker, case, "name", "山田 花子")
    casework.rename(small_office.desk, worker, case, "ひだまり", NOW)
    assert small_office.say(worker, case, "name", "山田 花子").version == 1


@pytest.mark.parametrize("basis", [{"consents": ()}, {"consents": (casework.ConsentGiven("host", NOW.date()),)},
                                   {"consents": (casework.ConsentGiven("internal", NOW.date() + timedelta(days=1)),)},
                                   {"consents": (casework.ConsentGiven("internal", NOW.date(), "stranger"),)},
                                   {"code_name": ""}, {"code_name": "x" * 40}, {"code_name": "a\0b"}])
def test_no_record_begins_without_a_basis_and_a_code_name(small_office, basis):
    worker = small_office.hire()
    with pytest.raises(InvalidRecord):
        small_office.case(worker, **basis)
    assert casework.cases(small_office.desk, worker, NOW) == ()


def test_a_code_name_is_there_once(office):
    worker = office.hire()
    office.case(worker, code_name="うみべ-1")
    with pytest.raises(InvalidRecord):
        office.case(worker, code_name=" うみべ-1 ")


def test_ones_own_cases_by_code_name_and_a_closed_one_only_when_asked_for(office):
    worker, lead = office.hire(), office.hire("case_lead")
    second, first = office.case(worker, code_name="ん"), office.case(worker, code_name="あ")
    mine = casework.cases(office.desk, worker, NOW)
    assert [(case.id, case.basis, case.assigned, case.readable) for case in mine] == [
        (first, "core", True, True), (second, "core", True, True)]
    assert [case.assigned for case in casework.cases(office.desk, lead, NOW)] == [False, False]
    casework.close_case(office.desk, worker, first, NOW)
    assert [case.id for case in casework.cases(office.desk, worker, NOW)] == [second]
    assert [case.id for case in casework.cases(office.desk, worker, NOW, closed=True)] == [first, second]


def test_consents_are_kept_with_their_day_and_their_end(office):
    worker = office.hire()
    case = office.case(worker)
    casework.withdraw_consent(office.desk, worker, case, LATER, "internal")
    kept = casework.consents_of(office.desk, worker, case, LATER)
    assert [(row.given, row.recorded_at, row.withdrawn_at) for row in kept] == [(CONSENT, NOW, LATER)]


def test_a_suggested_code_name_may_be_used(small_office):
    worker = small_office.hire()
    assert small_office.case(worker, code_name=casework.suggest_code_name())
