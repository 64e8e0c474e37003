"""Which rows does a snapshot consist of? Those from which the same public Listings are read again, and no others.

Every listing gets a service and a place of its own, though several may share one: what a curator hides of one of them
stays hidden there. Columns not named here stay empty, among them everything meant for staff.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal
from uuid import UUID, uuid5

from directory.listing import Listing
from directory.models import (
    Area, Attribute, Boundary, Closure, CostOption, ListingArea, Location, Organization, Role, Schedule, Service,
    ServiceAtLocation, ServiceNeed, Source, Town,
)
from directory.publishing.snapshot import Snapshot

Row = dict[str, object]
Rows = Mapping[type, list[Row]]

# Parents before children: the order in which rows are written.
PUBLISHED = (
    Town, Boundary, Source, Organization, Service, ServiceNeed, CostOption, Location, Area, ServiceAtLocation,
    ListingArea, Attribute, Role, Schedule, Closure,
)
# Listings have these in common.
SHARED: tuple[type, ...] = (Organization, Source, Area)
IDS = UUID("0f6d2b64-8d0c-5d0b-9a36-5a1c6b7d6d11")
# Columns of the listing's own row, and of its service, that are called as in Listing.
OF_LISTING = (
    "id", "status", "visibility", "service_area", "paused_until", "welcome", "usual", "first_day", "pickup",
    "capacity_state", "capacity_count", "contact_public", "phone", "phone_hours", "email", "web", "assured_date",
    "assured_by", "assured_how", "capacity_date", "last_modified",
)
OF_SERVICE = (
    "organization_id", "name", "kind", "summary", "description", "easy_description", "application", "age_state",
    "age_text", "gender_state", "gender_only", "residency_state", "residency_text", "exclusion", "audience_text",
    "fees_state",
)
OF_PLACE = (
    "prefecture", "municipality", "town", "address_rest", "building", "latitude", "longitude", "precision", "zone",
    "travel_notes", "masked",
)


def rows_of(snapshot: Snapshot) -> Rows:
    """Rows by table."""
    rows: dict[type, list[Row]] = defaultdict(list)
    once: dict[tuple[type, str], Row] = {}
    for listing in snapshot.listings.values():
        for model, row in _listing_rows(listing, snapshot.licences):
            if model in SHARED:
                once[model, str(row["id"])] = row
            else:
                rows[model].append(row)
    for (model, _id), row in once.items():
        rows[model].append(row)
    rows[ServiceAtLocation] += _signposts(snapshot)
    rows[Town] = [dict(row) for row in snapshot.towns.values()]
    rows[Boundary] = [dict(row) for row in snapshot.boundaries.values()]
    return rows


def _id(*parts: object) -> str:
    """The same id for the same thing in every snapshot."""
    return str(uuid5(IDS, ":".join(map(str, parts))))


def _listing_rows(listing: Listing, licences: Mapping[str, str | None]) -> Iterator[tuple[type, Row]]:
    service, place = _id("service", listing.id), _id("place", listing.id)
    yield Organization, {
        "id": listing.organization_id, "name": listing.organization_name, "name_kana": listing.organization_kana,
        "kind": listing.organization_kind, "normalised_name": "",
    }
    yield Service, {name: getattr(listing, name) for name in OF_SERVICE} | {
        "id": service, "name_kana": listing.kana, "languages": list(listing.languages), "steps": [],
        "minimum_age": _decimal(listing.minimum_age), "maximum_age": _decimal(listing.maximum_age),
    }
    if listing.has_place:
        yield Location, _hall(place, listing.place_name) | {name: getattr(listing, name) for name in OF_PLACE} | {
            "name_kana": listing.place_kana}
    if listing.source_name is not None:
        yield Source, {"id": _id("source", listing.source_name), "name": listing.source_name,
                       "licence": licences[listing.source_name]}
    yield ServiceAtLocation, _own_row(listing, service, place)
    yield from _service_parts(listing, service)
    yield from _listing_parts(listing)
    yield from _meetings(listing)


def _own_row(listing: Listing, service: str, place: str) -> Row:
    return {name: getattr(listing, name) for name in OF_LISTING} | {
        "service_id": service, "location_id": place if listing.has_place else None,
        "source_id": None if listing.source_name is None else _id("source", listing.source_name),
        "steps": list(listing.steps), "keywords": list(listing.search_words), "merged_into": None,
        "usual": dict(listing.usual), "first_day": dict(listing.first_day),
    }


def _service_parts(listing: Listing, service: str) -> Iterator[tuple[type, Row]]:
    needs = [*((need, True) for need in listing.needs_primary), *((need, False) for need in listing.needs_secondary)]
    for position, (need, primary) in enumerate(needs):
        yield ServiceNeed, {"service_id": service, "need": need, "primary": primary, "position": position}
    for position, fee in enumerate(listing.fees):
        yield CostOption, {
            "id": _id("fee", listing.id, position), "service_id": service, "position": position, "per": fee.per,
            "yen": fee.yen, "for_whom": fee.for_whom, "note": fee.note, "first_free": fee.first_free,
        }


def _listing_parts(listing: Listing) -> Iterator[tuple[type, Row]]:
    for area in dict.fromkeys(listing.areas):
        area_id = _id("area", area.kind, area.name, area.kana)
        yield Area, {"id": area_id, "kind": area.kind, "name": area.name, "name_kana": area.kana, "polygon": None}
        yield ListingArea, {"listing_id": listing.id, "area_id": area_id}
    for entry in listing.attributes:
        yield Attribute, {"listing_id": listing.id, "term": entry.term, "value": entry.value,
                          "verified_at": entry.verified_at}
    for position, role in enumerate(listing.roles):
        yield Role, {
            "id": role.id, "listing_id": listing.id, "position": position, "name": role.name, "what": role.what,
            "times": role.times, "wanted": role.wanted, "phone_duty": role.phone_duty,
        }
    for day, reason in listing.closures.items():
        yield Closure, {"listing_id": listing.id, "date": day, "reason": reason}


def _meetings(listing: Listing) -> Iterator[tuple[type, Row]]:
    """Schedules, each with its hall when it has one of its own."""
    for position, meeting in enumerate(listing.meetings):
        hall = None if meeting.place is None else _id("hall", listing.id, position)
        if hall is not None:
            yield Location, _hall(hall, meeting.place)
        yield Schedule, {
            "id": _id("schedule", listing.id, position), "listing_id": listing.id, "position": position,
            "phrase": meeting.schedule.phrase, "state": meeting.schedule.state, "plan": meeting.key,
            "location_id": hall, "note": meeting.note,
        }


def _hall(place_id: str, name: str | None) -> Row:
    """A place of which no more than the name is known; every row of a table has the same columns."""
    return {"id": place_id, "name": name, "name_kana": None, **dict.fromkeys(OF_PLACE), "zone": "mainland",
            "masked": False}


def _signposts(snapshot: Snapshot) -> list[Row]:
    """A merged listing's row says nothing but where it went."""
    nothing: Row = dict.fromkeys((*OF_LISTING, "location_id", "source_id")) | {
        "status": "closed", "visibility": "public", "welcome": "unknown", "usual": {}, "first_day": {}, "steps": [],
        "keywords": [], "contact_public": False,
    }
    return [
        nothing | {"id": listing_id, "service_id": _id("service", target), "merged_into": target,
                   "last_modified": snapshot.listings[target].last_modified}
        for listing_id, target in snapshot.moved.items()
    ]


def _decimal(number: float | None) -> Decimal | None:
    return None if number is None else Decimal(str(number))
