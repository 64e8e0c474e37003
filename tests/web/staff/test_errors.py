"""What does somebody see when a desk cannot do what was asked? A plain sentence, what they typed, and nothing else."""

import json
import logging
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Blueprint
from flask.testing import FlaskClient
from sqlalchemy.exc import OperationalError

from directory.errors import InvalidRecord, InvalidSettings, NotFound
from matcher.access import SEE_DESK
from matcher.errors import AuditFailure, LostKeys, NotNow, Stale, Unreadable
from tests.web.staff.conftest import StaffSite, form_token
from web import create_app, desks
from web.security import HEADERS
from web.staff import door
from web.staff.acts import ACTS

SECRET = "秘密の氏名 090-0000-1234"
TYPED = "三十分かけて書いた文章"
SAID = "「番地」は書かないでください。"
# Error → status, and whether its own sentence is meant for whoever typed.
ERRORS = {
    "not-found": (NotFound(SECRET), 404, False),
    "stale": (Stale("ほかの人が、先に「負荷」を変えました。", current=SECRET), 409, True),
    "invalid": (InvalidRecord(SAID), 422, True),
    "not-now": (NotNow(SAID), 422, True),
    "audit": (AuditFailure(SECRET), 503, False),
    "keys": (LostKeys("鍵のファイル secret-file.json が見つかりません。"), 503, False),
    "settings": (InvalidSettings(SECRET), 503, False),
    "unreadable": (Unreadable(SECRET), 503, False),
    "database": (OperationalError("SELECT secret", {"name": SECRET}, Exception(SECRET)), 503, False),
    "fault": (RuntimeError(SECRET), 500, False),
}


@pytest.fixture(scope="module")
def staff_site(staff_site: StaffSite) -> Iterator[StaffSite]:
    """The site with a page that fails as it is told to."""
    pages = Blueprint("failing", __name__)

    @pages.route("/desk/failing/<name>", methods=["GET", "POST"])
    def fail(name: str):
        raise ERRORS[name][0]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(desks, "PAGES", (*desks.PAGES, pages))
        patch.setitem(ACTS, "failing.fail", SEE_DESK)
        app = create_app(staff_site.settings, "all")
        app.extensions[door.KEY].clock = staff_site.clock
        yield replace(staff_site, app=app)


@pytest.fixture
def worker(staff_site: StaffSite) -> FlaskClient:
    return staff_site.client(staff_site.people["worker"])


@pytest.mark.parametrize("name", ERRORS)
def test_an_error_becomes_a_page_that_says_nothing_but_what_to_do(
    worker: FlaskClient, caplog: pytest.LogCaptureFixture, name: str
) -> None:
    error, status, told = ERRORS[name]
    token = form_token(worker)
    for response in (worker.get(f"/desk/failing/{name}"),
                     worker.post(f"/desk/failing/{name}", data={"form_token": token, "text": TYPED})):
        assert response.status_code == status
        assert "<h1>" in response.text and "ログアウト" in response.text, "still the desk"
        assert (str(error) in response.text) == told
        for leaked in (SECRET, "secret", "Traceback", "SELECT", type(error).__name__):
            assert leaked not in response.text and leaked not in str(response.headers)
    assert TYPED not in caplog.text
    if name in ("database", "fault"):
        assert SECRET not in caplog.text


@pytest.mark.parametrize(("name", "shown", "again"), [
    ("stale", True, False), ("invalid", True, False), ("audit", True, True), ("database", True, True),
    ("fault", True, True), ("not-found", False, False),
])
def test_what_was_typed_is_shown_again_or_can_be_sent_again(
    worker: FlaskClient, name: str, shown: bool, again: bool
) -> None:
    response = worker.post(f"/desk/failing/{name}", data={"form_token": form_token(worker), "text": TYPED, "version": "3"})
    assert (f'<p class="kept">{TYPED}</p>' in response.text) == shown
    assert (f'name="text" value="{TYPED}"' in response.text) == again


