"""How are listings read from the database? A few Core queries a batch, never a query a listing, nothing unmapped.

What the public may not know is taken out here, once, so that every reader of a public Listing is safe.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, select
from sqlalchemy.orm import Session

from directory.db import Base
from directory.listing import (
    AreaName, AttributeValue, Fee, Listing, Meeting, RoleEntry, StaffFacts,
)
from directory.models import (
    Area, Attribute, Closure, CostOption, ListingArea, Location, Organization, Role, Schedule, Service,
    ServiceAtLocation, ServiceNeed, Source,
)
from directory.schedules import Schedule as Plan

PUBLIC, DESK = "public", "desk"
BATCH = 2000


@dataclass(frozen=True)
class Moved:
    """The listing was merged into another one."""

    listing_id: str


def public_listing(session: Session, listing_id: str) -> Listing | Moved | None:
    """The public page's listing; a closed one is given too, with its status; None when the public may not know it."""
    row = session.execute(
        select(ServiceAtLocation.merged_into, ServiceAtLocation.status, ServiceAtLocation.visibility)
        .where(ServiceAtLocation.id == listing_id)
    ).first()
    if row is None:
        return None
    if row.merged_into:
        return _moved(session, row.merged_into)
    if row.visibility != "public" or row.status not in ("published", "closed"):
        return None
    return next(iter(_read_batch(session, ServiceAtLocation.id == listing_id, PUBLIC)), None)


def read_listings(session: Session, ids: Iterable[str] | None = None, audience: str = PUBLIC) -> Iterator[Listing]:
    """The listings `audience` may find, ordered by id; `ids` narrows them. Read in batches, so any number fits."""
    return _read_all(session, ids, _findable(audience), audience)


def closed_listings(session: Session) -> Iterator[Listing]:
    """The places that ended and have a public page saying so, ordered by id."""
    ended = and_(
        ServiceAtLocation.status == "closed", ServiceAtLocation.visibility == "public",
        ServiceAtLocation.merged_into.is_(None),
    )
    return _read_all(session, None, ended, PUBLIC)


def _read_all(
    session: Session, ids: Iterable[str] | None, condition: ColumnElement[bool], audience: str
) -> Iterator[Listing]:
    if ids is None:
        ids = session.scalars(select(ServiceAtLocation.id).where(condition)).all()
    remaining = iter(sorted(ids))
    while batch := list(islice(remaining, BATCH)):
        yield from _read_batch(session, and_(condition, ServiceAtLocation.id.in_(batch)), audience)


def _findable(audience: str) -> ColumnElement[bool]:
    """Which listings may be found: published ones; the desk also sees 支援者のみ."""
    visibilities = ("public",) if audience == PUBLIC else ("public", "staff")
    return and_(
        ServiceAtLocation.status == "published",
        ServiceAtLocation.visibility.in_(visibilities),
        ServiceAtLocation.merged_into.is_(None),
    )


def _moved(session: Session, target: str) -> Moved | None:
    """Follow merges of merges; a circle or a target the public may not know ends in None."""
    seen = set()
    while target and target not in seen:
        seen.add(target)
        row = session.execute(
            select(ServiceAtLocation.merged_into, ServiceAtLocation.status, ServiceAtLocation.visibility)
            .where(ServiceAtLocation.id == target)
        ).first()
        if row is None:
            return None
        if not row.merged_into:
            known = row.visibility == "public" and row.status in ("published", "closed")
            return Moved(target) if known else None
        target = row.merged_into
    return None


_LISTING = (
    select(
        ServiceAtLocation.__table__,
        *(column.label(f"service_{column.name}") for column in Service.__table__.columns),
        *(column.label(f"organization_{column.name}") for column in Organization.__table__.columns),
        *(column.label(f"location_{column.name}") for column in Location.__table__.columns if column.name != "id"),
        Source.name.label("source_name"),
    )
    .join(Service, ServiceAtLocation.service_id == Service.id)
    .join(Organization, Service.organization_id == Organization.id)
    .outerjoin(Location, ServiceAtLocation.location_id == Location.id)
    .outerjoin(Source, ServiceAtLocation.source_id == Source.id)
)


