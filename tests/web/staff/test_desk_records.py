"""Who may know what? Notes by label, consents and their end, the anonymous enquiry, who must not meet, the log, the team."""

import re

import pytest
from sqlalchemy import select

from directory.db import read_session
from directory.inbox.questions import answer
from directory.models import InboxItem
from tests.factories import add_listing
from tests.web.staff.conftest import StaffSite
from tests.web.staff.worker import CONSENT, Worker, values, words


@pytest.fixture
def worker(staff_site: StaffSite) -> Worker:
    return Worker(staff_site, staff_site.people["worker"]).open()


def test_a_note_is_kept_with_who_may_read_it(worker: Worker) -> None:
    assert worker.send("notes", text="一行目\r\n二行目", label="core").status_code == 303
    page = worker.get("notes")
    assert "一行目\n二行目" in page.text and "担当のチーム" in words(page)
    assert "受け入れ先へ渡す紙に" not in words(page)


def test_a_label_without_consent_is_not_offered_and_not_taken(worker: Worker) -> None:
    assert worker.send("notes", text="", label="core").status_code == 422
    assert worker.send("notes", text="むりに", label="support_conference:nobody").status_code == 404
    worker.send("consents", scope=["host"], **CONSENT)
    assert "受け入れ先へ渡す紙に" in worker.read("notes")


def test_consents_are_listed_and_can_be_taken_back(worker: Worker) -> None:
    worker.send("consents", scope=["conference", "host"], **CONSENT)
    page = worker.get("consents")
    assert values(page, "scope").count("host") == 2 and words(page).count("有効") == 3
    assert worker.send("consents/withdraw", scope="host").status_code == 303
    assert "2026年11月24日に取り下げ" in worker.read("consents")
    assert worker.send("consents", **CONSENT).status_code == 422
    later = CONSENT | {"given_on": "2027-01-01"}
    assert "先の日" in words(worker.send("consents", scope=["host"], **later))


def test_an_enquiry_holds_nobody_and_brings_its_answer_back(worker: Worker, staff_site: StaffSite) -> None:
    worker.say("needs", needs__company="most")
    worker.say("own_words", own_words="ひみつの言葉")
    form = worker.get("enquiries")
    assert re.search(r'name="need" value="company" checked', form.text)
    sent = worker.send("enquiries", need=["company"], area="佐伯", day=["2"], **{"from": "13", "until": "15"},
                       ceiling_people="1")
    assert sent.status_code == 303 and "返事待ち" in worker.read("enquiries") and "返事待ち 1件" in worker.read("/desk/home")
    engine = staff_site.app.extensions["yoridokoro"].engine
    with read_session(engine) as session:
        item = session.scalars(select(InboxItem).where(InboxItem.kind == "enquiry")).all()[-1]
    assert item.body == {"needs": ["company"], "area": "佐伯", "loads": {"people": 1}, "weekdays": [2], "from": 780, "until": 900}
    named = add_listing(engine, service={"name": "SCが知っていた会"})
    answer(engine, item.id, [named])
    assert "SCが知っていた会" in worker.read("enquiries") and "返事が来ています 1件" in worker.read("/desk/home")


@pytest.mark.parametrize("form", [{}, {"need": ["魔法"]}, {"need": ["company"], "area": "月"}, {"need": ["company"], "from": "朝"},
                                  {"need": ["company"], "ceiling_people": "たくさん"}])
def test_an_enquiry_takes_only_words_of_the_city(worker: Worker, form: dict) -> None:
    assert worker.send("enquiries", **form).status_code == 422


def test_who_must_not_meet_is_kept_by_code_name_and_taken_back(staff_site: StaffSite, worker: Worker) -> None:
    other = Worker(staff_site, staff_site.hire("other-side", "worker")).open(code_name="はやせ-500")
    assert worker.send("no-contact", other="はやせ-500", reason="前にもめた").status_code == 303
    page = worker.get("no-contact")
    assert "はやせ-500" in page.text and "前にもめた" in page.text
    assert "この人から聞いた相手は、記録されていません" in other.read("no-contact")
    assert worker.send("no-contact", other="いない人").status_code == 422
    assert worker.send("no-contact/remove", other=values(page, "other")[0]).status_code == 303
    assert "はやせ-500" not in worker.get("no-contact").text


