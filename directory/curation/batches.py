"""How is a list of thousands of new listings remembered as one act, and taken back? By name only, all at once.

A new listing was as its source says: there is nothing to put back. It is taken away again unless somebody has touched it
since, or the organisation, service or location it brought with it, or has written down anything that belongs to it.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from directory.curation.images import SHARED
from directory.db import Base
from directory.importers.report import Mark
from directory.models import ActRow, CurationAct, Location, Organization, Revision, Service, ServiceAtLocation
from directory.writing import Writing

ADDED = "added"
AT_ONCE = 500
# Rows an import itself hangs on a new listing.
BROUGHT = frozenset(("schedule", "attribute", "listing_area", "source_record"))


@dataclass(frozen=True)
class Added:
    """A listing an act added: its service, and the organisation and location that were made for it."""

    listing_id: str
    service_id: str
    made: tuple[str, ...]

    @property
    def ids(self) -> tuple[str, ...]:
        """Everything that came with it."""
        return self.listing_id, self.service_id, *self.made


def rows_of_added(act_id: str, start: int, added: Iterable[Added]) -> list[dict[str, Any]]:
    """The listings as rows of the act, from position `start`."""
    return [
        {"act_id": act_id, "position": start + place, "record_type": ADDED, "key": {"id": one.listing_id},
         "owner_id": one.listing_id, "before": None, "after": {"service_id": one.service_id, "made": list(one.made)}}
        for place, one in enumerate(added)
    ]


def added_by(session: Session, act_id: str) -> list[Added]:
    """The listings an act added by name."""
    wanted = select(ActRow.owner_id, ActRow.after).where(ActRow.act_id == act_id, ActRow.record_type == ADDED)
    return [Added(owner, after["service_id"], tuple(after["made"])) for owner, after in session.execute(wanted)]


def touched_since(session: Session, act: CurationAct, added: Sequence[Added]) -> set[str]:
    """Ids of the added listings that somebody has worked on since."""
    ids = {record_id for one in added for record_id in one.ids}
    later = set(_among(
        session, select(Revision.record_id).where(Revision.number > act.revision).distinct(), Revision.record_id, ids))
    listings = {one.listing_id for one in added}
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            held = any(key.column.table is ServiceAtLocation.__table__ for key in column.foreign_keys)
            if held and table.name not in BROUGHT:
                later.update(_among(session, select(column).distinct(), column, listings))
    merged = ServiceAtLocation.merged_into
    later.update(_among(session, select(merged).distinct(), merged, listings))
    return {one.listing_id for one in added if not later.isdisjoint(one.ids)}


def remove(write: Writing, added: Sequence[Added]) -> None:
    """Take these listings away with all that belongs to them; what others share by now stays."""
    session = write.session
    ids = [one.listing_id for one in added]
    _delete(session, ServiceAtLocation, ids, ())
    _delete(session, Service, [one.service_id for one in added], SHARED["service"])
    made = sorted({record_id for one in added for record_id in one.made})
    for model in (Location, Organization):
        _delete(session, model, made, SHARED[model.__tablename__])
    write.changed_listings(ids)
    write.note_added(ServiceAtLocation.__tablename__, ids)


def _delete(session: Session, model: type[Base], ids: Sequence[str], held_by: Sequence[Any]) -> None:
    table = model.__table__
    for part in _parts(ids):
        unheld = (~select(column).where(column == table.c.id).exists() for column in held_by)
        session.execute(delete(table).where(table.c.id.in_(part), *unheld))


def _among(session: Session, query: Any, column: Any, ids: Collection[str]) -> Iterator[str]:
    for part in _parts(sorted(ids)):
        yield from session.scalars(query.where(column.in_(part)))


def _parts(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(ids), AT_ONCE):
        yield ids[start:start + AT_ONCE]


def of_marks(marks: Iterable[Mark]) -> list[Added]:
    """The listings an import says it added."""
    return [
        Added(mark.listing_id, mark.after["service_id"], tuple(mark.after["made"])) for mark in marks if mark.kind == ADDED
    ]
