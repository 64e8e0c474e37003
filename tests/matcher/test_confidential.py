"""Are two people kept apart, and does nobody without cause learn that they are?"""

import pytest

from directory.errors import InvalidRecord, NotFound
from matcher import casework
from matcher.casework.placements import NOT_NOW
from matcher.db import Base
from matcher.errors import NotNow
from tests.matcher.office import NOW, Office

SALON, CAFE = "10000000-0000-4000-8000-000000000001", "10000000-0000-4000-8000-000000000002"


@pytest.fixture
def apart(office):
    """Hana, whose worker knows of whom she must not meet; Taro, whose worker does not. Taro goes to the salon."""
    hers, his = office.hire(), office.hire()
    hana, taro = office.case(hers, code_name="ハナ"), office.case(his, code_name="タロ")
    casework.introduce(office.desk, his, taro, SALON, NOW)
    casework.add_no_contact(office.desk, hers, hana, NOW, other_code_name="タロ", reason="以前のこと")
    return office, hers, hana, his, taro


def avoided(office, actor, case):
    return casework.profile_of(office.desk, actor, case, NOW).no_contact


def test_where_the_other_goes_is_left_out_for_both_and_only_as_long_as_they_go(apart):
    office, hers, hana, his, taro = apart
    casework.introduce(office.desk, hers, hana, CAFE, NOW)
    assert (avoided(office, hers, hana), avoided(office, his, taro)) == ({SALON}, {CAFE})
    [placement] = casework.placements(office.desk, his, taro, NOW)
    casework.advance(office.desk, his, placement.id, "declined", NOW, version=1)
    assert avoided(office, hers, hana) == frozenset()


def test_a_place_can_be_left_out_by_itself(office):
    worker = office.hire()
    case = office.case(worker)
    casework.add_no_contact(office.desk, worker, case, NOW, listing_id=SALON)
    assert avoided(office, worker, case) == {SALON}
    casework.remove_no_contact(office.desk, worker, case, NOW, listing_id=SALON)
    assert avoided(office, worker, case) == frozenset()


def test_neither_can_be_introduced_where_the_other_goes_and_the_refusal_is_the_one_for_a_full_place(apart):
    office, hers, hana, his, taro = apart
    casework.introduce(office.desk, hers, hana, CAFE, NOW)
    stranger = office.hire()
    third = office.case(stranger)
    refusals = set()
    for actor, case, listing, options in (
            (hers, hana, SALON, {"monthly": None}), (his, taro, CAFE, {"monthly": None}),
            (stranger, third, SALON, {"places": 1, "monthly": None}), (stranger, third, SALON, {"monthly": 1})):
        with pytest.raises(NotNow) as caught:
            casework.introduce(office.desk, actor, case, listing, NOW, **options)
        refusals.add((type(caught.value), str(caught.value), str(vars(caught.value))))
    assert refusals == {(NotNow, NOT_NOW, "{}")}


def test_those_with_cause_see_what_was_said_and_can_take_it_back(apart):
    office, hers, hana, his, taro = apart
    [kept] = casework.no_contacts(office.desk, hers, hana, NOW)
    assert (kept.participant_id, kept.code_name, kept.listing_id, kept.reason) == (taro, "タロ", None, "以前のこと")
    casework.remove_no_contact(office.desk, hers, hana, NOW, other_id=taro)
    assert avoided(office, hers, hana) == frozenset()
    with pytest.raises(NotFound):
        casework.remove_no_contact(office.desk, hers, hana, NOW, other_id=taro)


def everything_readable(office: Office, actor, case):
    """All a worker of that case can read but the list of places, as one text."""
    desk = office.desk
    return str((
        casework.read_case(desk, actor, case, NOW), casework.read_answers(desk, actor, case, NOW),
        casework.read_answers(desk, actor, case, NOW, "identity"), casework.notes(desk, actor, case, NOW),
        casework.no_contacts(desk, actor, case, NOW), casework.choices(desk, actor, case, NOW),
        casework.recommendations(desk, actor, case, NOW), casework.placements(desk, actor, case, NOW),
        casework.consents_of(desk, actor, case, NOW), casework.team_of(desk, actor, case, NOW),
        sorted({(line.who, line.act, line.what) for line in casework.access_log(desk, actor, case, NOW)}),
        casework.cases(desk, actor, NOW), casework.host_loads(desk, actor, NOW),
    ))


