"""What would a city with thousands of places and roles look like to the matching? Made up, the same for every run.

The listings of synthetic_city get what matching needs besides: loads, roles, ages, 枠, 受け入れの配慮. They are put into a
database, for the naive way, and into a catalog, for ours. Larger cities are copies of it with every place moved a little.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from random import Random

import numpy as np
from sqlalchemy import Engine

from directory import migrations
from directory.catalog import Assembler, Catalog
from directory.listing import Listing, RoleEntry, StaffFacts
from directory.listings import DESK
from directory.models import (
    Area, Attribute, CostOption, ListingArea, Location, Organization, Role, Schedule, Service, ServiceAtLocation,
    ServiceNeed,
)
from directory.writing import writing
from matcher.ranking.bits import pack, unpack
from matcher.ranking.columns import LOADS, Candidates, Interests
from matcher.ranking.profile import Profile, Slot
from scripts.benchmarking.synthetic_city import City, WordTerms, listings

WELCOMES = ("always", "always", "always", "visit_first", "call_first", "unknown", "closed_now")
AGES = ((None, None), (None, None), (None, None), (18, None), (65, None), (6, 15), (15, 39))
MOVED = 0.05  # degrees
AFTERNOONS = tuple(Slot(day, 720, 1080) for day in range(5))
MORNINGS = tuple(Slot(day, 540, 780) for day in range(7))
HERE, COUNTRY, ISLAND = (34.35, 132.25), (34.42, 132.15), (34.29, 132.32)
# Six people such as come to the desk; all made up.
PEOPLE = (
    Profile(needs={"belonging": 1}, interests=("game", "pc"), age=42, gender="male", slots=AFTERNOONS, start=HERE,
            ceilings={"stimulation": 2, "people": 2, "conversation": 1, "time": 2, "responsibility": 1},
            required=("small_group", "drop_in"), avoided=("phone_duty",), cost_limit=300, travel={"walk": 30, "bus": 40}),
    Profile(needs={"role": 1, "belonging": 0.6}, interests=("woodwork",), age=70, gender="male", slots=MORNINGS, start=HERE,
            ceilings={"strength": 3, "responsibility": 3}, companion=True, accompanied=True, travel={"car": 30},
            cost_limit=500),
    Profile(needs={"exercise": 0.7, "company": 1}, age=76, gender="female", slots=MORNINGS, start=COUNTRY,
            ceilings=dict.fromkeys(LOADS, 3), travel={"walk": 15, "bus": 60}, frail=True, cost_limit=300),
    Profile(needs={"food": 1, "work_experience": 0.8, "consultation": 0.8}, age=50, gender="male", start=HERE,
            travel={"walk": 40}, cost_limit=0),
    Profile(needs={"learning": 1}, interests=("cooking",), age=25, gender="female", audiences=("parents", "foreigners"),
            required=("childcare", "easy_japanese"), slots=MORNINGS, start=HERE, travel={"bike": 20}, cost_limit=0),
    Profile(needs={"belonging": 1, "food": 0.7}, age=78, gender="male", zone="miyajima", start=ISLAND, ferry=True,
            ferry_limit=60, travel={"walk": 20}, avoided=("alcohol",), ceilings={"people": 3, "conversation": 3}),
)


def matching_listings(city: City, rows: int, today: date) -> Iterator[Listing]:
    """Listings that make exactly so many rows, one for coming and one for each role; ids ascend."""
    random, left = Random(5), rows
    for number, plain in enumerate(listings(city, rows, today)):
        if left <= 0:
            return
        listing = _with_facts(plain, number, random, today, left - 1)
        left -= 1 + len(listing.roles)
        yield listing


def _with_facts(plain: Listing, number: int, random: Random, today: date, most_roles: int) -> Listing:
    first, last = random.choice(AGES)
    known = random.random() < 0.6
    loads = {load: min(int(random.expovariate(0.6)), 4) for load in LOADS} if known else {}
    roles = min(random.choice((0, 0, 0, 1, 2)), most_roles)
    checked = today - timedelta(days=random.randrange(500))
    state = random.choice((None, None, "open", "places"))
    return replace(
        plain, age_state="stated" if first or last else "none", minimum_age=first, maximum_age=last, gender_state="none",
        residency_state=random.choice(("none", "none", "none", "unknown")), welcome=random.choice(WELCOMES),
        capacity_state=state, capacity_count=random.randrange(4) if state == "places" else None, capacity_date=checked,
        assured_date=checked, precision="building", organization_kind="任意団体",
        attributes=tuple(replace(entry, verified_at=checked) for entry in plain.attributes),
        staff=StaffFacts(loads, tuple(key for key in ("silence_ok", "one_to_one") if random.random() < 0.2)),
        roles=tuple(RoleEntry(f"{number:08d}-{position}", "係", phone_duty=random.choice((True, False, None)),
                              loads={load: random.randrange(4) for load in LOADS[2:]}) for position in range(roles)))


def desk_catalog(city: City, made: Sequence[Listing], today: date) -> Catalog:
    """The catalog of these listings, without a database."""
    known = {listing.id: listing for listing in made}
    assembler = Assembler(city.vocabulary, today, DESK, lambda ids: [known[one] for one in ids], WordTerms())
    assembler.put(made)
    return assembler.assemble(1, {})


def fill(engine: Engine, made: Sequence[Listing], today: date) -> None:
    """The same listings in a new database."""
    migrations.upgrade(engine)
    tables: dict[type, dict[object, dict]] = {model: {} for model in (
        Organization, Service, ServiceNeed, CostOption, Location, ServiceAtLocation, Schedule, Attribute, Role, Area,
        ListingArea)}
    for listing in made:
        _add(tables, listing)
    with writing(engine, by="計測", why="計測", now=datetime.combine(today, time())) as write:
        for model, rows in tables.items():
            write.insert_rows(model, list(rows.values()))
        write.changed_listings([])


def _add(tables: dict[type, dict[object, dict]], it: Listing) -> None:
    """One row in each table that a listing stands on."""
    tables[Organization][it.organization_id] = {
        "id": it.organization_id, "name": it.organization_name, "name_kana": None, "normalised_name": it.organization_id,
        "kind": it.organization_kind, "corporate_number": None, "description": None, "url": None}
    tables[Service][it.id] = {
        "id": it.id, "organization_id": it.organization_id, "name": it.name, "name_kana": None, "kind": it.kind,
        "summary": it.summary, "description": it.description, "easy_description": None, "languages": [],
        "application": None, "steps": [], "age_state": it.age_state, "minimum_age": it.minimum_age,
        "maximum_age": it.maximum_age, "age_text": None, "gender_state": it.gender_state, "gender_only": None,
        "residency_state": it.residency_state, "residency_text": None, "exclusion": None, "audience_text": None,
        "eligibility_verified": {}, "fees_state": it.fees_state}
    for position, need in enumerate((*it.needs_primary, *it.needs_secondary)):
        tables[ServiceNeed][it.id, need] = {
            "service_id": it.id, "need": need, "primary": need in it.needs_primary, "position": position}
    for position, fee in enumerate(it.fees):
        tables[CostOption][it.id, position] = {
            "id": f"{it.id[:30]}{position}", "service_id": it.id, "position": position, "per": fee.per, "yen": fee.yen,
            "for_whom": None, "note": None, "first_free": False}
    tables[Location][it.id] = {column.name: None for column in Location.__table__.columns} | {
        "id": it.id, "name": it.place_name, "latitude": it.latitude, "longitude": it.longitude, "precision": it.precision,
        "zone": it.zone, "masked": False}
    tables[ServiceAtLocation][it.id] = _listing_row(it)
    for position, meeting in enumerate(it.meetings):
        tables[Schedule][it.id, position] = {
            "id": f"{it.id[:30]}{position}", "listing_id": it.id, "position": position, "phrase": meeting.schedule.phrase,
            "state": meeting.schedule.state, "plan": meeting.schedule.to_json(), "valid_from": None, "valid_to": None,
            "location_id": None, "note": None}
    for entry in it.attributes:
        tables[Attribute][it.id, entry.term] = {
            "listing_id": it.id, "term": entry.term, "value": entry.value, "verified_at": entry.verified_at,
            "verified_by": None, "source": None}
    for position, role in enumerate(it.roles):
        tables[Role][role.id] = {
            "id": role.id, "listing_id": it.id, "position": position, "name": role.name, "what": None,
            "loads": dict(role.loads), "times": None, "wanted": None, "phone_duty": role.phone_duty, "stage": None}
    for area in it.areas:
        tables[Area][area.name] = {"id": area.name, "kind": area.kind, "name": area.name, "name_kana": None, "polygon": None}
        tables[ListingArea][it.id, area.name] = {"listing_id": it.id, "area_id": area.name}


def _listing_row(it: Listing) -> dict:
    empty = {column.name: None for column in ServiceAtLocation.__table__.columns}
    assert it.staff is not None
    return empty | {
        "id": it.id, "service_id": it.id, "location_id": it.id, "status": "published", "visibility": "public",
        "staff_fields": [], "consent_fields": [], "welcome": it.welcome, "usual": {}, "first_day": {}, "steps": [],
        "pickup": it.pickup, "capacity_state": it.capacity_state, "capacity_count": it.capacity_count,
        "capacity_date": it.capacity_date, "loads": dict(it.staff.loads), "accommodations": list(it.staff.accommodations),
        "contact_public": it.contact_public, "assured_date": it.assured_date, "keywords": [], "other_facts": {},
        "last_modified": it.last_modified, "version": 1}


def copies(candidates: Candidates, times: int) -> Candidates:
    """The candidates so many times over, every place of a copy moved by up to MOVED degrees."""
    if times == 1:
        return candidates
    random, size = np.random.default_rng(9), candidates.size
    columns = {name: np.tile(column, times) for name, column in candidates.columns.items()}
    for name in ("north", "east"):
        columns[name] = (columns[name] + random.uniform(-MOVED, MOVED, size * times)).astype(np.float32)
    listings_of_one, hosts = len(candidates.ids), int(candidates.host.max()) + 1
    first = np.concatenate([candidates.first[:-1] + copy * size for copy in range(times)] + [[size * times]])
    about = {key: candidates.interests.about(key) for key in candidates.interests.position}
    return replace(
        candidates, size=size * times, first=first.astype(np.uint32), columns=columns,
        ids=Copied(candidates.ids, times),
        host=np.concatenate([candidates.host + copy * hosts for copy in range(times)]).astype(np.uint32)[
            :listings_of_one * times],
        planes=np.stack([pack(np.tile(unpack(plane, size), times)) for plane in candidates.planes]),
        interests=Interests.of({key: (np.concatenate([rows + copy * size for copy in range(times)]), np.tile(worth, times))
                                for key, (rows, worth) in about.items()}))


class Copied(Sequence[str]):
    """Ids of copies, made up when asked for."""

    def __init__(self, ids: Sequence[str], times: int) -> None:
        self._ids, self._times = ids, times

    def __len__(self) -> int:
        return len(self._ids) * self._times

    def __getitem__(self, number: int) -> str:  # type: ignore[override]
        copy, spot = divmod(number, len(self._ids))
        return f"{copy:04d}-{self._ids[spot]}"
