"""What did a listing say at an earlier revision, and how does it say so again? The history is read backwards."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from directory.curation.acting import acting
from directory.curation.applying import LINKED
from directory.curation.fields import FIELDS, IN_TABLES, LISTING, LOCATION, ORGANIZATION, SERVICE, label_of
from directory.curation.values import differs, found, shaped, values_of_record
from directory.db import read_session
from directory.errors import NotFound
from directory.models import Revision, ServiceAtLocation
from directory.writing import current_revision

RECORD_OF: Mapping[str, str] = {
    "organization": ORGANIZATION, "service": SERVICE, "location": LOCATION, "service_at_location": LISTING,
}


@dataclass(frozen=True)
class HistoryEntry:
    """One revision of a listing: who, when, why, and (key, label, before, after) of each field; empty: it was made."""

    number: int
    made_at: datetime
    made_by: str
    why: str
    changes: tuple[tuple[str, str, Any, Any], ...]


def history(session: Session, listing_id: str, limit: int = 200) -> list[HistoryEntry]:
    """The newest revisions of a listing, its service, organisation and location first. Raises NotFound."""
    listing = found(session, listing_id)
    entries: dict[int, tuple[Revision, list]] = {}
    for row in session.scalars(_rows(listing).order_by(Revision.number.desc(), Revision.record_type, Revision.field)):
        if row.number not in entries and len(entries) == limit:
            break
        _, changes = entries.setdefault(row.number, (row, []))
        key = key_of(row)
        if key is not None and differs(key, row.before, row.after):
            changes.append((key, label_of(key), row.before, row.after))
    return [HistoryEntry(number, row.made_at, row.made_by, row.why, tuple(changes))
            for number, (row, changes) in entries.items()]


def values_at(session: Session, listing_id: str, number: int) -> dict[str, Any]:
    """What the listing said when `number` was the newest revision. Raises NotFound when it was not there yet."""
    listing = found(session, listing_id)
    values = values_of_record(listing)
    newer = _rows(listing).where(Revision.number > number).order_by(Revision.number.desc(), Revision.id)
    for row in session.scalars(newer):
        key = key_of(row)
        if key is not None and key in FIELDS and key not in LINKED:
            values[key] = shaped(key, row.before)
    return values


def restore(
    engine: Engine, listing_id: str, number: int, by: str, now: datetime, version: int | None = None,
    keys: Collection[str] | None = None, only_here: bool = False,
) -> str | None:
    """Say again what the listing said at revision `number`, or only the fields `keys`; returns the act, None if equal.

    Confirmations, the status and links to other records stay as they are. Raises NotFound, Stale.
    """
    with read_session(engine) as session:
        found(session, listing_id)
        first = select(func.min(Revision.number)).where(Revision.record_id == listing_id)
        if not (session.scalar(first) or 0) <= number <= current_revision(session):
            raise NotFound("この版は、この掲載の履歴にありません。")
        wanted = values_at(session, listing_id, number)
    values = {key: value for key, value in wanted.items() if key not in LINKED and (keys is None or key in keys)}
    with acting(engine, by=by, kind="restore", why=f"{number}版の内容に戻す", now=now) as act:
        changed = act.change(listing_id, values, version=version, only_here=only_here)
    return act.id if changed else None


def key_of(row: Revision) -> str | None:
    """The field a row of the history is about; None when the whole record was made."""
    record = RECORD_OF.get(row.record_type)
    if row.field is None or record is None:
        return None
    return row.field if row.field in IN_TABLES else f"{record}.{row.field}"


def _rows(listing: ServiceAtLocation) -> Any:
    """The history of a listing and of the records it stands on now."""
    ids = [listing.id, listing.service_id, listing.service.organization_id, listing.location_id]
    return select(Revision).where(Revision.record_id.in_([one for one in ids if one]))
