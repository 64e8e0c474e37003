"""Does the public database hold everything the public pages need, and not one byte that is not public?"""

import struct
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import create_engine, event, func, select, update

from directory import migrations
from directory.catalog import CatalogKeeper
from directory.db import Base, make_engine, read_session
from directory.errors import DirectoryError
from directory.listings import Moved, closed_listings, public_listing, read_listings
from directory.models import DirectoryState, Publication, Service, ServiceAtLocation, TextReading
from directory.publishing import publish
from directory.publishing.snapshot import read_snapshot
from directory.reading_store import remember_readings, texts_of, words_hash
from directory.search import read_parameters, search
from directory.usage import monthly_viewers
from directory.vocabulary import load_vocabulary
from directory.writing import current_revision, writing
from tests.directory.published_town import LATITUDE, build_town, plant
from tests.factories import add_listing

DATA = Path(__file__).parents[2] / "data"
NOW = datetime(2026, 11, 24, 9, 0)
LATER = datetime(2026, 11, 25, 9, 0)
QUESTIONS = (
    {}, {"q": "体操"}, {"q": "水曜 午前 佐伯"}, {"q": "つじの花"}, {"q": "まぼろし"}, {"area": "佐伯"}, {"chairs": "yes"},
    {"near": "津田", "sort": "near"}, {"sort": "next"}, {"cost": "free"}, {"q": "ひとりぼっち"}, {"when": "this_week"},
)


@pytest.fixture(scope="module")
def vocabulary():
    return load_vocabulary(DATA / "vocabulary")


@pytest.fixture
def target(engine, database_url, tmp_path, request):
    """A second, empty database of the same kind as the directory's."""
    url = f"sqlite:///{tmp_path / 'public.db'}"
    if engine.dialect.name == "postgresql":
        server, names = request.getfixturevalue("postgres_server"), request.getfixturevalue("postgres_names")
        name = f"public_{next(names)}"
        administration = create_engine(server.set(database="postgres"), isolation_level="AUTOCOMMIT")
        with administration.connect() as connection:
            connection.exec_driver_sql(f"CREATE DATABASE {name}")
        administration.dispose()
        url = server.set(database=name).render_as_string(hide_password=False)
    target = make_engine(url)
    yield target
    target.dispose()


@pytest.fixture
def town(engine):
    return build_town(engine)


def public_parts(listing):
    """A public Listing without what a snapshot leaves out on purpose."""
    return replace(listing, source_key=None, status_reason=None, areas=tuple(sorted(listing.areas, key=repr)))


def test_the_snapshot_reads_as_the_directory_does(engine, target, town, vocabulary):
    publish(engine, target, vocabulary, now=NOW)
    with read_session(engine) as full, read_session(target) as public:
        assert [repr(public_parts(it)) for it in read_listings(public)] == [
            repr(public_parts(it)) for it in read_listings(full)]
        for name in ("rich", "relayed", "masked", "narrow", "visiting"):
            assert repr(public_parts(public_listing(public, town[name]))) == repr(
                public_parts(public_listing(full, town[name])))


def test_every_search_finds_the_same(engine, target, town, vocabulary):
    publish(engine, target, vocabulary, now=NOW)
    full, public = (CatalogKeeper(it, vocabulary).current(NOW) for it in (engine, target))
    assert full.places == public.places
    for question in QUESTIONS:
        pages = [search(catalog, read_parameters(question.items(), catalog), NOW) for catalog in (full, public)]
        found, again = (
            (page.total, page.heading, page.chips, page.unmapped, page.advice, page.aloud, page.partial, page.near,
             [(hit.number, public_parts(hit.listing), hit.score, hit.name, hit.summary, hit.next, hit.distance_km)
              for hit in page.hits],
             [(facet.parameter, option.value, option.count) for facet in page.facets for option in facet.options])
            for page in pages)
        assert found == again, question


