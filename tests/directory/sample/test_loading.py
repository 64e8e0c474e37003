"""Does the sample city load into either database, once, whole, and the same on every machine?"""

from collections import Counter
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import create_engine, func, select

from directory.db import make_engine, read_session
from directory.errors import DirectoryError
from directory.listings import PUBLIC, read_listings
from directory.models import Area, Location, Organization, Role, Schedule, Service, ServiceAtLocation, Town
from directory.sample import is_empty, load_sample
from directory.writing import changed_since, current_revision
from directory.yaml_files import InvalidYaml
from scripts.load_sample import main

DATA = Path(__file__).resolve().parents[3] / "data"
TODAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 9, 0)


def rows(engine, *columns):
    with read_session(engine) as session:
        return session.execute(select(*columns)).all()


def test_the_city_loads_into_an_empty_database_of_either_kind(engine):
    report = load_sample(engine, DATA, today=TODAY, now=NOW)
    with read_session(engine) as session:
        assert session.scalar(select(func.count()).select_from(ServiceAtLocation)) == report.listings >= 400
        assert current_revision(session) == 1
        assert len(changed_since(session, 0)) == report.listings
        assert sum(1 for _ in read_listings(session, audience=PUBLIC)) > 300


def test_ids_are_the_same_on_every_machine_and_every_day(city, sqlite_url):
    other = make_engine(sqlite_url)
    load_sample(other, DATA, today=TODAY + timedelta(days=100), now=NOW)
    for table in (ServiceAtLocation, Organization, Location, Service, Area, Role, Schedule, Town):
        assert set(rows(city, table.id)) == set(rows(other, table.id)), table.__tablename__


def test_a_directory_with_listings_is_left_alone_and_says_why(sqlite_url):
    engine = make_engine(sqlite_url)
    load_sample(engine, DATA, today=TODAY, now=NOW)
    with pytest.raises(DirectoryError, match="--reset"):
        load_sample(engine, DATA, today=TODAY, now=NOW)
    with read_session(engine) as session:
        assert current_revision(session) == 1


def test_reset_loads_anew_and_tells_every_catalog_what_vanished(sqlite_url, own_data):
    engine = make_engine(sqlite_url)
    load_sample(engine, DATA, today=TODAY, now=NOW)
    before = set(rows(engine, ServiceAtLocation.id))
    (own_data / "sample" / "miyajima.yml").unlink()
    load_sample(engine, own_data, today=TODAY, now=NOW, reset=True)
    vanished = {row.id for row in before - set(rows(engine, ServiceAtLocation.id))}
    with read_session(engine) as session:
        assert current_revision(session) == 2
        assert len(vanished) == 29
        assert vanished <= changed_since(session, 1)


def test_days_count_back_from_the_day_of_loading(city, sqlite_url):
    later = make_engine(sqlite_url)
    load_sample(later, DATA, today=TODAY + timedelta(days=30), now=NOW)
    key, assured = ServiceAtLocation.source_key, ServiceAtLocation.assured_date
    first, second = (dict(map(tuple, rows(engine, key, assured))) for engine in (city, later))
    assert first["saeki-001"] == TODAY - timedelta(days=24)
    assert all(day is None or second[name] - day == timedelta(days=30) for name, day in first.items())
    assert max(day for day in first.values() if day) < TODAY


def test_the_script_loads_once_and_then_keeps_what_is_there(sqlite_url, capsys):
    assert main(["--database", sqlite_url, "--today", "2026-11-24"]) == 0
    assert "掲載 413" in capsys.readouterr().out
    assert main(["--database", sqlite_url]) == 0
    assert "そのまま使います" in capsys.readouterr().out
    assert main(["--database", sqlite_url, "--reset"]) == 0
    assert "掲載 413" in capsys.readouterr().out


def test_the_script_says_so_when_the_database_was_never_prepared(tmp_path, capsys):
    url = f"sqlite:///{tmp_path / 'empty.db'}"
    create_engine(url).connect().close()
    assert main(["--database", url]) == 1
    assert "scripts.migrate up" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("kind: kayoinoba\n", "kind: kayoi\n", "saeki-001 › kind：「kayoi」は使えません"),
        ("  kana: あさどれひろば たいそうとおちゃ", "  kana: 朝どれひろば", "saeki-001 › kana："),
        ("areas: [佐伯]", "areas: [佐伯区]", "「佐伯区」は使えません"),
        ("primary: [belonging, exercise]", "primary: [belonging, food]", "secondary：primary にあるもの"),
        ("yen: 200", "yen: 二百", "yen：0 以上の整数"),
        ("place: 津田みどり会館", "place: 津田みどり公園", "「津田みどり公園」という場所は、どこにも書かれていません"),
        ("- id: saeki-003", "- id: saeki-001", "saeki-001 › id：同じ id が2回"),
        ("  pickup: service", "  pick_up: service", "saeki-001 › pick_up：知らない項目"),
        ("how: 訪問", "how: うわさ", "「うわさ」は使えません"),
        ("capacity: {state: places, n: 1}", "capacity: {state: places}", "capacity › n："),
        ("chairs: yes", "chair: yes", "「chair」は使えません"),
    ],
)
def test_a_wrong_file_changes_nothing_and_says_which_entry_is_wrong(sqlite_url, own_data, old, new, said):
    for other in (own_data / "sample").glob("[!s]*.yml"):
        other.unlink()
    file = own_data / "sample" / "saeki-yoshiwa.yml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    engine = make_engine(sqlite_url)
    with pytest.raises(InvalidYaml) as refused:
        load_sample(engine, own_data, today=TODAY, now=NOW)
    assert str(refused.value).startswith("saeki-yoshiwa.yml") and said in str(refused.value)
    assert is_empty(engine)


def test_a_hall_used_by_many_groups_is_one_place(city):
    with read_session(city) as session:
        [hall] = session.scalars(select(Location).where(Location.name == "浜風会館"))
        assert session.scalar(
            select(func.count()).select_from(ServiceAtLocation).where(ServiceAtLocation.location_id == hall.id)
        ) == 5


def test_groups_that_only_share_their_name_stay_apart(city):
    names = Counter(row.name for row in rows(city, Service.name))
    assert names["さくら会"] == 4
    owners = [row.organization_id for row in rows(city, Service.organization_id, Service.name) if row.name == "さくら会"]
    assert len(set(owners)) == 4


def test_meetings_that_go_round_have_one_schedule_a_hall(city):
    with read_session(city) as session:
        halls = session.execute(
            select(Location.name)
            .join(Schedule, Schedule.location_id == Location.id)
            .join(ServiceAtLocation, Schedule.listing_id == ServiceAtLocation.id)
            .where(ServiceAtLocation.source_key == "saeki-018").order_by(Schedule.position)
        ).scalars().all()
    assert halls == ["浅原せせらぎ会館", "浅原上組集会所", "浅原くぬぎ集会所"]
