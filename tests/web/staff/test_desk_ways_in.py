"""Can a coordinator answer an application, print postcards and sheets, and type in what came back, in few presses?"""

import re
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from directory.db import read_session, write_session
from directory.inbox import Inbox
from directory.inbox.pulling import pull
from directory.models import Application, ChangeRequest, InboxItem, MailingItem, ServiceAtLocation, UpdateLink
from directory.ways_in.proofs import mark_of
from tests.web.staff.conftest import NOON, StaffSite, form_token
from tests.web.test_search_page import text_of

APPLICATION = {"name": "花のサロン", "organization": "花の会", "words": "花を植えます", "when": "毎週月曜 10時～11時", "place": "津田集会所",
               "contact_name": "秘密の申込者", "contact": "090-0000-5555", "consent": "1"}


@pytest.fixture
def curator(staff_site: StaffSite):
    return staff_site.client(staff_site.people["curator"])


@pytest.fixture
def engine(staff_site: StaffSite):
    return staff_site.app.extensions["yoridokoro"].engine


def arrive(engine, tmp_path, kind: str, body: dict) -> str:
    """A letter that was taken over; its id."""
    inbox = Inbox.open(f"sqlite:///{tmp_path / 'inbox.db'}")
    letter = inbox.put(kind, body, NOON)
    pull(inbox, engine, NOON)
    inbox.close()
    return letter


def post(client, path: str, form: dict):
    return client.post(path, data={"form_token": form_token(client, "/desk/curation/mailings"), **form})


def of(engine, model, key):
    with read_session(engine) as session:
        return session.get(model, key)


def test_an_application_is_read_answered_and_its_contact_goes(curator, engine, tmp_path) -> None:
    letter = arrive(engine, tmp_path, "application", APPLICATION | {"mark": mark_of("1")})
    assert curator.get(f"/desk/curation/letters/{letter}").location.endswith(f"/applications/{letter}")
    path = f"/desk/curation/applications/{letter}"
    page = curator.get(path).text
    assert "秘密の申込者" in page and "花のサロン" in page and "/desk/curation/proposals/" in page
    wrong = post(curator, path, {"state": "declined", "reply": "090-1111-2222 へ"})
    assert wrong.status_code == 422 and "みんなに見えます" in wrong.text and "090-1111-2222" in wrong.text
    assert post(curator, path, {"state": "nothing"}).status_code == 422
    assert post(curator, path, {"state": "declined", "reply": "市外の活動でした。"}).status_code == 303
    assert of(engine, Application, mark_of("1")).reply == "市外の活動でした。"
    page = curator.get(path).text
    assert "秘密の申込者" not in page and "連絡先は消しました" in page
    assert "contact" not in of(engine, InboxItem, letter).body


def test_a_report_leads_from_its_proposal_to_its_words_and_the_contact_goes_when_it_is_read(
    curator, engine, tmp_path, staff_site: StaffSite
) -> None:
    body = {"listing": staff_site.town.sparse, "about": "place", "words": "となりの集会所", "contact": "秘密の知らせ手"}
    letter = arrive(engine, tmp_path, "report", body)
    with read_session(engine) as session:
        proposal = session.scalar(select(ChangeRequest.id).where(ChangeRequest.letter_id == letter))
    page = curator.get(f"/desk/curation/proposals/{proposal}").text
    assert f"/desk/curation/letters/{letter}" in page and "秘密の知らせ手" not in page
    page = curator.get(f"/desk/curation/letters/{letter}").text
    assert "場所が違う" in page and "秘密の知らせ手" in page
    assert post(curator, f"/desk/curation/letters/{letter}", {}).status_code == 303
    assert "contact" not in of(engine, InboxItem, letter).body


def test_postcards_are_one_print_job_of_public_facts_with_a_link_each(curator, engine, staff_site: StaffSite) -> None:
    town = staff_site.town
    page = post(curator, "/desk/curation/mailings", {
        "kind": "postcard", "listing": [town.rich, town.masked, town.hidden[0]]})
    assert page.status_code == 200 and page.headers["Cache-Control"] == "no-store"
    assert page.text.count('<article class="card">') == 2 and "選んだうち 1件は" in page.text
    secret = [word for word in ("秘密の代表", "090-0000-9999", "秘密の番地", "ひみつの家", "支援者だけの会") if word in page.text]
    assert secret == []
    with read_session(engine) as session:
        job = session.scalar(select(MailingItem.mailing_id).order_by(MailingItem.mailing_id.desc()))
        links = session.scalars(select(UpdateLink).where(UpdateLink.mailing_id == job)).all()
    assert {link.listing_id for link in links} == {town.rich, town.masked}
    assert all(link.expires_on == date(2026, 11, 24) + timedelta(days=60) for link in links)
    told = curator.get(f"/desk/curation/mailings/{job}").text
    assert f"{job}-001" in told and "まだ" in told and "もう一度印刷" not in told


