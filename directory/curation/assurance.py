"""Which listings should somebody ask about, and how is it noted that nothing has changed? One tap for twenty of them.

最終確認日 moves here and in `Act.assure`, never by an edit. Calls have their own log (directory/calling.py).
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Engine, or_, select
from sqlalchemy.orm import Session

from directory.curation.acting import acting
from directory.curation.policy import PROMPT_MONTHS, due_on, is_badged, months_after
from directory.errors import InvalidRecord
from directory.japan_time import in_japan
from directory.models import Service, ServiceAtLocation

STANDING = ("published", "paused")
UNCHANGED = "変更なし・確認済"


@dataclass(frozen=True)
class Overdue:
    """A listing that is due. `badged`: the public page says that it was not confirmed for a year."""

    id: str
    name: str
    version: int
    assured_date: date | None
    assured_by: str | None
    assured_how: str | None
    due: date
    badged: bool


def assure(
    engine: Engine, listing_ids: Collection[str], how: str, by: str, now: datetime,
    versions: Mapping[str, int] | None = None,
) -> str:
    """「変更なし・確認済」 for all of these, in one act; returns its id. Raises InvalidRecord, NotFound, Stale.

    versions: listing → the version its page showed; one that has changed since is confirmed by nobody.
    """
    if not listing_ids or not how:
        raise InvalidRecord("確認済にする掲載と、確かめた方法を選んでください。")
    with acting(engine, by=by, kind="assure", why=UNCHANGED, now=now) as act:
        act.watch(list(listing_ids))
        # In one order, so that two people who confirm the same ones wait for each other.
        for listing_id in sorted(set(listing_ids)):
            act.assure(listing_id, how, in_japan(now).date(), version=(versions or {}).get(listing_id))
    return act.id


def overdue(session: Session, today: date) -> list[Overdue]:
    """Standing listings nobody confirmed for six months, the longest ago first; one with a day of its own, from that day."""
    table = ServiceAtLocation
    query = (
        select(table.id, table.name, Service.name, table.version, table.assured_date, table.assured_by, table.assured_how,
               table.assurance_due)
        .join(Service, Service.id == table.service_id)
        .where(table.status.in_(STANDING), table.visibility != "none", table.merged_into.is_(None))
        .where(or_(table.assured_date.is_(None), table.assurance_due <= today,
                   table.assurance_due.is_(None) & (table.assured_date <= months_after(today, -PROMPT_MONTHS))))
    )
    rows = [
        Overdue(row[0], row[1] or row[2], row[3], row[4], row[5], row[6], due_on(row[4], row[7]), is_badged(row[4], today))
        for row in session.execute(query)]
    return sorted((row for row in rows if row.due <= today), key=lambda row: (row.due, row.name, row.id))
