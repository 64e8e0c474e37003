"""Is a list shown row by row before anything is written, and then taken in exactly as shown?"""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.errors import InvalidRecord
from directory.models import ChangeRequest, CurationAct, Service, ServiceAtLocation, SourceRecord
from directory.uploads.choosing import back_to_columns, choose_columns, confirm, decide
from directory.uploads.receiving import LARGEST, Arrival, drop, receive
from directory.uploads.states import TakenAlready
from directory.writing import writing
from tests.directory.importers.conftest import digest
from tests.directory.uploads.conftest import NOW, SALONS, UploadDesk, changed, csv_of


def names(desk: UploadDesk) -> list[str]:
    with Session(desk.engine) as session:
        wanted = select(Service.name).join(ServiceAtLocation, ServiceAtLocation.service_id == Service.id)
        return sorted(session.scalars(wanted))


def edit(desk: UploadDesk, name: str, **values: object) -> None:
    with writing(desk.engine, by="SC", why="電話で確認", now=NOW) as write:
        listing = write.session.scalar(
            select(ServiceAtLocation).join(Service, Service.id == ServiceAtLocation.service_id).where(Service.name == name))
        write.edit(listing, **values)


def test_nothing_is_written_before_somebody_confirms_and_all_of_it_after(desk):
    empty = digest(desk.engine)
    upload_id = desk.compared(csv_of(SALONS))
    assert desk.kinds(upload_id) == [("insert", name) for name, *_ in SALONS]
    assert digest(desk.engine) == empty
    desk.confirm(upload_id)
    assert desk.now(upload_id).state == "done"
    assert names(desk) == sorted(name for name, *_ in SALONS)
    with Session(desk.engine) as session:
        act = session.scalars(select(CurationAct)).one()
        assert (act.kind, act.id) == ("import", desk.now(upload_id).act_id)
        assert set(session.scalars(select(ServiceAtLocation.status))) == {"review"}


def test_the_next_edition_shows_problems_first_with_rows_and_cells(begun):
    rows = [*changed(0, 3, "毎週木曜 13時～15時")[:2], ("", "津田9", "", "", ""), ("あやめサロン", "津田5", "0829-0", "", "")]
    upload_id = begun.compared(csv_of(rows))
    found = begun.rows(upload_id)
    assert [(row.kind, row.row_number, row.name) for row in found] == [
        ("reject", 4, ""), ("missing", 4, "やまびこサロン"), ("update", 2, "つつじサロン"), ("insert", 5, "あやめサロン"),
        ("noop", 3, "もみじサロン")]
    assert found[0].findings[0][0] == "サロン名"
    assert found[3].findings[0][:2] == ["電話番号", "0829-0"]
    assert found[2].writes == {"schedules": [["毎週水曜 10時～12時"], ["毎週木曜 13時～15時"]]}
    begun.confirm(upload_id)
    assert begun.now(upload_id).counts["reject"] == 1
    assert names(begun) == ["あやめサロン", "つつじサロン", "もみじサロン", "やまびこサロン"]


def test_the_same_change_of_many_rows_is_shown_for_each_of_them(begun):
    phrases = ("毎週木曜 13時～15時", "毎週木曜 13時～15時", "第1金曜 9時～10時")
    rows = [(*cells[:3], phrase, cells[4]) for cells, phrase in zip(SALONS, phrases, strict=True)]
    upload_id = begun.compared(csv_of(rows))
    shown = {row.name: (row.kind, row.writes, row.asks) for row in begun.rows(upload_id)}
    assert shown == {
        cells[0]: ("update", {"schedules": [[cells[3]], [phrase]]}, {}) for cells, phrase in zip(SALONS, phrases, strict=True)}
    begun.confirm(upload_id)
    assert begun.now(upload_id).counts["update"] == 3


def test_what_a_person_edited_is_asked_about_and_not_overwritten(begun):
    edit(begun, "つつじサロン", phone="0829-00-9999")
    upload_id = begun.compared(csv_of(changed(0, 2, "0829-00-0011")))
    assert begun.kinds(upload_id)[0] == ("asked", "つつじサロン")
    begun.confirm(upload_id)
    with Session(begun.engine) as session:
        assert session.scalar(select(ServiceAtLocation.phone).where(ServiceAtLocation.phone.endswith("9999")))
        assert session.scalars(select(ChangeRequest.reason)).all() == ["import"]


def test_columns_are_remembered_for_the_source(desk):
    titles = ("よびな", "住所", "れんらく", "日時", "内容")
    first = desk.send(csv_of(SALONS, titles))
    with pytest.raises(InvalidRecord, match="名称"):
        choose_columns(desk.engine, first, 2, columns={}, kind=None, now=NOW)
    choose_columns(desk.engine, first, 2, columns={"よびな": "name", "れんらく": "phone"}, kind="salon", now=NOW)
    desk.work(first)
    desk.confirm(first)
    again = desk.compared(csv_of(SALONS, titles))
    assert [kind for kind, _ in desk.kinds(again)] == ["noop"] * 3
    # Another list of the same source with the usual titles still finds its way.
    assert [kind for kind, _ in desk.kinds(desk.compared(csv_of(SALONS)))] == ["noop"] * 3


def test_the_same_field_for_two_columns_is_told(desk):
    upload_id = desk.send(csv_of(SALONS))
    with pytest.raises(InvalidRecord, match="両方が「名称」"):
        choose_columns(desk.engine, upload_id, 2, columns={"内容": "name"}, kind=None, now=NOW)


