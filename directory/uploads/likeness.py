"""Might a new row be a listing that is there already? The same name, and the same address or telephone, says perhaps.

One function stands between an upload and how duplicates are found, so that a better judge can take its place.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.importers.cleaning.text import fold
from directory.models import Location, Service, ServiceAtLocation

MOST_SHOWN = 3
NOT_A_DIGIT = re.compile(r"\D")


@dataclass(frozen=True)
class Likely:
    """A listing a new row may be: what it is called, where it is, and what speaks for it."""

    listing_id: str
    name: str
    place: str
    why: tuple[str, ...]


def likely(session: Session, rows: Sequence[tuple[str, Mapping[str, object]]]) -> dict[str, list[Likely]]:
    """Key of a new row → listings it may be, the best first. `rows`: (key, values as the importer reads them)."""
    by_name: dict[str, list] = defaultdict(list)
    for row in session.execute(_listings()) if rows else ():
        for name in {row.listing_name, row.service_name} - {None, ""}:
            by_name[fold(name)].append(row)
    found = {}
    for key, values in rows:
        close = sorted(
            ((why, row) for row in by_name.get(fold(str(values.get("service.name", ""))), ()) if (why := _why(values, row))),
            key=lambda pair: (-len(pair[0]), pair[1].id))
        if close:
            found[key] = [_shown(row, why) for why, row in close[:MOST_SHOWN]]
    return found


def _listings():
    return (
        select(
            ServiceAtLocation.id, ServiceAtLocation.name.label("listing_name"), Service.name.label("service_name"),
            ServiceAtLocation.phone, Location.normalised_address, Location.municipality, Location.town,
            Location.address_rest, Location.name.label("place"),
        )
        .join(Service, Service.id == ServiceAtLocation.service_id)
        .outerjoin(Location, Location.id == ServiceAtLocation.location_id)
        .where(ServiceAtLocation.merged_into.is_(None))
    )


def _why(values: Mapping[str, object], row) -> tuple[str, ...]:
    """What speaks for it; nothing where only the name is the same (さくら会 ×4)."""
    reasons = []
    if row.normalised_address and row.normalised_address == values.get("location.key"):
        reasons.append("住所が同じ")
    if row.phone and _digits(row.phone) == _digits(values.get("listing.phone")):
        reasons.append("電話番号が同じ")
    return ("名前が同じ", *reasons) if reasons else ()


def _digits(text: object) -> str:
    return NOT_A_DIGIT.sub("", str(text or "")) or "-"


def _shown(row, why: tuple[str, ...]) -> Likely:
    place = "".join(filter(None, (row.municipality, row.town, row.address_rest)))
    return Likely(row.id, row.listing_name or row.service_name, "　".join(filter(None, (row.place, place))), why)
