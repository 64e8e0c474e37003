"""What if a record must be read now and nobody assigned can be asked? One case, an hour at most, and the lead is told.

It stands in for the assignment and for nothing else: without the person's consent (庁内) in force the record stays shut, and
so does all that belongs to a 支援会議 or is kept as 会わない相手. Nothing can be written.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import func, select

from directory.errors import InvalidRecord, NotFound
from directory.models.columns import new_id
from matcher.access import BREAK_GLASS, CORE, EMERGENCIES, READ, allowed, in_force
from matcher.casework.texts import text_of
from matcher.desk import Actor, Desk, OpenCase, Work
from matcher.models import Emergency, Participant, Staff

ACT, MATTER = "break_glass", "emergency"
MINUTES = (15, 30, 60)
LONGEST_REASON, LONGEST_CODE_NAME = 400, 30
SHOWN = 50
NOT_THERE = "その呼び名の記録は見つからないか、緊急でも開けません。呼び名を確かめ、わからないときは重層コーディネーターに電話してください。"


@dataclass(frozen=True)
class EmergencyKept:
    """A record opened in an emergency. `reason` None: the lead may not read the record any more."""

    id: str
    participant_id: str
    code_name: str
    who: str
    since: datetime
    until: datetime
    reason: str | None
    seen_at: datetime | None
    seen_by: str | None


def break_glass(desk: Desk, actor: Actor, now: datetime, *, code_name: str, reason: str, minutes: int) -> str:
    """Open one record for reading; returns its id. Raises InvalidRecord, also for a record that stays shut."""
    because = text_of(reason, LONGEST_REASON, f"いま開くわけを、{LONGEST_REASON}字までで書いてください。")
    name = text_of(code_name, LONGEST_CODE_NAME, "開く記録の呼び名（コードネーム）を書いてください。")
    if minutes not in MINUTES:
        raise InvalidRecord(f"開いておく時間を、{'・'.join(map(str, MINUTES))}分から選んでください。")
    with desk.acting(actor, now) as work:
        work.must(BREAK_GLASS)
        if _open_now(work):
            raise InvalidRecord("緊急に開ける記録は、一度に一つです。先に開いた記録を閉じてください。")
        participant = work.session.scalar(select(Participant).where(Participant.code_name == name))
        standing = work.standing(participant.id) if participant else None
        if standing is None or not allowed(actor.roles, READ, CORE, replace(standing, emergency=True)):
            work.refuse(MATTER, participant.id if participant else "")
            raise InvalidRecord(NOT_THERE)
        if allowed(actor.roles, READ, CORE, standing):
            raise InvalidRecord("この記録は、いまのままで開けます。ホームから開いてください。")
        row = Emergency(id=new_id(), participant_id=participant.id, staff_id=actor.staff_id, since=now,
                        until=now + timedelta(minutes=minutes))
        row.reason = OpenCase(work, participant, standing).seal(Emergency, "reason", row.id, because)
        work.session.add(row)
        work.trace(ACT, MATTER, participant.id, CORE)
        return participant.id


def end_emergency(desk: Desk, actor: Actor, now: datetime) -> None:
    """Close what one opened oneself before its time is over. Raises NotFound."""
    with desk.acting(actor, now) as work:
        work.must(BREAK_GLASS)
        row = _open_now(work)
        if row is None:
            raise work.refuse(MATTER)
        row.until = now
        work.trace(ACT, MATTER, row.participant_id, CORE)


def own_emergency(desk: Desk, actor: Actor, now: datetime) -> tuple[str, datetime] | None:
    """The id of the case one has open now, and until when. Raises NotFound."""
    with desk.acting(actor, now) as work:
        work.must(BREAK_GLASS)
        work.trace(READ, "list")
        row = _open_now(work)
        return (row.participant_id, row.until) if row else None


def emergencies(desk: Desk, actor: Actor, now: datetime) -> tuple[EmergencyKept, ...]:
    """What was opened so, newest first, for the lead. Raises NotFound."""
    with desk.acting(actor, now) as work:
        work.must(EMERGENCIES)
        work.trace(READ, "list")
        rows = work.session.scalars(select(Emergency).order_by(Emergency.since.desc(), Emergency.id).limit(SHOWN))
        names = {row.id: row.display_name for row in work.session.scalars(select(Staff))}
        return tuple(_kept(work, row, names) for row in rows)


def unseen_emergencies(desk: Desk, actor: Actor, now: datetime) -> int:
    """How many no lead has taken note of. Raises NotFound."""
    with desk.acting(actor, now) as work:
        work.must(EMERGENCIES)
        work.trace(READ, "list")
        return work.session.scalar(select(func.count()).select_from(Emergency).where(Emergency.seen_at.is_(None))) or 0


def take_note(desk: Desk, actor: Actor, emergency_id: str, now: datetime) -> None:
    """A lead has seen it. Raises NotFound."""
    with desk.acting(actor, now) as work:
        work.must(EMERGENCIES)
        row = work.find(Emergency, emergency_id)
        if row is None:
            raise NotFound("この記録は見つからないか、見ることができません。")
        if row.seen_at is None:
            row.seen_at, row.seen_by = now, actor.staff_id
        work.trace(READ, MATTER, row.participant_id, CORE)


def _open_now(work: Work) -> Emergency | None:
    mine = select(Emergency).where(Emergency.staff_id == work.actor.staff_id, *in_force(Emergency, work.now))
    return work.session.scalar(mine)


def _kept(work: Work, row: Emergency, names: Mapping[str, str]) -> EmergencyKept:
    participant = work.session.get_one(Participant, row.participant_id)
    case = OpenCase(work, participant, work.standing(row.participant_id))
    reason = None
    if case.may(READ, CORE):
        work.trace(READ, MATTER, participant.id, CORE)
        reason = case.unseal(Emergency, "reason", row.id, row.reason)
    return EmergencyKept(row.id, participant.id, participant.code_name, names.get(row.staff_id, ""), row.since, row.until,
                         reason, row.seen_at, names.get(row.seen_by or ""))
