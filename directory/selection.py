"""Which places does a list of ids name today? Merged ones lead on, ended ones say so, hidden ones are only counted."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.listing import Listing
from directory.listings import Moved, public_listing, read_listings
from directory.models import ServiceAtLocation


@dataclass(frozen=True)
class Selection:
    """The open places in the order asked for, the ended ones, and how many ids name nothing the public may see."""

    listings: tuple[Listing, ...] = ()
    closed: tuple[Listing, ...] = ()
    missing: int = 0


def select_listings(session: Session, ids: Iterable[str]) -> Selection:
    """What the public may see of these ids; two ids of one place count once."""
    asked = list(dict.fromkeys(ids))
    table = ServiceAtLocation.__table__.c
    rows = session.execute(select(table.id, table.status, table.merged_into).where(table.id.in_(asked)))
    known = {row.id: row for row in rows}
    merged = {one for one in known if known[one].merged_into}
    wanted = list(dict.fromkeys(_target(session, one) if one in merged else one for one in asked))
    open_ones = {listing.id: listing for listing in read_listings(session, [one for one in wanted if one])}
    ended = [public_listing(session, one) for one in wanted
             if one and one not in open_ones and (one not in known or known[one].status == "closed")]
    closed = tuple(one for one in ended if isinstance(one, Listing) and one.status == "closed")
    found = tuple(open_ones[one] for one in wanted if one in open_ones)
    return Selection(found, closed, len(wanted) - len(found) - len(closed))


def _target(session: Session, merged: str) -> str | None:
    moved = public_listing(session, merged)
    return moved.listing_id if isinstance(moved, Moved) else None
