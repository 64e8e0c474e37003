"""To which groups is a postcard or a sheet sent? Listings that are shown, those nobody confirmed for longest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from directory.models import Area, ListingArea, Service, ServiceAtLocation


@dataclass(frozen=True)
class Choice:
    """A listing that can be written to. A postcard leads to its public page, so it needs one."""

    id: str
    name: str
    is_public: bool
    assured_date: date | None


def listings_to_write_to(
    session: Session, most: int, area: str = "", before: date | None = None
) -> tuple[list[Choice], int]:
    """At most `most` of them, and how many there are. `before`: only what nobody confirmed since that day."""
    listing = ServiceAtLocation
    wanted = select(
        listing.id, func.coalesce(listing.name, Service.name).label("name"), listing.visibility, listing.assured_date,
    ).join(Service, Service.id == listing.service_id).where(
        listing.status == "published", listing.merged_into.is_(None), listing.visibility != "none")
    if area:
        wanted = wanted.where(listing.id.in_(select(ListingArea.listing_id).join(Area).where(Area.name == area)))
    if before is not None:
        wanted = wanted.where(or_(listing.assured_date.is_(None), listing.assured_date < before))
    count = session.scalar(select(func.count()).select_from(wanted.subquery())) or 0
    order = (listing.assured_date.is_not(None), listing.assured_date, listing.id)
    rows = session.execute(wanted.order_by(*order).limit(most))
    return [Choice(row.id, row.name, row.visibility == "public", row.assured_date) for row in rows], count


def only_public(session: Session, ids: Sequence[str]) -> list[str]:
    """Those of the listings whose page everybody may see, in the order given."""
    public = set(session.scalars(select(ServiceAtLocation.id).where(
        ServiceAtLocation.id.in_(list(ids)), ServiceAtLocation.status == "published",
        ServiceAtLocation.visibility == "public", ServiceAtLocation.merged_into.is_(None))))
    return [one for one in dict.fromkeys(ids) if one in public]
