"""Who looked at this person's record, and who changed it? The access log of a case, and the whole trail for audit."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, Select, select

from directory.japan_time import in_utc
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


@dataclass(frozen=True)
class LogFilter:
    """What of the whole trail is asked for; "" and None leave it open. Days are Japan's, both included."""

    staff_id: str = ""
    act: str = ""
    what: str = ""
    participant_id: str = ""
    since: date | None = None
    until: date | None = None


EVERYTHING = LogFilter()


def whole_log(
    desk: Desk, actor: Actor, now: datetime, *, before: int | None = None, only: LogFilter = EVERYTHING
) -> tuple[Access, ...]:
    """The newest lines of the whole trail, for the auditor: ids and no person. Raises NotFound."""
    with desk.acting(actor, now) as work:
        work.must(READ_WHOLE_LOG)
        work.trace("read_log", "log")
        return _lines(work, select(AuditEntry).where(*_conditions(only)), before)


def everybody_in_the_log(desk: Desk, actor: Actor, now: datetime) -> tuple[tuple[str, str], ...]:
    """Ids and names of all who ever had an account, by name: whom the auditor can ask about. Raises NotFound."""
    with desk.acting(actor, now) as work:
        work.must(READ_WHOLE_LOG)
        rows = work.session.scalars(select(Staff).order_by(Staff.display_name, Staff.id))
        return tuple((row.id, row.display_name) for row in rows)


def _conditions(only: LogFilter) -> list[ColumnElement[bool]]:
    """The filter as conditions of the database."""
    same = ((AuditEntry.staff_id, only.staff_id), (AuditEntry.act, only.act), (AuditEntry.what, only.what),
            (AuditEntry.participant_id, only.participant_id))
    found = [column == value for column, value in same if value]
    if only.since:
        found.append(AuditEntry.at >= in_utc(datetime.combine(only.since, time())))
    if only.until:
        found.append(AuditEntry.at < in_utc(datetime.combine(only.until + timedelta(days=1), time())))
    return found


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
