"""Might a new row be a listing that is there already? Judged as everywhere else, by directory/duplicates."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.duplicates import Pool, other_of, sentences
from directory.models import Location, Service, ServiceAtLocation
from directory.vocabulary import Vocabulary

MOST_SHOWN, MOST_REASONS = 3, 3


@dataclass(frozen=True)
class Likely:
    """A listing a new row may be: what it is called, where it is, and what speaks for it."""

    listing_id: str
    name: str
    place: str
    why: tuple[str, ...]


def likely(
    session: Session, rows: Sequence[tuple[str, Mapping[str, object]]], vocabulary: Vocabulary, source: str
) -> dict[str, list[Likely]]:
    """Key of a new row → listings it may be, the best first. `rows`: (key, values as the importer reads them)."""
    if not rows:
        return {}
    pool = Pool.read(session, vocabulary)
    found = {}
    for key, values in rows:
        close = [pair for pair in pool.similar(values, source, most=MOST_SHOWN) if pair.likely]
        if close:
            found[key] = [_shown(session, other_of(pair), pair.evidence) for pair in close]
    return found


def _shown(session: Session, listing_id: str, evidence: tuple[str, ...]) -> Likely:
    row = session.execute(
        select(
            ServiceAtLocation.name.label("own"), Service.name, Location.name.label("place"), Location.municipality,
            Location.town, Location.address_rest)
        .join(Service, Service.id == ServiceAtLocation.service_id)
        .outerjoin(Location, Location.id == ServiceAtLocation.location_id)
        .where(ServiceAtLocation.id == listing_id)
    ).one()
    address = "".join(filter(None, (row.municipality, row.town, row.address_rest)))
    reasons = tuple(sentence for sentence, speaks_for in sentences(evidence) if speaks_for)[:MOST_REASONS]
    return Likely(listing_id, row.own or row.name, "　".join(filter(None, (row.place, address))), reasons)
