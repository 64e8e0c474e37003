"""What happens after 「紹介」? A placement with its stages, a place kept free, and questions to the SC about no person."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import astuple
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from directory import migrations
from directory.db import make_engine, read_session
from directory.errors import InvalidRecord, NotFound
from directory.inbox.questions import answer, questions
from directory.models import InboxItem
from matcher import casework
from matcher.casework import Shown
from matcher.casework.placements import held_until
from matcher.errors import NotNow, Stale
from tests.matcher.office import LATER, NOW

SALON, CAFE = "10000000-0000-4000-8000-000000000001", "10000000-0000-4000-8000-000000000002"


@pytest.fixture
def case_of_worker(office):
    worker = office.hire()
    return office, worker, office.case(worker)


def test_an_introduction_is_a_placement_in_the_first_stage_and_a_hold(case_of_worker):
    office, worker, case = case_of_worker
    made = casework.introduce(office.desk, worker, case, SALON, NOW, role_id=CAFE, note="本人は水曜がよい")
    [kept] = casework.placements(office.desk, worker, case, NOW)
    assert (kept.id, kept.listing_id, kept.role_id, kept.stage, kept.next, kept.version, kept.held_until) == (
        made, SALON, CAFE, "proposed", ("agreed", "declined"), 1, NOW + timedelta(days=14))
    assert [astuple(step) for step in kept.steps] == [("proposed", NOW, worker.staff_id, "本人は水曜がよい")]


def test_the_hold_lasts_through_the_next_two_sessions_and_two_weeks_at_least():
    monthly = [date(2026, 12, 8), date(2027, 1, 12), date(2027, 2, 9)]
    weekly = [date(2026, 11, 25), date(2026, 12, 2)]
    # The end of the 12th of January in Japan is 15:00 UTC.
    assert held_until(NOW, monthly) == datetime(2027, 1, 12, 15)
    assert held_until(NOW, weekly) == held_until(NOW, []) == NOW + timedelta(days=14)


def test_each_stage_follows_as_the_vocabulary_says_and_is_remembered(case_of_worker):
    office, worker, case = case_of_worker
    made = casework.introduce(office.desk, worker, case, SALON, NOW)
    way = ["agreed", "host_asked", "first_visit", "trial", "taking_part", "on_break", "taking_part", "graduated"]
    for number, stage in enumerate(way, start=1):
        casework.advance(office.desk, worker, made, stage, NOW + number * timedelta(days=1), version=number)
    [kept] = casework.placements(office.desk, worker, case, LATER)
    assert [step.stage for step in kept.steps] == ["proposed", *way]
    assert (kept.stage, kept.next, kept.held_until) == ("graduated", (), None)


def test_a_stage_that_does_not_follow_and_a_stale_form_change_nothing(case_of_worker):
    office, worker, case = case_of_worker
    made = casework.introduce(office.desk, worker, case, SALON, NOW)
    for stage in ("trial", "proposed", "no_such", ""):
        with pytest.raises(InvalidRecord):
            casework.advance(office.desk, worker, made, stage, NOW, version=1)
    casework.advance(office.desk, worker, made, "agreed", NOW, version=1)
    with pytest.raises(Stale):
        casework.advance(office.desk, worker, made, "declined", NOW, version=1)
    [kept] = casework.placements(office.desk, worker, case, NOW)
    assert (kept.stage, len(kept.steps)) == ("agreed", 2)


def test_either_side_may_decline_without_a_reason_and_the_place_is_free_again(case_of_worker):
    office, worker, case = case_of_worker
    made = casework.introduce(office.desk, worker, case, SALON, NOW)
    casework.advance(office.desk, worker, made, "declined", NOW, version=1)
    assert casework.host_loads(office.desk, worker, NOW)[SALON].held == 0
    assert casework.introduce(office.desk, worker, case, SALON, NOW, monthly=None)


def test_the_same_place_is_not_introduced_twice_at_once(case_of_worker):
    office, worker, case = case_of_worker
    casework.introduce(office.desk, worker, case, SALON, NOW)
    with pytest.raises(InvalidRecord, match="もう紹介の途中"):
        casework.introduce(office.desk, worker, case, SALON, NOW, monthly=None)
    assert casework.introduce(office.desk, worker, case, SALON, NOW, role_id=CAFE, monthly=None)


def test_a_host_is_asked_for_one_new_person_a_month_unless_it_says_otherwise(case_of_worker):
    office, worker, case = case_of_worker
    others = [office.case(worker) for _ in range(3)]
    casework.introduce(office.desk, worker, case, SALON, NOW)
    with pytest.raises(NotNow):
        casework.introduce(office.desk, worker, others[0], SALON, NOW + timedelta(days=29))
    casework.introduce(office.desk, worker, others[0], SALON, NOW + timedelta(days=31))
    casework.introduce(office.desk, worker, others[1], SALON, NOW + timedelta(days=31), monthly=2)


def test_of_many_who_want_the_last_place_at_once_one_gets_it(office):
    worker = office.hire()
    cases = [office.case(worker) for _ in range(6)]

    def want(case):
        try:
            return casework.introduce(office.desk, worker, case, SALON, NOW, places=1, monthly=None)
        except NotNow:
            return None

    with ThreadPoolExecutor(4) as pool:
        assert sum(made is not None for made in pool.map(want, cases)) == 1


def test_what_a_host_bears_is_counted_without_naming_anybody(case_of_worker):
    office, worker, case = case_of_worker
    casework.introduce(office.desk, worker, case, SALON, NOW)
    loads = casework.host_loads(office.desk, office.hire("conference_member"), NOW + timedelta(days=40))
    assert {listing: astuple(load) for listing, load in loads.items()} == {SALON: (0, 0, 1)}
    with pytest.raises(NotFound):
        casework.host_loads(office.desk, office.hire("curator"), NOW)


def going_there(office, worker, case):
    made = casework.introduce(office.desk, worker, case, SALON, NOW)
    for version, stage in enumerate(("agreed", "host_asked", "first_visit", "trial"), 1):
        casework.advance(office.desk, worker, made, stage, NOW, version=version)
    return made


def test_where_somebody_goes_already_is_in_their_profile_from_the_trial_to_the_break(case_of_worker):
    office, worker, case = case_of_worker
    made = going_there(office, worker, case)
    assert casework.profile_of(office.desk, worker, case, NOW).attends == {SALON}
    casework.advance(office.desk, worker, made, "taking_part", NOW, version=5)
    assert casework.profile_of(office.desk, worker, case, NOW).attends == {SALON}
    casework.advance(office.desk, worker, made, "on_break", NOW, version=6)
    assert casework.profile_of(office.desk, worker, case, NOW).attends == frozenset()


def test_nobody_stands_in_their_own_way_where_they_go_already(case_of_worker):
    office, worker, case = case_of_worker
    going_there(office, worker, case)
    other = office.case(worker)
    assert SALON not in casework.host_loads(office.desk, worker, NOW, case)
    assert astuple(casework.host_loads(office.desk, worker, NOW, other)[SALON]) == (1, 1, 1)
    with pytest.raises(NotNow):
        casework.introduce(office.desk, worker, other, SALON, NOW, places=2)
    assert casework.introduce(office.desk, worker, case, SALON, NOW, role_id=CAFE, places=1)


def test_pins_and_hides_need_a_reason_and_can_be_taken_back(case_of_worker):
    office, worker, case = case_of_worker
    casework.choose(office.desk, worker, case, NOW, kind="pin", listing_id=SALON, reason="知っている人がいる")
    other = casework.choose(office.desk, worker, case, NOW, kind="hide", listing_id=CAFE, reason="前に断られた")
    casework.choose(office.desk, worker, case, LATER, kind="hide", listing_id=SALON, reason="気が変わった")
    casework.take_back(office.desk, worker, case, other, LATER)
    [kept] = casework.choices(office.desk, worker, case, LATER)
    assert (kept.kind, kept.listing_id, kept.reason, kept.made_by) == ("hide", SALON, "気が変わった", worker.staff_id)
    for options in ({"kind": "pin", "reason": " "}, {"kind": "x", "reason": "x"}, {"kind": "pin", "reason": "x" * 999}):
        with pytest.raises(InvalidRecord):
            casework.choose(office.desk, worker, case, NOW, listing_id=SALON, **options)


def test_the_list_that_was_shown_is_kept_with_its_weights_and_the_reason_for_another_choice(case_of_worker):
    office, worker, case = case_of_worker
    shown = (Shown(SALON, None, "A", 0.81), Shown(CAFE, SALON, "B", 0.4))
    made = casework.log_recommendation(office.desk, worker, case, NOW, weights_version="2026-11", shown=shown)
    casework.override(office.desk, worker, case, made, LATER, reason="送迎があるほう", listing_id=CAFE)
    [kept] = casework.recommendations(office.desk, worker, case, LATER)
    assert (kept.weights_version, kept.shown, kept.made_at) == ("2026-11", shown, NOW)
    assert (kept.override.reason, kept.override.listing_id, kept.override.by) == ("送迎があるほう", CAFE, worker.staff_id)
    with pytest.raises(InvalidRecord):
        casework.override(office.desk, worker, case, made, LATER, reason="")
    with pytest.raises(NotFound):
        casework.override(office.desk, worker, office.case(worker), made, LATER, reason="x")


@pytest.fixture
def directory(tmp_path):
    engine = make_engine(f"sqlite:///{tmp_path / 'directory.db'}")
    migrations.upgrade(engine)
    yield engine
    engine.dispose()


def queue(directory):
    with read_session(directory) as session:
        return list(session.scalars(select(InboxItem)))


def test_the_sc_is_asked_about_a_place_and_never_about_a_person(small_office, directory):
    office = small_office
    first, second = office.hire(), office.hire()
    office.case(first)
    asked = {casework.ask_to_confirm(office.desk, directory, actor, moment, listing_id=SALON, attribute="wheelchair")
             for actor, moment in ((first, NOW + timedelta(minutes=12)), (second, LATER))}
    [item] = queue(directory)
    assert asked == {item.id}
    assert (item.kind, item.body, item.made_at) == ("confirm", {"listing": SALON, "attribute": "wheelchair"}, NOW)
    for attribute in ("no_such", "", "田中さんのこと"):
        with pytest.raises(InvalidRecord):
            casework.ask_to_confirm(office.desk, directory, first, NOW, listing_id=SALON, attribute=attribute)
    with pytest.raises(InvalidRecord):
        casework.ask_to_confirm(office.desk, directory, first, NOW, listing_id="x", attribute="wheelchair")
    with pytest.raises(NotFound):
        casework.ask_to_confirm(
            office.desk, directory, office.hire("auditor"), NOW, listing_id=SALON, attribute="wheelchair")


def test_an_anonymous_enquiry_says_need_area_load_and_time_and_comes_back_with_places(small_office, directory):
    office, worker = small_office, small_office.hire()
    case = office.case(worker, code_name="ひだまり-1")
    asked = casework.enquire(
        office.desk, directory, worker, case, NOW + timedelta(minutes=20), needs=["food", "company"], area="佐伯",
        loads={"people": 1}, weekdays=[2], from_minute=600, until_minute=720)
    [item] = queue(directory)
    assert item.body == {"needs": ["company", "food"], "area": "佐伯", "loads": {"people": 1}, "weekdays": [2],
                         "from": 600, "until": 720}
    stored = str(vars(item))
    assert case not in stored and worker.staff_id not in stored and "ひだまり" not in stored and item.made_at == NOW
    assert casework.enquiries(office.desk, directory, worker, case, NOW)[0].answer is None
    answer(directory, asked, [SALON, CAFE])
    [came_back] = casework.enquiries(office.desk, directory, worker, case, NOW)
    assert (came_back.id, came_back.answer, came_back.body["area"]) == (asked, (SALON, CAFE), "佐伯")
    assert casework.enquiries(office.desk, directory, worker, office.case(worker), NOW) == ()


@pytest.mark.parametrize("wrong", [{"needs": []}, {"needs": ["no_such"]}, {"area": "田中さんの家"}, {"loads": {"x": 1}},
                                   {"loads": {"people": 9}}, {"weekdays": [9]}, {"from_minute": -1}])
def test_an_enquiry_holds_words_of_the_vocabulary_and_numbers_only(small_office, directory, wrong):
    worker = small_office.hire()
    case = small_office.case(worker)
    with pytest.raises(InvalidRecord):
        casework.enquire(small_office.desk, directory, worker, case, NOW, **{"needs": ["company"], **wrong})
    assert queue(directory) == []


def test_an_answer_needs_a_question(directory):
    with pytest.raises(NotFound):
        answer(directory, SALON, [])
    assert questions(directory, [SALON]) == ()