def _read_batch(session: Session, condition: ColumnElement[bool], audience: str) -> list[Listing]:
    """Listings that meet `condition`, ordered by id: one query for the rows, one for each kind of thing they own."""
    rows = session.execute(_LISTING.where(condition).order_by(ServiceAtLocation.id)).all()
    ids = [row.id for row in rows]
    services = list({row.service_id for row in rows})
    parts = _Parts(
        needs=_grouped(session, ServiceNeed, ServiceNeed.service_id, services, ServiceNeed.position),
        fees=_grouped(session, CostOption, CostOption.service_id, services, CostOption.position),
        attributes=_grouped(session, Attribute, Attribute.listing_id, ids, Attribute.term),
        roles=_grouped(session, Role, Role.listing_id, ids, Role.position),
        schedules=_grouped(session, Schedule, Schedule.listing_id, ids, Schedule.position),
        closures=_grouped(session, Closure, Closure.listing_id, ids, Closure.date),
        areas=_areas(session, ids),
        halls=_halls(session, ids),
    )
    return [Listing(**(_facts if audience == DESK else _public_facts)(row, parts)) for row in rows]


@dataclass(frozen=True)
class _Parts:
    """What the listings of a batch own, by the id of the owner."""

    needs: Mapping[str, list[Row]]
    fees: Mapping[str, list[Row]]
    attributes: Mapping[str, list[Row]]
    roles: Mapping[str, list[Row]]
    schedules: Mapping[str, list[Row]]
    closures: Mapping[str, list[Row]]
    areas: Mapping[str, list[AreaName]]
    halls: Mapping[str, Row]


def _grouped(
    session: Session, model: type[Base], owner: ColumnElement[str], ids: list[str], order: ColumnElement
) -> Mapping[str, list[Row]]:
    groups: dict[str, list[Row]] = defaultdict(list)
    table = model.__table__
    at = list(table.columns.keys()).index(owner.key)
    for row in session.execute(select(table).where(owner.in_(ids)).order_by(owner, order)).all():
        groups[row[at]].append(row)
    return groups


def _areas(session: Session, ids: list[str]) -> Mapping[str, list[AreaName]]:
    groups: dict[str, list[AreaName]] = defaultdict(list)
    query = select(ListingArea.listing_id, Area.kind, Area.name, Area.name_kana).join(Area)
    for row in session.execute(query.where(ListingArea.listing_id.in_(ids)).order_by(Area.kind, Area.name)):
        groups[row.listing_id].append(AreaName(row.kind, row.name, row.name_kana))
    return groups


def _halls(session: Session, ids: list[str]) -> Mapping[str, Row]:
    """Halls of 回り持ち schedules: location id → row."""
    wanted = select(Schedule.location_id).where(Schedule.listing_id.in_(ids), Schedule.location_id.is_not(None))
    return {row.id: row for row in session.execute(select(Location.__table__).where(Location.id.in_(wanted)))}


@lru_cache(maxsize=20_000)
def _plan(text: str) -> Plan:
    """Distinct schedules are far fewer than listings."""
    return Plan.from_json(text)


def _facts(row: Row, parts: _Parts) -> dict[str, Any]:
    """Everything known, for the desk: the fields of a Listing."""
    needs = parts.needs.get(row.service_id, ())
    return dict(
        id=row.id, source_key=row.source_key, status=row.status, visibility=row.visibility,
        name=row.name or row.service_name, kana=row.name_kana if row.name else row.service_name_kana,
        kind=row.service_kind, organization_id=row.service_organization_id, organization_name=row.organization_name,
        organization_kana=row.organization_name_kana, organization_kind=row.organization_kind,
        summary=row.service_summary, description=row.service_description,
        easy_description=row.service_easy_description,
        needs_primary=tuple(need.need for need in needs if need.primary),
        needs_secondary=tuple(need.need for need in needs if not need.primary),
        application=row.service_application, steps=tuple(row.steps or row.service_steps),
        languages=tuple(row.service_languages),
        **_eligibility(row), **_place(row), **_contact(row),
        fees_state=row.service_fees_state,
        fees=tuple(Fee(fee.per, fee.yen, fee.for_whom, fee.note, fee.first_free)
                   for fee in parts.fees.get(row.service_id, ())),
        areas=tuple(parts.areas.get(row.id, ())),
        meetings=tuple(_meeting(schedule, parts) for schedule in parts.schedules.get(row.id, ())),
        closures={closure.date: closure.reason for closure in parts.closures.get(row.id, ())},
        welcome=row.welcome, usual=row.usual, first_day=row.first_day,
        attributes=tuple(AttributeValue(entry.term, entry.value, entry.verified_at)
                         for entry in parts.attributes.get(row.id, ())),
        pickup=row.pickup, capacity_state=row.capacity_state, capacity_count=row.capacity_count,
        roles=tuple(RoleEntry(role.id, role.name, role.what, role.times, role.wanted, role.phone_duty, role.loads)
                    for role in parts.roles.get(row.id, ())),
        assured_date=row.assured_date, assured_by=row.assured_by, assured_how=row.assured_how,
        capacity_date=row.capacity_date, paused_until=row.paused_until, status_reason=row.status_reason,
        last_modified=row.last_modified, source_name=row.source_name, search_words=tuple(row.keywords),
        staff=StaffFacts(row.loads, tuple(row.accommodations), row.representative, row.mobile, row.consent_given,
                         row.other_facts),
    )


