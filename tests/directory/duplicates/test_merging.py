"""Does one listing go into another without losing anything, and do both come back?"""

import os
import signal
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import Engine, event, select

from directory.curation import acting, undo, values_of
from directory.db import make_engine, read_session
from directory.duplicates.merging import latest_merges, merge, merges_of, unmerge
from directory.errors import InvalidRecord, Stale
from directory.listings import Moved, public_listing, read_listings
from directory.models import (
    ChangeRequest, CurationAct, ListingMerge, Organization, Service, ServiceAtLocation, Source, SourceRecord,
)
from directory.writing import current_revision, writing
from tests.factories import add_listing

NOW, LATER = datetime(2026, 11, 24, 9, 0), datetime(2027, 3, 1, 9, 0)
BY = {"by": "SC 佐伯", "now": NOW}


@pytest.fixture
def engine(sqlite_url) -> Iterator[Engine]:
    """SQLite; the one test that runs on both asks for `database_url`."""
    engine = make_engine(sqlite_url)
    yield engine
    engine.dispose()


@pytest.fixture
def town(engine) -> SimpleNamespace:
    """The same サロン from two lists: the winner without fees and phone, the loser with a row of a list and a question."""
    return built(engine)


def built(engine: Engine) -> SimpleNamespace:
    winner = add_listing(
        engine, service={"name": "ひだまりサロン", "name_kana": "ひだまりさろん"}, attributes={"chairs": "yes", "parking": "unknown"},
        areas=[("地域", "廿日市")], keywords=["お茶"], phrases=["第2火曜 10時～11時"], contact_public=True)
    loser = add_listing(
        engine, organization={"name": "串戸四丁目町内会"}, service={"name": "サロン ひだまり（串戸）", "summary": "お茶とおしゃべり"},
        location={"name": "串戸集会所", "town": "串戸四丁目"}, attributes={"parking": "yes", "wheelchair": "no"},
        fees=[{"per": "毎回", "yen": 100}], keywords=["脳トレ"], phrases=["第2・4火曜 10時～11時半"], phone="0829-00-3101",
        representative="山根 ハルエ")
    with writing(engine, by="取り込み", why="一覧", now=NOW) as write:
        source = write.add(Source(name="社協 サロン一覧"))
        record = write.add(SourceRecord(
            source_id=source.id, key="ひだまり|串戸", listing_id=loser, values={"service.name": "サロン ひだまり（串戸）"},
            row_hash="x", last_seen=NOW))
        request = write.add(ChangeRequest(listing_id=loser, reason="report", state="open", created=NOW))
        return SimpleNamespace(winner=winner, loser=loser, record=record.id, request=request.id)


def said(engine: Engine, *listings: str) -> dict:
    """Everything the listings say."""
    with read_session(engine) as session:
        return {listing: values_of(session, listing) for listing in listings}


def test_the_winner_takes_what_was_chosen_and_lists_are_put_together(engine, town):
    merge(engine, town.winner, town.loser, {"service.name": "loser", "schedules": "loser"}, **BY)
    values = said(engine, town.winner)[town.winner]
    assert values["service.name"] == "サロン ひだまり（串戸）"
    assert [one["phrase"] for one in values["schedules"]] == ["第2・4火曜 10時～11時半"]
    assert (values["service.summary"], values["listing.representative"]) == ("お茶とおしゃべり", "山根 ハルエ")
    assert values["attributes"] == {"chairs": "yes", "parking": "unknown", "wheelchair": "no"}
    assert values["listing.keywords"] == ["お茶", "脳トレ"]
    assert values["areas"] == [["地域", "廿日市"]]


def test_a_number_that_was_not_public_is_not_published_by_a_merge(engine, town):
    merge(engine, town.winner, town.loser, {}, **BY)
    with read_session(engine) as session:
        assert public_listing(session, town.winner).phone is None


def test_what_was_for_supporters_only_goes_public_only_where_somebody_chooses_it(engine):
    shown = add_listing(engine, service={"name": "店"})
    hidden = add_listing(engine, service={"name": "店", "description": "店主が話を聞く"}, visibility="staff", keywords=["店主"])
    merge(engine, shown, hidden, {}, **BY)
    values = said(engine, shown)[shown]
    assert (values["service.description"], values["listing.keywords"], values["listing.visibility"]) == (None, [], "public")


def test_the_old_address_leads_to_the_winner_and_the_loser_is_found_no_more(engine, town):
    merge(engine, town.winner, town.loser, {}, **BY)
    with read_session(engine) as session:
        assert public_listing(session, town.loser) == Moved(town.winner)
        assert [listing.id for listing in read_listings(session)] == [town.winner]


def test_rows_of_lists_and_open_questions_go_to_the_winner(engine, town):
    merge(engine, town.winner, town.loser, {}, **BY)
    with read_session(engine) as session:
        assert session.get(SourceRecord, town.record).listing_id == town.winner
        assert session.get(ChangeRequest, town.request).listing_id == town.winner


