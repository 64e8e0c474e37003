"""Who works with whom, and who sits in which conference? The lead decides; an end acts on the next call."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from directory.errors import InvalidRecord
from directory.models.columns import new_id
from matcher.access import (
    CASE_LEAD, CONFERENCE_MEMBER, CONFERENCES, CONSENTED_KIND, CURATE, CURATOR, MANAGE, READ, SUPPORT_KIND, WORKER, in_force,
)
from matcher.casework.texts import text_of
from matcher.desk import Actor, Desk, Work
from matcher.models import Assignment, Conference, ConferenceCase, ConferenceMember, Staff

KINDS = {SUPPORT_KIND: "支援会議（同意なし・守秘義務）", CONSENTED_KIND: "重層的支援会議（同意あり）"}
LONGEST_NAME = 60


@dataclass(frozen=True)
class Colleague:
    """A member of staff as others on the desk see them."""

    staff_id: str
    display_name: str
    roles: frozenset[str]


@dataclass(frozen=True)
class ConferenceShown:
    """A conference and who sits in it now."""

    id: str
    kind: str
    name: str
    members: tuple[Colleague, ...]


def colleagues(desk: Desk, actor: Actor, now: datetime) -> tuple[Colleague, ...]:
    """Whom a lead may assign or seat: everybody who works with cases and still has an account. Raises NotFound."""
    with desk.acting(actor, now) as work:
        work.must(CONFERENCES)
        rows = work.session.scalars(select(Staff).where(Staff.disabled_at.is_(None)).order_by(Staff.display_name))
        return tuple(_colleague(row) for row in rows if {WORKER, CASE_LEAD, CONFERENCE_MEMBER} & set(row.roles))


def curators(desk: Desk, actor: Actor, now: datetime) -> tuple[Colleague, ...]:
    """Who looks after the directory and still has an account: areas are handed over among them. Raises NotFound."""
    with desk.acting(actor, now) as work:
        work.must(CURATE)
        rows = work.session.scalars(select(Staff).where(Staff.disabled_at.is_(None)).order_by(Staff.display_name, Staff.id))
        return tuple(_colleague(row) for row in rows if CURATOR in row.roles)


def team_of(desk: Desk, actor: Actor, participant_id: str, now: datetime) -> tuple[Colleague, ...]:
    """Who is assigned to this case now. Raises NotFound."""
    with desk.acting(actor, now) as work:
        case = work.open_case(participant_id, READ, "assignment")
        assigned = select(Assignment.staff_id).where(Assignment.participant_id == case.id, *in_force(Assignment, now))
        rows = select(Staff).where(Staff.id.in_(assigned)).order_by(Staff.display_name)
        return tuple(_colleague(row) for row in work.session.scalars(rows))


def assign(desk: Desk, actor: Actor, participant_id: str, staff_id: str, now: datetime) -> None:
    """Let a worker or lead work with this person from now on. Raises NotFound, InvalidRecord."""
    with desk.acting(actor, now) as work:
        case = work.open_case(participant_id, MANAGE, "assignment")
        _must_be_staff(work, staff_id, {WORKER, CASE_LEAD})
        if not list(_open_rows(work, Assignment, participant_id=case.id, staff_id=staff_id)):
            work.session.add(Assignment(id=new_id(), participant_id=case.id, staff_id=staff_id, since=now))


def unassign(desk: Desk, actor: Actor, participant_id: str, staff_id: str, now: datetime) -> None:
    """End the assignment: the next call of theirs is refused. Raises NotFound."""
    with desk.acting(actor, now) as work:
        case = work.open_case(participant_id, MANAGE, "assignment")
        _end(work, Assignment, participant_id=case.id, staff_id=staff_id)


def create_conference(desk: Desk, actor: Actor, now: datetime, *, kind: str, name: str) -> str:
    """A new conference with the lead as its first member; returns its id. Raises InvalidRecord, NotFound."""
    sentence = f"会議の種類を選び、名前を{LONGEST_NAME}字までで書いてください。本人の名前は使わないでください。"
    if kind not in KINDS:
        raise InvalidRecord(sentence)
    called = text_of(name, LONGEST_NAME, sentence)
    with desk.acting(actor, now) as work:
        work.must(CONFERENCES)
        conference = Conference(id=new_id(), kind=kind, name=called, created_at=now)
        work.session.add(conference)
        work.session.flush()
        work.session.add(ConferenceMember(
            id=new_id(), conference_id=conference.id, staff_id=actor.staff_id, since=now))
        work.trace(MANAGE, "assignment")
        return conference.id


def conferences(desk: Desk, actor: Actor, now: datetime) -> tuple[ConferenceShown, ...]:
    """The conferences this actor sits in, with their members."""
    with desk.acting(actor, now) as work:
        own = select(ConferenceMember.conference_id).where(
            ConferenceMember.staff_id == actor.staff_id, *in_force(ConferenceMember, now))
        work.trace(READ, "list")
        rows = work.session.scalars(select(Conference).where(Conference.id.in_(own)).order_by(Conference.name))
        return tuple(ConferenceShown(row.id, row.kind, row.name, _members(work, row.id)) for row in rows)


def seat(desk: Desk, actor: Actor, conference_id: str, staff_id: str, now: datetime, *, leave: bool = False) -> None:
    """Let somebody sit in a conference of one's own, or `leave` it. Raises NotFound, InvalidRecord."""
    with desk.acting(actor, now) as work:
        _must_sit_in(work, conference_id)
        if leave:
            _end(work, ConferenceMember, conference_id=conference_id, staff_id=staff_id)
            return
        _must_be_staff(work, staff_id, {WORKER, CASE_LEAD, CONFERENCE_MEMBER})
        if not list(_open_rows(work, ConferenceMember, conference_id=conference_id, staff_id=staff_id)):
            work.session.add(ConferenceMember(
                id=new_id(), conference_id=conference_id, staff_id=staff_id, since=now))


