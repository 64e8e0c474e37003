"""Does the sample city keep what directory.md promises of it, and can everything in it be found?"""

from collections import Counter
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from directory.catalog import CatalogKeeper
from directory.db import read_session
from directory.listings import DESK, PUBLIC, read_listings
from directory.models import Role, Schedule, ServiceAtLocation
from directory.schedules import Schedule as Plan
from directory.schedules import occurrences, slots
from directory.search import read_parameters, search
from directory.vocabulary import load_vocabulary

DATA = Path(__file__).resolve().parents[3] / "data"
TODAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 9, 0)
NIGHT, WEEKEND = 3, (5, 6)
# Twelve meetings, and a little room for those a holiday moves or a season adds.
MONTHLY = 15


def rows(engine, *columns):
    with read_session(engine) as session:
        return session.execute(select(*columns)).all()


def count(engine, *conditions):
    with read_session(engine) as session:
        return session.scalar(select(func.count()).select_from(ServiceAtLocation).where(*conditions))


def plans(engine):
    """source_key → the plans of the listing."""
    found = {}
    for key, plan in rows_of_schedules(engine):
        found.setdefault(key, []).append(Plan.from_json(plan))
    return found


def rows_of_schedules(engine):
    with read_session(engine) as session:
        return session.execute(
            select(ServiceAtLocation.source_key, Schedule.plan)
            .join(Schedule, Schedule.listing_id == ServiceAtLocation.id)
            .where(ServiceAtLocation.status == "published")
        ).all()


def test_there_are_over_300_listings_and_60_roles(city):
    assert count(city) >= 300
    assert len(rows(city, Role.id)) >= 60


def test_half_of_the_meetings_are_monthly_or_rarer(city):
    a_year = (TODAY, TODAY + timedelta(days=364))
    meetings = [
        max(len(occurrences(plan, *a_year)) for plan in found)
        for found in plans(city).values() if any(plan.state in ("regular", "irregular") for plan in found)
    ]
    assert len(meetings) > 300
    assert sum(1 for number in meetings if number <= MONTHLY) >= len(meetings) / 2


def test_most_attributes_and_places_left_are_unknown(city):
    with read_session(city) as session:
        listings = list(read_listings(session, audience=DESK))
    known = [sum(attribute.value != "unknown" for attribute in listing.attributes) for listing in listings]
    assert sum(known) / len(known) < 37 / 2
    assert sum(listing.capacity_state is None for listing in listings) > len(listings) / 2


def test_some_places_help_quietly_and_some_are_not_open_to_everyone(city):
    assert count(city, ServiceAtLocation.visibility == "staff") >= 20
    assert count(city, ServiceAtLocation.welcome.in_(("locals", "members"))) >= 10
    assert count(city, ServiceAtLocation.welcome == "closed_now") >= 10
    assert count(city, ServiceAtLocation.status == "paused") >= 10
    assert count(city, ServiceAtLocation.status == "closed") >= 5


def test_life_in_the_country_is_in_it(entries):
    texts = [str(entry) for entry in entries]
    assert sum("農繁期" in text for text in texts) >= 5
    assert sum("世話人" in str(entry.get("why")) or "世話人" in entry["summary"] for entry in entries) >= 5
    assert sum("rotating_places" in entry for entry in entries) >= 5
    assert sum("送迎" in text or entry.get("pickup") == "service" for text, entry in zip(texts, entries, strict=True)) >= 5


def test_the_same_salon_stands_in_two_departments_sheets(city):
    with read_session(city) as session:
        both = session.execute(
            select(ServiceAtLocation.source_key, ServiceAtLocation.phone, ServiceAtLocation.source_id)
            .where(ServiceAtLocation.source_key.in_(("saeki-061", "saeki-062", "ono-005", "ono-008")))
        ).all()
    phones = Counter(row.phone for row in both)
    assert sorted(phones.values()) == [2, 2]
    pairs = [{row.source_id for row in both if row.phone == phone} for phone in phones]
    assert [len(sources) for sources in pairs] == [2, 2]


def test_few_places_are_open_at_night_or_at_the_weekend(city):
    found = plans(city)
    touched = {key: [slots(plan).touched for plan in its] for key, its in found.items()}
    night = sum(any(bits >> (day * 4 + NIGHT) & 1 for bits in its for day in range(7)) for its in touched.values())
    weekend = sum(any(bits >> (day * 4) & 0b1111 for bits in its for day in WEEKEND) for its in touched.values())
    assert 10 <= night < len(found) / 6
    assert 20 <= weekend < len(found) / 2.5


@pytest.fixture(scope="module")
def catalog(city):
    return CatalogKeeper(city, load_vocabulary(DATA / "vocabulary")).current(NOW)


def found(catalog, *parameters):
    """Keys of the listings on the first page the public search gives for the parameters."""
    page = search(catalog, read_parameters(parameters, catalog), NOW)
    return [hit.listing.source_key for hit in page.hits]


def test_every_public_listing_is_on_the_first_page_for_its_own_name(city, catalog):
    with read_session(city) as session:
        listings = list(read_listings(session, audience=PUBLIC))
    # 介護事業所 stand outside the search for places to belong until they are asked for.
    kind = {listing.source_key: [("kind", "care_provider")] * (listing.kind == "care_provider") for listing in listings}
    lost = [one.source_key for one in listings
            if one.source_key not in found(catalog, ("q", one.name), *kind[one.source_key])]
    assert lost == []


def test_the_public_search_shows_the_desert_and_what_lies_around_it(catalog):
    young_at_night = [("time", "night"), ("audience", "youth")]
    assert found(catalog, ("area", "吉和"), *young_at_night) == []
    assert found(catalog, ("area", "大野"), *young_at_night)
    assert found(catalog, ("area", "吉和"), ("time", "morning"))
