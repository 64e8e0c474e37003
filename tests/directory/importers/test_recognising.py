"""Is the table found in a departmental sheet, whatever stands above, between and below it?"""

import json
from datetime import time

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.errors import ImportRefused
from directory.importers.fields import field_of, title_key
from directory.importers.reading.file import Sheet
from directory.importers.recognising import is_known
from directory.importers.tables import table_of
from directory.models import ColumnMap, ServiceAtLocation
from tests.directory.importers.conftest import FIXTURES
from tests.directory.importers.files import write_csv, write_xlsx


def table(*rows, merged=()):
    return table_of(
        Sheet("一覧", False, list(merged), [(n, list(cells)) for n, cells in enumerate(rows, start=1)]), is_known
    )


@pytest.mark.parametrize(("title", "name"), [
    ("都道府県コ―ド又は市区町村コ―ド", "municipality_code"), ("名　称", "name"), ("ＴＥＬ", "phone"), ("電話番号（市外局番から）", "phone"),
    ("緯 度", "latitude"), ("サロン\n名", "name"), ("※住所", "address"), ("所管課", None), ("№", "id"), ("好きな食べ物", None),
])
def test_a_title_is_known_however_it_is_typed(title, name):
    assert field_of(title) == name


def test_title_rows_above_are_heading_and_not_data():
    found = table(["令和8年度 サロン一覧", "", ""], ["", "", "4月1日現在"], ["サロン名", "住所", "電話"], ["つつじ", "津田1", "0829-00-0001"])
    assert found.titles == ("サロン名", "住所", "電話")
    assert found.heading == "令和8年度 サロン一覧 4月1日現在"
    assert [row.number for row in found.rows] == [4]


def test_titles_over_two_rows_are_joined():
    found = table(["サロン名", "開催", "", "代表者", ""], ["", "曜日", "時間", "氏名", "電話"], ["つつじ", "水", "10時", "見本", "1"],
                  merged=[(0, 1, 0, 2), (0, 3, 0, 4), (0, 0, 1, 0)])
    assert found.titles == ("サロン名", "開催_曜日", "開催_時間", "代表者_氏名", "代表者_電話")
    assert found.rows[0].cells["代表者_電話"] == "1"


def test_notes_blank_rows_section_headings_and_repeated_titles_are_counted_not_imported():
    found = table(
        ["サロン名", "住所", "電話"], ["【佐伯】", "", ""], ["つつじ", "津田1", ""], ["サロン名", "住所", "電話"], ["", "", ""],
        ["■吉和", "", ""], ["もみじ", "吉和2", ""], ["※太字は新規", "", ""], ["合計", "", ""])
    assert [(row.cells["サロン名"], row.section) for row in found.rows] == [("つつじ", "【佐伯】"), ("もみじ", "■吉和")]
    assert found.skipped == {
        "表の前の行": 0, "区切りの見出し": 2, "見出しのくりかえし": 1, "空の行": 1, "注記の行": 2}


def test_a_merged_cell_holds_for_every_row_it_covers():
    found = table(["地区", "サロン名", "住所"], ["津田", "つつじ", "1"], ["", "もみじ", "2"], merged=[(1, 0, 2, 0)])
    assert [row.cells["地区"] for row in found.rows] == ["津田", "津田"]


def test_a_column_without_a_title_and_a_title_used_twice_lose_nothing():
    found = table(["サロン名", "住所", "電話", "電話", ""], ["つつじ", "津田1", "1", "2", "手書きのメモ"])
    assert found.rows[0].cells == {"サロン名": "つつじ", "住所": "津田1", "電話": "1", "電話 (2)": "2", "5列目": "手書きのメモ"}


def test_a_sheet_without_titles_is_no_table():
    assert table(["1", "2"], ["3", "4"]) is None


def test_all_dashes_and_long_vowels_are_one():
    assert len({title_key(f"コ{dash}ド") for dash in "-‐‑‒–—―−－ー─"}) == 1


