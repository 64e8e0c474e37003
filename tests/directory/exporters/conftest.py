"""What do the tests of exports share? The public listings of the sample city, and one listing made by naming little."""

import shutil
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from directory.city import City, load_city
from directory.db import make_engine, read_session
from directory.listing import Listing, Meeting
from directory.listings import read_listings
from directory.schedules import Schedule, parse

DATA = Path(__file__).resolve().parents[3] / "data"
TODAY = date(2026, 11, 24)
STAMP = datetime(2026, 11, 24, 9, 30)

ORDINARY = Listing(
    id="11111111-2222-3333-4444-555555555555", source_key=None, status="published", visibility="public",
    name="みどり町サロン", kana="みどりちょうさろん", kind="salon", organization_id="o", organization_name="みどり町いきいき会",
    prefecture="広島県", municipality="廿日市市", town="みどり町", place_name="みどり町集会所", latitude=34.35,
    longitude=132.33, precision="building", last_modified=datetime(2026, 10, 1, 9, 0),
)


@pytest.fixture(scope="session")
def city() -> City:
    """The settings of the sample city."""
    return load_city(DATA / "city.yml")


@pytest.fixture(scope="session")
def sample_listings(tmp_path_factory, sample_file) -> list[Listing]:
    """Every listing of the sample city that the public may find."""
    path = shutil.copy(sample_file, tmp_path_factory.mktemp("exporters") / "city.db")
    engine = make_engine(f"sqlite:///{path}")
    with read_session(engine) as session:
        listings = list(read_listings(session))
    engine.dispose()
    return listings


@pytest.fixture
def listing():
    """Make a listing: `listing("毎週水曜 10時～12時", name="…")`; a schedule may stand for the phrase."""

    def make(*phrases: str | Schedule, place: str | None = None, **values: object) -> Listing:
        schedules = [phrase if isinstance(phrase, Schedule) else parse(phrase) for phrase in phrases]
        return replace(ORDINARY, meetings=tuple(Meeting(plan, place) for plan in schedules), **values)

    return make
