"""What has the person agreed to? Each consent has a scope, a day and an end; its end acts on the next call."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from directory.errors import InvalidRecord
from directory.models.columns import new_id
from directory.japan_time import in_japan
from matcher.access import CONSENT, SCOPES
from matcher.desk import Actor, Desk, Work
from matcher.models import Consent

GIVEN_BY = {"person": "本人", "family": "家族（本人に会えていないとき）", "guardian": "後見人など"}
HOW = {"paper": "書面", "spoken": "口頭"}


@dataclass(frozen=True)
class ConsentGiven:
    """A consent as it is recorded."""

    scope: str
    given_on: date
    given_by: str = "person"
    how: str = "paper"


@dataclass(frozen=True)
class ConsentKept:
    """A consent as it stands; `withdrawn_at` None: in force."""

    id: str
    given: ConsentGiven
    recorded_at: datetime
    withdrawn_at: datetime | None


def consents_of(desk: Desk, actor: Actor, participant_id: str, now: datetime) -> tuple[ConsentKept, ...]:
    """Every consent ever given, newest first. Raises NotFound."""
    with desk.acting(actor, now) as work:
        case = work.open_case(participant_id, CONSENT, "consent")
        query = select(Consent).where(Consent.participant_id == case.id).order_by(
            Consent.recorded_at.desc(), Consent.id)
        return tuple(
            ConsentKept(row.id, ConsentGiven(row.scope, row.given_on, row.given_by, row.how), row.recorded_at,
                        row.withdrawn_at)
            for row in work.session.scalars(query))


def give_consents(
    desk: Desk, actor: Actor, participant_id: str, now: datetime, consents: Iterable[ConsentGiven]
) -> None:
    """Record what was agreed to. What was told before in a 支援会議 stays there. Raises InvalidRecord, NotFound."""
    with desk.acting(actor, now) as work:
        case = work.open_case(participant_id, CONSENT, "consent")
        add_consents(work, case.id, consents)


def withdraw_consent(desk: Desk, actor: Actor, participant_id: str, now: datetime, scope: str) -> None:
    """The person takes the consent to `scope` back; from the next call on nothing rests on it. Raises NotFound, InvalidRecord."""
    if scope not in SCOPES:
        raise InvalidRecord("取り下げる同意を選んでください。")
    with desk.acting(actor, now) as work:
        case = work.open_case(participant_id, CONSENT, "consent")
        rows = select(Consent).where(
            Consent.participant_id == case.id, Consent.scope == scope, Consent.withdrawn_at.is_(None))
        for row in work.session.scalars(rows):
            row.withdrawn_at = now


def add_consents(work: Work, participant_id: str, consents: Iterable[ConsentGiven]) -> None:
    """Write them in the caller's transaction."""
    for given in consents:
        if given.scope not in SCOPES or given.given_by not in GIVEN_BY or given.how not in HOW:
            raise InvalidRecord("同意の範囲、だれの同意か、書面か口頭かを選んでください。")
        if given.given_on > in_japan(work.now).date():
            raise InvalidRecord("同意の日付が先の日になっています。同意をもらった日を書いてください。")
        work.session.add(Consent(
            id=new_id(), participant_id=participant_id, scope=given.scope, given_on=given.given_on,
            given_by=given.given_by, how=given.how, recorded_by=work.actor.staff_id, recorded_at=work.now))
