"""Does a public listing hold public facts only, and is every listing read whole?"""

from dataclasses import asdict
from datetime import datetime

import pytest

from directory.db import read_session
from directory.listing import Fee
from directory.listings import DESK, PUBLIC, Moved, public_listing, read_listings
from directory.models import ServiceAtLocation
from directory.writing import writing
from tests.factories import add_listing

NOW = datetime(2026, 11, 24, 9, 0)


def only(engine, audience=PUBLIC):
    with read_session(engine) as session:
        return next(read_listings(session, audience=audience))


def test_a_listing_carries_its_service_place_and_everything_it_owns(engine):
    add_listing(
        engine, service={"name": "編み物の会", "fees_state": "stated"}, fees=[{"per": "毎回", "yen": 100}],
        needs=["company", "role"], attributes={"chairs": "yes"}, areas=[("地域", "佐伯")],
        roles=[{"name": "麦茶係", "loads": {"people": 1}}], phrases=["毎週水曜 10時～12時"],
    )
    listing = only(engine)
    assert (listing.name, listing.town, listing.fees[0].yen) == ("編み物の会", "みどり町", 100)
    assert (listing.needs_primary, listing.needs_secondary) == (("company",), ("role",))
    assert listing.attribute("chairs") == "yes" and listing.attribute("wheelchair") == "unknown"
    assert listing.area_names() == ("佐伯",) and listing.roles[0].name == "麦茶係"
    assert listing.meetings[0].schedule.state == "regular"


@pytest.mark.parametrize("hidden", [
    {"status": "draft"}, {"status": "review"}, {"status": "paused"}, {"status": "closed"},
    {"visibility": "staff"}, {"visibility": "none"},
])
def test_what_is_not_published_is_not_found_by_the_public(engine, hidden):
    add_listing(engine, **hidden)
    with read_session(engine) as session:
        assert list(read_listings(session)) == []


def test_staff_facts_are_absent_from_the_public_record(engine):
    add_listing(
        engine, representative="沖本 ミチエ", mobile="090-0000-1401", loads={"people": 2}, contact_public=False,
        phone="0829-00-1234", accommodations=["silence_ok"], pickup="ask", other_facts={"備考": "内緒の備考"},
        roles=[{"name": "係", "loads": {"people": 3}}],
    )
    public = repr(asdict(only(engine)))
    for secret in ("沖本", "090-0000-1401", "0829-00-1234", "silence_ok", "内緒", "'people'"):
        assert secret not in public
    assert only(engine).pickup is None
    assert only(engine, DESK).staff.representative == "沖本 ミチエ"
    assert only(engine, DESK).pickup == "ask"


def test_moving_the_real_point_of_a_masked_place_changes_nothing_the_public_sees(engine):
    secret = {"masked": True, "name": "沖本宅", "town": "津田", "address_rest": "12-3", "travel_notes": "青い屋根"}
    point = {"latitude": 34.1, "longitude": 132.1}
    listing_id = add_listing(engine, location={**secret, **point}, areas=[("地域", "佐伯")])
    first = repr(only(engine))
    with writing(engine, by="test", why="move", now=NOW) as write:
        place = write.session.get(ServiceAtLocation, listing_id).location
        write.edit(place, latitude=34.9, longitude=132.9, town="玖島", name="別の家", address_rest="9-9")
    assert repr(only(engine)) == first
    assert not any(word in first for word in ("沖本宅", "津田", "12-3", "青い屋根"))
    assert only(engine).area_names() == ("佐伯",)


def test_a_field_hidden_by_the_curator_reads_as_unknown(engine):
    add_listing(engine, contact_public=True, phone="0829-00-0005", web="https://sakura.example", staff_fields=["phone"])
    assert only(engine).phone is None and only(engine).web == "https://sakura.example"


def test_a_closed_listing_still_has_its_page_and_a_paused_one_has_not(engine):
    closed, paused = add_listing(engine, status="closed"), add_listing(engine, status="paused")
    with read_session(engine) as session:
        assert public_listing(session, closed).status == "closed"
        assert public_listing(session, paused) is None
        assert public_listing(session, "no-such-id") is None


def test_a_merged_listing_leads_to_the_one_it_went_into_and_a_circle_leads_nowhere(engine):
    last = add_listing(engine)
    middle = add_listing(engine, merged_into=last)
    first = add_listing(engine, merged_into=middle)
    staff = add_listing(engine, visibility="staff")
    to_staff = add_listing(engine, merged_into=staff)
    with writing(engine, by="test", why="circle", now=NOW) as write:
        circle = write.session.get(ServiceAtLocation, staff)
        write.edit(circle, merged_into=None)
    with read_session(engine) as session:
        assert public_listing(session, first) == Moved(last)
        assert public_listing(session, to_staff) is None
    with writing(engine, by="test", why="circle", now=NOW) as write:
        write.edit(write.session.get(ServiceAtLocation, last), merged_into=first)
    with read_session(engine) as session:
        assert public_listing(session, first) is None


@pytest.mark.parametrize("fee, free", [
    (Fee("毎回", 100, first_free=True), True), (Fee("年", 1000, note="種代。初めの三回は無料"), True),
    (Fee("年", 2000, "会員", "お試しの半年は無料"), True), (Fee("毎回", 0, "見学の人"), True),
    (Fee("毎回", 100, note="はじめての人も同じ。駐車は無料"), False), (Fee("毎回", 100, "体験の人"), False),
    (Fee("毎回", 0), False),
])
def test_the_first_visit_is_free_when_it_is_ticked_or_said(fee, free):
    assert fee.is_free_at_first is free