@pytest.mark.parametrize(("content", "name", "words"), [
    (b"%PDF-1.7", "list.csv", "PDF"), ("一\n二\n".encode(), "list.csv", "区切り"),
    (csv_of([("=cmd|'/C calc'!A0", "", "", "", "")]), "list.csv", "計算式"), (b"PK\x03\x04broken", "list.xlsx", "壊れている"),
])
def test_a_file_that_is_no_list_is_refused_as_a_whole(desk, content, name, words):
    upload_id = desk.send(content, name)
    assert desk.now(upload_id).state == "refused"
    assert words in desk.now(upload_id).problem


@pytest.mark.parametrize(("name", "content", "words"), [
    ("list.exe", b"MZ", "種類"), ("list.csv", b"", "空"), ("list.csv", b"x" * (LARGEST + 1), "5 MB")])
def test_what_cannot_be_a_list_is_not_kept(desk, name, content, words):
    with pytest.raises(InvalidRecord, match=words):
        receive(desk.engine, Arrival(name, content), by="SC", staff_id="s", now=NOW)


def test_a_new_row_that_is_there_already_is_merged_kept_apart_or_left_out(desk):
    desk.taken_in(csv_of([(*SALONS[0][:3], "", ""), *SALONS[1:]]))
    upload_id = desk.compared(csv_of(SALONS), source="市 地域包括")
    rows = [row for row in desk.rows(upload_id) if row.kind == "likely"]
    assert [row.name for row in rows] == [name for name, *_ in SALONS]
    decide(desk.engine, upload_id, rows[0].position, "merge", rows[0].likely[0][0])
    decide(desk.engine, upload_id, rows[1].position, "separate")
    with pytest.raises(InvalidRecord):
        decide(desk.engine, upload_id, rows[2].position, "merge", "somewhere else")
    decide(desk.engine, upload_id, rows[2].position, "ignore")
    desk.confirm(upload_id)
    assert names(desk) == ["つつじサロン", "もみじサロン", "もみじサロン", "やまびこサロン"]
    with Session(desk.engine) as session:
        merged = session.get(ServiceAtLocation, rows[0].likely[0][0])
        # What the listing did not say yet is filled in.
        assert [schedule.phrase for schedule in merged.schedules] == ["毎週水曜 10時～12時"]
        assert len(session.scalars(select(SourceRecord).where(SourceRecord.listing_id == merged.id)).all()) == 2
    # The next edition knows what was decided: the merged row has changed nothing, the row left out is proposed as left out.
    again = desk.rows(desk.compared(csv_of(SALONS), source="市 地域包括"))
    assert [(row.kind, row.decision) for row in again] == [("likely", "ignore"), ("noop", None), ("noop", None)]


def test_a_row_that_belongs_to_a_listing_merged_away_follows_it(begun):
    with writing(begun.engine, by="SC", why="統合", now=NOW) as write:
        loser, winner = write.session.scalars(select(ServiceAtLocation).order_by(ServiceAtLocation.phone).limit(2)).all()
        write.edit(loser, merged_into=winner.id)
    upload_id = begun.compared(csv_of(changed(0, 3, "毎週日曜 9時～")))
    assert [(row.kind, row.listing_id) for row in begun.rows(upload_id)][:1] == [("asked", winner.id)]


def test_of_two_who_confirm_one_wins_and_the_other_is_told(desk):
    upload_id = desk.compared(csv_of(SALONS))
    seen = desk.now(upload_id).version
    confirm(desk.engine, upload_id, seen, by="SC 佐伯", publish=False, rest="ignore", now=NOW)
    with pytest.raises(TakenAlready, match="SC 佐伯さんが先に"):
        confirm(desk.engine, upload_id, seen, by="SC 大野", publish=False, rest="ignore", now=NOW)
    desk.work(upload_id)
    desk.work(upload_id)
    assert len(names(desk)) == 3


def test_what_changed_after_the_table_was_made_is_shown_before_it_is_written(begun):
    upload_id = begun.compared(csv_of(changed(0, 2, "0829-00-0011")))
    assert begun.kinds(upload_id)[0] == ("update", "つつじサロン")
    edit(begun, "つつじサロン", phone="0829-00-9999")
    before = digest(begun.engine)
    begun.confirm(upload_id)
    assert (begun.now(upload_id).state, digest(begun.engine)) == ("rows", before)
    assert "表を見たあとに" in begun.now(upload_id).problem
    assert begun.kinds(upload_id)[0] == ("asked", "つつじサロン")


def test_a_fault_of_ours_leaves_the_table_as_it_was(desk, monkeypatch):
    upload_id = desk.compared(csv_of(SALONS))
    monkeypatch.setattr("directory.importers.importing.carry_out", lambda *_given: 1 / 0)
    desk.confirm(upload_id)
    assert desk.now(upload_id).state == "rows"
    assert "不具合" in desk.now(upload_id).problem
    assert names(desk) == []


def test_one_can_go_back_to_the_columns_or_give_it_up(desk):
    upload_id = desk.compared(csv_of(SALONS))
    version = back_to_columns(desk.engine, upload_id, desk.now(upload_id).version)
    with pytest.raises(TakenAlready):
        drop(desk.engine, upload_id, version - 1)
    drop(desk.engine, upload_id, version)
    assert (desk.now(upload_id).state, desk.rows(upload_id)) == ("dropped", [])


def test_the_annotated_copy_put_on_the_desk_again_gives_the_same_table(desk, tmp_path):
    rows = [("-", "津田1", "", "", ""), ("'=1+1サロン", "津田2", "0829-00-0002", "＋", "@"), *SALONS, SALONS[1]]
    upload_id = desk.compared(csv_of(rows))
    again = desk.compared(desk.copy(upload_id), "list.xlsx")
    assert desk.now(again).agreed == desk.now(upload_id).agreed
    assert [(row.kind, row.row_number, row.findings) for row in desk.rows(again)] == [
        (row.kind, row.row_number, row.findings) for row in desk.rows(upload_id)]
