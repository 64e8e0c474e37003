"""Which column of which table holds each value of a record, and what does a listing say at this moment?"""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from directory.models import Location, Organization, Service, ServiceAtLocation

Values = dict[str, Any]
ORGANIZATION = ("name", "name_kana", "kind", "corporate_number")
SERVICE = (
    "name", "name_kana", "kind", "description", "application", "age_state", "minimum_age", "maximum_age", "age_text",
    "audience_text", "fees_state",
)
LOCATION = (
    "name", "postal_code", "prefecture", "municipality", "town", "address_rest", "building", "latitude", "longitude",
    "precision", "zone", "travel_notes", "masked",
)
LISTING = (
    "service_area", "visibility", "welcome", "usual", "first_day", "pickup", "contact_public", "phone",
    "phone_extension",
    "phone_hours", "email", "web", "representative", "mobile", "assured_date", "keywords", "other_facts",
)
TABLES = (
    ("organization", Organization, ORGANIZATION), ("service", Service, SERVICE), ("location", Location, LOCATION),
    ("listing", ServiceAtLocation, LISTING),
)
CONVERSIONS: Mapping[str, Callable[[Any], object]] = {
    "minimum_age": Decimal, "maximum_age": Decimal, "assured_date": date.fromisoformat,
}
# Longest text each value may have; the rest of a longer one is kept with the facts.
LENGTHS: Mapping[str, int] = {
    f"{prefix}.{name}": length
    for prefix, model, names in TABLES for name in names
    if (length := getattr(model.__table__.c[name].type, "length", None))
}


def columns(values: Mapping[str, object], prefix: str, names: tuple[str, ...]) -> dict[str, object]:
    """Column → value of one table, ready for the database."""
    return {name: for_database(name, values.get(f"{prefix}.{name}")) for name in names}


def for_database(name: str, value: object) -> object:
    """A plain value in the type its column has."""
    convert = CONVERSIONS.get(name)
    return convert(value) if convert and value is not None else value


def fit(values: Values) -> None:
    """Shorten texts that no column can hold; the whole text goes to the facts, so nothing is lost."""
    for name, longest in LENGTHS.items():
        text = values.get(name)
        if isinstance(text, str) and len(text) > longest:
            values["listing.other_facts"][f"{name.partition('.')[2]}（全文）"] = text
            values[name] = text[: longest - 1] + "…"


def current_values(listing: ServiceAtLocation) -> Values:
    """What the directory says now, in the form of a record's values."""
    service, location = listing.service, listing.location
    records = {"organization": service.organization, "service": service, "location": location, "listing": listing}
    values = {
        f"{prefix}.{name}": plain(getattr(records[prefix], name)) if records[prefix] is not None else None
        for prefix, _, names in TABLES for name in names
    }
    return values | {
        "service.needs": [need.need for need in service.needs if need.primary],
        "service.fees": [[fee.per, fee.yen, fee.for_whom, fee.note] for fee in service.cost_options],
        "schedules": [schedule.phrase for schedule in listing.schedules],
        "attributes": {attribute.term: attribute.value for attribute in listing.attributes},
        "areas": sorted([area.kind, area.name] for area in listing.areas),
    }


def plain(value: object) -> object:
    """A database value as JSON holds it."""
    if isinstance(value, Decimal):
        return str(value)
    return value.isoformat() if isinstance(value, date) else value
