"""Who may do what to whose record? One function, `allowed`, for pages, lists, counts, search, exports and API.

Access = role ∧ (assignment ∨ membership of that conference) ∧ label rule ∧ time. The rows below are all there is:
what no row allows is denied. `standings` reads how somebody stands to cases at this moment, so a withdrawal of consent
or the end of an assignment acts on the next call.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from directory.japan_time import in_japan
from matcher.models import Assignment, Conference, ConferenceCase, ConferenceMember, Consent, Emergency, Placement, Staff

WORKER, CASE_LEAD, CONFERENCE_MEMBER = "worker", "case_lead", "conference_member"
CURATOR, HOST, AUDITOR, ADMIN = "curator", "host", "auditor", "admin"
ROLES: Mapping[str, str] = {
    WORKER: "参加支援員", CASE_LEAD: "重層コーディネーター・FM", CONFERENCE_MEMBER: "会議のメンバー",
    CURATOR: "生活支援コーディネーター（SC）", HOST: "受け入れ先", AUDITOR: "監査", ADMIN: "管理者",
}

# Acts on a case
READ, WRITE, CONSENT, MANAGE, CONFIDENTIAL, READ_LOG = "read", "write", "consent", "manage", "confidential", "read_log"
# Acts on no case in particular
OPEN_CASE, SEE_DESK, CONFERENCES, ACCOUNTS, WEIGHTS, CURATE, READ_WHOLE_LOG = (
    "open_case", "see_desk", "conferences", "accounts", "weights", "curate", "read_whole_log",
)
# To read one case in an emergency, and to be told of it
BREAK_GLASS, EMERGENCIES = "break_glass", "emergencies"
CASE_ACTS = (READ, WRITE, CONSENT, MANAGE, CONFIDENTIAL, READ_LOG)
GENERAL_ACTS = (
    OPEN_CASE, SEE_DESK, CONFERENCES, ACCOUNTS, WEIGHTS, CURATE, READ_WHOLE_LOG, BREAK_GLASS, EMERGENCIES)

# Scopes of consent
INTERNAL, CONFERENCE, AT_HOST = "internal", "conference", "host"
SCOPES: Mapping[str, str] = {INTERNAL: "庁内・担当のチーム", CONFERENCE: "重層的支援会議", AT_HOST: "受け入れ先"}

# Labels: `core`, `consented:<scope>`, `support_conference:<id>`; "" is no case at all
CORE, CONSENTED, SUPPORT = "core", "consented", "support_conference"
NO_CASE = ""
# Kinds of conference: 支援会議 without consent, 重層的支援会議 with it
SUPPORT_KIND, CONSENTED_KIND = "support", "consented"
OVER = ("graduated", "ended", "declined")


@dataclass(frozen=True)
class Standing:
    """How one member of staff stands to one case at one moment. `support`: ids of the 支援会議 both belong to.

    `emergency`: opened for an hour at most (casework/emergency.py).
    """

    assigned: bool = False
    support: frozenset[str] = frozenset()
    conference: bool = False
    consents: frozenset[str] = frozenset()
    hosting: bool = False
    emergency: bool = False


STRANGER = Standing()


@dataclass(frozen=True)
class Rule:
    """Any of these roles may do any of these acts under this kind of label, if `stands` says so."""

    roles: Collection[str]
    acts: Collection[str]
    kind: str
    stands: Callable[[Standing, str], bool]


def _always(_standing: Standing, _detail: str) -> bool:
    return True


def _team(standing: Standing, _detail: str) -> bool:
    return standing.assigned and INTERNAL in standing.consents


def _assigned(standing: Standing, _detail: str) -> bool:
    return standing.assigned


def _consent(standing: Standing, _detail: str) -> bool:
    return INTERNAL in standing.consents


def _emergency(standing: Standing, _detail: str) -> bool:
    """In place of the assignment, never of the consent."""
    return standing.emergency and INTERNAL in standing.consents


def _member(standing: Standing, conference_id: str) -> bool:
    return conference_id in standing.support


def _at_the_table(standing: Standing, scope: str) -> bool:
    return scope == CONFERENCE and standing.conference and CONFERENCE in standing.consents


def _at_the_host(standing: Standing, scope: str) -> bool:
    return scope == AT_HOST and standing.hosting and AT_HOST in standing.consents


TEAM = (WORKER, CASE_LEAD)
RULES: tuple[Rule, ...] = (
    # The assigned team works with what the person consented to.
    Rule(TEAM, (READ, WRITE, CONFIDENTIAL, READ_LOG), CORE, _team),
    Rule(TEAM, (READ, WRITE), CONSENTED, _team),
    # Without consent it can only record one, or its end.
    Rule(TEAM, (CONSENT,), CORE, _assigned),
    # The lead assigns and sees the core of every case that was consented to.
    Rule((CASE_LEAD,), (READ, READ_LOG), CORE, _consent),
    Rule((CASE_LEAD,), (MANAGE, CONSENT), CORE, _always),
    # 支援会議: nobody but its members, whoever is assigned, and without consent.
    Rule(TEAM, (READ, WRITE, CONSENT, CONFIDENTIAL, READ_LOG), SUPPORT, _member),
    Rule((CASE_LEAD,), (MANAGE,), SUPPORT, _member),
    Rule((CONFERENCE_MEMBER,), (READ,), SUPPORT, _member),
    # 重層的支援会議 and the host: what was consented to for them, and nothing else.
    Rule((WORKER, CASE_LEAD, CONFERENCE_MEMBER), (READ,), CONSENTED, _at_the_table),
    Rule((HOST,), (READ,), CONSENTED, _at_the_host),
    # In an emergency, for reading: what the assigned team would read, and nothing of a 支援会議.
    Rule((WORKER,), (READ,), CORE, _emergency),
    Rule((WORKER,), (READ,), CONSENTED, _emergency),
    # No case in particular.
    Rule((WORKER,), (BREAK_GLASS,), NO_CASE, _always),
    Rule((CASE_LEAD,), (EMERGENCIES,), NO_CASE, _always),
    Rule(TEAM, (OPEN_CASE,), NO_CASE, _always),
    Rule((WORKER, CASE_LEAD, CONFERENCE_MEMBER), (SEE_DESK,), NO_CASE, _always),
    Rule((CASE_LEAD,), (CONFERENCES,), NO_CASE, _always),
    Rule((ADMIN,), (ACCOUNTS, WEIGHTS), NO_CASE, _always),
    Rule((CURATOR,), (CURATE,), NO_CASE, _always),
    Rule((AUDITOR,), (READ_WHOLE_LOG,), NO_CASE, _always),
)


def allowed(roles: Iterable[str], act: str, label: str = NO_CASE, standing: Standing = STRANGER) -> bool:
    """Whether somebody with these roles and this standing may do `act` to what bears `label`. Deny by default."""
    mine = set(roles)
    kind, _, detail = label.partition(":")
    if bool(detail) == (kind in (CORE, NO_CASE)):
        return False
    return any(
        rule.kind == kind and act in rule.acts and not mine.isdisjoint(rule.roles) and rule.stands(standing, detail)
        for rule in RULES
    )


def standings(session: Session, staff_id: str, now: datetime, case: str | None = None) -> Mapping[str, Standing]:
    """How this member of staff stands at `now` to one case, or to every case there is a standing to.

    A case that only has consents counts too: a lead reads it without assignment.
    """
    found: dict[str, dict] = defaultdict(dict)
    for participant in _rows(session, Assignment, Assignment.staff_id == staff_id, now, case):
        found[participant]["assigned"] = True
    for participant in _rows(session, Emergency, Emergency.staff_id == staff_id, now, case):
        found[participant]["emergency"] = True
    for participant, conference_id, kind in _shared_conferences(session, staff_id, now, case):
        if kind == SUPPORT_KIND:
            found[participant]["support"] = found[participant].get("support", frozenset()) | {conference_id}
        else:
            found[participant]["conference"] = True
    for participant, scope in _consents(session, now, case):
        found[participant]["consents"] = found[participant].get("consents", frozenset()) | {scope}
    for participant in _hosted(session, staff_id, case):
        found[participant]["hosting"] = True
    return {participant: Standing(**facts) for participant, facts in found.items()}


def own_conferences(session: Session, staff_id: str, now: datetime, kind: str) -> frozenset[str]:
    """Ids of the conferences of this kind somebody sits in at `now`."""
    query = (
        select(Conference.id).join(ConferenceMember, ConferenceMember.conference_id == Conference.id)
        .where(Conference.kind == kind, ConferenceMember.staff_id == staff_id, *in_force(ConferenceMember, now))
    )
    return frozenset(session.scalars(query))


def in_force(table: Any, now: datetime) -> tuple:
    """Conditions on a table with `since` and `until`."""
    return table.since <= now, or_(table.until.is_(None), table.until > now)


def _of(column: object, case: str | None) -> tuple:
    return () if case is None else (column == case,)


def _rows(session: Session, table: Any, condition: object, now: datetime, case: str | None) -> list[str]:
    query = select(table.participant_id).where(condition, *in_force(table, now), *_of(table.participant_id, case))
    return list(session.scalars(query))


def _shared_conferences(session: Session, staff_id: str, now: datetime, case: str | None) -> list:
    query = (
        select(ConferenceCase.participant_id, Conference.id, Conference.kind)
        .join(Conference, Conference.id == ConferenceCase.conference_id)
        .join(ConferenceMember, ConferenceMember.conference_id == Conference.id)
        .where(ConferenceMember.staff_id == staff_id, *in_force(ConferenceMember, now), *in_force(ConferenceCase, now),
               *_of(ConferenceCase.participant_id, case))
    )
    return list(session.execute(query))


def _consents(session: Session, now: datetime, case: str | None) -> list:
    query = select(Consent.participant_id, Consent.scope).where(
        Consent.given_on <= in_japan(now).date(), or_(Consent.withdrawn_at.is_(None), Consent.withdrawn_at > now),
        *_of(Consent.participant_id, case))
    return list(session.execute(query))


def _hosted(session: Session, staff_id: str, case: str | None) -> list[str]:
    query = (
        select(Placement.participant_id).join(Staff, Staff.listing_id == Placement.listing_id)
        .where(Staff.id == staff_id, Placement.stage.not_in(OVER), *_of(Placement.participant_id, case))
    )
    return list(session.scalars(query))
