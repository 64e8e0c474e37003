"""Does breaking the glass open one record for an hour at most, and nothing that stays shut? And is the lead told?"""

from contextlib import suppress
from datetime import timedelta

import pytest

from directory.errors import InvalidRecord, NotFound
from matcher import casework
from matcher.access import INTERNAL
from matcher.casework import EmergencyKept
from matcher.models import AuditEntry, Emergency
from tests.matcher.office import CONSENT, LATER, NOW, Office
from tests.matcher.test_access import answers, uses

REASON = "本人から電話。薬の名前を救急に伝えたい"
LISTING = "10000000-0000-4000-8000-000000000009"


@pytest.fixture
def night(small_office: Office):
    """A case of somebody else's, a worker on duty, and a lead."""
    team, duty, lead = small_office.hire(), small_office.hire(), small_office.hire("case_lead")
    case = small_office.case(team, code_name="よる-1")
    small_office.say(team, case, "own_words", "静かな所がよい")
    return small_office, team, duty, lead, case


def opened(office, duty, minutes=30, code_name="よる-1", now=NOW, reason=REASON):
    return casework.break_glass(office.desk, duty, now, code_name=code_name, reason=reason, minutes=minutes)


def test_one_record_is_open_for_reading_until_the_time_is_over(night):
    office, _team, duty, _lead, case = night
    assert answers(office, duty, case) is None
    assert opened(office, duty) == case
    assert answers(office, duty, case) == "静かな所がよい"
    assert [one.id for one in casework.cases(office.desk, duty, NOW)] == [case]
    assert casework.own_emergency(office.desk, duty, NOW) == (case, NOW + timedelta(minutes=30))
    assert answers(office, duty, case, NOW + timedelta(minutes=29)) == "静かな所がよい"
    assert answers(office, duty, case, NOW + timedelta(minutes=30)) is None
    assert casework.cases(office.desk, duty, LATER) == () and casework.own_emergency(office.desk, duty, LATER) is None


def test_it_can_be_closed_before_and_only_one_is_open_at_a_time(night):
    office, team, duty, _lead, case = night
    office.case(team, code_name="よる-2")
    opened(office, duty)
    with pytest.raises(InvalidRecord, match="一度に一つ"):
        opened(office, duty, code_name="よる-2")
    casework.end_emergency(office.desk, duty, NOW + timedelta(minutes=1))
    assert answers(office, duty, case, NOW + timedelta(minutes=1)) is None
    assert opened(office, duty, code_name="よる-2", now=NOW + timedelta(minutes=2))
    with pytest.raises(NotFound):
        casework.end_emergency(office.desk, office.hire(), NOW)


def test_reading_is_all_it_opens(night):
    office, team, duty, _lead, case = night
    placed = casework.introduce(office.desk, team, case, LISTING, NOW)
    casework.write_note(office.desk, team, case, "チームのメモ", NOW)
    opened(office, duty)
    calls = uses(office, duty, case, placed)
    del calls["enquiries"]  # reads the directory, which is not here
    done = set()
    for name, call in calls.items():
        with suppress(NotFound):
            call()
            done.add(name)
    assert done == {"read_case", "read_answers", "profile_of", "host_loads", "team_of", "notes", "placements", "choices",
                    "recommendations"}


def test_what_belongs_to_a_support_conference_stays_shut(night):
    office, team, duty, lead, case = night
    room = office.conference(lead, team)
    casework.put_on_agenda(office.desk, lead, room, case, NOW)
    casework.write_note(office.desk, team, case, "支援会議のメモ", NOW, f"support_conference:{room}")
    casework.write_note(office.desk, team, case, "チームのメモ", NOW)
    opened(office, duty)
    assert [one.text for one in casework.notes(office.desk, duty, case, NOW)] == ["チームのメモ"]
    office.case(lead, consents=(), conference_id=room, code_name="会議の記録")
    casework.end_emergency(office.desk, duty, NOW)
    with pytest.raises(InvalidRecord, match="緊急でも開けません"):
        opened(office, duty, code_name="会議の記録")


def test_a_withdrawn_consent_is_not_overridden(night):
    office, team, duty, _lead, case = night
    opened(office, duty)
    casework.withdraw_consent(office.desk, team, case, NOW, INTERNAL)
    assert answers(office, duty, case) is None
    with pytest.raises(InvalidRecord, match="緊急でも開けません"):
        opened(office, office.hire())
    casework.give_consents(office.desk, team, case, NOW, [CONSENT])
    assert answers(office, duty, case) == "静かな所がよい"


@pytest.mark.parametrize(("given", "sentence"), [
    ({"reason": " "}, "わけ"), ({"reason": "x" * 401}, "400字"), ({"minutes": 61}, "15・30・60分"), ({"minutes": 0}, "15・30・60分"),
    ({"code_name": ""}, "呼び名"), ({"code_name": "ない-9"}, "見つからないか"),
])
def test_without_a_reason_a_record_and_a_short_time_nothing_opens(night, given, sentence):
    office, _team, duty, _lead, case = night
    with pytest.raises(InvalidRecord, match=sentence):
        opened(office, duty, **given)
    assert answers(office, duty, case) is None and office.rows(Emergency) == []


@pytest.mark.parametrize("role", ["conference_member", "curator", "auditor", "admin", "case_lead"])
def test_only_a_worker_may_break_the_glass(night, role):
    office, _team, _duty, _lead, case = night
    other = office.hire(role)
    with pytest.raises(NotFound):
        opened(office, other)
    assert role == "case_lead" or answers(office, other, case) is None


def test_who_may_open_the_record_anyway_breaks_nothing(night):
    office, team, _duty, _lead, _case = night
    with pytest.raises(InvalidRecord, match="いまのままで開けます"):
        opened(office, team)


def test_the_lead_is_told_with_the_reason_and_takes_note(night):
    office, team, duty, lead, case = night
    opened(office, duty, minutes=15)
    assert casework.unseen_emergencies(office.desk, lead, NOW) == 1
    [told] = casework.emergencies(office.desk, lead, NOW)
    assert told == EmergencyKept(told.id, case, "よる-1", duty.display_name, NOW, NOW + timedelta(minutes=15), REASON, None, None)
    casework.take_note(office.desk, lead, told.id, LATER)
    [seen] = casework.emergencies(office.desk, lead, LATER)
    assert (seen.seen_at, seen.seen_by) == (LATER, lead.display_name)
    assert casework.unseen_emergencies(office.desk, lead, LATER) == 0
    casework.withdraw_consent(office.desk, team, case, LATER, INTERNAL)
    assert casework.emergencies(office.desk, lead, LATER)[0].reason is None
    for other in (team, duty, office.hire("auditor")):
        for call in (lambda who: casework.emergencies(office.desk, who, NOW), lambda who: casework.unseen_emergencies(
                office.desk, who, NOW), lambda who: casework.take_note(office.desk, who, told.id, NOW)):
            with pytest.raises(NotFound):
                call(other)


def test_the_trail_has_the_opening_every_reading_and_every_try(night):
    office, team, duty, _lead, case = night
    with pytest.raises(InvalidRecord):
        opened(office, duty, code_name="ない-9")
    opened(office, duty)
    answers(office, duty, case)
    left = [(row.act, row.what, row.participant_id) for row in office.rows(AuditEntry) if row.staff_id == duty.staff_id]
    assert left == [("refused", "emergency", ""), ("break_glass", "emergency", case), ("read", "conditions", case)]
    assert "緊急に開いた・閉じた" in {line.act for line in casework.access_log(office.desk, team, case, NOW)}