def _eligibility(row: Row) -> dict[str, object]:
    return {
        "age_state": row.service_age_state, "minimum_age": _number(row.service_minimum_age),
        "maximum_age": _number(row.service_maximum_age), "age_text": row.service_age_text,
        "gender_state": row.service_gender_state, "gender_only": row.service_gender_only,
        "residency_state": row.service_residency_state, "residency_text": row.service_residency_text,
        "exclusion": row.service_exclusion, "audience_text": row.service_audience_text,
    }


def _place(row: Row) -> dict[str, object]:
    return {
        "place_name": row.location_name, "place_kana": row.location_name_kana, "prefecture": row.location_prefecture,
        "municipality": row.location_municipality, "town": row.location_town,
        "address_rest": row.location_address_rest, "building": row.location_building,
        "latitude": row.location_latitude, "longitude": row.location_longitude, "precision": row.location_precision,
        "zone": row.location_zone or "mainland", "travel_notes": row.location_travel_notes,
        "masked": bool(row.location_masked), "has_place": row.location_id is not None,
        "service_area": row.service_area,
    }


def _contact(row: Row) -> dict[str, object]:
    return {"contact_public": row.contact_public, "phone": row.phone, "phone_hours": row.phone_hours,
            "email": row.email, "web": row.web}


def _number(value: object) -> float | None:
    return None if value is None else float(value)


def _meeting(schedule: Row, parts: _Parts) -> Meeting:
    hall = parts.halls.get(schedule.location_id)
    # A hall that is somebody's home is never named; the area says enough.
    place = None if hall is None or hall.masked else hall.name
    return Meeting(_plan(schedule.plan), place, schedule.note, schedule.plan)


def _public_facts(row: Row, parts: _Parts) -> dict[str, Any]:
    """The same fields without anything the public may not know."""
    facts = _facts(row, parts)
    return {
        **facts,
        "staff": None,
        "roles": tuple(replace(role, loads={}) if role.loads else role for role in facts["roles"]),
        "pickup": None if row.pickup == "ask" else row.pickup,
        **(_NO_CONTACT if not row.contact_public else {}),
        **(_MASKED if facts["masked"] else {}),
        **{name: _EMPTY[name] for name in row.staff_fields if name in _EMPTY},
    }


_NO_CONTACT = {"phone": None, "phone_hours": None, "email": None}
# Of a masked place only the area is ever shown: not the name, not the town, not one digit of a coordinate.
_MASKED = {
    "place_name": None, "place_kana": None, "town": None, "address_rest": None, "building": None, "latitude": None,
    "longitude": None, "precision": None, "travel_notes": None,
}
# What a field hidden by the curator reads as; the rest of the record stays.
_EMPTY = {
    **_NO_CONTACT, **_MASKED, "web": None, "description": None, "summary": None, "easy_description": None,
    "usual": {}, "first_day": {}, "roles": (), "fees": (), "fees_state": "unknown", "attributes": (),
    "age_text": None, "exclusion": None, "audience_text": None, "status_reason": None, "meetings": (),
}
