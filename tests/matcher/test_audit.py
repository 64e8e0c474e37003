"""Does every look leave a trace, can no trace be changed unnoticed, and does nothing come out without one?"""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime

import pytest
from sqlalchemy import delete, text, update

from directory.errors import NotFound
from matcher import audit, casework
from matcher.casework import LogFilter
from matcher.db import write_session
from matcher.errors import AuditFailure, Stale
from matcher.models import Answer, AuditEntry, AuditHead, Note, Participant, Placement
from tests.matcher.office import LATER, NOW
from tests.matcher.test_access import uses


def trail(office):
    return sorted(office.rows(AuditEntry), key=lambda row: row.number)


def verify(office, anchor=None):
    with write_session(office.desk.engine) as session:
        return audit.verify(session, office.desk.keys, anchor)


@pytest.fixture
def lived_in(office):
    worker, lead = office.hire(), office.hire("case_lead")
    case = office.case(worker)
    office.say(worker, case, "own_words", "静かな所がよい")
    return office, worker, lead, case


def test_every_use_case_of_a_case_leaves_a_trace_of_its_actor(small_office):
    office = small_office
    actor = office.hire("case_lead", "worker")
    case = office.case(actor)
    placed = casework.introduce(office.desk, actor, case, "10000000-0000-4000-8000-000000000001", NOW)
    calls = uses(office, actor, case, placed)
    # These need a second database or end the case.
    for name in ("enquire", "enquiries", "erase", "withdraw_consent", "unassign", "close_case"):
        calls.pop(name)
    silent = []
    for name, call in calls.items():
        before = len(trail(office))
        try:
            call()
        except NotFound:
            pass
        new = trail(office)[before:]
        if not any(row.staff_id == actor.staff_id and row.participant_id == case and row.at == NOW for row in new):
            silent.append(name)
    assert silent == []
    assert verify(office).broken_at is None


def test_the_trail_says_who_did_what_to_which_case_and_when(lived_in):
    office, worker, lead, case = lived_in
    before = len(trail(office))
    casework.read_answers(office.desk, lead, case, LATER)
    [entry] = trail(office)[before:]
    assert (entry.at, entry.staff_id, entry.act, entry.what, entry.participant_id, entry.label) == (
        LATER, lead.staff_id, "read", "conditions", case, "core")


def test_a_refusal_is_kept_and_says_the_same_of_a_foreign_and_a_missing_case(lived_in):
    office, _worker, _lead, case = lived_in
    stranger = office.hire()
    nowhere = "99999999-0000-4000-8000-000000000000"
    before = len(trail(office))
    for wanted in (case, nowhere, "nonsense\0"):
        with pytest.raises(NotFound):
            casework.read_answers(office.desk, stranger, wanted, NOW)
    assert [(row.act, row.what, row.participant_id, row.label) for row in trail(office)[before:]] == [
        ("refused", "conditions", case, ""), ("refused", "conditions", nowhere, ""), ("refused", "conditions", "", "")]


def test_an_error_that_carries_what_was_read_leaves_a_trace_too(lived_in):
    office, worker, _lead, case = lived_in
    before = len(trail(office))
    with pytest.raises(Stale):
        office.say(worker, case, "own_words", "x")
    assert [row.act for row in trail(office)[before:]] == ["write"]


FAULTS = {
    "the head is gone": "DELETE FROM audit_head",
    "the next number is taken": "INSERT INTO audit_entry (number, at, staff_id, act, what, participant_id, label, mac) "
                                "SELECT number + 1, '2026-01-01 00:00:00', '', '', '', '', '', '' FROM audit_head",
    "the table is gone": "DROP TABLE audit_entry",
}


@pytest.mark.parametrize("fault", FAULTS)
def test_when_the_trail_cannot_be_written_no_sensitive_byte_comes_out_and_none_goes_in(lived_in, fault):
    office, worker, lead, case = lived_in
    placed = casework.introduce(office.desk, worker, case, "10000000-0000-4000-8000-000000000001", NOW)
    tables = (Participant, Answer, Note, Placement)
    with write_session(office.desk.engine) as session:
        session.execute(text(FAULTS[fault]))
        session.commit()
    before = [[vars(row) | {"_sa_instance_state": None} for row in office.rows(table)] for table in tables]
    for name, call in uses(office, worker, case, placed).items():
        with pytest.raises((AuditFailure, NotFound)) as caught:
            call()
        told = f"{caught.value} {caught.value.__dict__}"
        assert "静かな所" not in told, name
        assert isinstance(caught.value, AuditFailure), name
    for call in (lambda: casework.cases(office.desk, worker, NOW), lambda: office.case(worker)):
        with pytest.raises(AuditFailure):
            call()
    after = [[vars(row) | {"_sa_instance_state": None} for row in office.rows(table)] for table in tables]
    assert after == before


