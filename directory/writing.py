"""How does anything get written to the directory? In one transaction that ends by raising the revision.

    with writing(engine, by="SC 佐伯", why="電話で確認", now=now) as write:
        write.edit(listing, phone_hours="平日 9時～12時")
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import TypeVar

from sqlalchemy import Engine, insert, select, update
from sqlalchemy.orm import Session

from directory.db import Base, write_session
from directory.models import (
    ChangedListing, DirectoryState, Location, Organization, Revision, Schedule, Service, ServiceAtLocation,
)
from directory.models.columns import new_id

STATE_ROW = 1
# SQLite takes at most 32,766 bound values a statement; 500 rows of our widest table stay below.
ROWS_A_STATEMENT = 500

Kept = TypeVar("Kept", bound=Base)


@dataclass
class Writing:
    """One open writing transaction: its session, the listings it changed and the history it will leave."""

    session: Session
    by: str
    why: str
    now: datetime
    changed: set[str] = field(default_factory=set)
    history: list[dict] = field(default_factory=list)
    # Rows written last; those of a table with a column `revision` are given its number.
    last: list[tuple[type[Base], list[dict]]] = field(default_factory=list)

    def add(self, record: Kept) -> Kept:
        """Add a new record and note it in the history."""
        self.session.add(record)
        self.session.flush()
        self.note(record)
        return record

    def insert_rows(self, model: type[Base], rows: list[dict]) -> None:
        """Insert many rows of one table at the speed of Core. The caller names the changed listings itself."""
        for start in range(0, len(rows), ROWS_A_STATEMENT):
            # The table, not the class: the ORM would split the rows by which of them hold None.
            self.session.execute(insert(model.__table__), rows[start:start + ROWS_A_STATEMENT])

    def edit(self, record: Base, **values: object) -> bool:
        """Set the given fields; False when nothing differed. Each real change leaves a history row."""
        before = {name: getattr(record, name) for name, value in values.items() if getattr(record, name) != value}
        for name, old in before.items():
            setattr(record, name, values[name])
            self._remember(type(record).__tablename__, getattr(record, "id", ""), name, old, values[name])
        if before:
            self.changed_by(record)
        return bool(before)

    def note(self, record: Base) -> None:
        """Say that `record` was added or changed as a whole."""
        self._remember(type(record).__tablename__, getattr(record, "id", ""), None, None, None)
        self.changed_by(record)

    def told(self, record: Base, name: str, before: object, after: object) -> None:
        """Leave a history row for a list that is kept in rows of its own: schedules, fees, roles."""
        self._remember(type(record).__tablename__, getattr(record, "id", ""), name, before, after)
        self.changed_by(record)

    def changed_by(self, record: Base) -> None:
        """Mark every listing that shows `record`: a shared organisation, service or location has many."""
        self.changed.update(listings_showing(self.session, record))

    def changed_listings(self, ids: Iterable[str]) -> None:
        """Mark these listings as changed."""
        self.changed.update(ids)

    def note_added(self, table: str, ids: Iterable[str]) -> None:
        """Leave a history row for each of many records inserted by `insert_rows`."""
        for record_id in ids:
            self._remember(table, record_id, None, None, None)

    def _remember(self, table: str, record_id: str, name: str | None, before: object, after: object) -> None:
        self.history.append({
            "id": new_id(), "made_at": self.now, "made_by": self.by, "why": self.why, "record_type": table,
            "record_id": record_id, "field": name, "before": _plain(before), "after": _plain(after),
        })


@contextmanager
def writing(engine: Engine, *, by: str, why: str, now: datetime) -> Iterator[Writing]:
    """Open a writing transaction; on leaving, history and revision are written last and all is committed at once.

    An exception inside leaves the database exactly as it was. A transaction that changed nothing raises no revision.
    """
    with write_session(engine) as session:
        write = Writing(session, by, why, now)
        yield write
        session.flush()
        if write.history or write.changed or write.last:
            _raise_revision(write)
        session.commit()


def listings_showing(session: Session, record: object) -> set[str]:
    """Ids of the listings on whose pages `record` appears."""
    if isinstance(record, ServiceAtLocation):
        return {record.id}
    if isinstance(record, Service):
        return _ids(session, ServiceAtLocation.service_id == record.id)
    if isinstance(record, Organization):
        services = select(Service.id).where(Service.organization_id == record.id)
        return _ids(session, ServiceAtLocation.service_id.in_(services))
    if isinstance(record, Location):
        visited = select(Schedule.listing_id).where(Schedule.location_id == record.id)
        return _ids(session, (ServiceAtLocation.location_id == record.id) | ServiceAtLocation.id.in_(visited))
    listing_id = getattr(record, "listing_id", None)
    return {listing_id} if listing_id else set()


def current_revision(session: Session) -> int:
    """The revision of the database; 0 before the first write."""
    return session.scalar(select(DirectoryState.revision).where(DirectoryState.id == STATE_ROW)) or 0


def changed_since(session: Session, revision: int) -> set[str]:
    """Ids of the listings changed by revisions after `revision`."""
    return set(session.scalars(select(ChangedListing.listing_id).where(ChangedListing.revision > revision)))


def _ids(session: Session, condition: object) -> set[str]:
    return set(session.scalars(select(ServiceAtLocation.id).where(condition)))


def _raise_revision(write: Writing) -> None:
    session = write.session
    raised = update(DirectoryState).where(DirectoryState.id == STATE_ROW)
    number = session.scalar(
        raised.values(revision=DirectoryState.revision + 1).returning(DirectoryState.revision)
    )
    if number is None:
        number = 1
        session.execute(insert(DirectoryState).values(id=STATE_ROW, revision=number))
    write.insert_rows(Revision, [{"number": number, **row} for row in write.history])
    changed = [{"revision": number, "listing_id": listing} for listing in sorted(write.changed)]
    write.insert_rows(ChangedListing, changed)
    for model, rows in write.last:
        numbered = {"revision": number} if "revision" in model.__table__.c else {}
        write.insert_rows(model, [{**row, **numbered} for row in rows])


def _plain(value: object) -> object:
    """The value as JSON can hold it."""
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value
