"""How do thousands of new rows become listings? Table by table, at the speed of Core."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from directory.importers.records import Record
from directory.importers.report import Mark
from directory.importers.upsert.columns import LISTING, SERVICE, columns
from directory.importers.upsert.matching import Matcher, listing_id, stable_id
from directory.models import (
    Area, Attribute, CostOption, ListingArea, Location, Organization, Schedule, Service, ServiceAtLocation, ServiceNeed,
    SourceRecord,
)
from directory.models.columns import new_id
from directory.schedules import parse
from directory.writing import ROWS_A_STATEMENT, Writing

# Parents before children.
ORDER = (
    Organization, Location, Area, Service, ServiceNeed, CostOption, ServiceAtLocation, Schedule, Attribute, ListingArea,
    SourceRecord,
)
KEPT_KEY = 200


@dataclass(frozen=True)
class Plan:
    """What a schedule phrase was understood to mean: its state and its canonical JSON."""

    state: str
    json: str


class Plans(dict[str, Plan]):
    """Phrase → plan; each distinct phrase is read once, and only when a row needs it."""

    def __missing__(self, phrase: str) -> Plan:
        understood = parse(phrase)
        self[phrase] = Plan(understood.state, understood.to_json())
        return self[phrase]


@dataclass(frozen=True)
class Target:
    """Where new listings go: their source, their first status, and the meaning of every schedule phrase."""

    source_id: str
    source_name: str
    status: str
    plans: Plans
    now: datetime


def insert_records(
    write: Writing, records: Sequence[Record], matcher: Matcher, target: Target, progress: Callable
) -> list[Mark]:
    """Insert every record as a listing with all that hangs on it."""
    taken = set(write.session.scalars(select(ServiceAtLocation.id))) if records else set()
    marks: list[Mark] = []
    rows: dict[type, list[dict]] = {model: [] for model in ORDER}
    for record in progress(records, len(records)):
        key = listing_id(target.source_name, record.key, taken)
        taken.add(key)
        _add_rows(rows, record, key, matcher, target)
        if len(rows[ServiceAtLocation]) == ROWS_A_STATEMENT:
            marks += _insert(write, rows, matcher)
            rows = {model: [] for model in ORDER}
    return marks + _insert(write, rows, matcher)


def _insert(write: Writing, rows: dict[type, list[dict]], matcher: Matcher) -> list[Mark]:
    """Some hundred listings with all that hangs on them."""
    flush_new(write, matcher)
    for model in ORDER:
        write.insert_rows(model, rows[model])
    listings = [row["id"] for row in rows[ServiceAtLocation]]
    write.note_added(ServiceAtLocation.__tablename__, listings)
    write.changed_listings(listings)
    services = {row["id"]: row["organization_id"] for row in rows[Service]}
    return [
        Mark("added", row["id"], after={
            "service_id": row["service_id"],
            "made": sorted({services[row["service_id"]], row["location_id"]} & matcher.made),
        })
        for row in rows[ServiceAtLocation]
    ]


def flush_new(write: Writing, matcher: Matcher) -> None:
    """Insert the organisations, locations and areas the matcher prepared."""
    for model in ORDER:
        if matcher.new_rows.get(model):
            write.insert_rows(model, matcher.new_rows[model])
            matcher.new_rows[model] = []


def _add_rows(rows: dict[type, list[dict]], record: Record, key: str, matcher: Matcher, target: Target) -> None:
    values = record.values
    service = stable_id("service", key)
    rows[Service].append({
        "id": service, "organization_id": matcher.organization(values, record.key),
        **columns(values, "service", SERVICE),
    })
    rows[ServiceAtLocation].append({
        "id": key, "service_id": service, "location_id": matcher.location(values), "status": target.status,
        "source_id": target.source_id, "source_key": record.key[:KEPT_KEY], "last_modified": target.now,
        **columns(values, "listing", LISTING),
    })
    rows[ServiceNeed] += need_rows(service, values["service.needs"])
    rows[CostOption] += fee_rows(service, values["service.fees"])
    rows[Schedule] += schedule_rows(key, values["schedules"], target.plans)
    rows[Attribute] += attribute_rows(key, values["attributes"], target.source_name)
    rows[ListingArea] += [{"listing_id": key, "area_id": matcher.area(*area)} for area in unique(values["areas"])]
    rows[SourceRecord].append({
        "id": new_id(), "source_id": target.source_id, "key": record.key, "listing_id": key,
        "values": record.said, "row_hash": record.hash, "row_number": record.row, "last_seen": target.now,
        "missing_since": None,
    })


def need_rows(service: str, needs: Iterable[str]) -> list[dict]:
    """Rows of the needs a service meets by its kind."""
    return [
        {"service_id": service, "need": need, "primary": True, "position": position}
        for position, need in enumerate(needs)
    ]


def fee_rows(service: str, fees: Iterable[Sequence]) -> list[dict]:
    """Rows of what it costs."""
    return [
        {"id": new_id(), "service_id": service, "position": position, "per": per, "yen": yen, "for_whom": whom,
         "note": note}
        for position, (per, yen, whom, note) in enumerate(fees)
    ]


def schedule_rows(listing: str, phrases: Iterable[str], plans: Plans) -> list[dict]:
    """Rows of the phrases, each with what it was understood to mean."""
    return [
        {"id": new_id(), "listing_id": listing, "position": position, "phrase": phrase, "state": plans[phrase].state,
         "plan": plans[phrase].json}
        for position, phrase in enumerate(phrases)
    ]


def attribute_rows(listing: str, attributes: Mapping[str, str], source: str) -> list[dict]:
    """Rows of what the source says is there or is not."""
    return [
        {"listing_id": listing, "term": term, "value": value, "source": source[:400]}
        for term, value in attributes.items()
    ]


def unique(areas: Iterable[Sequence[str]]) -> list[tuple[str, str]]:
    """Each area once."""
    return list(dict.fromkeys((kind, name) for kind, name in areas))
