"""What became of an import since, and how is it taken back? By the act it was, as any act of the desk."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from directory.curation import undoing
from directory.db import read_session
from directory.errors import InvalidRecord
from directory.models import ActRow, ChangedListing, CurationAct, Service, ServiceAtLocation, Source, Upload
from directory.uploads.states import DONE, UNDOING, UNDONE_BY, began, step, upload

MOST_NAMED = 200


@dataclass(frozen=True)
class Undoing:
    """Whether an import can be taken back, or was: when, by whom, and which listings stayed because somebody edited them."""

    possible: bool = False
    at: datetime | None = None
    by: str = ""
    stayed: tuple[tuple[str, str], ...] = ()


def undoing_of(session: Session, found: Upload) -> Undoing:
    """What can be said about taking this import back."""
    act = session.get(CurationAct, found.act_id) if found.act_id else None
    if act is None:
        # It changed nothing.
        return Undoing()
    if act.undone_at is None:
        return Undoing(possible=True)
    return Undoing(at=act.undone_at, by=act.undone_by or "", stayed=_stayed(session, act))


def ask_undo(engine: Engine, upload_id: str, version: int, by: str, now: datetime) -> int:
    """Let the background take the import back. Raises InvalidRecord when there is nothing to take back, TakenAlready."""
    with read_session(engine) as session:
        found = upload(session, upload_id)
        if found.state != UNDOING and not undoing_of(session, found).possible:
            raise InvalidRecord("この取り込みは、もう取り消されているか、何も変えていません。")
    return step(engine, upload_id, version, (DONE,), choices={**found.choices, UNDONE_BY: by}, **began(now, UNDOING))


def undo(engine: Engine, found: Upload, now: datetime) -> None:
    """Take the import back, unless an earlier run did before it was stopped. Raises InvalidRecord when nothing can be."""
    with read_session(engine) as session:
        possible = undoing_of(session, found).possible
    if possible:
        undoing.undo(engine, str(found.act_id), found.choices[UNDONE_BY], now)


def upload_of(session: Session, act_id: str) -> Upload | None:
    """The upload whose import this act was."""
    return session.scalar(select(Upload).where(Upload.act_id == act_id))


def sources(session: Session) -> dict[str, datetime | None]:
    """Every source there is by name, and when it was last imported."""
    wanted = select(Source.name, Source.last_imported).order_by(Source.last_imported.desc(), Source.name)
    return {row.name: row.last_imported for row in session.execute(wanted)}


def _stayed(session: Session, act: CurationAct) -> tuple[tuple[str, str], ...]:
    """(id, name) of the listings the import had touched and the undo has not."""
    undone_in = select(CurationAct.revision).where(CurationAct.undoes == act.id).scalar_subquery()
    given_back = select(ChangedListing.listing_id).where(ChangedListing.revision == undone_in)
    touched = select(ActRow.owner_id).where(ActRow.act_id == act.id)
    wanted = (
        select(ServiceAtLocation.id, ServiceAtLocation.name, Service.name.label("service"))
        .join(Service, Service.id == ServiceAtLocation.service_id)
        .where(ServiceAtLocation.id.in_(touched), ServiceAtLocation.id.not_in(given_back))
        .order_by(Service.name, ServiceAtLocation.id).limit(MOST_NAMED))
    return tuple((row.id, row.name or row.service) for row in session.execute(wanted))
