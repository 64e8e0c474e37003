"""Who stands on the phone list, what does a call leave behind, and how far is the yearly round?"""

import shutil
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from directory import calling
from directory.activity import EVERYWHERE, activity, report_file
from directory.calling import Call
from directory.campaign import campaign, campaign_year
from directory.curation.undoing import undo
from directory.curation.values import values_of
from directory.db import make_engine, read_session
from directory.errors import InvalidRecord, Stale
from directory.importers.reading.file import read_file
from directory.inbox.questions import CONFIRM, ask
from directory.models import InboxItem, ServiceAtLocation
from tests.factories import NOW, add_listing

TODAY = NOW.date()
BEGINS = calling.list_begins(TODAY)
SAEKI, ONO = [("地域", "佐伯")], [("地域", "大野")]


@pytest.fixture
def engine(tmp_path: Path, migrated_file: Path) -> Iterator[Engine]:
    engine = make_engine(f"sqlite:///{shutil.copy(migrated_file, tmp_path / 'directory.db')}")
    yield engine
    engine.dispose()


def names(engine: Engine, *areas: str) -> list[str]:
    with read_session(engine) as session:
        return [row.name for row in calling.phone_list(session, BEGINS, areas)]


def stored(engine: Engine, listing_id: str) -> ServiceAtLocation:
    with read_session(engine) as session:
        return session.get_one(ServiceAtLocation, listing_id)


def add(engine: Engine, name: str, days_ago: int | None, **more: object) -> str:
    assured = None if days_ago is None else TODAY - timedelta(days=days_ago)
    return add_listing(engine, service={"name": name}, assured_date=assured, **more)


def test_the_list_holds_what_nobody_confirmed_for_eleven_months_the_oldest_first(engine: Engine) -> None:
    add(engine, "去年", 400, areas=SAEKI), add(engine, "一度もない", None, areas=ONO), add(engine, "11か月", 340)
    add(engine, "この前", 30), add(engine, "10か月", 320), add(engine, "終わった", 500, status="closed")
    add(engine, "休み中", 360, status="paused"), add(engine, "載せない", 500, visibility="none")
    assert names(engine) == ["一度もない", "去年", "休み中", "11か月"]
    assert names(engine, "佐伯") == ["去年"]


def test_a_call_that_reached_somebody_is_one_act_with_its_changes_and_can_be_undone(engine: Engine) -> None:
    first = add(engine, "団地サロン", 400, phone="0829-00-0001", attributes={"chairs": "no"})
    other = add(engine, "団地体操", 400, phone="0829-00-0001")
    question = ask(engine, CONFIRM, {"listing": first, "attribute": "wheelchair"}, NOW)
    with read_session(engine) as session:
        assert [row.name for row in calling.same_number(calling.phone_list(session, BEGINS), first)] == ["団地体操"]
        assert calling.asked_of(session, first) == [(question, "wheelchair")]
    act = calling.record(
        engine, first, Call(calling.REACHED, 7, "世話人がかわった"), by="SC", now=NOW, version=1, together=[other],
        values={"listing.phone_hours": "平日", "attributes": {"chairs": "no", "wheelchair": "yes"}}, answered=[question])
    with read_session(engine) as session:
        assert session.get_one(InboxItem, question).state == "done"
        assert values_of(session, first)["attributes"] == {"chairs": "no", "wheelchair": "yes"}
        assert [(one.outcome, one.minutes) for one in calling.attempts(session, first)] == [("reached", 7)]
        assert [(one.outcome, one.minutes) for one in calling.attempts(session, other)] == [("reached", None)]
    assert {stored(engine, one).assured_date for one in (first, other)} == {TODAY} and names(engine) == []
    undo(engine, act, by="SC", now=NOW)
    assert stored(engine, first).assured_date == TODAY - timedelta(days=400)
    assert stored(engine, first).phone_hours is None and len(names(engine)) == 2