def test_an_unmerge_gives_both_back_even_months_later(database_url):
    engine = make_engine(database_url)
    town = built(engine)
    before = said(engine, town.winner, town.loser)
    merged = merge(engine, town.winner, town.loser, {"service.name": "loser", "listing.location_id": "loser"}, **BY)
    assert said(engine, town.winner, town.loser) != before
    assert unmerge(engine, merged, by="SC 大野", now=LATER).kept == ()
    assert said(engine, town.winner, town.loser) == before
    with read_session(engine) as session:
        assert session.get(SourceRecord, town.record).listing_id == town.loser
        assert session.get(ChangeRequest, town.request).listing_id == town.loser
        assert {listing.id for listing in read_listings(session)} == {town.winner, town.loser}
        assert session.get(ListingMerge, merged).unmerged_by == "SC 大野"
        assert latest_merges(session) == []
    engine.dispose()


def test_an_unmerge_leaves_what_somebody_changed_since(engine, town):
    merged = merge(engine, town.winner, town.loser, {"service.name": "loser"}, **BY)
    with acting(engine, by="SC", kind="edit", why="電話", now=NOW) as act:
        act.change(town.winner, {"service.summary": "歌とお茶"})
    assert unmerge(engine, merged, **BY).kept == ("summary",)
    values = said(engine, town.winner)[town.winner]
    assert (values["service.name"], values["service.summary"]) == ("ひだまりサロン", "歌とお茶")


def test_a_service_of_many_places_stays_as_it_is_for_the_others(engine, town):
    with writing(engine, by="SC", why="もう一か所", now=NOW) as write:
        shared = write.session.get(ServiceAtLocation, town.winner).service_id
        other = write.add(ServiceAtLocation(
            service_id=shared, status="published", visibility="public", last_modified=NOW)).id
    before = said(engine, town.winner, town.loser, other)
    merged = merge(engine, town.winner, town.loser, {"service.name": "loser"}, **BY)
    after = said(engine, town.winner, other)
    assert (after[town.winner]["service.name"], after[other]["service.name"]) == ("サロン ひだまり（串戸）", "ひだまりサロン")
    unmerge(engine, merged, **BY)
    assert said(engine, town.winner, town.loser, other) == before
    with read_session(engine) as session:
        assert len(session.scalars(select(Service)).all()) == 2
        assert len(session.scalars(select(Organization)).all()) == 2


@pytest.mark.parametrize("once_more", ["again", "backwards", "itself"])
def test_what_is_merged_is_not_merged_again(engine, town, once_more):
    merge(engine, town.winner, town.loser, {}, **BY)
    pair = {"again": (town.winner, town.loser), "backwards": (town.loser, town.winner), "itself": (town.winner, town.winner)}
    with pytest.raises(InvalidRecord):
        merge(engine, *pair[once_more], {}, **BY)


def test_an_unmerge_happens_once(engine, town):
    merged = merge(engine, town.winner, town.loser, {}, **BY)
    unmerge(engine, merged, **BY)
    with pytest.raises(InvalidRecord):
        unmerge(engine, merged, **BY)


def test_a_form_that_was_read_before_an_edit_merges_nothing(engine, town):
    with acting(engine, by="SC", kind="edit", why="電話", now=NOW) as act:
        act.change(town.loser, {"service.summary": "歌"})
    before = said(engine, town.winner, town.loser)
    with pytest.raises(Stale):
        merge(engine, town.winner, town.loser, {}, versions=(1, 1), **BY)
    assert said(engine, town.winner, town.loser) == before


def test_a_merge_is_taken_back_as_a_whole_or_not_at_all(engine, town):
    merge(engine, town.winner, town.loser, {}, **BY)
    with read_session(engine) as session:
        act = session.scalars(select(CurationAct).where(CurationAct.kind == "merge")).one()
        assert [one.loser_id for one in merges_of(session, town.winner)] == [town.loser]
    with pytest.raises(InvalidRecord):
        undo(engine, act.id, "SC", NOW + timedelta(hours=1))


def killed_at(url: str, statement: int, step: Callable[[Engine], object]) -> bool:
    """Take the step in a child that is killed before its n-th statement; False when it ended before that."""
    child = os.fork()
    if child == 0:
        engine, seen = make_engine(url), []

        @event.listens_for(engine, "before_cursor_execute")
        def count(*_arguments: object) -> None:
            seen.append(1)
            if len(seen) == statement:
                os.kill(os.getpid(), signal.SIGKILL)

        step(engine)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL


@pytest.mark.parametrize("every", [45, pytest.param(1, marks=pytest.mark.long)])
def test_killed_at_any_statement_nothing_is_changed_and_the_step_can_be_repeated(sqlite_url, every):
    engine = make_engine(sqlite_url)
    pair = add_listing(engine), add_listing(engine, service={"name": "サロン", "summary": "お茶"}, phone="0829-00-0001")
    apart = said(engine, *pair)

    def joined(of: Engine) -> None:
        merge(of, *pair, {"service.name": "loser"}, **BY)

    def parted(of: Engine) -> None:
        with read_session(of) as session:
            merged = merges_of(session, pair[0])[0].id
        unmerge(of, merged, **BY)

    for step, expected in ((joined, "サロン"), (parted, "みどり町サロン")):
        before, revision, statement = said(engine, *pair), revision_of(engine), 1
        while killed_at(sqlite_url, statement, step):
            assert (said(engine, *pair), revision_of(engine)) == (before, revision)
            statement += every
        assert statement > 20
        assert said(engine, *pair)[pair[0]]["service.name"] == expected
    assert said(engine, *pair) == apart


def revision_of(engine: Engine) -> int:
    with read_session(engine) as session:
        return current_revision(session)
