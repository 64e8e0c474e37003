"""What does 「ここだけ」 mean? The listing gets a copy of the shared record for itself; the others keep theirs."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import func, select

from directory.curation.fields import LOCATION, ORGANIZATION, SERVICE
from directory.models import Schedule, Service, ServiceAtLocation, ServiceNeed
from directory.models.columns import new_id
from directory.writing import Writing


def split(write: Writing, listing: ServiceAtLocation, records: Collection[str]) -> set[str]:
    """Give the listing records of its own where it shares them; returns the ids of the copies."""
    made: set[str] = set()
    if {ORGANIZATION, SERVICE} & set(records) and _users(write, ServiceAtLocation.service_id, listing.service_id) > 1:
        # Another 団体 for this listing alone means a service of its own as well.
        made.add(_own_service(write, listing))
    organization = listing.service.organization
    if ORGANIZATION in records and _users(write, Service.organization_id, organization.id) > 1:
        copy = _copy(organization)
        write.add(copy)
        write.edit(listing.service, organization_id=copy.id)
        made.add(copy.id)
    if LOCATION in records and listing.location is not None and _shows(write, listing) > 1:
        copy = _copy(listing.location)
        write.add(copy)
        write.edit(listing, location_id=copy.id)
        made.add(copy.id)
    write.session.flush()
    write.session.refresh(listing)
    write.session.refresh(listing.service)
    return made


def _own_service(write: Writing, listing: ServiceAtLocation) -> str:
    shared = listing.service
    copy = _copy(shared)
    copy.needs = [ServiceNeed(need=row.need, primary=row.primary, position=row.position) for row in shared.needs]
    copy.cost_options = [_copy(row, service_id=copy.id) for row in shared.cost_options]
    write.add(copy)
    write.edit(listing, service_id=copy.id)
    write.session.flush()
    write.session.refresh(listing)
    return copy.id


def _copy(record: Any, **values: object) -> Any:
    """A new row that says the same."""
    same = {column.key: getattr(record, column.key) for column in type(record).__table__.columns}
    return type(record)(**same | {"id": new_id()} | values)


def _users(write: Writing, column: object, record_id: str) -> int:
    return write.session.scalar(select(func.count()).where(column == record_id)) or 0


def _shows(write: Writing, listing: ServiceAtLocation) -> int:
    """How many listings, this one counted, meet there or come by there."""
    visits = write.session.scalar(select(func.count(func.distinct(Schedule.listing_id))).where(
        Schedule.location_id == listing.location_id, Schedule.listing_id != listing.id)) or 0
    return visits + _users(write, ServiceAtLocation.location_id, listing.location_id)
