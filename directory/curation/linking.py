"""Which 団体, 活動 or 場所 is registered already, so that nobody types a second copy? Found by name or よみ, taken by its id."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from unicodedata import normalize

from sqlalchemy import ColumnElement, case, exists, func, or_, select
from sqlalchemy.orm import Session

from directory.curation.applying import LINKED_RECORDS
from directory.curation.fields import EXISTS, FIELDS, LOCATION, ORGANIZATION, SERVICE, Field
from directory.curation.values import COLUMNS, plain, shown_on
from directory.importers.parts.organization import normalised_name
from directory.japanese import TO_HIRAGANA
from directory.models import Location, Organization, Schedule, Service, ServiceAtLocation

# Record → the field that points to one that is there already.
LINKS: Mapping[str, str] = {str(field.choices): field.key for field in FIELDS.values() if field.kind == "link"}
Model = type[Organization] | type[Service] | type[Location]
MODELS: Mapping[str, Model] = {ORGANIZATION: Organization, SERVICE: Service, LOCATION: Location}


@dataclass(frozen=True)
class Registered:
    """A record that is there: what tells it from another of the same name, and on how many listings it is shown."""

    id: str
    name: str
    kana: str
    about: str
    listings: int


def brings(key: str, field: Field) -> bool:
    """Does whoever links by `key` take this field over from the record that is linked?"""
    return field.record in LINKED_RECORDS[key] or field.key == EXISTS and LOCATION in LINKED_RECORDS[key]


def search(session: Session, record: str, words: str, limit: int) -> list[Registered]:
    """Those whose name, よみ, or town holds every word: names that begin so come first. What was merged away is not offered."""
    model, spoken = MODELS[record], [_spoken(word) for word in words.split()]
    if not spoken:
        return []
    name, kana = _name(record), func.coalesce(model.name_kana, "")
    begins = or_(name.startswith(words.split()[0], autoescape=True), kana.startswith(spoken[0], autoescape=True))
    query = select(model).where(_in_use(record))
    for word, said in zip(words.split(), spoken, strict=True):
        query = query.where(_holds(record, word, said))
    order = (case((begins, 0), else_=1), func.coalesce(model.name_kana, name), model.id)
    return [_registered(session, record, row) for row in session.scalars(query.order_by(*order).limit(limit))]


def namesakes(session: Session, record: str, name: str) -> list[Registered]:
    """Those that are called exactly so, the company form and spaces left aside."""
    found = search(session, record, name, 10)
    return [one for one in found if normalised_name(one.name) == normalised_name(name)]


def registered(session: Session, record: str, record_id: str) -> Registered | None:
    """The record of this id; None where there is none."""
    row = session.get(MODELS[record], record_id)
    return _registered(session, record, row) if row is not None else None


def names_of(session: Session, linked: Iterable[tuple[str, Any]]) -> dict[str, str]:
    """Id → name, for pairs of a field that links and its value; what is gone by now is left out."""
    records = {key: record for record, key in LINKS.items()}
    found = {record_id: registered(session, records[key], record_id) for key, record_id in linked if key in records and record_id}
    return {record_id: one.name for record_id, one in found.items() if one is not None}


def values_of_linked(session: Session, record: str, record_id: str) -> dict[str, Any]:
    """Key → value of the fields that come with it; of a 活動 those of its 団体 too."""
    row = session.get_one(MODELS[record], record_id)
    rows: dict[str, Any] = {record: row} | ({ORGANIZATION: row.organization} if isinstance(row, Service) else {})
    return {field.key: plain(getattr(rows[field.record], field.column))
            for field in COLUMNS if field.record in rows and field.kind != "link"}


def _spoken(word: str) -> str:
    return normalize("NFKC", word).translate(TO_HIRAGANA)


def _name(record: str) -> ColumnElement[str]:
    """What a record is called: a place without a name by its address."""
    if record == LOCATION:
        address = func.coalesce(Location.town, "") + func.coalesce(Location.address_rest, "")
        return func.coalesce(Location.name, address)
    return MODELS[record].name


def _holds(record: str, word: str, spoken: str) -> ColumnElement[bool]:
    written = sorted({word, normalize("NFKC", word)})
    ways: list[ColumnElement[bool]] = [MODELS[record].name_kana.contains(spoken, autoescape=True)]
    ways += [_name(record).contains(one, autoescape=True) for one in written]
    if record == ORGANIZATION:
        ways.append(Organization.normalised_name.contains(normalised_name(word), autoescape=True))
    if record == LOCATION:
        ways += [column.contains(one, autoescape=True) for column in (Location.town, Location.address_rest) for one in written]
    return or_(*ways)


def _in_use(record: str) -> ColumnElement[bool]:
    """Is it shown on a listing that was not merged away?"""
    here = ServiceAtLocation.merged_into.is_(None)
    if record == SERVICE:
        return exists().where(here, ServiceAtLocation.service_id == Service.id)
    if record == ORGANIZATION:
        return exists().where(
            here, ServiceAtLocation.service_id == Service.id, Service.organization_id == Organization.id)
    return or_(
        exists().where(here, ServiceAtLocation.location_id == Location.id),
        exists().where(here, ServiceAtLocation.id == Schedule.listing_id, Schedule.location_id == Location.id))


def _registered(session: Session, record: str, row: Any) -> Registered:
    address = "".join(filter(None, (getattr(row, "town", None), getattr(row, "address_rest", None))))
    about = {ORGANIZATION: lambda: row.kind, SERVICE: lambda: row.organization.name, LOCATION: lambda: address}[record]()
    name = row.name or address
    return Registered(row.id, name, row.name_kana or "", about if about and about != name else "",
                      shown_on(session, record, row.id))
