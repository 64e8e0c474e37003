"""How do listings come out of the tables? A few Core queries a batch, never a query a listing, nothing mapped.

What the public may not know is taken out here, once, so that every reader of a public Listing is safe.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from sys import intern
from typing import Any

from sqlalchemy import (
    ColumnElement, Float, FromClause, Row, Select, bindparam, case, false, func, select, type_coerce,
)
from sqlalchemy.orm import Session

from directory.db import Base
from directory.listing import AreaName, AttributeValue, Fee, Listing, Meeting, RoleEntry, StaffFacts
from directory.models import (
    Area, Attribute, Closure, CostOption, ListingArea, Location, Organization, Role, Schedule, Service,
    ServiceAtLocation, ServiceNeed, Source,
)
from directory.schedules import Schedule as Plan

PUBLIC, DESK = "public", "desk"

# Tables, not mapped classes: a town of thousands is read at every start, and mapping each value takes half of that.
LISTING, SERVICE, ORGANIZATION = ServiceAtLocation.__table__, Service.__table__, Organization.__table__
LOCATION, SOURCE, SCHEDULE = Location.__table__, Source.__table__, Schedule.__table__
AREA, LISTING_AREA = Area.__table__, ListingArea.__table__
# The ids are one parameter: a statement is put together once, not for every batch.
IDS = bindparam("ids", expanding=True)


def _same(table: FromClause, names: str) -> dict[str, ColumnElement]:
    # Interned, as the names of a record's fields are: a Listing is made in a third of the time.
    return {intern(name): table.c[name] for name in names.split()}


def _filled(column: ColumnElement, otherwise: ColumnElement | str) -> ColumnElement:
    return func.coalesce(func.nullif(column, ""), otherwise)


_OWN_NAME = func.nullif(LISTING.c.name, "")
# Field of a Listing → what it reads.
_FIELDS: dict[str, ColumnElement] = {
    **_same(LISTING, "id source_key status visibility service_area welcome usual first_day pickup contact_public phone "
                     "phone_hours email web capacity_state capacity_count capacity_date assured_date assured_by "
                     "assured_how paused_until status_reason last_modified"),
    **_same(SERVICE, "kind organization_id summary description easy_description application age_state age_text "
                     "gender_state gender_only residency_state residency_text exclusion audience_text fees_state"),
    **_same(LOCATION, "prefecture municipality town address_rest building latitude longitude precision travel_notes"),
    "name": func.coalesce(_OWN_NAME, SERVICE.c.name),
    "kana": case((_OWN_NAME.is_not(None), LISTING.c.name_kana), else_=SERVICE.c.name_kana),
    "organization_name": ORGANIZATION.c.name,
    "organization_kana": ORGANIZATION.c.name_kana,
    "organization_kind": ORGANIZATION.c.kind,
    "minimum_age": type_coerce(SERVICE.c.minimum_age, Float),
    "maximum_age": type_coerce(SERVICE.c.maximum_age, Float),
    "place_name": LOCATION.c.name,
    "place_kana": LOCATION.c.name_kana,
    "zone": _filled(LOCATION.c.zone, "mainland"),
    "masked": func.coalesce(LOCATION.c.masked, false()),
    "has_place": LISTING.c.location_id.is_not(None),
    "source_name": SOURCE.c.name,
}
# What is asked for besides, to make the other fields of.
_MATERIAL = (
    *(LISTING.c[name] for name in (
        "service_id", "steps", "keywords", "staff_fields", "loads", "accommodations", "representative", "mobile",
        "consent_given", "other_facts")),
    SERVICE.c.steps.label("service_steps"), SERVICE.c.languages,
)
_ROWS = (
    select(*(column.label(name) for name, column in _FIELDS.items()), *_MATERIAL)
    .select_from(LISTING)
    .join(SERVICE, LISTING.c.service_id == SERVICE.c.id)
    .join(ORGANIZATION, SERVICE.c.organization_id == ORGANIZATION.c.id)
    .outerjoin(LOCATION, LISTING.c.location_id == LOCATION.c.id)
    .outerjoin(SOURCE, LISTING.c.source_id == SOURCE.c.id)
    .where(LISTING.c.id.in_(IDS))
    .order_by(LISTING.c.id)
)
_AREAS = (
    select(LISTING_AREA.c.listing_id.label("owner"), AREA.c.kind, AREA.c.name, AREA.c.name_kana)
    .join(AREA)
    .where(LISTING_AREA.c.listing_id.in_(IDS))
    .order_by(AREA.c.kind, AREA.c.name)
)
# Halls of 回り持ち schedules
_HALLS = select(LOCATION).where(LOCATION.c.id.in_(
    select(SCHEDULE.c.location_id).where(SCHEDULE.c.listing_id.in_(IDS), SCHEDULE.c.location_id.is_not(None))
))


def _owned(model: type[Base], owner: str, order: str, *names: str) -> Select:
    """What things of one kind say, with their owner first, in their order."""
    columns = model.__table__.c
    return (select(columns[owner].label("owner"), *(columns[name] for name in names))
            .where(columns[owner].in_(IDS)).order_by(columns[owner], columns[order]))


_NEEDS = _owned(ServiceNeed, "service_id", "position", "need", "primary")
_FEES = _owned(CostOption, "service_id", "position", "per", "yen", "for_whom", "note", "first_free")
_ATTRIBUTES = _owned(Attribute, "listing_id", "term", "term", "value", "verified_at")
_ROLES = _owned(Role, "listing_id", "position", "id", "name", "what", "times", "wanted", "phone_duty", "loads")
_SCHEDULES = _owned(Schedule, "listing_id", "position", "plan", "note", "location_id")
_CLOSURES = _owned(Closure, "listing_id", "date", "date", "reason")


@dataclass(frozen=True)
class _Parts:
    """What the listings of a batch own, by the id of the owner."""

    needs: Mapping[str, list[Row]]
    fees: Mapping[str, list[Row]]
    attributes: Mapping[str, list[Row]]
    roles: Mapping[str, list[Row]]
    schedules: Mapping[str, list[Row]]
    closures: Mapping[str, list[Row]]
    areas: Mapping[str, list[Row]]
    halls: Mapping[str, Row]


def listings_of(
    session: Session, ids: Sequence[str], condition: ColumnElement[bool], audience: str
) -> list[Listing]:
    """Those of `ids` that meet `condition`, ordered by id: one query for the rows, one for each kind of thing they own."""
    rows = session.execute(_ROWS.where(condition), {"ids": ids}).all()
    listings = [row.id for row in rows]
    services = list({row.service_id for row in rows})
    parts = _Parts(
        needs=_grouped(session, _NEEDS, services), fees=_grouped(session, _FEES, services),
        attributes=_grouped(session, _ATTRIBUTES, listings), roles=_grouped(session, _ROLES, listings),
        schedules=_grouped(session, _SCHEDULES, listings), closures=_grouped(session, _CLOSURES, listings),
        areas=_grouped(session, _AREAS, listings),
        halls={hall.id: hall for hall in session.execute(_HALLS, {"ids": listings})},
    )
    facts = _facts if audience == DESK else _public_facts
    return [Listing(**facts(row, parts)) for row in rows]


def _grouped(session: Session, rows: Select, ids: Sequence[str]) -> Mapping[str, list[Row]]:
    """The rows of each owner, in their order."""
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in session.execute(rows, {"ids": ids}).all():
        groups[row[0]].append(row)
    return groups


@lru_cache(maxsize=20_000)
def _plan(text: str) -> Plan:
    """Distinct schedules are far fewer than listings."""
    return Plan.from_json(text)


def _facts(row: Row, parts: _Parts) -> dict[str, Any]:
    """Everything known, for the desk: the fields of a Listing."""
    listing_id, service_id = row.id, row.service_id
    needs = parts.needs.get(service_id, ())
    return {
        **dict(zip(_FIELDS, row, strict=False)),
        "needs_primary": tuple(need for _owner, need, primary in needs if primary),
        "needs_secondary": tuple(need for _owner, need, primary in needs if not primary),
        "steps": tuple(row.steps or row.service_steps), "languages": tuple(row.languages),
        "search_words": tuple(row.keywords),
        "fees": tuple(Fee(*fee[1:]) for fee in parts.fees.get(service_id, ())),
        "areas": tuple(AreaName(*area[1:]) for area in parts.areas.get(listing_id, ())),
        "meetings": tuple(_meeting(schedule, parts) for schedule in parts.schedules.get(listing_id, ())),
        "closures": {day: reason for _owner, day, reason in parts.closures.get(listing_id, ())},
        "attributes": tuple(AttributeValue(*entry[1:]) for entry in parts.attributes.get(listing_id, ())),
        "roles": tuple(RoleEntry(*role[1:]) for role in parts.roles.get(listing_id, ())),
        "staff": StaffFacts(row.loads, tuple(row.accommodations), row.representative, row.mobile, row.consent_given,
                            row.other_facts),
    }


def _meeting(schedule: Row, parts: _Parts) -> Meeting:
    hall = parts.halls.get(schedule.location_id)
    # A hall that is somebody's home is never named; the area says enough.
    place = None if hall is None or hall.masked else hall.name
    return Meeting(_plan(schedule.plan), place, schedule.note, schedule.plan)


def _public_facts(row: Row, parts: _Parts) -> dict[str, Any]:
    """The same fields without anything the public may not know."""
    facts = _facts(row, parts)
    facts["staff"] = None
    facts["roles"] = tuple(replace(role, loads={}) if role.loads else role for role in facts["roles"])
    if row.pickup == "ask":
        facts["pickup"] = None
    if not row.contact_public:
        facts |= _NO_CONTACT
    if facts["masked"]:
        facts |= _MASKED
    facts |= {name: _EMPTY[name] for name in row.staff_fields if name in _EMPTY}
    return facts


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
