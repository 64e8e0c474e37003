"""What may the public know of this directory? All of it in one frozen value, read equally from directory and snapshot.

Search words (`keywords`) are kept: they are searched, never shown, and written for that. Left out although a public
Listing has them: `source_key`, which an import may have made of the name and the address of a masked place, and
`status_reason`, which is a note among staff.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.db import Base
from directory.listing import Listing
from directory.listings import Moved, closed_listings, public_listing, read_listings
from directory.models import Boundary, ServiceAtLocation, Source, Town

# What the page of a place that has ended needs: its name, that it ended, and how to find others like it.
KEPT_OF_CLOSED = frozenset({
    "id", "status", "visibility", "name", "kana", "kind", "summary", "areas", "last_modified",
})


@dataclass(frozen=True)
class Snapshot:
    """Listings by id (published ones and what is left of closed ones), merges (id → where it went), and geography.

    `towns` and `boundaries` hold whole rows by id; `licences` the words of licence by name of the source.
    """

    listings: Mapping[str, Listing]
    moved: Mapping[str, str]
    towns: Mapping[str, Mapping[str, object]]
    boundaries: Mapping[str, Mapping[str, object]]
    licences: Mapping[str, str | None]

    def differing(self, other: "Snapshot") -> set[str]:
        """Ids of listings that are not the same in both, or only in one."""
        ids = {*self.listings, *other.listings, *self.moved, *other.moved}
        return {
            listing_id for listing_id in ids
            if self.listings.get(listing_id) != other.listings.get(listing_id)
            or self.moved.get(listing_id) != other.moved.get(listing_id)
        }


def read_snapshot(session: Session) -> Snapshot:
    """Everything the public may know of the database behind `session`."""
    listings = {listing.id: _published(listing) for listing in read_listings(session)}
    listings |= {listing.id: _closed(listing) for listing in closed_listings(session)}
    named = {listing.source_name for listing in listings.values()}
    licences = session.execute(select(Source.name, Source.licence).order_by(Source.name)).all()
    return Snapshot(
        listings=listings, moved=_moved(session), towns=_whole_rows(session, Town),
        boundaries=_whole_rows(session, Boundary),
        licences={row.name: row.licence for row in licences if row.name in named},
    )


def _published(listing: Listing) -> Listing:
    """In an order of our own: two databases need not sort alike."""
    return replace(
        listing, source_key=None, status_reason=None,
        areas=tuple(sorted(listing.areas, key=lambda area: (area.kind, area.name))),
        attributes=tuple(sorted(listing.attributes, key=lambda entry: entry.term)),
    )


def _closed(listing: Listing) -> Listing:
    """Only what the page of a closed place says; it stands under a nameless organisation of its own."""
    kept = {entry.name: getattr(listing, entry.name) for entry in fields(Listing) if entry.name in KEPT_OF_CLOSED}
    areas = tuple(sorted(kept.pop("areas"), key=lambda area: (area.kind, area.name)))
    return Listing(
        **kept, areas=areas, source_key=None, organization_id=listing.id, organization_name="", has_place=False,
    )


def _moved(session: Session) -> Mapping[str, str]:
    """Merged listings whose page sends on to a public one, straight to the end of the chain."""
    merged = session.scalars(select(ServiceAtLocation.id).where(ServiceAtLocation.merged_into.is_not(None)))
    targets = {listing_id: public_listing(session, listing_id) for listing_id in merged.all()}
    return {listing_id: found.listing_id for listing_id, found in targets.items() if isinstance(found, Moved)}


def _whole_rows(session: Session, model: type[Base]) -> Mapping[str, Mapping[str, object]]:
    return {row.id: dict(row._mapping) for row in session.execute(select(model.__table__))}
