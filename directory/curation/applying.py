"""How does a changed value get into its record? Columns are set; lists of rows keep the rows that stay the same."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from directory.addresses import place_key
from directory.curation import parts
from directory.curation.fields import EXISTS, FIELDS, IN_TABLES, KANA, LOCATION, ORGANIZATION, SERVICE
from directory.curation.values import fee_value, records_of, role_value
from directory.db import Base
from directory.errors import InvalidRecord
from directory.importers.parts.organization import normalised_name
from directory.japan_time import in_japan
from directory.japanese import reading
from directory.models import (
    Area, Attribute, Closure, CostOption, FieldMark, Location, Organization, Role, Schedule, Service, ServiceAtLocation,
    ServiceNeed,
)
from directory.models.columns import new_id
from directory.writing import Writing

LINKED = {"service.organization_id": Organization, "listing.service_id": Service, "listing.location_id": Location}
# A link and the records it brings with it.
LINKED_RECORDS = {
    "service.organization_id": {ORGANIZATION}, "listing.service_id": {ORGANIZATION, SERVICE},
    "listing.location_id": {LOCATION},
}
TO_DATABASE: Mapping[str, Callable[[Any], Any]] = {"decimal": Decimal, "date": date.fromisoformat}


def apply(write: Writing, listing: ServiceAtLocation, values: Mapping[str, Any], before: Mapping[str, Any]) -> set[str]:
    """Write the values; `before` is what each said. Returns ids of the shared records that were made."""
    made = _link(write, listing, values)
    for record, of_record in _by_record(values).items():
        if record == LOCATION and listing.location is None:
            continue
        target = records_of(listing)[record]
        write.edit(target, **{key.partition(".")[2]: _typed(key, value) for key, value in of_record.items()})
    _keys(write, listing, values)
    _readings(write, listing, values, before)
    for key in IN_TABLES:
        if key in values:
            made |= LISTS[key](write, listing, values[key]) or set()
            owner = listing.service if key.startswith("service.") else listing
            write.told(owner, key.removeprefix("service."), before.get(key), values[key])
    write.session.flush()
    return made


def without_linked(values: dict[str, Any]) -> dict[str, Any]:
    """Who chooses a record that is there already changes nothing of it: what else was typed about it falls away."""
    linked = {key for key in LINKED if values.get(key)}
    records = {record for key in linked for record in LINKED_RECORDS[key]}
    return {key: value for key, value in values.items()
            if key in linked or key not in LINKED and FIELDS[key].record not in records}


def mark(write: Writing, record: Any, field: str) -> None:
    """Ask a person to confirm this field of this record."""
    if write.session.get(FieldMark, (record.id, field)) is None:
        write.session.add(FieldMark(
            record_id=record.id, field=field, record_type=type(record).__tablename__, made_at=write.now))


def unmark(write: Writing, record: Any, field: str) -> None:
    """A person confirmed it."""
    marked = write.session.get(FieldMark, (record.id, field))
    if marked is not None:
        write.session.delete(marked)


def _by_record(values: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """The values that are columns, record by record; links were followed before."""
    grouped: dict[str, dict[str, Any]] = {}
    for key, value in values.items():
        if FIELDS[key].is_column and key not in LINKED and key != EXISTS:
            grouped.setdefault(FIELDS[key].record, {})[key] = value
    return grouped


def _typed(key: str, value: Any) -> Any:
    convert = TO_DATABASE.get(FIELDS[key].kind)
    return convert(value) if convert and value is not None else value


def _link(write: Writing, listing: ServiceAtLocation, values: Mapping[str, Any]) -> set[str]:
    """Point to another 団体, 活動 or 場所; make a place for a listing that had none; take it from one that has none now."""
    for key, model in LINKED.items():
        if values.get(key) and write.session.get(model, values[key]) is None:
            raise InvalidRecord(f"「{FIELDS[key].label}」に選ばれたものが見つかりません。選びなおしてください。")
    if values.get("listing.service_id"):
        write.edit(listing, service_id=values["listing.service_id"])
        _again(write, listing)
    if values.get("service.organization_id"):
        write.edit(listing.service, organization_id=values["service.organization_id"])
    made: set[str] = set()
    if values.get(EXISTS) is False:
        write.edit(listing, location_id=None)
    elif values.get("listing.location_id"):
        write.edit(listing, location_id=values["listing.location_id"])
    elif listing.location is None and any(values.get(key) is not None for key in values if _says_where(key)):
        place = write.add(Location(id=new_id(), zone=values.get("location.zone") or "mainland", masked=False))
        write.edit(listing, location_id=place.id)
        made.add(place.id)
    _again(write, listing)
    return made


def _says_where(key: str) -> bool:
    """Does this value put the listing somewhere? Zone and mask alone do not."""
    return key.startswith("location.") and key not in ("location.zone", "location.masked", EXISTS) or key == EXISTS


def _again(write: Writing, listing: ServiceAtLocation) -> None:
    write.session.flush()
    write.session.refresh(listing)
    write.session.refresh(listing.service)


def _keys(write: Writing, listing: ServiceAtLocation, values: Mapping[str, Any]) -> None:
    """What follows from a value: the keys by which imports find a record, and the day somebody asked who may come."""
    owner, place = listing.service.organization, listing.location
    if f"{ORGANIZATION}.name" in values:
        owner.normalised_name = normalised_name(owner.name)[:400]
    asked = {part: in_japan(write.now).date().isoformat() for part in ("age", "gender", "residency")
             if f"service.{part}_state" in values}
    if asked:
        write.edit(listing.service, eligibility_verified={**listing.service.eligibility_verified, **asked})
    if place is not None and any(key.startswith("location.") for key in values):
        written = "".join(filter(None, (place.municipality, place.town, place.address_rest)))
        name = place.name or listing.name or listing.service.name
        place.normalised_address = place_key(written, place.address_rest, place.building, name)[:600] if written else None


def _readings(write: Writing, listing: ServiceAtLocation, values: Mapping[str, Any], before: Mapping[str, Any]) -> None:
    """A new name without a よみ of its own gets one from the dictionary, and a person is asked to confirm it."""
    records = records_of(listing)
    for kana_key, name_key in KANA.items():
        record = records[name_key.partition(".")[0]]
        if record is None:
            continue
        given, renamed = values.get(kana_key), name_key in values and values[name_key] != before.get(name_key)
        if renamed and not given:
            write.edit(record, name_kana=reading(record.name) if record.name else None)
        if renamed and record.name and (not given or given == before.get(kana_key)):
            mark(write, record, "name_kana")
        elif given and given != before.get(kana_key) or renamed:
            unmark(write, record, "name_kana")


def _needs(primary: bool) -> Callable[[Writing, ServiceAtLocation, Sequence[str]], None]:
    def replace(write: Writing, listing: ServiceAtLocation, wanted: Sequence[str]) -> None:
        rows = {row.need: row for row in sorted(listing.service.needs, key=lambda row: row.position)}
        others = [need for need, row in rows.items() if row.primary is not primary and need not in wanted]
        order = [*wanted, *others] if primary else [*others, *wanted]
        for need in set(rows) - set(order):
            listing.service.needs.remove(rows[need])
        for position, need in enumerate(order):
            row = rows.get(need) or ServiceNeed(need=need, primary=primary, position=position)
            row.position, row.primary = position, primary if need in wanted else row.primary
            if need not in rows:
                listing.service.needs.append(row)

    return replace


def _rows(kept: list, model: type[Base], value_of: Callable[[Any], dict], wanted: Sequence[Mapping[str, Any]]) -> None:
    """Bring an ordered list of rows to `wanted`: equal rows stay, then rows are rewritten in order, then added or removed."""
    left, chosen = list(kept), []
    for item in wanted:
        same = next((row for row in left if item.get("id") == row.id), None) or next(
            (row for row in left if all(value_of(row)[name] == value for name, value in item.items() if name != "id")), None)
        if same is not None:
            left.remove(same)
        chosen.append(same)
    for position, (item, found) in enumerate(zip(wanted, chosen, strict=True)):
        row = found or (left.pop(0) if left else model(id=new_id()))
        for name, value in item.items():
            if name != "id" and getattr(row, name, None) != value:
                setattr(row, name, value)
        row.position = position
        if row not in kept:
            kept.append(row)
    for row in left:
        kept.remove(row)


def _schedules(write: Writing, listing: ServiceAtLocation, wanted: Sequence[Mapping[str, Any]]) -> None:
    rows = []
    for item in map(parts.schedule, wanted):
        understood = parts.meaning(item)
        if item["location_id"] and write.session.get(Location, item["location_id"]) is None:
            raise InvalidRecord("日時に選ばれた会場が見つかりません。選びなおしてください。")
        rows.append({name: item[name] for name in ("phrase", "note", "location_id")} | {
            "valid_from": _day(item["valid_from"]), "valid_to": _day(item["valid_to"]), "state": understood.state,
            "plan": understood.to_json()})
    _rows(listing.schedules, Schedule, _schedule_row, rows)


def _schedule_row(row: Schedule) -> dict[str, Any]:
    return {name: getattr(row, name) for name in (
        "phrase", "note", "location_id", "valid_from", "valid_to", "state", "plan")}


def _fees(_write: Writing, listing: ServiceAtLocation, wanted: Iterable[Any]) -> None:
    _rows(listing.service.cost_options, CostOption, fee_value, [parts.fee(item) for item in wanted])


def _roles(_write: Writing, listing: ServiceAtLocation, wanted: Iterable[Any]) -> None:
    _rows(listing.roles, Role, role_value, [parts.role(item) for item in wanted])


def _closures(_write: Writing, listing: ServiceAtLocation, wanted: Mapping[str, str]) -> None:
    days = {date.fromisoformat(day): reason for day, reason in wanted.items()}
    for row in list(listing.closures):
        if row.date in days:
            row.reason = days.pop(row.date)
        else:
            listing.closures.remove(row)
    listing.closures += [Closure(date=day, reason=reason) for day, reason in sorted(days.items())]


def _attributes(write: Writing, listing: ServiceAtLocation, wanted: Mapping[str, str]) -> None:
    """What a person said anew is verified today; what stays as it was keeps its day and its source."""
    rows = {row.term: row for row in listing.attributes}
    for term in set(rows) - set(wanted):
        listing.attributes.remove(rows[term])
    told = {"verified_at": in_japan(write.now).date(), "verified_by": write.by[:400], "source": None}
    for term, value in sorted(wanted.items()):
        row = rows.get(term)
        if row is None:
            listing.attributes.append(Attribute(term=term, value=value, **told))
        elif row.value != value:
            row.value = value
            for name, new in told.items():
                setattr(row, name, new)


def _areas(write: Writing, listing: ServiceAtLocation, wanted: Sequence[Sequence[str]]) -> set[str]:
    """An area nobody named before is made."""
    areas, made = [], set()
    for kind, name in wanted:
        known = select(Area).where(Area.kind == kind, Area.name == name).order_by(Area.id).limit(1)
        area = write.session.scalar(known)
        if area is None:
            area = write.add(Area(id=new_id(), kind=kind, name=name, name_kana=reading(name)))
            made.add(area.id)
        areas.append(area)
    listing.areas = areas
    return made


def _day(day: str | None) -> date | None:
    return date.fromisoformat(day) if day else None


# Some make shared records and return their ids.
LISTS: Mapping[str, Callable[[Writing, ServiceAtLocation, Any], set[str] | None]] = {
    "service.needs": _needs(primary=True), "service.needs_secondary": _needs(primary=False), "service.fees": _fees,
    "schedules": _schedules, "closures": _closures, "attributes": _attributes, "roles": _roles, "areas": _areas,
}