def test_nobody_without_cause_learns_that_it_exists(office):
    """What his worker, a lead, a conference and the auditor can read is the same with and without it."""
    hers, his, lead, auditor = office.hire(), office.hire(), office.hire("case_lead"), office.hire("auditor")
    member = office.hire("conference_member")
    hana, taro = office.case(hers, code_name="ハナ"), office.case(his, code_name="タロ")
    room = office.conference(lead, member)
    for case in (hana, taro):
        casework.put_on_agenda(office.desk, lead, room, case, NOW)

    def readable():
        logged = [(line.who, line.act, line.what, line.participant_id)
                  for line in casework.whole_log(office.desk, auditor, NOW)]
        return everything_readable(office, his, taro), [
            casework.read_answers(office.desk, lead, case, NOW) for case in (hana, taro)], logged

    readable()  # the looks of everybody stand in the log from now on
    before, of_lead, _ = readable()
    casework.add_no_contact(office.desk, hers, hana, NOW, other_code_name="タロ", reason="以前のこと")
    # For comparison, an ordinary answer of hers: the auditor must not be able to tell the two apart.
    office.say(hers, hana, "age", 40)
    after, of_lead_after, logged = readable()
    assert (after, of_lead_after) == (before, [
        {**of_lead[0], "age": of_lead_after[0]["age"]}, of_lead[1]])
    ordinary = [line for line in logged if line[0] == hers.display_name and line[3] == hana]
    assert {line[1:3] for line in ordinary} <= {("書いた", "条件"), ("見た", "条件"), ("新しく作った", "記録の全体")}
    assert not [line for line in logged if line[0] == hers.display_name and line[3] == taro]


@pytest.mark.parametrize("role", ["case_lead", "worker", "conference_member", "curator", "auditor", "admin", "host"])
def test_who_is_not_assigned_cannot_ask_for_it_whatever_their_role(office, role):
    hers = office.hire()
    hana = office.case(hers)
    other = office.hire(role, listing_id=SALON if role == "host" else None)
    for call in (casework.no_contacts, casework.add_no_contact, casework.remove_no_contact):
        with pytest.raises((NotFound, InvalidRecord)) as caught:
            call(office.desk, other, hana, NOW, **({} if call is casework.no_contacts else {"listing_id": CAFE}))
        assert isinstance(caught.value, NotFound)


def test_the_database_shows_no_difference_to_a_record_without_it(small_office):
    """Neither a table, a column nor a length tells; only the sealed bytes differ, as they do at every writing."""
    worker = small_office.hire()
    with_it, without = small_office.case(worker, code_name="あ"), small_office.case(worker, code_name="い")
    casework.add_no_contact(small_office.desk, worker, with_it, NOW, listing_id=SALON)
    shapes = {}
    for case in (with_it, without):
        rows = [row for mapper in Base.registry.mappers for row in small_office.rows(mapper.class_)
                if case in (getattr(row, "participant_id", None), getattr(row, "id", None))]
        shapes[case] = sorted(
            (type(row).__name__, name, len(value) if isinstance(value, (bytes, str)) else value)
            for row in rows if type(row).__name__ != "AuditEntry"
            for name, value in vars(row).items() if name != "_sa_instance_state")
    assert shapes[with_it] == shapes[without]


def test_an_unknown_code_name_is_told_because_a_pair_that_does_nothing_is_a_danger(small_office):
    worker = small_office.hire()
    case = small_office.case(worker, code_name="あ")
    for name in ("だれでもない", "あ", "\0", "x" * 500):
        with pytest.raises(InvalidRecord):
            casework.add_no_contact(small_office.desk, worker, case, NOW, other_code_name=name)
    for options in ({}, {"other_code_name": "い", "listing_id": SALON}, {"listing_id": "x"}):
        with pytest.raises(InvalidRecord):
            casework.add_no_contact(small_office.desk, worker, case, NOW, **options)


def test_erasing_one_frees_the_other(office):
    hers, lead = office.hire(), office.hire("case_lead")
    hana, taro = office.case(hers, code_name="ハナ"), office.case(lead, code_name="タロ")
    casework.add_no_contact(office.desk, hers, hana, NOW, other_code_name="タロ")
    casework.introduce(office.desk, hers, hana, SALON, NOW)
    assert avoided(office, lead, taro) == {SALON}
    casework.erase(office.desk, lead, hana, NOW)
    assert avoided(office, lead, taro) == frozenset()


def test_room_for_many(small_office):
    worker = small_office.hire()
    case = small_office.case(worker)
    for number in range(40):
        casework.add_no_contact(small_office.desk, worker, case, NOW, reason="わけ" * 50,
                                listing_id=f"10000000-0000-4000-8000-{number:012}")
    assert len(avoided(small_office, worker, case)) == 40
