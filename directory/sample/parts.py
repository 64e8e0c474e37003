"""How are the parts of a sample listing read into columns? (eligibility, fees, needs, contact, status, place, days)"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from directory.addresses import place_key
from directory.city import City
from directory.vocabulary import Vocabulary
from directory.yaml_files import Entry

STATES = dict.fromkeys(("none", "stated", "unknown"))
STATUSES = dict.fromkeys(("draft", "review", "published", "paused", "closed"))
PRECISIONS = dict.fromkeys(("building", "block", "town"))
MOST_LOAD = 4


def part(entry: Entry, key: str) -> Entry:
    """The mapping under `key`; left out is empty."""
    return Entry(entry.file, f"{entry.name} › {key}", entry.value(key) or {})


@dataclass(frozen=True)
class Day:
    """A day counted back from the load day, and who said so: 最終確認 (how) or 掲載同意 (given)."""

    day: date | None = None
    by: str | None = None
    how: str | None = None
    given: bool | None = None

    @classmethod
    def read(cls, entry: Entry, key: str, today: date) -> Day:
        given = part(entry, key)
        days = given.whole_number("days_ago")
        day = cls(
            day=None if days is None else today - timedelta(days=days),
            by=given.optional("by"),
            how=given.optional("how"),
            given=given.flag("given") if "given" in given.content else None,
        )
        given.done()
        return day


def eligibility(entry: Entry) -> dict[str, Any]:
    """The columns of who may come; a part left out is unknown."""
    whole = part(entry, "eligibility")
    age, gender, residency = part(whole, "age"), part(whole, "gender"), part(whole, "residency")
    values = {
        "age_state": _state(age), "minimum_age": age.whole_number("minimum_age"),
        "maximum_age": age.whole_number("maximum_age"), "age_text": age.optional("text"),
        "gender_state": _state(gender), "gender_only": gender.optional("only"),
        "residency_state": _state(residency), "residency_text": residency.optional("text"),
        "exclusion": whole.optional("exclusion"), "audience_text": whole.optional("audience"),
        "eligibility_verified": {},
    }
    for one in (age, gender, residency, whole):
        one.done()
    return values


def _state(entry: Entry) -> str:
    state = entry.text("state", "unknown")
    entry.must_be_known("state", state, STATES)
    return state


def fee_rows(entry: Entry, service_id: str) -> tuple[str, list[dict[str, Any]]]:
    """The state of the fees and one row a fee: stated needs a sum, unknown may only hold rows without one (実費)."""
    fees = part(entry, "fees")
    state, rows = _state(fees), fees.value("rows", [])
    fees.done()
    read = [_fee(fees, row, position, service_id) for position, row in enumerate(rows)]
    if (state == "stated") != any(row["yen"] is not None for row in read) or (state == "none" and read):
        raise fees.wrong("rows", "金額（yen）のある行は state が stated のときだけ、none のときは行を書かないでください")
    return state, read


def _fee(fees: Entry, row: Any, position: int, service_id: str) -> dict[str, Any]:
    fee = Entry(fees.file, f"{fees.name} › {position + 1}番目", row)
    values = {
        "service_id": service_id, "position": position, "per": fee.text("per"),
        "yen": fee.whole_number("yen"), "for_whom": fee.optional("for"), "note": fee.optional("note"),
        "first_free": fee.flag("first_free"),
    }
    fee.done()
    return values


def needs(entry: Entry, service_id: str, vocabulary: Vocabulary) -> list[dict[str, Any]]:
    given = part(entry, "needs")
    primary, secondary = given.known("primary", vocabulary.needs), given.known("secondary", vocabulary.needs)
    given.done()
    if not primary:
        raise given.wrong("primary", "1つは書いてください")
    if set(primary) & set(secondary):
        raise given.wrong("secondary", "primary にあるものは書かないでください")
    return [
        {"service_id": service_id, "need": need, "primary": need in primary, "position": position}
        for position, need in enumerate((*primary, *secondary))
    ]


def status(entry: Entry, today: date) -> dict[str, Any]:
    """published, or paused with until (days from the load day) and why."""
    state, until = entry.text("status"), part(entry, "until")
    entry.must_be_known("status", state, STATUSES)
    days = until.whole_number("days_ahead")
    until.done()
    if days is not None and state != "paused":
        raise until.wrong("", "休止（paused）のときだけ書いてください")
    return {
        "status": state,
        "paused_until": None if days is None else today + timedelta(days=days),
        "status_reason": entry.optional("why"),
    }


def contact(entry: Entry) -> dict[str, Any]:
    """A public number with its hours; otherwise 「社協・SCが取り次ぎます」 and a number only staff see."""
    given = part(entry, "contact")
    staff = part(given, "staff_only")
    public, phone, staff_phone = given.flag("public"), given.optional("tel"), staff.optional("tel")
    if phone and not public:
        raise given.wrong("tel", "公開しない番号は staff_only に書いてください")
    if phone and staff_phone:
        raise staff.wrong("tel", "公開の番号があるときは書かないでください")
    values = {
        "contact_public": public, "phone": phone or staff_phone, "phone_extension": None,
        "phone_hours": given.optional("hours"), "email": given.optional("email"), "web": given.optional("web"),
        "representative": staff.optional("representative"), "mobile": staff.optional("mobile"),
    }
    staff.done()
    given.done()
    return values


def place_values(place: Entry, city: City) -> dict[str, Any]:
    """The columns of a place; its building is its name, its coordinates are WGS84 degrees."""
    zone, precision = place.text("zone"), place.text("precision", "building")
    town, rest = place.text("town"), place.optional("rest")
    place.must_be_known("zone", zone, city.zones)
    place.must_be_known("precision", precision, PRECISIONS)
    values = {
        "name": place.text("name"), "name_kana": place.kana(), "postal_code": None, "prefecture": city.prefecture,
        "municipality": city.name, "town": town, "address_rest": rest, "building": None,
        "latitude": place.number("lat", 20, 46), "longitude": place.number("lon", 122, 154), "precision": precision,
        "zone": zone, "travel_notes": place.optional("notes"), "masked": place.flag("masked"),
        "normalised_address": place_key(f"{city.name}{town}{rest or ''}", rest, None, place.text("name")),
    }
    place.done()
    return values


def texts_told(entry: Entry, key: str, allowed: tuple[str, ...]) -> dict[str, str]:
    """What was told about each of the allowed points; a point left out is 未確認."""
    given = part(entry, key)
    told = {name: given.text(name) for name in allowed if name in given.content}
    given.asked.update(allowed)
    given.done()
    return told


def load_levels(entry: Entry, content: Any, vocabulary: Vocabulary) -> dict[str, int]:
    """Observed levels 0–4; a load left out was not observed."""
    given = Entry(entry.file, f"{entry.name} › loads", content or {})
    levels = {}
    for load in given.content:
        given.must_be_known("", load, vocabulary.loads)
        levels[load] = int(given.number(load, 0, MOST_LOAD))
    return levels


def attribute_value(given: Entry, term: str) -> str:
    """yes, no, or unknown (asked, could not tell)."""
    value = given.value(term)
    if value == "unknown":
        return "unknown"
    return "yes" if given.flag(term) else "no"
