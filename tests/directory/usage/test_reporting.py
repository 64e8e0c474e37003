"""Do the tables say what was counted, with its definition, and never a number so small that it points at somebody?"""

import csv
import json
from datetime import date, datetime
from io import StringIO
from pathlib import Path

import pytest
from sqlalchemy import insert

from directory.db import read_session
from directory.errors import InvalidSettings
from directory.exporters.cells import FORMULA_STARTS, safe_cell
from directory.models import DemandCount, PageViews, ViewerMonth
from directory.settings import Settings
from directory.usage import DEFINITION, PAGES, demand_sheet, monthly_demand, monthly_viewers, viewers_sheet
from directory.vocabulary import load_vocabulary
from scripts import pull_inbox, usage_report

DATA = Path(__file__).parents[3] / "data"


def add(engine, model, *rows):
    with engine.begin() as connection:
        connection.execute(insert(model), list(rows))


def wanted(searches, empty=0, *, day=date(2026, 11, 3), area="佐伯", parameter="need", term="exercise"):
    return {"day": day, "area": area, "parameter": parameter, "term": term, "searches": searches, "empty": empty}


def demand_of(engine):
    with read_session(engine) as session:
        return monthly_demand(session)


@pytest.fixture
def months(engine):
    add(engine, ViewerMonth, {"month": "2026-11", "viewers": 812, "since": date(2026, 11, 22), "closed": True},
        {"month": "2026-12", "viewers": 90, "since": date(2026, 12, 1), "closed": False})
    add(engine, PageViews, {"month": "2026-11", "page": "home", "views": 1000},
        {"month": "2026-11", "page": "search", "views": 500}, {"month": "2026-12", "page": "home", "views": 100})
    with read_session(engine) as session:
        return monthly_viewers(session)


def test_months_come_newest_first_with_their_pages(months):
    assert [(row.month, row.viewers, row.views, row.is_whole, row.closed) for row in months] == [
        ("2026-12", 90, 100, True, False), ("2026-11", 812, 1500, False, True)]
    assert months[1].pages == {"home": 1000, "search": 500}


def test_the_sheet_begins_with_the_definition_and_says_what_is_not_whole(months):
    rows = list(csv.reader(StringIO(viewers_sheet(months))))
    assert [row[0] for row in rows[1:len(DEFINITION) + 1]] == list(DEFINITION)
    head = rows[len(DEFINITION) + 2]
    december, november = rows[len(DEFINITION) + 3:]
    assert head[:3] == ["月", "閲覧ユーザー", "ページの閲覧数"]
    assert len(head) == 4 + len(PAGES)
    assert (november[:4], november[-1]) == (["2026-11", "812", "1500", "1000"], "11月22日から数えています。")
    assert december[-1] == "まだ月の途中です。"


@pytest.mark.parametrize(("counts", "shown"), [
    ([(4, 0)], []), ([(5, 0)], [(5, 0)]), ([(3, 0), (2, 0)], [(5, 0)]), ([(9, 4)], [(9, None)]), ([(9, 5)], [(9, 5)]),
])
def test_less_than_five_is_never_shown(engine, counts, shown):
    add(engine, DemandCount, *(
        wanted(searches, empty, day=date(2026, 11, number)) for number, (searches, empty) in enumerate(counts, 1)))
    assert [(row.searches, row.empty) for row in demand_of(engine)] == shown


def test_months_and_areas_are_not_added_up_to_reach_five(engine):
    add(engine, DemandCount, wanted(4), wanted(4, area="大野"), wanted(4, day=date(2026, 12, 1)))
    assert demand_of(engine) == ()


def test_the_demand_sheet_names_terms_in_japanese(engine):
    add(engine, DemandCount, wanted(9), wanted(8, parameter="day", term="wed"),
        wanted(7, 6, area="", parameter="", term=""),
        wanted(6, parameter="wheelchair", term="yes"), wanted(5, parameter="gone", term="long_ago"))
    sheet = demand_sheet(demand_of(engine), load_vocabulary(DATA / "vocabulary"))
    rows = list(csv.reader(StringIO(sheet)))
    table = {tuple(row[1:5]) for row in rows if row and row[0] == "2026-11"}
    assert ("佐伯", "曜日", "水曜", "8") in table
    assert ("（地域の指定なし）", "すべての検索", "", "7") in table
    assert any(row[0] == "佐伯" and row[3] == "6" and row[1] != "wheelchair" for row in table)
    assert ("佐伯", "gone", "long_ago", "5") in table


@pytest.mark.parametrize("start", FORMULA_STARTS)
def test_no_cell_is_a_formula(start):
    assert safe_cell(f"{start}1+1").startswith("'")
    assert safe_cell("佐伯") == "佐伯"
    assert safe_cell(-1) == -1


def test_an_area_that_looks_like_a_formula_stays_a_text(engine):
    add(engine, DemandCount, wanted(9, area="=cmd|'/c calc'!A1"))
    sheet = demand_sheet(demand_of(engine), load_vocabulary(DATA / "vocabulary"))
    assert "'=cmd" in sheet
    assert "\n2026-11,=cmd" not in sheet


def test_the_command_prints_both_tables(engine, database_url, months, capsys):
    add(engine, DemandCount, wanted(9))
    assert usage_report.main(["--json", "--database", database_url]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed["viewers"]["months"][0] | {"pages": None} == {
        "month": "2026-12", "viewers": 90, "views": 100, "since": "2026-12-01", "closed": False, "pages": None}
    assert printed["demand"]["rows"][0]["searches"] == 9
    assert usage_report.main(["--csv", "--database", database_url]) == 0
    text = capsys.readouterr().out
    assert "月間閲覧ユーザー" in text
    assert "さがされた言葉" in text


@pytest.mark.parametrize("command", [usage_report.main, pull_inbox.main])
def test_a_database_without_tables_is_told_in_one_sentence(command, tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("YORIDOKORO_INSTANCE", str(tmp_path))
    monkeypatch.setenv("INBOX_DATABASE_URL", f"sqlite:///{tmp_path / 'inbox.db'}")
    assert command(["--database", f"sqlite:///{tmp_path / 'empty.db'}"]) == 1
    assert "scripts.migrate up" in capsys.readouterr().err


def test_a_network_that_is_none_is_told():
    with pytest.raises(InvalidSettings, match="YORIDOKORO_STAFF_NETWORKS"):
        Settings.from_environment({"YORIDOKORO_STAFF_NETWORKS": "10.0.0.0/99"})


def test_times_are_utc_and_months_japanese():
    from directory.japan_time import in_japan, in_utc
    from directory.usage.months import month_of

    assert month_of(in_japan(datetime(2026, 11, 30, 15, 0))) == "2026-12"
    assert in_utc(datetime(2026, 12, 1, 0, 0)) == datetime(2026, 11, 30, 15, 0)
