"""Is the directory after an undo what it was before the act, and is nothing lost of what came between?"""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings, strategies
from sqlalchemy import delete

from directory.curation import Decision, acting, acts, decide, proposal, propose, recorded, restore, undo, values_of
from directory.curation.images import TABLES
from directory.db import make_engine, read_session
from directory.errors import InvalidRecord, NotFound, Stale
from directory.models import ServiceAtLocation
from directory.writing import changed_since, current_revision, writing
from tests.directory.curation.test_acting import CHANGES, change, said
from tests.directory.curation.town import NOW, SC, add_pair, everything, version
from tests.factories import add_listing

LATER = NOW + timedelta(hours=1)


def by_change(engine, first, second):
    return change(engine, first, {"service.name": "別の名前", "attributes": {"steps": "no"}, "areas": [["地域", "新しい地域"]]})


def by_split(engine, first, second):
    return change(engine, first, {"organization.name": "別の団体", "location.name": "別の会場"}, only_here=True)


def by_all(engine, first, second):
    return change(engine, first, CHANGES | {"location.exists": True, "schedules": [], "roles": []})


def by_creating(engine, first, second):
    with acting(engine, by=SC, kind="create", why="", now=NOW) as act:
        act.create({"service.name": "新しい会", "service.kind": "salon", "location.name": "会館", "areas": [["地域", "吉和"]]})
    return act.id


def by_status(engine, first, second):
    with acting(engine, by=SC, kind="status", why="", now=NOW) as act:
        act.status(first, "closed", reason="世話人の引退")
        act.assure(second, "電話", date(2026, 11, 24))
    return act.id


def by_cancelling(engine, first, second):
    with acting(engine, by=SC, kind="cancel", why="", now=NOW) as act:
        act.cancel(first, date(2026, 11, 24))
    return act.id


def by_deciding(engine, first, second):
    made = propose(engine, first, {"listing.phone": "0829-00-0007"}, "report", "張り紙を見ました", None, NOW)
    before = everything(engine)
    act_id = decide(engine, made, {"listing.phone": Decision("accept")}, version(engine, first), SC, NOW)
    undo(engine, act_id, SC, LATER)
    assert everything(engine) == before
    return decide(engine, made, {"listing.phone": Decision("reject", reason="古い")}, version(engine, first), SC, NOW)


ACTS = [by_split, by_all, by_creating, by_status, *(
    pytest.param(do, marks=pytest.mark.long) for do in (by_change, by_cancelling))]


@pytest.mark.parametrize("do", ACTS)
def test_an_act_undone_is_the_state_before(both, do):
    first, second = add_pair(both)
    before, old = everything(both), version(both, first)
    act_id = do(both, first, second)
    assert everything(both) != before
    with read_session(both) as session:
        revision = current_revision(session)
    undone = undo(both, act_id, "SC 山田", LATER)
    assert everything(both) == before
    assert version(both, first) >= old
    with read_session(both) as session:
        assert changed_since(session, revision)
        newest, done = acts(session)[:2]
        assert (newest.id, newest.undoes, done.undone_by) == (undone.act_id, act_id, "SC 山田")


def test_an_undone_decision_waits_again(engine):
    first, second = add_pair(engine)
    act_id = by_deciding(engine, first, second)
    with read_session(engine) as session:
        request = acts(session, kinds=["reject"])[0].change_request_id
    undo(engine, act_id, SC, LATER)
    with read_session(engine) as session:
        waiting = proposal(session, request)
        assert (waiting.state, waiting.fields[0].decision, waiting.act_id) == ("open", None, None)


def test_a_listing_proposed_and_made_is_gone_again_and_its_proposal_waits(both):
    before = everything(both)
    made = propose(both, None, {"service.name": "新しい会", "service.kind": "salon"}, "application", "", None, NOW)
    accept = {"service.name": Decision("accept"), "service.kind": Decision("accept")}
    act_id = decide(both, made, accept, 1, SC, NOW)
    with read_session(both) as session:
        assert proposal(session, made).listing_name == "新しい会"
    undo(both, act_id, SC, LATER)
    with read_session(both) as session:
        waiting = proposal(session, made)
        assert (waiting.state, waiting.listing_id, waiting.version) == ("open", None, 3)
    with pytest.raises(Stale):
        decide(both, made, accept, 2, SC, LATER)
    with writing(both, by="test", why="away", now=NOW) as write:
        for name in ("change_request_field", "change_request"):
            write.session.execute(delete(TABLES[name]))
    assert everything(both) == before


KEYS = strategies.lists(strategies.sampled_from(sorted(CHANGES)), min_size=1, max_size=5, unique=True)
ON_ONE_DATABASE = [HealthCheck.function_scoped_fixture]


def undo_gives_back(url: str, first_keys: list[str], then_keys: list[str], only_here: bool) -> None:
    """Two changes, one after the other, undone in turn."""
    engine = make_engine(url)
    first, _ = add_pair(engine)
    steps = []
    for keys in (first_keys, then_keys):
        before = everything(engine)
        values = {key: CHANGES[key] for key in keys} | ({"listing.phone": "1"} if keys is first_keys else {"listing.phone": "2"})
        steps.append((before, change(engine, first, values, only_here=only_here)))
    for before, act_id in reversed(steps):
        undo(engine, act_id, SC, LATER)
        assert everything(engine) == before
    engine.dispose()


