"""Who looked at this person's record, and who changed it? The access log of a case, and the whole trail for audit."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select

from matcher.access import READ_LOG, READ_WHOLE_LOG
from matcher.audit import ACTS, MATTERS
from matcher.desk import Actor, Desk, Work
from matcher.models import AuditEntry, Staff

PAGE = 200
GONE = "（削除された職員）"


@dataclass(frozen=True)
class Access:
    """One line of the log, in words; `participant_id` "" for no case in particular."""

    number: int
    at: datetime
    who: str
    act: str
    what: str
    participant_id: str


def access_log(
    desk: Desk, actor: Actor, participant_id: str, now: datetime, *, before: int | None = None
) -> tuple[Access, ...]:
    """The newest lines of one case (older than number `before`), as far as this actor may know its rooms."""
    with desk.acting(actor, now) as work:
        case = work.open_case(participant_id, READ_LOG, "log")
        rooms = {"", *case.labels(READ_LOG), *case.labels("read")}
        query = select(AuditEntry).where(AuditEntry.participant_id == case.id, AuditEntry.label.in_(rooms))
        return _lines(work, query, before)


def whole_log(desk: Desk, actor: Actor, now: datetime, *, before: int | None = None) -> tuple[Access, ...]:
    """The newest lines of the whole trail, for the auditor: ids and no person. Raises NotFound."""
    with desk.acting(actor, now) as work:
        work.must(READ_WHOLE_LOG)
        work.trace("read_log", "log")
        return _lines(work, select(AuditEntry), before)


def _lines(work: Work, query: Select, before: int | None) -> tuple[Access, ...]:
    if before is not None:
        query = query.where(AuditEntry.number < before)
    rows = list(work.session.scalars(query.order_by(AuditEntry.number.desc()).limit(PAGE)))
    names = _names(work, {row.staff_id for row in rows})
    return tuple(
        Access(row.number, row.at, names.get(row.staff_id, GONE), ACTS.get(row.act, row.act),
               MATTERS.get(row.what, row.what), row.participant_id)
        for row in rows)


def _names(work: Work, ids: set[str]) -> Mapping[str, str]:
    return {row.id: row.display_name for row in work.session.scalars(select(Staff).where(Staff.id.in_(ids)))}