def test_a_sheet_shows_what_is_known_to_be_circled_and_may_be_printed_again(curator, engine, staff_site) -> None:
    town = staff_site.town
    page = post(curator, "/desk/curation/mailings", {"kind": "sheet", "listing": [town.rich, town.hidden[0]]}).text
    assert page.count('<article class="check">') == 2 and "秘密の代表" not in page and "090-0000-9999" not in page
    assert re.search(r'c-now">いつでもどうぞ<', page) and re.search(r'c-now">いいえ<', page)
    code = re.search(r"番号 (\d+)-001", page)[1]
    assert curator.get(f"/desk/curation/mailings/{code}/sheets").text.count('<article class="check">') == 2


def test_nothing_chosen_or_too_much_is_told(curator, staff_site) -> None:
    nothing = post(curator, "/desk/curation/mailings", {"kind": "postcard"})
    assert nothing.status_code == 422 and "選んでください" in text_of(nothing.text)
    assert post(curator, "/desk/curation/mailings", {"kind": "nothing", "listing": [staff_site.town.rich]}).status_code == 422
    assert curator.get("/desk/curation/mailings/999999").status_code == 404


def a_sheet(curator, listing: str) -> str:
    page = post(curator, "/desk/curation/mailings", {"kind": "sheet", "listing": [listing]}).text
    return re.search(r"番号 (\d+-\d+)", page)[1]


def test_a_sheet_that_came_back_unchanged_is_one_press_after_its_number(curator, engine, staff_site) -> None:
    listing = staff_site.town.unread
    code = a_sheet(curator, listing)
    assert "読めない日時の会" in curator.get("/desk/curation/returns", query_string={"piece": code}).text
    assert of(engine, ServiceAtLocation, listing).assured_date is None
    answer = post(curator, "/desk/curation/returns", {"piece": code, "outcome": "same"})
    assert answer.status_code == 303
    kept = of(engine, ServiceAtLocation, listing)
    assert (kept.assured_date, kept.assured_how, kept.assured_by) == (
        date(2026, 11, 24), "はがき・FAX", staff_site.people["curator"].display_name)
    assert "前に「変わりなし」と記録" in curator.get("/desk/curation/returns", query_string={"piece": code}).text


def test_what_was_written_on_a_sheet_becomes_a_proposal(curator, engine, staff_site) -> None:
    code = a_sheet(curator, staff_site.town.visiting)
    nothing = post(curator, "/desk/curation/returns", {"piece": code, "outcome": "changed"})
    assert nothing.status_code == 422 and "変わったところを直すか" in nothing.text
    form = {"piece": code, "outcome": "changed", "schedules": "毎週月曜 13時～15時", "words": "会費が200円に"}
    assert post(curator, "/desk/curation/returns", form).status_code == 303
    with read_session(engine) as session:
        request = session.scalars(select(ChangeRequest).where(ChangeRequest.reason == "postcard")).one()
        assert "会費が200円に" in request.evidence and [field.field for field in request.fields] == ["schedules"]


@pytest.mark.parametrize(("piece", "status"), [("", 200), ("x", 422), ("99999-1", 404), ("1" * 90, 422), ("０－０", 404)])
def test_a_number_that_is_none_is_told(curator, piece, status) -> None:
    assert curator.get("/desk/curation/returns", query_string={"piece": piece}).status_code == status
    assert post(curator, "/desk/curation/returns", {"piece": piece or "x", "outcome": "same"}).status_code in (404, 422)


def test_markup_in_every_answer_stays_text(curator, engine, tmp_path, staff_site: StaffSite) -> None:
    evil = '<img src=x onerror="alert(1)">'
    written = {key: evil for key in APPLICATION if key != "consent"}
    letter = arrive(engine, tmp_path, "application", written | {"mark": mark_of("9")})
    told = {"listing": staff_site.town.rich, "about": "other", "words": evil, "contact": evil}
    report = arrive(engine, tmp_path, "report", told)
    with read_session(engine) as session:
        requests = session.scalars(select(ChangeRequest.id).where(ChangeRequest.letter_id.in_([letter, report]))).all()
    for path in (f"/desk/curation/applications/{letter}", f"/desk/curation/letters/{report}", "/desk/curation/queue",
                 *(f"/desk/curation/proposals/{one}" for one in requests)):
        page = curator.get(path)
        assert page.status_code == 200 and "<img" not in page.text, path


def test_a_listing_that_went_away_meanwhile_takes_nothing_down(curator, engine, staff_site) -> None:
    code = a_sheet(curator, staff_site.town.relayed)
    with write_session(engine) as session:
        session.get(ServiceAtLocation, staff_site.town.relayed).status = "closed"
        session.commit()
    job = code.partition("-")[0]
    assert curator.get(f"/desk/curation/mailings/{job}/sheets").status_code == 200
    assert curator.get(f"/desk/curation/mailings/{job}").status_code == 200
    assert curator.get("/desk/curation/returns", query_string={"piece": code}).status_code == 200
