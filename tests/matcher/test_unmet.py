"""What of casework reaches the curation desk? Numbers from five people up, of consented cases, and a trace of the look."""

from datetime import date

import pytest

from directory.errors import NotFound
from matcher import casework
from matcher.access import CONFERENCE, INTERNAL
from matcher.casework import ConsentGiven
from matcher.desk import Actor
from matcher.models import AuditEntry
from tests.matcher.office import LATER, NOW, Office

FIVE_IN_SAEKI = {("佐伯", "company"): 5}


@pytest.fixture
def casework_url(casework_sqlite_url: str) -> str:
    """The database plays no part of its own here."""
    return casework_sqlite_url


def add_cases(office: Office, worker: Actor, count: int, area: str = "佐伯") -> list[str]:
    """Cases that ask for company in this area."""
    cases = [office.case(worker) for _number in range(count)]
    for case in cases:
        office.say(worker, case, "needs", {"company": 1.0})
        office.say(worker, case, "home_area", area)
    return cases


def test_five_people_cross_as_a_number_and_four_do_not_and_it_leaves_a_trace(office: Office) -> None:
    worker, curator = office.hire("worker"), office.hire("curator")
    add_cases(office, worker, 5)
    add_cases(office, worker, 4, "宮島")
    assert casework.unmet_counts(office.desk, curator, LATER) == FIVE_IN_SAEKI
    last = max(office.rows(AuditEntry), key=lambda entry: entry.number)
    assert (last.staff_id, last.what, last.participant_id) == (curator.staff_id, "unmet", "")
    with pytest.raises(NotFound):
        casework.unmet_counts(office.desk, worker, LATER)


def test_who_is_closed_withdrew_takes_part_or_spoke_in_another_room_is_not_counted(office: Office) -> None:
    worker, lead, curator = office.hire("worker"), office.hire("case_lead"), office.hire("curator")
    cases = add_cases(office, worker, 8)
    hidden = office.case(worker, consents=(), conference_id=office.conference(lead, worker))
    office.say(worker, hidden, "needs", {"company": 1.0})
    office.say(worker, hidden, "home_area", "佐伯")
    for case in cases[3:]:
        casework.give_consents(office.desk, worker, case, NOW, (ConsentGiven(CONFERENCE, date(2026, 11, 20)),))
        office.say(worker, case, "needs", {"food": 1.0}, label=f"consented:{CONFERENCE}")
    casework.close_case(office.desk, worker, cases[0], NOW)
    casework.withdraw_consent(office.desk, worker, cases[1], NOW, INTERNAL)
    placement = casework.introduce(office.desk, worker, cases[2], "00000000-0000-0000-0000-000000000001", NOW)
    assert casework.unmet_counts(office.desk, curator, LATER) == {("佐伯", "company"): 6}
    for version, stage in enumerate(("agreed", "host_asked", "first_visit", "trial"), start=1):
        casework.advance(office.desk, worker, placement, stage, NOW, version=version)
    assert casework.unmet_counts(office.desk, curator, LATER) == FIVE_IN_SAEKI
