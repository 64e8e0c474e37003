"""Is the sample city honest about real places, private about people, and free of contradictions?"""

import re
from pathlib import Path

from sqlalchemy import select

from directory.db import read_session
from directory.listings import DESK, PUBLIC, read_listings
from directory.models import Location, ServiceAtLocation, Town
from directory.yaml_files import read_yaml

DATA = Path(__file__).resolve().parents[3] / "data"
REAL_PLACES = ("hatsukaichi-001", "hatsukaichi-002", "hatsukaichi-013", "saeki-002")


def rows(engine, *columns):
    with read_session(engine) as session:
        return session.execute(select(*columns)).all()


def test_real_places_carry_no_hours_no_numbers_and_no_loads(city):
    with read_session(city) as session:
        real = [one for one in read_listings(session, audience=DESK) if one.source_key in REAL_PLACES]
    assert len(real) == 4
    for listing in real:
        assert listing.meetings == () and listing.fees == () and listing.fees_state == "unknown"
        assert listing.phone is None and listing.email is None and listing.web is None
        assert listing.usual == {} and listing.first_day == {} and listing.steps == ()
        assert listing.assured_date is None and listing.welcome == "unknown" and listing.capacity_state is None
        assert listing.staff.loads == {} and all(role.loads == {} and role.wanted is None for role in listing.roles)
        assert listing.precision in (None, "town")
        assert "公表資料" in listing.source_name


def test_every_number_and_address_belongs_to_nobody(city):
    listing = ServiceAtLocation
    for phone, mobile, email, web in rows(city, listing.phone, listing.mobile, listing.email, listing.web):
        assert phone is None or re.fullmatch(r"0829-00-\d{4}", phone), phone
        assert mobile is None or re.fullmatch(r"090-0000-\d{4}", mobile), mobile
        assert email is None or re.fullmatch(r"[a-z]+@([a-z]+\.)?example\.jp", email), email
        assert web is None or re.fullmatch(r"https://([a-z-]+\.)?example\.jp/[a-z/-]*", web), web


def test_nobody_is_published_who_did_not_agree(city):
    unasked = {row.source_key for row in rows(city, ServiceAtLocation.source_key, ServiceAtLocation.consent_given,
               ServiceAtLocation.visibility) if row.visibility != "none" and not row.consent_given}
    assert unasked == set(REAL_PLACES)


def test_a_private_home_shows_the_public_no_more_than_its_area(city):
    with read_session(city) as session:
        masked = [one for one in read_listings(session, audience=PUBLIC) if one.masked]
    assert len(masked) >= 8
    for listing in masked:
        assert listing.latitude is None and listing.town is None and listing.place_name is None
        assert listing.area_names()


def test_every_text_is_short_enough_and_ends_as_a_sentence(entries):
    for entry in entries:
        assert len(entry["summary"]) <= 80, entry["id"]
        assert entry["summary"][-1] in "。！？", entry["id"]
        assert 2 <= entry["description"].count("。") <= 6, entry["id"]
        assert "(" not in entry.get("easy", ""), entry["id"]


def test_what_is_said_of_a_place_does_not_contradict_itself(entries):
    for entry in entries:
        attributes, who = entry.get("attributes") or {}, entry.get("eligibility") or {}
        gender = (who.get("gender") or {}).get("only")
        assert (attributes.get("female_only") is True) == (gender == "女性"), entry["id"]
        assert (attributes.get("male_only") is True) == (gender == "男性"), entry["id"]
        if attributes.get("drop_in"):
            assert entry["welcome"] not in ("closed_now", "members"), entry["id"]
            assert not re.search("要予約|予約制", entry.get("schedule", "")), entry["id"]
        if entry["welcome"] == "locals":
            assert (who.get("residency") or {}).get("state") == "stated", entry["id"]
        if attributes.get("no_obligation"):
            assert (entry.get("loads") or {}).get("obligation", 0) < 2, entry["id"]
        assert not (attributes.get("wheelchair") and attributes.get("steps")), entry["id"]
        assert not set(entry["needs"]["primary"]) & set(entry["needs"].get("secondary", [])), entry["id"]


def test_every_place_lies_near_the_middle_of_its_town(city):
    middles = {row.name: row for row in rows(city, Town.name, Town.latitude, Town.longitude, Town.zone)}
    for place in rows(city, Location.name, Location.town, Location.address_rest, Location.latitude, Location.longitude,
                      Location.zone):
        part = f"{place.town}{(place.address_rest or '').replace('字', '')}"
        middle = middles.get(part) or middles[place.town]
        north, east = (place.latitude - middle.latitude) * 111.2, (place.longitude - middle.longitude) * 91.7
        assert (north**2 + east**2) ** 0.5 < 0.35, place.name
        assert place.zone == middle.zone, place.name


def test_the_gazetteer_names_every_town_of_the_readings(city):
    towns = {row.name for row in rows(city, Town.name)}
    places = read_yaml(DATA / "vocabulary" / "place_readings.yml")
    assert {place["name"] for place in places if place["level"] == "town"} <= towns
