"""How does the naive way read its rows? The whole directory as ORM objects, and each object into a plain row.

Only what made-up cities hold is read off; the tests and the benchmark check that it leads to the same lists. What no match
would work out anew (the weekly sessions of a schedule, interests) is given.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from directory.catalog.columns import EACH_TIME
from directory.models import Service, ServiceAtLocation
from directory.models.service_at_location import Role
from matcher.candidates.facts import ACCESS, BY_AGE, CHILDREN_COME, FOR_FAMILIES, MADE_FOR, is_aged
from matcher.ranking.columns import ANY_AGE
from scripts.benchmarking.naive.records import Row

EVERYTHING = (
    joinedload(ServiceAtLocation.location), selectinload(ServiceAtLocation.schedules), selectinload(ServiceAtLocation.roles),
    selectinload(ServiceAtLocation.attributes), selectinload(ServiceAtLocation.areas),
    joinedload(ServiceAtLocation.service).options(
        joinedload(Service.organization), selectinload(Service.needs), selectinload(Service.cost_options)),
)
Weekly = Sequence[tuple[int, int, int]]


def load_rows(
    session: Session, today: date, weekly: Mapping[str, Weekly], about: Mapping[int, Mapping[str, int]]
) -> list[Row]:
    """Every row of the directory, in the order of listing and role."""
    hosts: dict[tuple, int] = {}
    rows: list[Row] = []
    for record in session.scalars(select(ServiceAtLocation).options(*EVERYTHING).order_by(ServiceAtLocation.id)).unique():
        host = hosts.setdefault((record.service.organization_id, record.location.name), len(hosts))
        for role in (None, *record.roles):
            rows.append(_row(record, role, len(rows), host, today, weekly, about.get(len(rows), {})))
    return rows


def _row(
    record: ServiceAtLocation, role: Role | None, number: int, host: int, today: date, weekly: Mapping[str, Weekly],
    about: Mapping[str, int],
) -> Row:
    service, place = record.service, record.location
    ages = None if role is not None and service.kind in CHILDREN_COME else (service.minimum_age, service.maximum_age)
    first, last = ages if ages and service.age_state == "stated" else (None, None)
    return Row(
        number, record.id, host, service.kind, place.zone, frozenset(_facts(record, role, today)), int(first or 0),
        ANY_AGE if last is None else int(last), _cost(service), {**record.loads, **(role.loads if role else {})},
        None if place.latitude is None else (place.latitude, place.longitude), 0,
        weekly[record.schedules[0].plan] if record.schedules else (), about)


def _cost(service: Service) -> int | None:
    if service.fees_state == "none":
        return 0
    each = [fee for fee in service.cost_options if fee.per in EACH_TIME] or service.cost_options
    return min((fee.yen for fee in each if fee.yen is not None), default=None)


def _facts(record: ServiceAtLocation, role: Role | None, today: date) -> Iterator[str]:
    service, place = record.service, record.location
    values = {entry.term: entry.value for entry in record.attributes}
    for entry in record.attributes:
        yield f"{entry.value}:{entry.term}"
        if entry.term in ACCESS and is_aged(entry.verified_at or record.assured_date, "access", today):
            yield f"aged:{entry.term}"
    if service.gender_state != "unknown":
        yield from (f"no:{term}" for term in ("female_only", "male_only") if term not in values)
    for key in record.accommodations:
        yield f"care:{key}"
        yield "care"
    primary = {need.need for need in service.needs if need.primary}
    secondary = {need.need for need in service.needs if not need.primary}
    if role is not None:
        primary.add("role")
    elif record.roles and "role" in primary:
        primary.remove("role")
        secondary.add("role")
    yield from (f"need1:{need}" for need in primary)
    yield from (f"need2:{need}" for need in secondary - primary)
    yield "home:any" if service.residency_state == "none" else "home?"
    if values.get("female_only") == "yes":
        yield "only:female"
    elif values.get("male_only") == "yes":
        yield "only:male"
    if "family_respite" in primary | secondary or service.kind in FOR_FAMILIES:
        yield "family"
    made_for = MADE_FOR.get(service.kind)
    if role is None and made_for and not (made_for in BY_AGE and service.age_state == "stated"):
        yield f"for:{made_for}"
    if role is not None:
        yield "role"
        if made_for == "families":
            yield "for:families"
        if role.phone_duty is not False:
            yield "duty:phone_duty" if role.phone_duty else "duty?:phone_duty"
    yield from _readiness(record, today)
    yield from ("place", f"zone:{place.zone}")
    yield from (f"area:{area.name}" for area in record.areas)
    if record.pickup == "service":
        yield "pickup"
    if "yes" in (values.get("drop_in"), values.get("join_midway")):
        yield "come_and_go"
    elif "no" in (values.get("drop_in"), values.get("join_midway")):
        yield "stays"
    if is_aged(record.assured_date, "schedule", today):
        yield "schedule:aged"


def _readiness(record: ServiceAtLocation, today: date) -> Iterator[str]:
    if record.welcome == "closed_now":
        yield "welcome:closed"
    elif record.welcome in ("members", "unknown"):
        yield "welcome?"
    if record.capacity_state == "hard_now" or (record.capacity_state == "places" and not record.capacity_count):
        yield "places:none"
    elif record.capacity_state == "places" and is_aged(record.capacity_date or record.assured_date, "places", today):
        yield "places?"