def test_a_workbook_of_several_sheets_is_read_whole_and_what_is_left_out_is_named(run, tmp_path):
    path = write_xlsx(tmp_path / "list.xlsx", [["サロン名", "住所", "開始時間"], ["つつじ", "津田1", time(13, 30)]], hidden=("控え",))
    report = run(path)
    assert report.insert == 1
    import xlsxwriter
    book = xlsxwriter.Workbook(tmp_path / "two.xlsx")
    for name, rows in (("サロン", [["サロン名", "住所"], ["つつじ", "津田1"]]), ("メモ", [["あれこれ"], ["いろいろ"]])):
        page = book.add_worksheet(name)
        for number, cells in enumerate(rows):
            page.write_row(number, 0, cells)
    book.close()
    report = run(tmp_path / "two.xlsx")
    assert (report.insert, report.not_data["見出しの分からないシート「メモ」の行"]) == (1, 2)
    assert "メモ" in report.notes[0]


def test_a_map_overrides_and_is_remembered_for_its_source(run, engine, tmp_path):
    path = write_csv(tmp_path / "list.csv", [["あつまり", "ところ", "電話番号"], ["つつじの会", "津田1", "0829-00-0001"]])
    with pytest.raises(ImportRefused, match="見出し"):
        run(path, source="手作りの表")
    overrides = {"name": "あつまり", "address": "ところ", "phone": None}
    run(path, source="手作りの表", overrides=overrides)
    with Session(engine) as session:
        listing = session.scalar(select(ServiceAtLocation))
        assert (listing.service.name, listing.location.town, listing.phone) == ("つつじの会", "津田", None)
        assert listing.other_facts == {"電話番号": "0829-00-0001"}
        assert session.scalar(select(ColumnMap)).columns["columns"] == overrides
    assert run(path, source="手作りの表").noop == 1


@pytest.mark.parametrize(("overrides", "problem"), [
    ({"nama": "名称"}, "「nama」という項目はありません"), ({"name": "無い列"}, "「無い列」が見つかりません"), ({"name": ["a"]}, "文字で書いて"),
])
def test_a_wrong_map_is_refused_with_what_there_is(overrides, problem, run):
    with pytest.raises(ImportRefused, match=problem):
        run(FIXTURES / "free_form.csv", overrides=overrides)


def test_a_row_without_a_name_is_rejected_with_its_number_and_what_to_do(run):
    report = run(FIXTURES / "free_form.csv")
    assert report.reject == 1
    finding = report.rejects[0]
    assert (finding.row, finding.column) == (9, "サロン名")
    assert finding.sentence.endswith("名称を入れるか、表ではない行なら消してください。")


def test_the_report_is_one_json_object_with_the_map_in_it(run):
    told = json.loads(json.dumps(run(FIXTURES / "free_form.csv").as_json(), ensure_ascii=False))
    outcomes = ("insert", "update", "noop", "reject")
    assert told["rows"] == sum(told[outcome] for outcome in outcomes) + sum(told["others"].values())
    assert told["map"][0]["columns"]["代表者_氏名"] == "representative"
    assert set(told["rejects"][0]) == {"table", "row", "column", "value", "problem", "what_to_do"}


def test_what_is_to_be_looked_at_is_told_from_the_top_of_the_file_down(run, tmp_path):
    report = run(write_csv(tmp_path / "list.csv", [["名称", "住所"], *([name, f"津田{name}"] for name in "もこはあゆ")]))
    assert [finding.row for finding in report.warnings] == [2, 3, 4, 5, 6]


def test_visibility_and_homes_are_kept_from_the_public(run, engine, tmp_path):
    rows = [
        ["名称", "住所", "会場", "公開"], ["つつじ", "津田1", "集会所", "○"], ["もみじ", "津田2", "個人宅", "非公開"], ["あやめ", "津田3", "", "要相談"]
    ]
    report = run(write_csv(tmp_path / "list.csv", rows))
    with Session(engine) as session:
        found = {listing.service.name: listing for listing in session.scalars(select(ServiceAtLocation))}
        visible = {name: listing.visibility for name, listing in found.items()}
        assert visible == {"つつじ": "public", "もみじ": "staff", "あやめ": "staff"}
        assert {name for name, listing in found.items() if listing.location.masked} == {"もみじ"}
    assert any("意味が分からない" in finding.problem for finding in report.warnings)