@settings(max_examples=4, suppress_health_check=ON_ONE_DATABASE)
@given(KEYS, KEYS, strategies.booleans())
def test_any_changes_undone_are_the_state_before(sqlite_url, first, then, only_here):
    undo_gives_back(sqlite_url, first, then, only_here)


@pytest.mark.long
@settings(max_examples=40, suppress_health_check=ON_ONE_DATABASE)
@given(KEYS, KEYS, strategies.booleans())
def test_very_many_changes_undone_are_the_state_before(sqlite_url, first, then, only_here):
    undo_gives_back(sqlite_url, first, then, only_here)


@pytest.mark.parametrize(("again", "later", "what"), [
    (False, timedelta(hours=25), "24時間"), (True, timedelta(hours=1), "もう取り消され"),
])
def test_an_undo_too_late_or_a_second_time_is_refused(engine, again, later, what):
    first, second = add_pair(engine)
    act_id = by_change(engine, first, second)
    if again:
        undo(engine, act_id, SC, NOW)
    before = everything(engine)
    with pytest.raises(InvalidRecord, match=what):
        undo(engine, act_id, SC, NOW + later)
    assert everything(engine) == before


@pytest.mark.parametrize("values", [{"service.name": "さらに別"}, {"attributes": {"steps": "yes"}}])
def test_an_undo_that_would_lose_a_later_edit_is_refused(engine, values):
    first, second = add_pair(engine)
    act_id = by_change(engine, first, second)
    change(engine, second if "service.name" in values else first, values)
    before = everything(engine)
    with pytest.raises(InvalidRecord, match="直されている"):
        undo(engine, act_id, SC, LATER)
    assert everything(engine) == before


def test_a_new_listing_another_went_into_is_not_taken_away(engine):
    with acting(engine, by=SC, kind="create", why="", now=NOW) as act:
        made = act.create({"service.name": "新しい会", "service.kind": "salon"})
    add_listing(engine, merged_into=made, status="closed")
    with pytest.raises(InvalidRecord):
        undo(engine, act.id, SC, LATER)
    assert said(engine, made)["service.name"] == "新しい会"


def test_a_later_edit_of_something_else_stays_when_the_act_is_undone(engine):
    first, second = add_pair(engine)
    act_id = change(engine, first, {"listing.phone": "0829-00-0002"})
    change(engine, first, {"listing.web": "https://www.example.jp/"})
    undo(engine, act_id, SC, LATER)
    now = said(engine, first)
    assert (now["listing.phone"], now["listing.web"]) == ("0829-00-0001", "https://www.example.jp/")


def test_an_act_nobody_knows_is_not_found(engine):
    with pytest.raises(NotFound):
        undo(engine, "nobody", SC, NOW)


def test_of_an_import_taken_back_the_listings_edited_since_stay_and_are_told(both):
    old = add_listing(both, phone="1")
    before = said(both, old)
    with writing(both, by="取り込み", why="表", now=NOW) as write, recorded(write, "import") as act:
        act.change(old, {"listing.phone": "2"})
        new = [act.create({"service.name": f"会{number}", "service.kind": "salon"}) for number in range(2)]
    change(both, new[1], {"service.summary": "人が直した"})
    undone = undo(both, act.id, SC, NOW + timedelta(days=30))
    assert undone.kept == (new[1],)
    assert said(both, old) == before
    assert said(both, new[1])["service.summary"] == "人が直した"
    with read_session(both) as session:
        assert session.get(ServiceAtLocation, new[0]) is None
    with pytest.raises(NotFound):
        said(both, new[0])


def test_an_older_version_comes_back_field_by_field(engine):
    first, _ = add_pair(engine)
    with read_session(engine) as session:
        number = current_revision(session)
    before = said(engine, first)
    change(engine, first, {"service.name": "一", "listing.phone": "0829-00-0002", "schedules": ["毎週金曜 9時～"]})
    change(engine, first, {"service.name": "二", "roles": [], "service.fees": []})
    assert restore(engine, first, number, SC, LATER, keys=["listing.phone"])
    assert said(engine, first)["listing.phone"] == "0829-00-0001" and said(engine, first)["service.name"] == "二"
    restore(engine, first, number, SC, LATER, version=version(engine, first))
    after = said(engine, first)
    assert [key for key in after if after[key] != before[key] and key != "roles"] == []
    assert [role["name"] for role in after["roles"]] == ["麦茶係"]
    with pytest.raises(NotFound):
        restore(engine, first, 999, SC, LATER)
    with pytest.raises(Stale):
        restore(engine, first, number, SC, LATER, version=1)


def test_a_restored_version_is_read_by_value_and_can_be_undone(both):
    first, _ = add_pair(both)
    with read_session(both) as session:
        number = current_revision(session)
    change(both, first, {"service.minimum_age": "65", "attributes": {}})
    before = everything(both)
    act_id = restore(both, first, number, SC, LATER)
    with read_session(both) as session:
        assert values_of(session, first)["service.minimum_age"] is None
        assert values_of(session, first)["attributes"] == {"chairs": "yes"}
    undo(both, act_id, SC, LATER)
    assert everything(both) == before
