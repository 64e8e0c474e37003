"""How does the naive way read its rows? The whole directory as ORM objects, each made a listing and each listing plain rows.

What no match would work out anew (the weekly sessions of a schedule, interests) is given. Only columns that made-up cities
fill are read off; the benchmark checks that this leads to the same lists.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from directory.catalog.columns import EACH_TIME
from directory.listing import AreaName, AttributeValue, Listing, RoleEntry, StaffFacts
from directory.models import Service, ServiceAtLocation
from matcher.candidates.facts import facts
from matcher.ranking.columns import RADIUS_METRES
from scripts.benchmarking.naive.records import Row

EVERYTHING = (
    joinedload(ServiceAtLocation.location), selectinload(ServiceAtLocation.schedules), selectinload(ServiceAtLocation.roles),
    selectinload(ServiceAtLocation.attributes), selectinload(ServiceAtLocation.areas),
    joinedload(ServiceAtLocation.service).options(
        joinedload(Service.organization), selectinload(Service.needs), selectinload(Service.cost_options)),
)
Weekly = Sequence[tuple[int, int, int]]


def load_rows(
    session: Session, today: date, areas: tuple[str, ...], weekly: Mapping[str, Weekly],
    about: Mapping[int, Mapping[str, int]],
) -> list[Row]:
    """Every row of the directory, in the order of listing and role."""
    hosts: dict[tuple, int] = {}
    rows: list[Row] = []
    query = select(ServiceAtLocation).options(*EVERYTHING).order_by(ServiceAtLocation.id)
    for record in session.scalars(query).unique():
        listing = _listing(record)
        host = hosts.setdefault((listing.organization_id, listing.place_name), len(hosts))
        sessions = weekly[record.schedules[0].plan] if record.schedules else ()
        cost = _cost(record.service)
        for role in (None, *listing.roles):
            rows.append(_row(listing, role, len(rows), host, sessions, about.get(len(rows), {}), cost, today, areas))
    return rows


def _listing(record: ServiceAtLocation) -> Listing:
    service, place = record.service, record.location
    return Listing(
        id=record.id, source_key=None, status=record.status, visibility=record.visibility, name=service.name, kana=None,
        kind=service.kind, organization_id=service.organization_id, organization_name=service.organization.name,
        needs_primary=tuple(need.need for need in service.needs if need.primary),
        needs_secondary=tuple(need.need for need in service.needs if not need.primary),
        age_state=service.age_state, minimum_age=service.minimum_age, maximum_age=service.maximum_age,
        gender_state=service.gender_state, gender_only=service.gender_only, residency_state=service.residency_state,
        place_name=place.name, latitude=place.latitude, longitude=place.longitude, precision=place.precision, zone=place.zone,
        areas=tuple(AreaName(area.kind, area.name) for area in record.areas), welcome=record.welcome, pickup=record.pickup,
        attributes=tuple(AttributeValue(it.term, it.value, it.verified_at) for it in record.attributes),
        capacity_state=record.capacity_state, capacity_count=record.capacity_count, capacity_date=record.capacity_date,
        roles=tuple(RoleEntry(it.id, it.name, it.what, it.times, it.wanted, it.phone_duty, it.loads) for it in record.roles),
        assured_date=record.assured_date, staff=StaffFacts(record.loads, tuple(record.accommodations)))


def _row(
    it: Listing, role: RoleEntry | None, number: int, host: int, sessions: Weekly, about: Mapping[str, int], cost: int | None,
    today: date, areas: tuple[str, ...],
) -> Row:
    known = facts(it, role, areas, today)
    assert it.staff is not None
    point = None if it.latitude is None or it.longitude is None else (it.latitude, it.longitude)
    return Row(
        number, it.id, host, it.kind, it.zone, known.planes, known.age_from, known.age_until, cost,
        {**it.staff.loads, **(role.loads if role else {})}, point, known.radius * RADIUS_METRES, sessions, about)


def _cost(service: Service) -> int | None:
    """Yen each time at least."""
    if service.fees_state == "none":
        return 0
    each = [fee for fee in service.cost_options if fee.per in EACH_TIME] or service.cost_options
    return min((fee.yen for fee in each if fee.yen is not None), default=None)