def put_on_agenda(
    desk: Desk, actor: Actor, conference_id: str, participant_id: str, now: datetime, *, remove: bool = False
) -> None:
    """Bring a case into a conference of one's own, or take it out again. Raises NotFound."""
    with desk.acting(actor, now) as work:
        case = work.open_case(participant_id, MANAGE, "assignment")
        _must_sit_in(work, conference_id)
        if remove:
            _end(work, ConferenceCase, conference_id=conference_id, participant_id=case.id)
        elif not list(_open_rows(work, ConferenceCase, conference_id=conference_id, participant_id=case.id)):
            work.session.add(ConferenceCase(
                id=new_id(), conference_id=conference_id, participant_id=case.id, since=now))


def _must_sit_in(work: Work, conference_id: str) -> None:
    work.must(CONFERENCES)
    seats = _open_rows(work, ConferenceMember, staff_id=work.actor.staff_id)
    if conference_id not in {seat.conference_id for seat in seats}:
        raise work.refuse("assignment")
    work.trace(MANAGE, "assignment")


def _must_be_staff(work: Work, staff_id: str, roles: set[str]) -> None:
    staff = work.find(Staff, staff_id)
    if staff is None or staff.disabled_at is not None or not roles & set(staff.roles):
        raise InvalidRecord("この人は選べません。一覧から選びなおしてください。")


def _open_rows(work: Work, table: Any, **which: str) -> Iterable[Any]:
    return work.session.scalars(select(table).filter_by(**which).where(*in_force(table, work.now)))


def _end(work: Work, table: Any, **which: str) -> None:
    for row in _open_rows(work, table, **which):
        row.until = work.now


def _members(work: Work, conference_id: str) -> tuple[Colleague, ...]:
    seated = select(ConferenceMember.staff_id).where(
        ConferenceMember.conference_id == conference_id, *in_force(ConferenceMember, work.now))
    rows = select(Staff).where(Staff.id.in_(seated)).order_by(Staff.display_name)
    return tuple(_colleague(row) for row in work.session.scalars(rows))


def _colleague(row: Staff) -> Colleague:
    return Colleague(row.id, row.display_name, frozenset(row.roles))
