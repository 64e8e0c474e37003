"""What does a listing say at this moment, field by field? Plain values, fit for JSON, for comparing and for a form."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from directory.curation import parts
from directory.curation.fields import EXISTS, FIELDS, LISTS, LOCATION, ORGANIZATION, SERVICE, SHARED
from directory.db import Base
from directory.errors import NotFound
from directory.models import (
    CostOption, FieldMark, Location, Organization, Role, Schedule, Service, ServiceAtLocation,
)

FEE = ("per", "yen", "for_whom", "note", "first_free")
ROLE = ("id", "name", "what", "loads", "times", "wanted", "phone_duty", "stage")
COLUMNS = tuple(field for field in FIELDS.values() if field.is_column and field.key != EXISTS)


def values_of(session: Session, listing_id: str) -> dict[str, Any]:
    """Key → value of every field. Raises NotFound."""
    return values_of_record(found(session, listing_id))


def values_of_record(listing: ServiceAtLocation) -> dict[str, Any]:
    """The same of a listing that was read already."""
    records = records_of(listing)
    values = {field.key: _plain(records[field.record], field.column) for field in COLUMNS}
    needs = listing.service.needs
    return values | {
        EXISTS: listing.location is not None,
        "service.needs": [need.need for need in needs if need.primary],
        "service.needs_secondary": [need.need for need in needs if not need.primary],
        "service.fees": [fee_value(fee) for fee in listing.service.cost_options],
        "schedules": [schedule_value(schedule) for schedule in listing.schedules],
        "closures": {closure.date.isoformat(): closure.reason for closure in listing.closures},
        "attributes": {attribute.term: attribute.value for attribute in listing.attributes},
        "roles": [role_value(role) for role in listing.roles],
        "areas": sorted([area.kind, area.name] for area in listing.areas),
    }


def beside(listing: ServiceAtLocation) -> dict[str, Any]:
    """What is decided about a listing, but is no field of its form: its status, and when somebody made sure of it."""
    return {"status": listing.status, "listing.assured_date": plain(listing.assured_date)}


def found(session: Session, listing_id: str, **options: Any) -> ServiceAtLocation:
    """The listing. Raises NotFound."""
    listing = session.get(ServiceAtLocation, listing_id, **options)
    if listing is None:
        raise NotFound("この掲載は見つかりません。統合されたか、取り消された登録かもしれません。")
    return listing


def records_of(listing: ServiceAtLocation) -> Mapping[str, Any]:
    """The four records a listing consists of; a visiting service has no location."""
    return {ORGANIZATION: listing.service.organization, SERVICE: listing.service, LOCATION: listing.location,
            "listing": listing}


def schedule_value(row: Schedule) -> dict[str, Any]:
    """One schedule as `parts.schedule` gives it."""
    return {
        "phrase": row.phrase, "note": row.note, "location_id": row.location_id, "valid_from": plain(row.valid_from),
        "valid_to": plain(row.valid_to), "plan": row.plan if row.phrase == parts.TIMETABLE else None,
    }


def fee_value(row: CostOption) -> dict[str, Any]:
    """One fee row as `parts.fee` gives it."""
    return {name: getattr(row, name) for name in FEE}


def role_value(row: Role) -> dict[str, Any]:
    """One role as `parts.role` gives it."""
    return {name: getattr(row, name) for name in ROLE} | {"loads": dict(sorted(row.loads.items()))}


def shaped(key: str, value: Any) -> Any:
    """A value in the one shape it is compared in: an import's list of phrases becomes a list of schedules."""
    kind = FIELDS[key].kind if key in FIELDS else ""
    if kind in LISTS and not value:
        return {} if kind in ("facts", "notes", "levels", "attributes", "closures") else []
    if kind == "decimal":
        return None if value in (None, "") else parts.number_text(Decimal(str(value)))
    shape = SHAPES.get(kind)
    return shape(value) if shape else value


def differs(key: str, one: Any, other: Any) -> bool:
    """Do two values of a field say different things? The id of a role says nothing."""
    return _compared(key, one) != _compared(key, other)


def _compared(key: str, value: Any) -> Any:
    value = shaped(key, value)
    if key == "roles":
        return [{name: part for name, part in role.items() if name != "id"} for role in value]
    return value or None if isinstance(value, str) else value


SHAPES = {
    "schedules": lambda value: [parts.schedule(item) for item in value],
    "fees": lambda value: [parts.fee(item) for item in value],
    "roles": lambda value: [parts.role(item) for item in value],
    "areas": parts.areas, "attributes": parts.attributes, "closures": parts.closures,
}


def shared_with(session: Session, listing_id: str) -> dict[str, int]:
    """Record → on how many listings it is shown (this one included): 「80か所に反映」. A visiting service has no location."""
    records = records_of(found(session, listing_id))
    return {record: shown_on(session, record, records[record].id) for record in SHARED if records[record] is not None}


def shown_on(session: Session, record: str, record_id: str) -> int:
    """On how many listings one 団体, 活動 or 場所 is shown."""
    of_organization = select(Service.id).where(Service.organization_id == record_id)
    visited = select(Schedule.listing_id).where(Schedule.location_id == record_id)
    condition = {
        ORGANIZATION: ServiceAtLocation.service_id.in_(of_organization),
        SERVICE: ServiceAtLocation.service_id == record_id,
        LOCATION: or_(ServiceAtLocation.location_id == record_id, ServiceAtLocation.id.in_(visited)),
    }[record]
    return session.scalar(select(func.count()).select_from(ServiceAtLocation).where(condition)) or 0


def marks_of(session: Session, listing_id: str) -> set[str]:
    """Keys of the fields a person should confirm: a よみ the machine filled in."""
    records = records_of(found(session, listing_id))
    names = {record.id: name for name, record in records.items() if record is not None}
    rows = session.execute(select(FieldMark.record_id, FieldMark.field).where(FieldMark.record_id.in_(names)))
    return {f"{names[record_id]}.{field}" for record_id, field in rows}


def plain(value: Any) -> Any:
    """A database value as JSON holds it."""
    if isinstance(value, Decimal):
        return parts.number_text(value)
    return value.isoformat() if isinstance(value, date) else value


def _plain(record: Base | None, column: str) -> Any:
    if record is None:
        return None
    value = getattr(record, column)
    return list(value) if isinstance(value, list) else dict(value) if isinstance(value, dict) else plain(value)


MODELS: Mapping[str, type[Base]] = {
    ORGANIZATION: Organization, SERVICE: Service, LOCATION: Location, "listing": ServiceAtLocation,
}
