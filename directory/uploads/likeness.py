"""Might a new row be a listing that is there already? Judged as everywhere at the desk (directory/duplicates).

A list of a whole country is compared more simply: the same name, and the same address or telephone number.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import Session

from directory.duplicates import Pool, other_of, sentences
from directory.importers.cleaning.text import fold
from directory.models import Location, Service, ServiceAtLocation
from directory.vocabulary import Vocabulary

MOST_SHOWN, MOST_REASONS = 3, 3
# More new rows than this are compared more simply.
MANY = 2_000
NOT_A_DIGIT = re.compile(r"\D")


@dataclass(frozen=True)
class Likely:
    """A listing a new row may be: what it is called, where it is, and what speaks for it."""

    listing_id: str
    name: str
    place: str
    why: tuple[str, ...]


Rows = Sequence[tuple[str, Mapping[str, Any]]]


def likely(session: Session, rows: Rows, vocabulary: Vocabulary, source: str) -> dict[str, list[Likely]]:
    """Key of a new row → listings it may be, the best first. `rows`: (key, values as the importer reads them)."""
    if not rows:
        return {}
    found = _judged(session, rows, source, vocabulary) if len(rows) <= MANY else _alike(session, rows)
    wanted = {listing_id for pairs in found.values() for listing_id, _ in pairs}
    known = {row.id: row for row in session.execute(_listings())} if wanted else {}
    return {
        key: [_shown(known[listing_id], why) for listing_id, why in pairs if listing_id in known]
        for key, pairs in found.items()
    }


Found = dict[str, list[tuple[str, tuple[str, ...]]]]


def _judged(session: Session, rows: Rows, source: str, vocabulary: Vocabulary) -> Found:
    pool = Pool.read(session, vocabulary)
    found: Found = {}
    for key, values in rows:
        pairs = [pair for pair in pool.similar(values, source, most=MOST_SHOWN) if pair.likely]
        if pairs:
            found[key] = [(other_of(pair), _spoken(pair.evidence)) for pair in pairs]
    return found


def _spoken(evidence: tuple[str, ...]) -> tuple[str, ...]:
    """What speaks for it."""
    return tuple(sentence for sentence, speaks_for in sentences(evidence) if speaks_for)[:MOST_REASONS]


def _alike(session: Session, rows: Rows) -> Found:
    by_name: dict[str, list[Row]] = defaultdict(list)
    for row in session.execute(_listings()):
        for name in {row.listing_name, row.service_name} - {None, ""}:
            by_name[fold(name)].append(row)
    found: Found = {}
    for key, values in rows:
        close = _close(values, by_name.get(fold(str(values.get("service.name", ""))), ()))
        if close:
            found[key] = [(row.id, why) for why, row in close[:MOST_SHOWN]]
    return found


def _close(values: Mapping[str, Any], named: Iterable[Row]) -> list[tuple[tuple[str, ...], Row]]:
    found = [(why, row) for row in named if (why := _why(values, row))]
    return sorted(found, key=lambda pair: (-len(pair[0]), pair[1].id))


def _listings() -> Select:
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


def _why(values: Mapping[str, Any], row: Row) -> tuple[str, ...]:
    """What speaks for it; nothing where only the name is the same (さくら会 ×4)."""
    reasons = []
    if row.normalised_address and row.normalised_address == values.get("location.key"):
        reasons.append("住所が同じ")
    if row.phone and _digits(row.phone) == _digits(values.get("listing.phone")):
        reasons.append("電話番号が同じ")
    return ("名前が同じ", *reasons) if reasons else ()


def _digits(text: object) -> str:
    return NOT_A_DIGIT.sub("", str(text or "")) or "-"


def _shown(row: Row, why: tuple[str, ...]) -> Likely:
    place = "".join(filter(None, (row.municipality, row.town, row.address_rest)))
    return Likely(row.id, row.listing_name or row.service_name, "　".join(filter(None, (row.place, place))), why)
