"""What did somebody type into a form and not save yet? Kept for them alone, section by section, until they save it.

A draft changes no listing and leaves no history: it is nobody's decision yet. One of a listing that does not exist yet has
an id of its own. How long an untouched one stays: `DRAFT_KEPT` in directory/inbox/retention.py.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from directory.db import read_session, write_session
from directory.errors import InvalidRecord
from directory.models import EditDraft

# The section of a listing that does not exist yet
NEW = "new"
LARGEST = 200_000


@dataclass(frozen=True)
class Draft:
    """The texts of one section as they were typed; `version`: of the listing when the form was opened."""

    listing_id: str
    section: str
    version: int
    typed: Mapping[str, Any]
    saved_at: datetime


def keep(
    engine: Engine, listing_id: str, staff_id: str, section: str, typed: Mapping[str, Any], version: int, now: datetime
) -> None:
    """Keep what stands in the form now. Raises InvalidRecord when it is more than any form holds."""
    if len(str(typed)) > LARGEST:
        raise InvalidRecord("書きかけが長すぎて、残せません。短くしてください。")
    with write_session(engine) as session:
        row = session.get(EditDraft, (listing_id, staff_id)) or EditDraft(
            listing_id=listing_id, staff_id=staff_id, version=version, typed={}, saved_at=now)
        row.typed = {**row.typed, section: {"typed": dict(typed), "version": version, "at": now.isoformat()}}
        row.version, row.saved_at = version, now
        session.add(row)
        session.commit()


def forget(engine: Engine, listing_id: str, staff_id: str, section: str) -> None:
    """It was saved, or thrown away."""
    with write_session(engine) as session:
        row = session.get(EditDraft, (listing_id, staff_id))
        if row is not None:
            left = {key: one for key, one in row.typed.items() if key != section}
            row.typed = left
            if not left:
                session.delete(row)
            session.commit()


def draft(engine: Engine, listing_id: str, staff_id: str, section: str) -> Draft | None:
    """What this person typed into this section and did not save."""
    return next((one for one in drafts(engine, staff_id) if (one.listing_id, one.section) == (listing_id, section)), None)


def drafts(engine: Engine, staff_id: str) -> tuple[Draft, ...]:
    """All that this person has not finished, the newest first."""
    with read_session(engine) as session:
        found = [one for row in _rows(session, staff_id) for one in _sections(row)]
    return tuple(sorted(found, key=lambda one: (one.saved_at, one.listing_id, one.section), reverse=True))


def _rows(session: Session, staff_id: str) -> list[EditDraft]:
    return list(session.scalars(select(EditDraft).where(EditDraft.staff_id == staff_id)))


def _sections(row: EditDraft) -> list[Draft]:
    return [Draft(row.listing_id, section, one["version"], one["typed"], datetime.fromisoformat(one["at"]))
            for section, one in row.typed.items()]
