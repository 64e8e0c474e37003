"""Is a listing published, paused, closed and struck out for a day as was decided, with the reason beside it?"""

from datetime import date

import pytest

from directory.curation import acting
from directory.db import read_session
from directory.errors import InvalidRecord
from directory.models import ServiceAtLocation
from tests.directory.curation.test_acting import TODAY, said
from tests.directory.curation.town import NOW, SC, add_pair
from tests.factories import add_listing


def test_status_says_why_and_until_when(engine):
    first, _ = add_pair(engine)
    with pytest.raises(InvalidRecord), acting(engine, by=SC, kind="status", why="", now=NOW) as act:
        act.status(first, "paused")
    with acting(engine, by=SC, kind="status", why="電話", now=NOW) as act:
        act.status(first, "paused", until=date(2027, 4, 1), reason="会場の工事のため")
    with read_session(engine) as session:
        listing = session.get(ServiceAtLocation, first)
        assert (listing.status, listing.paused_until, listing.status_reason) == (
            "paused", date(2027, 4, 1), "会場の工事のため")
    with acting(engine, by=SC, kind="status", why="再開", now=NOW) as act:
        act.status(first, "published")
    with read_session(engine) as session:
        listing = session.get(ServiceAtLocation, first)
        assert (listing.status, listing.paused_until, listing.status_reason) == ("published", None, None)


def test_nobody_is_published_who_said_no(engine):
    first = add_listing(engine, status="review", consent_given=False)
    with pytest.raises(InvalidRecord), acting(engine, by=SC, kind="status", why="", now=NOW) as act:
        act.status(first, "published")


def test_today_is_struck_out_and_takes_place_after_all(engine):
    first, _ = add_pair(engine)
    with acting(engine, by=SC, kind="cancel", why="電話", now=NOW) as act:
        act.cancel(first, TODAY, "大雨のため中止")
    assert said(engine, first)["closures"] == {"2026-11-24": "大雨のため中止"}
    with acting(engine, by=SC, kind="cancel", why="電話", now=NOW) as act:
        act.uncancel(first, TODAY)
    assert said(engine, first)["closures"] == {}
