"""Whose cases are there? New ones with their basis from the first row, one's own list, and erasing for good."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select

from directory.erasing import erase_for_good, settle
from directory.errors import InvalidRecord
from directory.models.columns import new_id
from matcher.access import CASE_ACTS, CORE, INTERNAL, MANAGE, OPEN_CASE, READ, STRANGER, SUPPORT, WRITE
from matcher.case_keys import make_case_key
from matcher.casework.confidential import forget_everywhere, nothing_confidential
from matcher.casework.consents import ConsentGiven, add_consents
from matcher.casework.texts import text_of
from matcher.desk import Actor, Desk, OpenCase, Work, is_listed, used_labels
from matcher.models import Assignment, ConferenceCase, Participant

# Quiet words that say nothing of anybody.
WORDS = ("あさひ", "いずみ", "うみべ", "おがわ", "かえで", "こだま", "さざなみ", "しらかば", "すずかぜ", "つくし", "なぎさ",
         "はやせ", "ひだまり", "まつかぜ", "みずうみ", "もくれん", "やまなみ", "ゆうやけ", "わかば", "わたぐも")
LONGEST_CODE_NAME = 30


@dataclass(frozen=True)
class Case:
    """One case as lists and headings show it. `acts`: what this actor may do to any part of it now."""

    id: str
    code_name: str
    # core, or support_conference: what the case was opened under
    basis: str
    opened_at: datetime
    closed_at: datetime | None
    assigned: bool
    consents: frozenset[str]
    acts: frozenset[str]
    labels: tuple[str, ...] = ()

    @property
    def readable(self) -> bool:
        """False when only a new consent can be recorded: the last one was withdrawn."""
        return READ in self.acts


def suggest_code_name() -> str:
    """A code name that says nothing of the person."""
    return f"{secrets.choice(WORDS)}-{secrets.randbelow(9000) + 1000}"


def open_participant(
    desk: Desk, actor: Actor, now: datetime, *, code_name: str, consents: tuple[ConsentGiven, ...] = (),
    conference_id: str | None = None,
) -> str:
    """A new record on the basis of consents (庁内 among them) or of a 支援会議 the actor sits in; returns its id.

    The actor is assigned from the first moment. Raises InvalidRecord without a basis, for a code name already used or
    empty, NotFound when the actor may not open cases or does not sit in that conference.
    """
    if conference_id is None and INTERNAL not in {consent.scope for consent in consents}:
        raise InvalidRecord("庁内での利用への同意か、支援会議のどちらかを選んでください。記録は、それがあってから始めます。")
    with desk.acting(actor, now) as work:
        work.must(OPEN_CASE)
        if conference_id is not None and conference_id not in work.support_conferences():
            raise work.refuse("case")
        participant = Participant(
            id=new_id(), code_name=_free_code_name(work, code_name), opened_at=now, opened_by=actor.staff_id,
            label=f"{SUPPORT}:{conference_id}" if conference_id else CORE, confidential=b"")
        work.session.add(participant)
        work.session.flush()
        make_case_key(work.session, desk.keys, participant.id)
        participant.confidential = nothing_confidential(work, participant.id)
        work.session.add(Assignment(id=new_id(), participant_id=participant.id, staff_id=actor.staff_id, since=now))
        if conference_id:
            work.session.add(ConferenceCase(
                id=new_id(), conference_id=conference_id, participant_id=participant.id, since=now))
        add_consents(work, participant.id, consents)
        work.session.flush()
        work.trace(OPEN_CASE, "case", participant.id, participant.label)
        return participant.id


def cases(desk: Desk, actor: Actor, now: datetime, *, closed: bool = False) -> tuple[Case, ...]:
    """The cases this actor has to do with, by code name; for a lead every one that was opened by consent."""
    with desk.acting(actor, now) as work:
        known, used = work.standings(), used_labels(work.session)
        work.trace(READ, "list")
        query = select(Participant).order_by(Participant.code_name)
        if not closed:
            query = query.where(Participant.closed_at.is_(None))
        found = []
        for participant in work.session.scalars(query):
            standing = known.get(participant.id, STRANGER)
            if is_listed(actor.roles, participant.label, standing):
                found.append(_case(OpenCase(
                    work, participant, standing, used=used.get(participant.id, frozenset()))))
        return tuple(found)


def read_case(desk: Desk, actor: Actor, participant_id: str, now: datetime) -> Case:
    """The heading of one case. Raises NotFound; a case without consent in force is not readable but has acts left."""
    with desk.acting(actor, now) as work:
        return _case(_open_for_anything(work, participant_id))


def rename(desk: Desk, actor: Actor, participant_id: str, code_name: str, now: datetime) -> None:
    """Give another code name. Raises InvalidRecord, NotFound."""
    with desk.acting(actor, now) as work:
        case = work.open_case(participant_id, WRITE, "case")
        case.participant.code_name = _free_code_name(work, code_name)


def close_case(desk: Desk, actor: Actor, participant_id: str, now: datetime, *, reopen: bool = False) -> None:
    """Close a case, or open it again: it leaves the list, nothing else. Raises NotFound."""
    with desk.acting(actor, now) as work:
        work.open_case(participant_id, WRITE, "case").participant.closed_at = None if reopen else now


def erase(desk: Desk, actor: Actor, participant_id: str, now: datetime) -> None:
    """Destroy the key of the case and every row of it; only the trail remembers that there was one. For a lead.

    A copy of the database made earlier still opens with the keys of that time: see scripts.rotate_keys.
    """
    with desk.acting(actor, now) as work:
        work.open_case(participant_id, MANAGE, "case")
        work.trace("erase", "case", participant_id)
        erase_for_good(work.session)
        forget_everywhere(work, participant_id)
        work.session.expunge_all()
        work.session.execute(delete(Participant).where(Participant.id == participant_id))
    settle(desk.engine)


def _open_for_anything(work: Work, participant_id: str) -> OpenCase:
    participant = work.find(Participant, participant_id)
    standing = work.standing(participant_id) if participant else STRANGER
    if participant is None or not is_listed(work.actor.roles, participant.label, standing):
        raise work.refuse("case", participant_id)
    work.trace(READ, "case", participant_id, participant.label)
    return OpenCase(work, participant, standing)


def _case(case: OpenCase) -> Case:
    row = case.participant
    return Case(
        row.id, row.code_name, row.label.partition(":")[0], row.opened_at, row.closed_at, case.standing.assigned,
        case.standing.consents, frozenset(act for act in CASE_ACTS if case.labels(act)), case.labels(READ),
    )


def _free_code_name(work: Work, code_name: str) -> str:
    name = text_of(code_name, LONGEST_CODE_NAME,
                   f"呼び名（コードネーム）を{LONGEST_CODE_NAME}字までで書いてください。本人の名前は使わないでください。")
    if work.session.scalar(select(func.count()).where(Participant.code_name == name)):
        raise InvalidRecord("その呼び名は使えません。ほかの呼び名にしてください。")
    return name
