"""Who looks after which area, and how does one coordinator hand it over to the next? Accounts by id, with the shown name."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, delete, select
from sqlalchemy.orm import Session

from directory.db import write_session
from directory.errors import InvalidRecord
from directory.models import AreaDuty, HandOver
from directory.models.columns import new_id

AreaKey = tuple[str, str]
LONGEST_NOTE = 4_000


@dataclass(frozen=True)
class Duty:
    """One area, and who looks after it."""

    kind: str
    area: str
    staff_id: str
    staff_name: str
    since: datetime


@dataclass(frozen=True)
class HandedOver:
    """One hand-over as it was written down."""

    made_at: datetime
    made_by: str
    from_name: str
    to_name: str
    areas: tuple[AreaKey, ...]
    note: str


def duties(session: Session) -> list[Duty]:
    """Every duty, by area."""
    order = (AreaDuty.area_kind, AreaDuty.area_name, AreaDuty.staff_name, AreaDuty.staff_id)
    return [Duty(row.area_kind, row.area_name, row.staff_id, row.staff_name, row.since)
            for row in session.scalars(select(AreaDuty).order_by(*order))]


def areas_of(session: Session, staff_id: str) -> list[AreaKey]:
    """The areas somebody looks after; none means nobody has said, and everything is shown."""
    order = (AreaDuty.area_kind, AreaDuty.area_name)
    rows = session.execute(select(*order).where(AreaDuty.staff_id == staff_id).order_by(*order))
    return [(kind, name) for kind, name in rows]


def assign(engine: Engine, staff_id: str, staff_name: str, areas: Collection[AreaKey], now: datetime) -> None:
    """From now on this account looks after exactly these areas."""
    with write_session(engine) as session:
        known = {(row.area_kind, row.area_name): row
                 for row in session.scalars(select(AreaDuty).where(AreaDuty.staff_id == staff_id))}
        for key in set(known) - set(areas):
            session.delete(known[key])
        _give(session, staff_id, staff_name, set(areas) - set(known), now)
        for key in set(known) & set(areas):
            known[key].staff_name = staff_name
        session.commit()


def hand_over(
    engine: Engine, from_id: str, from_name: str, to_id: str, to_name: str, areas: Sequence[AreaKey], note: str, by: str,
    now: datetime,
) -> None:
    """Areas pass from one coordinator to another, with what the next should know. Raises InvalidRecord."""
    if not areas or from_id == to_id:
        raise InvalidRecord("引きつぐ地域と、引きつぐ相手を選んでください。")
    if len(note) > LONGEST_NOTE:
        raise InvalidRecord(f"申し送りは{LONGEST_NOTE:,}字までで書いてください。")
    with write_session(engine) as session:
        held = {(row.area_kind, row.area_name)
                for row in session.scalars(select(AreaDuty).where(AreaDuty.staff_id == from_id))}
        if set(areas) - held:
            raise InvalidRecord("引きつぐ方の担当ではない地域があります。ほかの方が先に引きついだのかもしれません。")
        for kind, name in areas:
            session.execute(delete(AreaDuty).where(
                AreaDuty.staff_id == from_id, AreaDuty.area_kind == kind, AreaDuty.area_name == name))
        taken = select(AreaDuty.area_kind, AreaDuty.area_name).where(AreaDuty.staff_id == to_id)
        already = {(kind, name) for kind, name in session.execute(taken)}
        _give(session, to_id, to_name, set(areas) - already, now)
        session.add(HandOver(
            id=new_id(), made_at=now, made_by=by, from_name=from_name, to_name=to_name, note=note,
            areas=[list(area) for area in areas]))
        session.commit()


def hand_overs(session: Session, limit: int = 50) -> list[HandedOver]:
    """The newest first."""
    rows = session.scalars(select(HandOver).order_by(HandOver.made_at.desc(), HandOver.id).limit(limit))
    return [HandedOver(row.made_at, row.made_by, row.from_name, row.to_name,
                       tuple((kind, name) for kind, name in row.areas), row.note) for row in rows]


def _give(session: Session, staff_id: str, staff_name: str, areas: Collection[AreaKey], now: datetime) -> None:
    session.add_all(
        AreaDuty(area_kind=kind, area_name=name, staff_id=staff_id, staff_name=staff_name, since=now)
        for kind, name in sorted(areas))
