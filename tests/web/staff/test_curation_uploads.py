"""Does a coordinator get a department's list in and out again? Step by step, told what is wrong, and nobody overtaken."""

import io
import json
import time

import pytest
from sqlalchemy import event, select, update

from directory.db import read_session, write_session
from directory.models import Upload, UploadFile
from directory.uploads.background import begin
from directory.uploads.progress import WRITE, Progress, progress_file
from directory.uploads.states import upload
from directory.uploads.working import work
from tests.directory.uploads.conftest import SALONS, changed, csv_of
from tests.web.staff.conftest import NOON, StaffSite, form_token
from web.staff.files import KEY

LIST = "/desk/curation/uploads"
HOSTILE = "<script>alert(1)</script>"


@pytest.fixture(scope="module")
def curator(staff_site: StaffSite):
    """A browser of an SC; the background works at once."""
    engine = staff_site.app.extensions["yoridokoro"].engine
    staff_site.app.extensions[KEY] = lambda upload_id, now, _what: work(
        engine, staff_site.settings, upload_id, now)
    return staff_site.client(staff_site.people["curator"])


def send(client, content: bytes, name: str = "一覧.csv", source: str = ""):
    fields = {"form_token": form_token(client, LIST), "source": source, "file": (io.BytesIO(content), name)}
    return client.post(LIST, data=fields, content_type="multipart/form-data")


def press(client, address: str, **fields: str):
    return client.post(address, data={"form_token": form_token(client, LIST), **fields})


def version(site: StaffSite, address: str) -> str:
    with read_session(site.app.extensions["yoridokoro"].engine) as session:
        return str(upload(session, address.rpartition("/")[2]).version)


def compared(site: StaffSite, client, content: bytes, source: str) -> str:
    address = send(client, content, source=source).location
    press(client, f"{address}/columns", version=version(site, address))
    return address


def test_a_list_goes_in_step_by_step_and_out_again(staff_site, curator):
    address = send(curator, csv_of(SALONS), source="一番").location
    page = curator.get(address).text
    assert "はじめての一覧です" in page and "つつじサロン／もみじサロン" in page
    assert press(curator, f"{address}/columns", version=version(staff_site, address)).status_code == 303
    page = curator.get(address).text
    assert "まだ何も書きこんでいません" in page and "2行目" in page and "毎週水曜 10時～12時" in page
    assert press(curator, f"{address}/confirm", version=version(staff_site, address), rest="separate").status_code == 303
    page = curator.get(address).text
    assert "取り込みました" in page and "新しい掲載 <b" in page
    assert "取りこみました</b>　「一番」の取り込み" in curator.get("/desk/curation/").text
    second = compared(staff_site, curator, csv_of(changed(0, 3, "毎週木曜 13時～15時")), "一番")
    page = curator.get(f"{second}?kind=update").text
    assert "つつじサロン" in page and "もみじサロン" not in page and "毎週木曜</ins>" in page
    press(curator, f"{second}/drop", version=version(staff_site, second))
    assert curator.get(second).status_code == 404
    press(curator, f"{address}/undo", version=version(staff_site, address))
    page = curator.get(address).text
    assert "取り消しました" in page
    assert "もう取り消されている" in press(curator, f"{address}/undo", version=version(staff_site, address)).text


@pytest.mark.parametrize(("content", "name", "words"), [
    (b"", "list.csv", "空です"), (b"MZ", "list.exe", "この種類のファイル")])
def test_what_is_no_list_is_told_beside_the_field(curator, content, name, words):
    answer = send(curator, content, name)
    assert answer.status_code == 422
    assert words in answer.text and 'aria-invalid="true"' in answer.text


def test_a_file_above_five_megabytes_is_not_read(curator):
    assert send(curator, b"x" * 5_400_000).status_code == 413


def test_a_form_of_another_page_stays_small(curator):
    assert press(curator, f"{LIST}/x/confirm", rest="x" * 600_000).status_code == 413


def test_a_file_that_cannot_be_read_says_why_and_what_to_do(curator):
    page = curator.get(send(curator, b"%PDF-1.7 x").location).text
    assert "これはPDFで、表ではありません" in page and "ほかのファイルを選ぶ" in page


def test_columns_that_cannot_be_are_told_and_stay_chosen(staff_site, curator):
    address = send(curator, csv_of(SALONS), source="列").location
    answer = press(curator, f"{address}/columns", version=version(staff_site, address), title="サロン名", field="description")
    assert answer.status_code == 422
    assert "選んでください" in answer.text and '<option value="description" selected>' in answer.text


def test_markup_in_a_list_is_text_on_the_page(staff_site, curator):
    address = compared(staff_site, curator, csv_of([(HOSTILE, f"津田{HOSTILE}", HOSTILE, HOSTILE, HOSTILE)]), "悪い一覧")
    page = curator.get(address).text
    assert HOSTILE not in page and "&lt;script&gt;" in page


