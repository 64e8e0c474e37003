"""Open Referral HSDS 3.0 JSON: organizations, services or services at locations, alone, in a list, or in pages."""

from collections.abc import Iterator, Mapping

from directory.importers.registry import Format
from directory.importers.tables import Row, Table

# An object that carries one of these lists or records is HSDS.
MARKS = ("service_at_locations", "organization", "services", "location", "service", "tax_status", "legal_status")
WEEKDAYS = {"MO": "月", "TU": "火", "WE": "水", "TH": "木", "FR": "金", "SA": "土", "SU": "日"}
SERVICE_FIELDS = {
    "id": "HSDS service", "interpretation_services": "通訳", "wait_time": "待ち時間", "accreditations": "認定",
    "licenses": "免許", "alert": "お知らせ", "status": "状態", "last_modified": "元の更新日時", "assured_date": "元の確認日",
}


def tables(document: object) -> list[Table] | None:
    """One table with a row for every service at every location."""
    records = _records(document)
    if not records or not all(isinstance(record, Mapping) and _is_hsds(record) for record in records):
        return None
    rows = [cells for record in records for cells in _listings(record)]
    titles = tuple(dict.fromkeys(title for cells in rows for title in cells))
    return [Table("", titles, [Row(number, cells) for number, cells in enumerate(rows, start=1)], unit="件目")]


def _records(document: object) -> list:
    if isinstance(document, Mapping) and isinstance(document.get("contents"), list):
        return document["contents"]
    return document if isinstance(document, list) else [document]


def _is_hsds(record: Mapping) -> bool:
    return "id" in record and any(mark in record for mark in MARKS)


def _listings(record: Mapping) -> Iterator[dict[str, object]]:
    """The listings in an organization, a service, or a service at a location."""
    if isinstance(record.get("service"), Mapping):
        service = record["service"]
        yield _cells(service.get("organization") or {}, service, record)
    elif isinstance(record.get("organization"), Mapping) or "service_at_locations" in record:
        yield from _of_service(record.get("organization") or {}, record)
    else:
        services = [service for service in record.get("services") or () if isinstance(service, Mapping)]
        for service in services:
            yield from _of_service(record, service)
        if not services:
            # An organization without services is still a place to know: its own name stands for what it does.
            yield _cells(
                record, {"name": record.get("name"), "description": record.get("description")}, {"id": record["id"]}
            )


def _of_service(organization: Mapping, service: Mapping) -> Iterator[dict[str, object]]:
    places = [place for place in service.get("service_at_locations") or () if isinstance(place, Mapping)]
    for place in places or [{"id": service.get("id")}]:
        yield _cells(organization, service, place)


def _cells(organization: Mapping, service: Mapping, place: Mapping) -> dict[str, object]:
    location = place.get("location") if isinstance(place.get("location"), Mapping) else {}
    address = next(iter(_list(location, "addresses")), {})
    schedules = _list(place, "schedules") or _list(service, "schedules")
    phones = next(filter(None, (_list(record, "phones") for record in (place, location, service, organization))), [])
    contacts = _list(place, "contacts") or _list(service, "contacts")
    areas = [str(area["name"]) for area in _list(service, "service_areas") if area.get("name")]
    cells = {
        "id": place.get("id"), "name": service.get("name"), "other_name": service.get("alternate_name"),
        "description": service.get("description"), "organization": organization.get("name"),
        "url": service.get("url"), "email": service.get("email"), "audience": service.get("eligibility_description"),
        "minimum_age": service.get("minimum_age"), "maximum_age": service.get("maximum_age"),
        "fees": service.get("fees_description") or service.get("fees"),
        "application": service.get("application_process"),
        "place_name": location.get("name"), "latitude": location.get("latitude"),
        "longitude": location.get("longitude"),
        "travel": location.get("transportation"),
        "address": "".join(str(address.get(part) or "") for part in ("state_province", "city", "address_1")),
        "building": address.get("address_2"), "postal_code": address.get("postal_code"),
        "phone": next((phone.get("number") for phone in phones), None),
        "phone_extension": next((phone.get("extension") for phone in phones), None),
        "schedule": " ／ ".join(filter(None, map(_phrase, schedules))),
        "service_area": " ／ ".join(areas),
        "representative": next((contact.get("name") for contact in contacts), None),
    }
    facts = {title: service.get(key) for key, title in SERVICE_FIELDS.items()}
    facts |= {"団体の説明": organization.get("description"), "団体のウェブ": organization.get("website"),
              "場所の説明": location.get("description"), "掲載の説明": place.get("description"),
              "言語": "、".join(str(entry.get("name")) for entry in _list(service, "languages"))}
    return {f"hsds:{name}": cell for name, cell in cells.items() if cell} | {t: v for t, v in facts.items() if v}


def _phrase(schedule: Mapping) -> str | None:
    """The schedule as its own words, or as days and hours; what a rule cannot say in words is left out."""
    days = "・".join(WEEKDAYS[day] for day in str(schedule.get("byday") or "").split(",") if day in WEEKDAYS)
    hours = "～".join(str(schedule[key])[:5] for key in ("opens_at", "closes_at") if schedule.get(key))
    plain = schedule.get("freq") == "WEEKLY" and str(schedule.get("interval") or 1) == "1" and days and "-" not in days
    if schedule.get("description"):
        return str(schedule["description"])
    return f"毎週{days} {hours}".strip() if plain else None


def _list(record: Mapping, key: str) -> list[Mapping]:
    entries = record.get(key)
    return [entry for entry in entries if isinstance(entry, Mapping)] if isinstance(entries, list) else []


FIELDS = (
    "id name other_name description organization url email audience minimum_age maximum_age fees application "
    "place_name latitude longitude travel address building postal_code phone phone_extension schedule "
    "service_area representative"
).split()
FORMAT = Format(
    "hsds", "HSDS 3.0", public_contact=True, tables=tables, row_key=("id",),
    titles={f"hsds:{name}": name for name in FIELDS},
)
