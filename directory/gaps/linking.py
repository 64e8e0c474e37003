"""Which listing or role was begun because something is missing? A gap closes only with what became of it.

A gap is no record of its own: it is need × 地域 × weekday × band, and what was drafted for it is linked to these.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.catalog.timetable import BANDS
from directory.errors import InvalidRecord
from directory.gaps.supply import DAYS
from directory.models import GapLink, Role, Service, ServiceAtLocation
from directory.models.columns import new_id
from directory.vocabulary import Vocabulary

LONGEST_NOTE = 1_000
PUBLISHED = "published"


@dataclass(frozen=True)
class Gap:
    """What is missing: a need in a 地域, on a weekday (0–6) and in a band, or on any (None)."""

    area: str
    need: str
    weekday: int | None = None
    band: str | None = None


@dataclass(frozen=True)
class Linked:
    """A listing, perhaps a role of it, begun for a gap; `open_now`: it is published, so the gap is answered."""

    id: str
    gap: Gap
    listing_id: str
    listing: str
    role: str | None
    status: str
    note: str | None
    made_at: datetime
    made_by: str

    @property
    def open_now(self) -> bool:
        """Is it there for people?"""
        return self.status == PUBLISHED


def checked(gap: Gap, vocabulary: Vocabulary) -> Gap:
    """The gap. Raises InvalidRecord for an area, need, weekday or band that is none."""
    known = (
        gap.area in {area.name for area in vocabulary.areas} and gap.need in vocabulary.needs
        and gap.weekday in (None, *range(len(DAYS))) and gap.band in (None, *BANDS))
    if not known:
        raise InvalidRecord("地域・求め・曜日・時間は、並んでいるものから選んでください。")
    return gap


def link(
    session: Session, gap: Gap, listing_id: str, *, by: str, now: datetime, note: str = "", role_id: str | None = None
) -> None:
    """Remember that this listing, or role, was begun for this gap; the caller commits. Raises InvalidRecord."""
    if len(note) > LONGEST_NOTE:
        raise InvalidRecord(f"メモは{LONGEST_NOTE}字までで書いてください。")
    session.add(GapLink(
        id=new_id(), area=gap.area, need=gap.need, weekday=gap.weekday, band=gap.band, listing_id=listing_id,
        role_id=role_id, note=note.strip() or None, made_at=now, made_by=by[:400]))


def linked_to(session: Session, area: str | None = None, need: str | None = None) -> Sequence[Linked]:
    """What was begun for the gaps of a 地域 and a need, the newest first; of all without them."""
    query = (
        select(GapLink, ServiceAtLocation.name, ServiceAtLocation.status, Service.name, Role.name)
        .join(ServiceAtLocation, ServiceAtLocation.id == GapLink.listing_id)
        .join(Service, Service.id == ServiceAtLocation.service_id).outerjoin(Role, Role.id == GapLink.role_id)
        .order_by(GapLink.made_at.desc(), GapLink.id))
    if area is not None:
        query = query.where(GapLink.area == area)
    if need is not None:
        query = query.where(GapLink.need == need)
    return [
        Linked(row.id, Gap(row.area, row.need, row.weekday, row.band), row.listing_id, own or service, role, status,
               row.note, row.made_at, row.made_by)
        for row, own, status, service, role in session.execute(query)]