def test_what_is_not_public_is_not_there_at_all(engine, target, town, vocabulary):
    publish(engine, target, vocabulary, now=NOW)
    with read_session(target) as session:
        names = set(session.scalars(select(Service.name)))
        ids = set(session.scalars(select(ServiceAtLocation.id)))
        for name, listing_id in town.items():
            if name.startswith("hidden") or name == "lost":
                assert public_listing(session, listing_id) is None
                assert listing_id not in ids
    assert not [name for name in names if "ひみつ" in name or "まとめた" in name]


def test_a_closed_place_keeps_only_what_its_page_says(engine, target, town, vocabulary):
    publish(engine, target, vocabulary, now=NOW)
    with read_session(target) as session:
        closed, = closed_listings(session)
        assert (closed.name, closed.summary, closed.area_names(), closed.status) == (
            "おわった会", "むかしの体操", ("佐伯",), "closed")
        assert (closed.organization_name, closed.town, closed.latitude, closed.meetings) == ("", None, None, ())


def test_a_merged_listing_sends_on_to_the_end_of_its_chain(engine, target, town, vocabulary):
    publish(engine, target, vocabulary, now=NOW)
    with read_session(target) as session:
        assert public_listing(session, town["merged"]) == public_listing(session, town["twice"]) == Moved(town["rich"])


def everything(engine):
    """All bytes of a SQLite database with its log; all rows of any other."""
    if engine.dialect.name == "sqlite":
        path = Path(engine.url.database)
        return b"".join(part.read_bytes() for part in sorted(path.parent.glob(f"{path.name}*")))
    with engine.connect() as connection:
        rows = [connection.execute(select(table)).all() for table in Base.metadata.sorted_tables]
    return repr(rows).encode()


def test_no_private_word_is_in_the_public_database(engine, target, town, vocabulary):
    words = plant(engine, town)
    assert len(words) > 40
    numbers = [struct.pack(">d", LATITUDE), repr(LATITUDE).encode()]
    original = everything(engine)
    assert [word for word in words if word.encode() not in original] == []
    assert any(number in original for number in numbers)
    publish(engine, target, vocabulary, now=NOW)
    published = everything(target)
    assert [word for word in words if word.encode() in published] == []
    assert not any(number in published for number in numbers)


def test_what_is_withdrawn_leaves_no_trace(engine, target, town, vocabulary):
    edit(engine, town["rich"], web="https://withdrawn.example")
    publish(engine, target, vocabulary, now=NOW)
    assert b"withdrawn.example" in everything(target)
    edit(engine, town["rich"], visibility="staff")
    report = publish(engine, target, vocabulary, now=LATER)
    assert report.settled
    assert b"withdrawn.example" not in everything(target)
    with read_session(target) as session:
        assert public_listing(session, town["rich"]) is None
        assert public_listing(session, town["merged"]) is None


def test_readings_of_texts_still_published_are_kept_and_those_of_others_go(engine, target, town, vocabulary):
    publish(engine, target, vocabulary, now=NOW)
    with read_session(target) as session:
        listings = list(read_listings(session))
    remember_readings(target, listings)
    stay = {words_hash(*words) for one in listings if one.id != town["rich"] for words in texts_of(one)}
    before = readings_in(target)
    assert before - stay and before & stay
    edit(engine, town["rich"], visibility="staff")
    publish(engine, target, vocabulary, now=LATER)
    assert readings_in(target) == before & stay


def readings_in(target):
    with read_session(target) as session:
        return set(session.scalars(select(TextReading.hash)))


def test_months_are_published_as_numbers(engine, target, town, vocabulary):
    plant(engine, town)
    publish(engine, target, vocabulary, now=NOW)
    with read_session(target) as session:
        assert [(row.month, row.viewers) for row in monthly_viewers(session)] == [("2026-11", 7)]


def test_a_running_public_site_notices_the_new_snapshot(engine, target, town, vocabulary):
    publish(engine, target, vocabulary, now=NOW)
    keeper = CatalogKeeper(target, vocabulary)
    before = keeper.current(NOW)
    edit(engine, town["rich"], web="https://new.example")
    edit(engine, town["masked"], status="paused")
    report = publish(engine, target, vocabulary, now=LATER)
    keeper._looked = float("-inf")
    after = keeper.current(NOW)
    assert (report.changed, after.size, after.revision) == (2, before.size - 1, report.revision)
    assert after.cards.get([town["rich"]])[0].web == "https://new.example"