def test_a_place_one_must_not_go_to_is_kept_by_its_name_and_leaves_the_list_without_a_word(
    staff_site: StaffSite, worker: Worker
) -> None:
    engine = staff_site.app.extensions["yoridokoro"].engine
    place = add_listing(engine, service={"name": "行ってはならない会", "fees_state": "none"}, needs=("company",))
    staff_site.app.extensions["yoridokoro-door"].listings._looked = float("-inf")
    worker.say("needs", needs__company="most")
    assert place in values(worker.get("candidates"), "pick")
    assert worker.send("no-contact", place="行ってはならない会").status_code == 303
    page = worker.get("candidates")
    assert "行ってはならない会" not in page.text and "その他" in words(page)
    refused = worker.send("placements", place=place)
    assert refused.status_code == 422 and "いまは紹介できません" in words(refused)
    assert worker.send("no-contact", place="お茶のサロン 1").status_code == 303
    assert worker.send("no-contact", place="ないなまえ").status_code == 422


def test_nobody_without_cause_learns_whether_the_page_exists(staff_site: StaffSite, worker: Worker) -> None:
    for role in ("conference_member", "case_lead"):
        page = Worker(staff_site, staff_site.people[role]).client.get(f"{worker.case}/no-contact")
        none = Worker(staff_site, staff_site.people[role]).client.get(
            "/desk/participants/00000000-0000-0000-0000-000000000000/no-contact")
        assert page.status_code == none.status_code == 404 and words(page) == words(none)


def test_the_log_says_who_looked_and_goes_back_page_by_page(worker: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("matcher.casework.log.PAGE", 3)
    monkeypatch.setattr("web.views.desk.access_log.PAGE", 3)
    worker.get("")
    page = worker.get("log")
    assert worker.who.display_name in page.text and "11月24日 12:00" in page.text
    older = re.search(r'href="([^"]+before=\d+)"', page.text)[1]
    assert worker.get(older).status_code == 200


def test_a_lead_assigns_and_the_new_one_sees_the_case_at_once(staff_site: StaffSite, worker: Worker) -> None:
    colleague = staff_site.hire("colleague", "worker")
    lead = Worker(staff_site, staff_site.people["case_lead"])
    lead.case = worker.case
    assert "職員 colleague" in lead.read("team")
    assert lead.send("team", staff=colleague.staff_id).status_code == 303
    assert Worker(staff_site, colleague).client.get(worker.case).status_code == 200
    assert lead.send("team", staff=colleague.staff_id, end="1").status_code == 303
    assert Worker(staff_site, colleague).client.get(worker.case).status_code == 404
    assert worker.get("team").status_code == 403


def test_a_conference_is_opened_seated_and_given_a_case(staff_site: StaffSite, worker: Worker) -> None:
    lead = Worker(staff_site, staff_site.people["case_lead"])
    assert lead.send("/desk/conferences", kind="support", name="第1支援会議").status_code == 303
    room = re.search(r"/desk/conferences/([0-9a-f-]{36})/members", lead.get("/desk/conferences").text)[1]
    member = staff_site.people["conference_member"]
    assert lead.send(f"/desk/conferences/{room}/members", staff=member.staff_id).status_code == 303
    lead.case = worker.case
    assert lead.send("agenda", conference=room).status_code == 303
    opened = lead.send("/desk/new", code_name="ゆうやけ-9", basis="conference", conference=room)
    assert opened.status_code == 303
    assert "支援会議の記録" in Worker(staff_site, lead.who).read("/desk/home")
    assert lead.send("/desk/conferences", kind="なにか", name="").status_code == 422


def test_renaming_and_closing_change_the_list_and_nothing_else(worker: Worker) -> None:
    assert worker.send("rename", code_name="こだま-321").status_code == 303
    assert "こだま-321" in worker.read("/desk/home")
    assert worker.send("rename", code_name="").status_code == 422
    worker.send("close")
    assert "こだま-321" not in worker.read("/desk/home") and "閉じた記録" in worker.read("")
    worker.send("close", reopen="1")
    assert "こだま-321" in worker.read("/desk/home")


def test_pages_of_a_case_are_never_kept_by_a_browser(worker: Worker) -> None:
    for page in ("", "candidates", "placements", "notes", "log", "conditions/needs"):
        assert worker.get(page).headers["Cache-Control"] == "no-store"


def test_lost_keys_are_told_in_a_sentence_and_nothing_is_shown(
    worker: Worker, staff_site: StaffSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    from matcher.errors import LostKeys
    from web.views.desk import frame

    def lost(_pid: str) -> None:
        raise LostKeys("鍵のファイル /ひみつ/keys.json がありません。")

    worker.say("own_words", own_words="ひみつの言葉")
    monkeypatch.setattr(frame, "read_case", lost)
    page = worker.get("")
    assert page.status_code == 503 and "いま、記録を開けません" in words(page)
    assert "ひみつ" not in page.text
