"""Is a form taken only from whoever was shown it? And is nothing lost of one that comes too late?"""

import html
import json
import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Blueprint, redirect, request
from flask.testing import FlaskClient

from matcher import casework
from matcher.access import SEE_DESK
from matcher.db import write_session
from matcher.models import Note, StaffSession
from tests.matcher.office import PASSWORD
from tests.web.staff.conftest import NOON, OWN_PAGE, StaffSite, form_token
from tests.web.staff.test_sign_in import codes, give_code
from web import create_app, desks
from web.staff import door, kept as keeping
from web.staff.acts import ACTS
from web.staff.guard import actor
from web.staff.kept import Kept, read_kept

# What somebody wrote for half an hour; it may be in no address.
WRITTEN = "本人の言葉「昼すぎなら<起きられる>」\nまた来てもよい & と言った。"


@pytest.fixture(scope="module")
def staff_site(staff_site: StaffSite) -> Iterator[StaffSite]:
    """The site with a page of this module's own, on which a note is written."""
    pages = Blueprint("probe", __name__)

    @pages.post("/desk/probe/<pid>")
    def write_note(pid: str):
        casework.write_note(door.desk(), actor(), pid, request.form["text"], door.now())
        return redirect("/desk/", 303)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(desks, "PAGES", (*desks.PAGES, pages))
        patch.setitem(ACTS, "probe.write_note", SEE_DESK)
        app = create_app(staff_site.settings, "all")
        app.extensions[door.KEY].clock = staff_site.clock
        yield replace(staff_site, app=app)


@pytest.fixture
def worker(staff_site: StaffSite) -> FlaskClient:
    return staff_site.client(staff_site.people["worker"])


@pytest.fixture
def case(staff_site: StaffSite) -> str:
    return staff_site.office.case(staff_site.people["worker"], NOON)


def notes(site: StaffSite) -> int:
    return len(site.office.rows(Note))


def write(client: FlaskClient, case: str, headers: dict[str, str] | None = None, **fields: str):
    return client.post(f"/desk/probe/{case}", data={"text": WRITTEN, **fields}, headers=headers)


@pytest.mark.parametrize("given", ["", "x", "0" * 64, "ほかの人の札", "another session's"])
@pytest.mark.parametrize("where", ["field", "header"])
def test_a_form_without_the_token_of_this_session_changes_nothing(
    staff_site: StaffSite, worker: FlaskClient, case: str, given: str, where: str
) -> None:
    if given == "another session's":
        given = form_token(staff_site.client(staff_site.people["worker"]))
    before = notes(staff_site)
    fields = {"form_token": given} if where == "field" else {}
    headers = {"X-Form-Token": given} if where == "header" and given.isascii() else {}
    response = write(worker, case, headers, **fields)
    assert response.status_code == 403 and WRITTEN not in response.text
    assert notes(staff_site) == before


def test_the_token_is_taken_from_a_field_or_a_header(staff_site: StaffSite, worker: FlaskClient, case: str) -> None:
    token, before = form_token(worker), notes(staff_site)
    assert write(worker, case, form_token=token).status_code == 303
    assert write(worker, case, {"X-Form-Token": token}).status_code == 303
    assert notes(staff_site) == before + 2