def test_nobody_there_leaves_a_day_to_try_again_and_confirms_nothing(engine: Engine) -> None:
    listing = add(engine, "るすの会", 400)
    with pytest.raises(InvalidRecord, match="次に"):
        calling.record(engine, listing, Call(calling.ABSENT), by="SC", now=NOW)
    calling.record(engine, listing, Call(calling.ABSENT, 1, "夕方に", TODAY + timedelta(days=2)), by="SC", now=NOW)
    with read_session(engine) as session:
        [row] = calling.phone_list(session, BEGINS)
    assert (row.is_due(TODAY), row.is_due(TODAY + timedelta(days=2))) == (False, True)
    assert stored(engine, listing).assured_date == TODAY - timedelta(days=400) and stored(engine, listing).version == 1


def test_who_was_overtaken_is_told_and_nothing_is_written(engine: Engine) -> None:
    listing = add(engine, "急ぎの会", 400)
    with pytest.raises(Stale):
        calling.record(engine, listing, Call(calling.REACHED), by="SC", now=NOW, version=9)
    with read_session(engine) as session:
        assert calling.attempts(session, listing) == []


def test_the_round_of_the_year_counts_each_area_and_each_listing_once_in_all(engine: Engine) -> None:
    assert [campaign_year(date(2026, month, 1)) for month in (3, 4, 12)] == [2025, 2026, 2026]
    add(engine, "済", 100, areas=SAEKI, assured_how="訪問"), add(engine, "まだ", 400, areas=[*SAEKI, *ONO])
    tried = add(engine, "るす", 400, areas=ONO)
    calling.record(engine, tried, Call(calling.ABSENT, again_on=TODAY), by="SC", now=NOW)
    with read_session(engine) as session:
        found = campaign(session, 2026, ("佐伯", "大野"))
    assert [(row.area, row.total, row.confirmed, row.tried, row.left) for row in (found.whole, *found.areas)] == [
        ("", 3, 1, 1, 1), ("佐伯", 2, 1, 0, 1), ("大野", 2, 0, 1, 1)]
    assert (found.by_how, found.whole.percent) == ({"訪問": 1}, 33)


def test_the_report_counts_what_was_done_in_the_month_and_not_what_was_taken_back(engine: Engine, tmp_path: Path) -> None:
    october = datetime(2026, 10, 31, 14, 59)  # the last minute of October in Japan, in UTC
    old = add(engine, "前からある会", 400, areas=SAEKI, now=october)
    taken_back = add(engine, "取り消した会", 400, areas=ONO)
    calling.record(engine, old, Call(calling.REACHED, 5), by="SC", now=NOW, values={"listing.phone_hours": "平日"})
    undo(engine, calling.record(engine, taken_back, Call(calling.REACHED), by="SC", now=NOW), by="SC", now=NOW)
    calling.record(engine, taken_back, Call(calling.ABSENT, 2, again_on=TODAY), by="SC", now=NOW)
    with read_session(engine) as session:
        november, before = (activity(session, day, ("佐伯", "大野")) for day in (TODAY, date(2026, 10, 5)))
    whole = november.rows[EVERYWHERE]
    assert {key: whole[key] for key in ("standing", "confirmed", "added", "changed", "phoned", "reached", "minutes")} == {
        "standing": 2, "confirmed": 1, "added": 1, "changed": 1, "phoned": 3, "reached": 2, "minutes": 7}
    assert (november.rows["佐伯"]["confirmed"], november.rows["大野"]["confirmed"], before.whole["added"]) == (1, 0, 1)
    path = tmp_path / "activity.xlsx"
    path.write_bytes(report_file(november, before, TODAY))
    numbers, defined = read_file(path).sheets
    rows = {cells[0]: cells for _number, cells in numbers.rows if cells}
    assert rows["項目"][:4] == ["項目", "単位", "全体", "佐伯"] and list(map(float, rows["確認した"][2:5])) == [1, 1, 0]
    assert any("分母" in str(cells[0]) for _number, cells in defined.rows)
    with read_session(engine) as session:
        assert session.scalar(select(ServiceAtLocation.assured_date).where(ServiceAtLocation.id == taken_back)) != TODAY
