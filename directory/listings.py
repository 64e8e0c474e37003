"""Which listings may who read? The doors to the records of the directory, one listing or all of them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from sqlalchemy import ColumnElement, and_, select, true
from sqlalchemy.orm import Session

from directory.listing import Listing
from directory.listing_rows import DESK, LISTING, PUBLIC, listings_of
from directory.merges import now_called

__all__ = ["DESK", "PUBLIC", "Moved", "closed_listings", "public_listing", "read_listings"]

BATCH = 2000


@dataclass(frozen=True)
class Moved:
    """The listing was merged into another one."""

    listing_id: str


def public_listing(session: Session, listing_id: str) -> Listing | Moved | None:
    """The public page's listing; a closed one is given too, with its status; None when the public may not know it."""
    row = session.execute(
        select(LISTING.c.merged_into, LISTING.c.status, LISTING.c.visibility).where(LISTING.c.id == listing_id)
    ).first()
    if row is None:
        return None
    if row.merged_into:
        return _moved(session, row.merged_into)
    if row.visibility != "public" or row.status not in ("published", "closed"):
        return None
    return next(iter(listings_of(session, [listing_id], true(), PUBLIC)), None)


def read_listings(session: Session, ids: Iterable[str] | None = None, audience: str = PUBLIC) -> Iterator[Listing]:
    """The listings `audience` may find, ordered by id; `ids` narrows them. Read in batches, so any number fits."""
    return _read_all(session, ids, _findable(audience), audience)


def closed_listings(session: Session) -> Iterator[Listing]:
    """The places that ended and have a public page saying so, ordered by id."""
    ended = and_(
        LISTING.c.status == "closed", LISTING.c.visibility == "public",
        LISTING.c.merged_into.is_(None),
    )
    return _read_all(session, None, ended, PUBLIC)


def _read_all(
    session: Session, ids: Iterable[str] | None, condition: ColumnElement[bool], audience: str
) -> Iterator[Listing]:
    if ids is None:
        ids = session.scalars(select(LISTING.c.id).where(condition)).all()
    remaining = iter(sorted(ids))
    while batch := list(islice(remaining, BATCH)):
        yield from listings_of(session, batch, condition, audience)


def _findable(audience: str) -> ColumnElement[bool]:
    """Which listings may be found: published ones; the desk also sees 支援者のみ."""
    visibilities = ("public",) if audience == PUBLIC else ("public", "staff")
    return and_(
        LISTING.c.status == "published",
        LISTING.c.visibility.in_(visibilities),
        LISTING.c.merged_into.is_(None),
    )


def _moved(session: Session, target: str) -> Moved | None:
    """Follow merges of merges; a circle or a target the public may not know ends in None."""
    target = now_called(session, target)
    row = session.execute(
        select(LISTING.c.merged_into, LISTING.c.status, LISTING.c.visibility).where(LISTING.c.id == target)
    ).first()
    if row is None or row.merged_into:
        return None
    return Moved(target) if row.visibility == "public" and row.status in ("published", "closed") else None
