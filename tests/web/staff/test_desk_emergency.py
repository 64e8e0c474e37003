"""At the desk: a record opened in an emergency, what the lead hears of it, what the auditor reads, and erasing for good."""

import pytest

from matcher import casework
from matcher.models import Emergency, Participant
from tests.web.staff.conftest import NOON, StaffSite
from tests.web.staff.worker import Worker, words


@pytest.fixture
def worker(staff_site: StaffSite) -> Worker:
    return Worker(staff_site, staff_site.people["worker"]).open()


@pytest.fixture
def duty(staff_site: StaffSite) -> Worker:
    """A worker of another team."""
    name = f"duty{len(staff_site.factors)}"
    return Worker(staff_site, staff_site.hire(name, "worker"))


def code_name(worker: Worker) -> str:
    return next(one.code_name for one in casework.cases(worker.site.desk, worker.who, NOON) if one.id in worker.case)


def test_a_record_is_opened_with_a_reason_read_and_closed_again(worker: Worker, duty: Worker) -> None:
    worker.say("own_words", own_words="しずかな所がよい")
    name = code_name(worker)
    assert duty.get(worker.case).status_code == 404
    wrong = duty.send("/desk/emergency", code_name=name, reason="", minutes="30")
    assert wrong.status_code == 422 and "まだ開いていません" in words(wrong) and f'value="{name}"' in wrong.text
    opened = duty.send("/desk/emergency", code_name=name, reason="救急に薬の名前を伝える", minutes="15")
    assert opened.status_code == 303 and opened.location.startswith(worker.case) and "救急" not in opened.location
    page = duty.get(opened.location)
    assert "しずかな所がよい" in page.text and "緊急に開きました" in words(page) and "聞きとり" not in words(page)
    assert "12:15に閉じます" in duty.read("/desk/home") and "いま開いている記録" in duty.read("/desk/emergency")
    assert duty.send("/desk/emergency/end").status_code == 303
    assert duty.get(worker.case).status_code == 404


def test_the_lead_is_told_on_the_first_page_and_takes_note(worker: Worker, duty: Worker, staff_site: StaffSite) -> None:
    duty.send("/desk/emergency", code_name=code_name(worker), reason="ご家族から、倒れたと電話", minutes="60")
    lead = Worker(staff_site, staff_site.people["case_lead"])
    assert "緊急に開かれた記録が" in lead.read("/desk/home")
    page = lead.read("/desk/emergencies")
    assert "ご家族から、倒れたと電話" in page and duty.who.display_name in page
    kept = [row for row in staff_site.office.rows(Emergency) if row.staff_id == duty.who.staff_id]
    for row in staff_site.office.rows(Emergency):
        assert lead.send(f"/desk/emergencies/{row.id}").status_code == 303
    assert "に確かめました" in lead.read("/desk/emergencies") and "緊急に開かれた記録が" not in lead.read("/desk/home")
    assert "倒れた".encode() not in kept[0].reason


def test_the_auditor_reads_the_whole_trail_by_who_what_and_when(worker: Worker, staff_site: StaffSite) -> None:
    pid = worker.case.rpartition("/")[2]
    auditor = Worker.__new__(Worker)
    auditor.site, auditor.who, auditor.client, auditor.case = staff_site, None, staff_site.client(
        staff_site.people["auditor"]), ""
    everything = auditor.read("/desk/audit")
    assert "閲覧の記録" in everything and worker.who.display_name in everything and code_name(worker) not in everything
    made = auditor.read(f"/desk/audit?record={pid}&act=open_case&who={worker.who.staff_id}&since=2026-11-24&until=2026-11-24")
    assert made.count(pid[:8]) >= 1 and "新しく作った" in made
    assert "この条件に当たる行は、ありません" in auditor.read(f"/desk/audit?record={pid}&until=2026-11-23")
    odd = auditor.get("/desk/audit?since=x&who=nobody&act=fly&before=-1&record=1")
    assert odd.status_code == 200 and "読み取れない条件" in words(odd)
    assert auditor.client.get("/desk/").location.endswith("/desk/audit")


def test_the_lead_erases_a_record_only_by_its_name_written_once_more(worker: Worker, staff_site: StaffSite) -> None:
    lead, name = Worker(staff_site, staff_site.people["case_lead"]), code_name(worker)
    assert "この記録を消す" in words(lead.get(f"{worker.case}/team"))
    wrong = lead.send(f"{worker.case}/erase", code_name="ちがう名")
    assert wrong.status_code == 422 and "ちがう名" in wrong.text and worker.get().status_code == 200
    assert worker.send("erase", code_name=name).status_code == 403
    gone = lead.send(f"{worker.case}/erase", code_name=name)
    assert gone.status_code == 303 and "記録を消しました" in lead.read(gone.location)
    assert worker.get().status_code == 404 and lead.get(f"{worker.case}/erase").status_code == 404
    assert name not in {row.code_name for row in staff_site.office.rows(Participant)}