@pytest.mark.parametrize("address", ["/desk/sign-in", "/desk/sign-in/code", "/desk/sign-out", "/desk/stay"])
def test_nobody_is_signed_in_or_out_by_another_site(staff_site: StaffSite, worker: FlaskClient, address: str) -> None:
    fields = {"login_name": "worker", "password": PASSWORD, "code": staff_site.factors["worker"].codes[-1]}
    for headers in ({}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://example.jp"}):
        response = worker.post(address, data=fields, headers=headers)
        assert response.status_code == 403 and "Set-Cookie" not in response.headers
    assert worker.get("/desk/", follow_redirects=True).status_code == 200, "still signed in"


def test_a_sign_in_page_without_cookies_says_what_is_missing(staff_site: StaffSite) -> None:
    client = staff_site.client()
    token = form_token(client, "/desk/sign-in")
    client.delete_cookie("desk")
    response = client.post("/desk/sign-in", data={"login_name": "worker", "password": PASSWORD, "form_token": token})
    assert response.status_code == 403 and "Cookie" in response.text and PASSWORD not in response.text


def ended(staff_site: StaffSite) -> None:
    """End every session there is."""
    with write_session(staff_site.desk.engine) as session:
        for row in session.query(StaffSession):
            row.ended_at = NOON
        session.commit()


def fields_of(page: str, action: str) -> dict[str, str]:
    form = re.search(rf'<form[^>]*action="{re.escape(action)}".*?</form>', page, re.S)[0]
    hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', form)
    return {html.unescape(name): html.unescape(value) for name, value in hidden}


@pytest.mark.parametrize("proof", ["token", "own page"])
def test_a_form_after_the_end_of_the_session_is_carried_through_the_sign_in(
    staff_site: StaffSite, case: str, proof: str
) -> None:
    site = staff_site
    site.hire(f"late-{proof[0]}", "worker")
    worker = site.client(site.people["worker"])
    token, before = form_token(worker), notes(site)
    ended(site)
    address = f"/desk/probe/{case}"
    response = write(worker, case, {} if proof == "token" else OWN_PAGE, form_token=token if proof == "token" else "")
    assert response.status_code == 401 and "書いた内容は消えていません" in response.text
    hidden = fields_of(response.text, "/desk/sign-in")
    response = worker.post("/desk/sign-in", data={**hidden, "login_name": "worker", "password": "ちがう合い言葉です"})
    assert response.status_code == 401, "not even a wrong password loses it"
    hidden = fields_of(response.text, "/desk/sign-in")
    response = worker.post("/desk/sign-in", data={**hidden, "login_name": "worker", "password": PASSWORD})
    assert response.status_code == 200 and "コード" in response.text and PASSWORD not in response.text
    hidden = fields_of(response.text, "/desk/sign-in/code")
    response = worker.post("/desk/sign-in/code", data={**hidden, "code": "ちがう"})
    assert response.status_code == 401
    hidden = fields_of(response.text, "/desk/sign-in/code")
    response = worker.post("/desk/sign-in/code", data={**hidden, "code": codes(site, "worker")})
    assert response.status_code == 200 and notes(site) == before, "nothing is sent unasked"
    assert html.escape(WRITTEN.splitlines()[1]) in response.text.replace("&#34;", "&quot;")
    hidden = fields_of(response.text, address)
    assert worker.post(address, data=hidden).status_code == 303
    assert notes(site) == before + 1
    kept = casework.notes(site.desk, site.people["worker"], case, NOON)
    assert [note.text.replace("\r\n", "\n") for note in kept] == [WRITTEN]


def test_a_late_form_from_elsewhere_is_not_carried(staff_site: StaffSite, case: str) -> None:
    for headers in ({}, {"Sec-Fetch-Site": "cross-site"}):
        response = write(staff_site.client(), case, headers)
        assert response.status_code == 403 and "昼すぎ" not in response.text


def test_a_form_of_an_earlier_session_may_be_sent_once_more(staff_site: StaffSite, case: str) -> None:
    site = staff_site
    worker, before = site.client(site.people["worker"]), notes(site)
    old = form_token(worker)
    worker.set_cookie("desk", site.session_of(site.people["worker"]))
    response = write(worker, case, OWN_PAGE, form_token=old)
    assert response.status_code == 403 and notes(site) == before and "まだ何も変えていません" in response.text
    address = f"/desk/probe/{case}"
    assert worker.post(address, data=fields_of(response.text, address)).status_code == 303
    assert notes(site) == before + 1


def test_what_was_typed_stands_in_no_address_and_no_log(
    staff_site: StaffSite, case: str, caplog: pytest.LogCaptureFixture
) -> None:
    site = staff_site
    worker = site.client(site.people["worker"])
    token = form_token(worker)
    ended(site)
    with caplog.at_level(0):
        page = write(worker, case, form_token=token)
        hidden = fields_of(page.text, "/desk/sign-in")
        code_page = worker.post("/desk/sign-in", data={**hidden, "login_name": "worker", "password": PASSWORD})
        done = give_code(worker, codes(site, "worker"), kept=fields_of(code_page.text, "/desk/sign-in/code")["kept"])
    for response in (page, code_page, done):
        assert response.location is None and response.headers["Cache-Control"] == "no-store"
        assert "昼すぎ" not in str(response.headers)
        assert not re.search(r'(?:href|action|src)="[^"]*昼すぎ', response.text)
    assert "昼すぎ" not in caplog.text and PASSWORD not in caplog.text


@pytest.mark.parametrize("text", [
    "", "x", "{}", "[]", "[1, 2]", '["/desk/", 3]', '["/desk/", [["a"]]]', '["/desk/", [["a", 1]]]', "[" * 5000, "null",
    '["https://example.jp/", []]', '["/search", []]', '["//example.jp", []]', '["/desk/sign-in", []]', '"/desk/"',
])
def test_only_a_form_of_a_desk_is_carried(text: str) -> None:
    assert read_kept(text) is None


def test_what_is_carried_comes_back_as_it_was() -> None:
    kept = Kept("/desk/participants/1/notes?x=1", (("text", WRITTEN), ("text", ""), ("day", "1")))
    assert read_kept(kept.written) == kept
    assert json.loads(kept.written)[0] == kept.path
    assert kept.texts == (WRITTEN,)


def test_a_form_with_too_many_fields_is_cut_not_refused() -> None:
    many = tuple((f"n{number}", "x") for number in range(keeping.MOST_FIELDS + 5))
    assert len(read_kept(Kept("/desk/x", many).written).fields) == keeping.MOST_FIELDS