def test_nothing_is_repeated_of_a_form_from_elsewhere(worker: FlaskClient) -> None:
    response = worker.post("/desk/failing/fault", data={"form_token": "x", "text": TYPED})
    assert response.status_code == 403 and TYPED not in response.text


@pytest.mark.parametrize(("address", "status"), [
    ("/desk/no-such-page", 404), ("/desk/participants/1/2/3/4/5", 404), ("/desk/failing/x/y", 404),
])
def test_a_page_that_is_not_there_is_told_in_the_words_of_the_desk(
    staff_site: StaffSite, worker: FlaskClient, address: str, status: int
) -> None:
    for client in (worker, staff_site.client()):
        response = client.get(address)
        assert response.status_code == status and "職員用" in response.text and "さがす" not in response.text


def test_the_public_is_told_in_its_own_words_on_the_same_machine(worker: FlaskClient) -> None:
    page = worker.get("/no-such-page").text
    assert "職員用" not in page and "0829-00-0100" in page


def test_where_only_staff_are_served_the_first_address_leads_to_the_desk(staff_site: StaffSite) -> None:
    client = create_app(staff_site.settings, "desk").test_client()
    assert client.get("/").location == "/desk/"
    for address in ("/search", "/listings/x", "/nowhere"):
        response = client.get(address)
        assert response.status_code == 404 and "職員用" in response.text
        assert response.headers["Cache-Control"] == "private, no-cache"


def test_private_pages_are_not_kept_not_marked_not_packed_and_not_counted(
    staff_site: StaffSite, worker: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted = []
    recorder = staff_site.app.extensions["yoridokoro-usage"]
    monkeypatch.setattr(recorder, "page_seen", lambda *seen: counted.append(seen))
    for address in ("/desk/", "/desk/sign-in", "/desk/sign-in/code", "/desk/failing/stale", "/desk/nowhere"):
        for client in (worker, staff_site.client()):
            response = client.get(address, headers={"Accept-Encoding": "gzip", "User-Agent": "Mozilla/5.0 (iPhone)"})
            response.close()
            assert response.headers["Cache-Control"] == "no-store", address
            assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
            assert not {"ETag", "Content-Encoding", "Last-Modified"} & set(response.headers.keys())
            assert {name: response.headers[name] for name in HEADERS} == HEADERS
    assert counted == []
    worker.get("/search", headers={"User-Agent": "Mozilla/5.0 (iPhone)"}).close()
    assert len(counted) == 1, "the watch sees what is counted"


def test_a_lost_key_file_is_told_and_found_again_without_a_new_start(staff_site: StaffSite, tmp_path: Path) -> None:
    keys = staff_site.settings.casework_keys
    app = create_app(staff_site.settings, "all")
    app.extensions[door.KEY].clock = staff_site.clock
    aside = keys.rename(tmp_path / "aside.json")
    try:
        client = app.test_client()
        response = client.get("/desk/sign-in")
        assert response.status_code == 503 and "記録は消えていません" in response.text
        assert keys.name not in response.text and "CASEWORK_KEY_FILE" not in response.text
        assert not keys.exists(), "and none is made in its place"
        assert client.get("/search").status_code == 200
    finally:
        aside.rename(keys)
    assert client.get("/desk/sign-in").status_code == 200


def test_the_key_file_of_another_desk_opens_nothing(staff_site: StaffSite, tmp_path: Path, caplog) -> None:
    keys = staff_site.settings.casework_keys
    content = json.loads(keys.read_text("utf-8"))
    other = tmp_path / "other.json"
    name = content["current"][::-1]
    other.write_text(json.dumps({**content, "current": name, "keys": {name: "00" * 32}}), "utf-8")
    other.chmod(0o600)
    app = create_app(replace(staff_site.settings, casework_key_file=other), "desk")
    with caplog.at_level(logging.ERROR):
        response = app.test_client().get("/desk/sign-in")
    assert response.status_code == 503 and "LostKeys" in caplog.text and "LostKeys" not in response.text
