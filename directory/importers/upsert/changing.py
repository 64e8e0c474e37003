"""What happens to a listing whose row has changed? New facts are written; a person who edited is asked."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from directory.errors import ImportRefused
from directory.importers.records import Record
from directory.importers.report import Mark
from directory.importers.upsert.asking import ask
from directory.importers.upsert.columns import TABLES, Values, current_values, for_database
from directory.importers.upsert.inserting import (
    Target, attribute_rows, fee_rows, flush_new, need_rows, schedule_rows, unique,
)
from directory.importers.upsert.matching import Matcher
from directory.merges import now_called
from directory.models import (
    Attribute, CostOption, ListingArea, Schedule, ServiceAtLocation, ServiceNeed, SourceRecord,
)
from directory.writing import Writing

# Values kept in rows of their own: the history tells them whole.
LISTS = frozenset(("service.needs", "service.fees", "schedules", "attributes", "areas"))
# Values that say how the row was read, not what the directory shows.
NOT_SHOWN = frozenset(("location.exists", "location.key", "organization.named"))
# A value that says nothing, beside None
SAYS_NOTHING: tuple[object, ...] = (None, "unknown", [], {})
# How a row was understood, and what it says besides: no question for a person when it meets another listing.
NOT_ASKED = frozenset((
    "location.zone", "location.precision", "location.latitude", "location.longitude", "location.masked",
    "listing.contact_public", "listing.visibility", "listing.other_facts", "listing.keywords", "service.needs",
))


@dataclass(frozen=True)
class Difference:
    """Field → new value to write, and field → (current, proposed) to ask about."""

    writes: Mapping[str, object]
    asks: Mapping[str, tuple[object, object]]


def change_record(
    write: Writing, record: Record, stored: SourceRecord, matcher: Matcher, target: Target
) -> tuple[Difference, Mark]:
    """Bring one listing up to its changed row; returns what was written and asked, and how the listing was found."""
    listing = surviving(write.session, stored.listing_id)
    difference = compare(stored.values, record.values, current_values(listing), record.unread)
    found = {"id": stored.id, "values": stored.values, "row_hash": stored.row_hash, "row_number": stored.row_number}
    mark = _bring(write, listing, record, stored, difference, matcher, target, found)
    return difference, mark


def merge_record(
    write: Writing, record: Record, listing_id: str, matcher: Matcher, target: Target
) -> tuple[Difference, Mark]:
    """A new row belongs to a listing that is there already: what the listing does not say yet is written, the rest asked."""
    listing = surviving(write.session, listing_id)
    stored = SourceRecord(
        source_id=target.source_id, key=record.key, listing_id=listing.id, values={}, row_hash="", last_seen=target.now)
    write.session.add(stored)
    write.session.flush()
    difference = meeting(record.values, current_values(listing))
    mark = _bring(write, listing, record, stored, difference, matcher, target, {"id": stored.id, "made": True})
    return difference, mark


def _bring(
    write: Writing, listing: ServiceAtLocation, record: Record, stored: SourceRecord, difference: Difference,
    matcher: Matcher, target: Target, found: dict[str, object],
) -> Mark:
    """Write what is to be written, ask what is to be asked, and remember what the row says now."""
    now, links = current_values(listing), _links(listing)
    before = {name: now.get(name) for name in difference.writes}
    if difference.writes:
        _write(write, listing, record, stored.values, difference.writes, matcher, target)
        for name in sorted(LISTS & set(difference.writes)):
            owner = listing.service if name.startswith("service.") else listing
            write.told(owner, name.removeprefix("service."), before[name], difference.writes[name])
    if difference.asks:
        evidence = f"「{target.source_name}」{record.row} {record.unit}の新しい内容が、いまの掲載の内容と違います。"
        found |= ask(write, listing.id, "import", target.source_id, evidence, difference.asks)
    kept = {name: value for name, value in stored.values.items() if name in record.unread}
    stored.values, stored.row_hash = kept | record.said, record.hash
    stored.row_number, stored.last_seen = record.row, target.now
    moved = {name: link for name, link in _links(listing).items() if link != links[name]}
    return Mark(
        "changed", listing.id, before | {name: links[name] for name in moved}, {**difference.writes, **moved}, found)


def surviving(session: Session, listing_id: str) -> ServiceAtLocation:
    """The listing, or the one it was merged into. Raises ImportRefused when there is none any more."""
    listing = session.get(ServiceAtLocation, listing_id)
    if listing is not None and listing.merged_into:
        listing = session.get(ServiceAtLocation, now_called(session, listing_id))
    if listing is None:
        raise ImportRefused("まとめる先の掲載が、いまはありません。行の表を開きなおして、もう一度選んでください。")
    return listing


def meeting(said: Values, current: Values) -> Difference:
    """Sort the values of a row that meets a listing for the first time: gaps are filled, differences are asked about."""
    blank = {name: None if value in SAYS_NOTHING else value for name, value in current.items()}
    difference = compare({}, {name: value for name, value in said.items() if value not in SAYS_NOTHING}, blank)
    unnamed = () if said["organization.named"] else ("organization.",)
    writes = {name: value for name, value in difference.writes.items() if not name.startswith(unnamed or ("@",))}
    asks = {
        name: pair for name, pair in difference.asks.items()
        if name not in NOT_ASKED and not name.startswith(unnamed or ("@",))
    }
    # A number from a list with people's own numbers must not appear under a listing whose contact is public.
    if current.get("listing.contact_public") and not said["listing.contact_public"]:
        for name in ("listing.phone", "listing.email"):
            if name in writes:
                asks[name] = (None, writes.pop(name))
    return Difference(writes, asks)


def _links(listing: ServiceAtLocation) -> dict[str, str | None]:
    """Which organisation and location the listing points to."""
    return {"service.organization_id": listing.service.organization_id, "listing.location_id": listing.location_id}


def compare(before: Values, after: Values, current: Values, unread: Collection[str] = ()) -> Difference:
    """Sort the changed fields of a row: the directory still says what the last import said, or a person changed it.

    `unread`: what stands in the row but could not be read says nothing.
    """
    writes, asks = {}, {}
    for name, value in after.items():
        shown, last, said = (_comparable(name, values.get(name)) for values in (current, before, after))
        if last == said or shown == said or name in NOT_SHOWN or name in unread:
            continue
        if shown == last:
            writes[name] = value
        else:
            asks[name] = (current.get(name), value)
    return Difference(writes, asks)


def _comparable(name: str, value: Any) -> object:
    """Areas have no order; an empty collection is the same as none."""
    value = sorted(map(list, value)) if name == "areas" and value else value
    return value or None if isinstance(value, (list, dict)) else value


def _write(
    write: Writing, listing: ServiceAtLocation, record: Record, before: Values, writes: Mapping[str, object],
    matcher: Matcher, target: Target,
) -> None:
    _repoint(write, listing, record, before, writes, matcher)
    records = {
        "organization": listing.service.organization, "service": listing.service, "location": listing.location,
        "listing": listing,
    }
    for prefix, _, names in TABLES:
        changed = {
            name: for_database(name, writes[f"{prefix}.{name}"]) for name in names if f"{prefix}.{name}" in writes}
        if changed and records[prefix] is not None:
            write.edit(records[prefix], **changed)
    if "listing.assured_date" in writes:
        # Who confirmed it before, and how, says nothing about the day the file names.
        write.edit(listing, assured_by=target.source_name[:400], assured_how=None, assurance_due=None)
    _replace_children(write, listing, writes, matcher, target)
    listing.last_modified, listing.version = target.now, listing.version + 1
    write.note(listing)


def _repoint(
    write: Writing, listing: ServiceAtLocation, record: Record, before: Values, writes: Mapping[str, object],
    matcher: Matcher,
) -> None:
    """Another organisation or address is another record: others may share the old one, which stays as it is."""
    if {"organization.name", "organization.corporate_number"} & set(writes):
        organization = matcher.organization(record.values, record.key)
        flush_new(write, matcher)
        write.edit(listing.service, organization_id=organization)
    moved = before.get("location.key") != record.values["location.key"]
    if moved and any(name.startswith("location.") for name in writes):
        location = matcher.location(record.values)
        flush_new(write, matcher)
        write.edit(listing, location_id=location)
    write.session.flush()
    write.session.refresh(listing)
    write.session.refresh(listing.service)


def _replace_children(
    write: Writing, listing: ServiceAtLocation, writes: Mapping[str, object], matcher: Matcher, target: Target
) -> None:
    """Lists are replaced whole: needs, fees, schedules, attributes, areas."""
    areas = [{"listing_id": listing.id, "area_id": matcher.area(*area)} for area in unique(writes.get("areas", ()))]
    flush_new(write, matcher)
    children = (
        ("service.needs", ServiceNeed, ServiceNeed.service_id == listing.service_id,
         lambda value: need_rows(listing.service_id, value)),
        ("service.fees", CostOption, CostOption.service_id == listing.service_id,
         lambda value: fee_rows(listing.service_id, value)),
        ("schedules", Schedule, Schedule.listing_id == listing.id,
         lambda value: schedule_rows(listing.id, value, target.plans)),
        ("attributes", Attribute, (Attribute.listing_id == listing.id) & Attribute.verified_at.is_(None),
         lambda value: attribute_rows(listing.id, value, target.source_name)),
        ("areas", ListingArea, ListingArea.listing_id == listing.id, lambda value: areas),
    )
    for name, model, belongs, rows in children:
        if name in writes:
            write.session.execute(delete(model).where(belongs))
            write.insert_rows(model, rows(writes[name]))
    # What is not in the database yet would be forgotten with the rest.
    write.session.flush()
    write.session.expire(listing)
    write.session.expire(listing.service)


def publish(write: Writing, listing_ids: list[str]) -> list[str]:
    """Publish those of the listings that are still in review; returns which."""
    changed = []
    for start in range(0, len(listing_ids), 500):
        part = listing_ids[start:start + 500]
        waiting = ServiceAtLocation.id.in_(part) & (ServiceAtLocation.status == "review")
        published = list(write.session.scalars(
            update(ServiceAtLocation).where(waiting).values(
                status="published", last_modified=write.now, version=ServiceAtLocation.version + 1,
            ).returning(ServiceAtLocation.id)))
        write.note_added(ServiceAtLocation.__tablename__, published)
        write.changed_listings(published)
        changed += published
    return changed