def test_publishing_again_without_a_change_raises_no_revision(engine, target, town, vocabulary):
    first = publish(engine, target, vocabulary, now=NOW)
    again = publish(engine, target, vocabulary, now=LATER)
    assert first.changed == first.published + first.closed + first.moved == 8
    assert (again.changed, again.revision) == (0, first.revision)
    with read_session(target) as session:
        assert session.scalar(select(Publication.published_at)) == LATER


def test_the_revision_rises_even_when_the_directory_was_restored_from_an_older_copy(engine, target, town, vocabulary):
    first = publish(engine, target, vocabulary, now=NOW)
    with engine.begin() as connection:
        connection.execute(update(DirectoryState).values(revision=1))
        connection.execute(update(Service).where(Service.name == "うかがう会").values(name="うかがいます"))
    assert publish(engine, target, vocabulary, now=LATER).revision == first.revision + 1


def test_a_snapshot_of_a_snapshot_is_the_same_snapshot(engine, target, town, vocabulary, tmp_path):
    publish(engine, target, vocabulary, now=NOW)
    carried = make_engine(f"sqlite:///{tmp_path / 'carried.db'}")
    publish(target, carried, vocabulary, now=LATER)
    with read_session(target) as first, read_session(carried) as second:
        assert read_snapshot(first) == read_snapshot(second)
        assert len({session.scalar(select(Publication.source_revision)) for session in (first, second)}) == 1
    carried.dispose()


def test_a_directory_somebody_works_in_is_never_written_over(engine, town, vocabulary, tmp_path):
    other = make_engine(f"sqlite:///{tmp_path / 'other.db'}")
    migrations.upgrade(other)
    add_listing(other)
    for working in (other, engine):
        with read_session(working) as session:
            before = read_snapshot(session)
        with pytest.raises(DirectoryError, match="何も書きませんでした"):
            publish(engine, working, vocabulary, now=NOW)
        with read_session(working) as session:
            assert read_snapshot(session) == before
    other.dispose()


def test_a_run_cut_off_leaves_the_snapshot_before(engine, target, town, vocabulary, monkeypatch):
    publish(engine, target, vocabulary, now=NOW)
    with read_session(target) as session:
        before, revision = read_snapshot(session), current_revision(session)
    edit(engine, town["rich"], web="https://new.example")
    monkeypatch.setattr("directory.publishing.renewing.rows_of", lambda snapshot: {})
    with pytest.raises(DirectoryError, match="前の公開内容のまま"):
        publish(engine, target, vocabulary, now=LATER)
    with read_session(target) as session:
        assert (read_snapshot(session), current_revision(session)) == (before, revision)


def test_two_publishings_at_once_end_in_one_snapshot(engine, target, town, vocabulary):
    publish(engine, target, vocabulary, now=NOW)
    edit(engine, town["rich"], web="https://new.example")
    with ThreadPoolExecutor(2) as pool:
        reports = list(pool.map(lambda _: publish(engine, target, vocabulary, now=LATER), range(2)))
    assert sorted(report.changed for report in reports) == [0, 1]
    with read_session(target) as session:
        assert session.scalar(select(func.count()).select_from(Publication)) == 1


def test_the_public_site_reads_and_writes_nothing(engine, target, town, vocabulary):
    publish(engine, target, vocabulary, now=NOW)
    written = []
    event.listen(target, "before_cursor_execute", lambda _c, _cursor, said, *_: written.append(said.split()[0]))
    catalog = CatalogKeeper(target, vocabulary).current(NOW)
    search(catalog, read_parameters([("q", "体操")], catalog), NOW)
    assert set(written) <= {"SELECT", "BEGIN"}


def edit(engine, listing_id, **values):
    with writing(engine, by="test", why="test", now=NOW) as write:
        write.edit(write.session.get(ServiceAtLocation, listing_id), **values)
