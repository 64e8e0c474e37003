"""Whatever happens to consents, assignments and conferences, in any order: is each reader shown exactly what they should?

Hypothesis plays a municipality against an oracle of sets; after every step everybody reads, and finds what it says.
"""

import shutil
import tempfile
from datetime import timedelta
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from directory.errors import NotFound
from matcher import casework
from matcher.desk import open_desk
from tests.matcher.conftest import migrate, settings_for
from tests.matcher.office import CONSENT, EVERY_CONSENT, NOW, Office

STAFF = st.sampled_from(["worker", "second", "lead", "member"])
SCOPE = st.sampled_from(["internal", "conference", "host"])
BY_SCOPE = {consent.scope: consent for consent in EVERY_CONSENT}
TOLD = {"core": "チームに", "consented:conference": "会議に"}


class Municipality(RuleBasedStateMachine):
    """One case, told things under three labels; the oracle knows who should be shown which."""

    @initialize()
    def open(self):
        self.folder = Path(tempfile.mkdtemp())
        url = f"sqlite:///{self.folder / 'casework.db'}"
        migrate(url)
        self.office = Office(open_desk(settings_for(url, self.folder)))
        roles = {"worker": "worker", "second": "worker", "lead": "case_lead", "member": "conference_member"}
        self.people = {name: self.office.hire(role) for name, role in roles.items()}
        self.now = NOW
        lead, desk = self.people["lead"], self.office.desk
        self.support = self.office.conference(lead)
        self.table = self.office.conference(lead, kind="consented")
        self.case = self.office.case(lead, consents=(CONSENT,))
        self.assigned, self.consents = {"lead"}, {"internal"}
        self.seats, self.agenda = {"support": {"lead"}, "table": {"lead"}}, {"support", "table"}
        for room in (self.support, self.table):
            casework.put_on_agenda(desk, lead, room, self.case, self.now)
        self.told = {**TOLD, f"support_conference:{self.support}": "支援会議で"}
        for label, text in self.told.items():
            casework.write_note(desk, lead, self.case, text, self.now, label)

    @rule(name=STAFF.filter(lambda name: name != "member"), on=st.booleans())
    def assign(self, name, on):
        change = casework.assign if on else casework.unassign
        change(self.office.desk, self.people["lead"], self.case, self.people[name].staff_id, self.tick())
        (self.assigned.add if on else self.assigned.discard)(name)

    @rule(scope=SCOPE, on=st.booleans())
    def consent(self, scope, on):
        desk, lead = self.office.desk, self.people["lead"]
        if on:
            casework.give_consents(desk, lead, self.case, self.tick(), [BY_SCOPE[scope]])
        else:
            casework.withdraw_consent(desk, lead, self.case, self.tick(), scope)
        (self.consents.add if on else self.consents.discard)(scope)

    @rule(name=STAFF.filter(lambda name: name != "lead"), room=st.sampled_from(["support", "table"]), on=st.booleans())
    def seat(self, name, room, on):
        casework.seat(self.office.desk, self.people["lead"], getattr(self, room), self.people[name].staff_id, self.tick(),
                      leave=not on)
        (self.seats[room].add if on else self.seats[room].discard)(name)

    @rule(room=st.sampled_from(["support", "table"]), on=st.booleans())
    def agenda_changes(self, room, on):
        casework.put_on_agenda(
            self.office.desk, self.people["lead"], getattr(self, room), self.case, self.tick(), remove=not on)
        (self.agenda.add if on else self.agenda.discard)(room)

    @invariant()
    def everybody_is_shown_what_they_should_be(self):
        for name, actor in self.people.items():
            try:
                shown = {note.text for note in casework.notes(self.office.desk, actor, self.case, self.now)}
            except NotFound:
                shown = set()
            assert shown == self.should_see(name), (name, vars(self))

    def should_see(self, name):
        seen = set()
        team = name in self.assigned and "internal" in self.consents
        if team or (name == "lead" and "internal" in self.consents):
            seen.add("チームに")
        if team or ({"conference"} <= self.consents and name in self.seats["table"] and "table" in self.agenda):
            seen.add("会議に")
        if name in self.seats["support"] and "support" in self.agenda:
            seen.add("支援会議で")
        return seen

    def tick(self):
        self.now += timedelta(seconds=1)
        return self.now

    def teardown(self):
        self.office.desk.close()
        shutil.rmtree(self.folder)


Municipality.TestCase.settings = settings(max_examples=12, stateful_step_count=12, deadline=None)
test_whatever_happens_everybody_is_shown_what_they_should_be = Municipality.TestCase