def test_who_comes_second_is_told(staff_site, curator):
    address = compared(staff_site, curator, csv_of([("あやめサロン", "津田7", "", "", "")]), "二番")
    seen = version(staff_site, address)
    assert press(curator, f"{address}/confirm", version=seen, rest="separate").status_code == 303
    answer = press(curator, f"{address}/confirm", version=seen, rest="separate")
    assert answer.status_code == 409 and "先に進めました" in answer.text


@pytest.mark.long
def test_a_row_that_may_be_there_is_decided_by_a_person(staff_site, curator):
    rows = [("ふじサロン", "津田8", "0829-00-0008", "毎週金曜 10時～12時", "花")]
    address = compared(staff_site, curator, csv_of(rows), "三番")
    press(curator, f"{address}/confirm", version=version(staff_site, address), rest="separate")
    again = compared(staff_site, curator, csv_of(rows), "四番")
    assert "まだ決めていません" in curator.get(again).text
    answer = press(curator, f"{again}/rows/0", act="ignore", kind="likely", page="1")
    assert answer.location.endswith("?kind=likely&page=1#row-0")
    page = curator.get(again).text
    assert "まだ決めていません" not in page and 'aria-pressed="true"' in page
    assert press(curator, f"{again}/rows/0", act="merge:nowhere").status_code == 422


def test_the_annotated_copy_is_an_excel_file(staff_site, curator):
    address = compared(staff_site, curator, csv_of(SALONS), "五番")
    answer = curator.get(f"{address}/annotated.xlsx")
    assert answer.data.startswith(b"PK") and "filename*=UTF-8''" in answer.headers["Content-Disposition"]


def test_the_work_is_done_by_a_process_of_its_own_and_one_that_died_is_begun_again(staff_site, curator):
    given, engine = staff_site.app.extensions[KEY], staff_site.app.extensions["yoridokoro"].engine
    staff_site.app.extensions[KEY] = lambda _upload_id, _now, _what: None
    try:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("web.views.desk.curation.uploads.PATIENCE", 0)
            address = send(curator, csv_of(SALONS), source="六番").location
        assert "途中で止まりました" in curator.get(address).text
        staff_site.app.extensions[KEY] = lambda upload_id, now, what: begin(
            staff_site.settings, upload_id, now, what)
        press(curator, f"{address}/again", version=version(staff_site, address))
        ends = time.monotonic() + 60
        while "この読み方で、表を作る" not in curator.get(address).text and time.monotonic() < ends:
            time.sleep(0.2)
        with read_session(engine) as session:
            assert upload(session, address.rpartition("/")[2]).state == "columns"
    finally:
        staff_site.app.extensions[KEY] = given


def test_while_a_large_import_is_written_others_are_told_how_long_and_keep_what_they_typed(staff_site, curator):
    engine = staff_site.app.extensions["yoridokoro"].engine
    path = progress_file(staff_site.settings.instance, "0" * 32)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(vars(Progress(WRITE, 1_000, 4_000, time.time() - 50))))
    typed = {"kind": "schedules", "key": "x", "why": "雨の日は休み"}

    def hurried(connection, *_others):
        connection.execute("PRAGMA busy_timeout=20")

    event.listen(engine, "checkout", hurried)
    try:
        with write_session(engine) as session:
            session.execute(select(Upload.id))
            told = press(curator, "/desk/curation/aside", **typed)
            path.unlink()
            alone = press(curator, "/desk/curation/aside", **typed)
    finally:
        event.remove(engine, "checkout", hurried)
    assert (told.status_code, told.headers["Retry-After"][:2], "あと約3分" in told.text) == (503, "15", True)
    assert "雨の日は休み" in told.text and "もう一度送る" in told.text
    assert (alone.status_code, "順番が来ませんでした" in alone.text) == (503, True)
    assert press(curator, "/desk/curation/aside", **typed).status_code == 303


def test_a_copy_that_was_cut_off_is_made_when_asked_for(staff_site, curator):
    address = compared(staff_site, curator, csv_of(SALONS), "八番")
    with write_session(staff_site.app.extensions["yoridokoro"].engine) as session:
        session.execute(update(UploadFile).values(copy=None))
        session.commit()
    assert "書きこみ入りのExcelを作る" in curator.get(address).text
    assert curator.get(f"{address}/annotated.xlsx").status_code == 404
    press(curator, f"{address}/copy")
    assert "書きこみ入りのExcelをもらう" in curator.get(address).text


def test_the_clock_of_the_pages_counts(staff_site, curator):
    with read_session(staff_site.app.extensions["yoridokoro"].engine) as session:
        address = send(curator, csv_of(SALONS), source="七番").location
        assert upload(session, address.rpartition("/")[2]).made_at == NOON