TAMPERINGS = {
    "changed": lambda session: session.execute(update(AuditEntry).where(AuditEntry.number == 3).values(staff_id="x")),
    "another case": lambda session: session.execute(
        update(AuditEntry).where(AuditEntry.number == 3).values(participant_id="x")),
    "removed": lambda session: session.execute(delete(AuditEntry).where(AuditEntry.number == 3)),
    "later": lambda session: session.execute(update(AuditEntry).where(AuditEntry.number == 3).values(at=LATER)),
    "cut off": lambda session: session.execute(delete(AuditEntry).where(AuditEntry.number >= 3)),
    "all gone": lambda session: session.execute(delete(AuditEntry)),
    "renumbered": lambda session: [
        session.execute(update(AuditEntry).where(AuditEntry.number == number).values(number=to))
        for number, to in ((3, 1000), (4, 3), (1000, 4))],
}


@pytest.mark.parametrize("tampering", TAMPERINGS)
def test_whoever_touches_the_trail_breaks_the_chain(lived_in, tampering):
    office, _worker, _lead, _case = lived_in
    assert verify(office).broken_at is None
    with write_session(office.desk.engine) as session:
        TAMPERINGS[tampering](session)
        session.commit()
    assert verify(office).broken_at is not None


def test_a_trail_cut_back_together_with_its_head_is_noticed_by_the_anchor_kept_outside(lived_in):
    office, _worker, _lead, _case = lived_in
    anchor = verify(office).head
    assert verify(office, anchor).broken_at is None
    with write_session(office.desk.engine) as session:
        kept = session.get_one(AuditEntry, 2)
        session.execute(delete(AuditEntry).where(AuditEntry.number > 2))
        session.execute(update(AuditHead).values(number=2, mac=kept.mac))
        session.commit()
    assert verify(office).broken_at is None
    assert verify(office, anchor).broken_at is not None


def test_the_chain_stays_whole_with_many_at_work(office):
    worker = office.hire()
    case = office.case(worker)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _turn: casework.read_answers(office.desk, worker, case, NOW), range(20)))
    found = verify(office)
    assert (found.broken_at, found.entries) == (None, len(trail(office)))


def test_the_access_log_of_a_case_is_read_by_its_team_newest_first(lived_in):
    office, worker, lead, case = lived_in
    casework.read_answers(office.desk, lead, case, LATER)
    lines = casework.access_log(office.desk, worker, case, LATER)
    assert [(line.who, line.act, line.what) for line in lines[:2]] == [
        (worker.display_name, "閲覧の記録を見た", "閲覧の記録"), (lead.display_name, "見た", "条件")]
    older = casework.access_log(office.desk, worker, case, LATER, before=lines[1].number)
    assert [line.number for line in older] == [line.number for line in lines[2:]]


def test_the_team_does_not_learn_from_the_log_that_a_support_conference_spoke_of_the_case(office):
    lead, member, worker = office.hire("case_lead"), office.hire("case_lead"), office.hire()
    case = office.case(worker)
    room = office.conference(lead, member)
    casework.put_on_agenda(office.desk, lead, room, case, NOW)
    casework.write_note(office.desk, member, case, "会議のこと", NOW, f"support_conference:{room}")
    own = [line for line in casework.access_log(office.desk, worker, case, NOW) if line.what == "メモ"]
    theirs = [line for line in casework.access_log(office.desk, member, case, NOW) if line.what == "メモ"]
    assert (len(own), len(theirs)) == (0, 1)


def test_the_auditor_reads_the_whole_trail_and_nobody_else_does(lived_in):
    office, worker, lead, case = lived_in
    auditor = office.hire("auditor")
    assert case in {line.participant_id for line in casework.whole_log(office.desk, auditor, NOW)}
    for other in (worker, lead, office.hire("admin"), office.hire("curator")):
        with pytest.raises(NotFound):
            casework.whole_log(office.desk, other, NOW)


def test_the_auditor_asks_for_what_fits_alone_and_days_are_those_of_japan(small_office):
    worker, auditor = small_office.hire(), small_office.hire("auditor")
    # 23:30 in Japan on the 24th, and half an hour after midnight
    late, early = datetime(2026, 11, 24, 14, 30), datetime(2026, 11, 24, 15, 30)
    case, other = small_office.case(worker, late), small_office.case(worker, early)

    def cases(**only):
        lines = casework.whole_log(small_office.desk, auditor, early, only=LogFilter(act="open_case", **only))
        return {line.participant_id for line in lines}

    assert cases() == {case, other} == cases(staff_id=worker.staff_id) and cases(staff_id=auditor.staff_id) == set()
    assert cases(until=date(2026, 11, 24)) == {case} and cases(since=date(2026, 11, 25)) == {other}
    assert cases(participant_id=case) == {case} and cases(what="case") == {case, other} and cases(what="notes") == set()
    assert (worker.staff_id, worker.display_name) in casework.everybody_in_the_log(small_office.desk, auditor, NOW)
    with pytest.raises(NotFound):
        casework.everybody_in_the_log(small_office.desk, worker, NOW)
