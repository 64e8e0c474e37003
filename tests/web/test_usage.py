"""Are people counted, and only people, after the answer has gone, and without anything about them in a log or a row?"""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError

from directory.db import make_engine, read_session
from directory.inbox import Inbox
from directory.usage import monthly_viewers
from tests.factories import add_listing
from tests.web.conftest import settings_for
from web import create_app, usage
from web.usage import KEY, KINDS, KINDS_OF_BLUEPRINTS

PHONE_OF_A_PERSON = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X)"
ADDRESS = "198.51.100.77"


@pytest.fixture
def app(tmp_path: Path, migrated_file: Path) -> Iterator[Flask]:
    """A site of one place, whose counts the test looks at."""
    path = tmp_path / "directory.db"
    path.write_bytes(migrated_file.read_bytes())
    engine = make_engine(f"sqlite:///{path}")
    add_listing(engine, service={"name": "百歳体操の会"}, areas=[("地域", "佐伯")])
    engine.dispose()
    app = create_app(settings_for(f"sqlite:///{path}", tmp_path), "all")
    yield app
    app.extensions[KEY].close()


def look(app: Flask, path: str, address: str = ADDRESS, user_agent: str = PHONE_OF_A_PERSON, **headers: str):
    with app.test_client() as client:
        response = client.get(
            path, environ_overrides={"REMOTE_ADDR": address}, headers={"User-Agent": user_agent, **headers})
        response.close()
        return response


def letters(app: Flask, kind: str) -> list[dict]:
    """What lies in the inbox, before anybody takes it over."""
    recorder = app.extensions[KEY]
    recorder._then = None
    recorder.flush()
    return [dict(letter.body) for batch in recorder.inbox.batches() for letter in batch if letter.kind == kind]


def views(app: Flask) -> dict[str, int]:
    return {page: count for body in letters(app, "viewers") for page, count in body["views"].items()}


def test_looks_at_pages_are_counted_by_kind(app: Flask) -> None:
    for path in ("/", "/search?q=体操", "/search", "/calendar", "/about/viewers"):
        assert look(app, path).status_code == 200
    assert views(app) == {"home": 1, "search": 2, "calendar": 1, "about": 1}


def test_programs_files_errors_and_pages_read_ahead_are_not_counted(app: Flask) -> None:
    look(app, "/search", user_agent="Googlebot/2.1")
    look(app, "/search", **{"Sec-Purpose": "prefetch"})
    for path in ("/nowhere", "/healthz", "/robots.txt", "/static/x/site.css", "/my-list.ics", "/patterns"):
        look(app, path)
    assert views(app) == {}


def test_a_page_the_browser_had_kept_is_looked_at_too(app: Flask) -> None:
    mark = look(app, "/").headers["ETag"]
    assert look(app, "/", **{"If-None-Match": mark}).status_code == 304
    assert views(app) == {"home": 2}


def test_what_people_look_for_is_counted_as_terms_never_as_words(app: Flask) -> None:
    look(app, "/search?q=佐伯の水曜の himitsu")
    look(app, "/search?q=死にたい 佐伯")
    cells = [cell for body in letters(app, "demand") for cell in body["cells"]]
    assert ["佐伯", "day", "wed", 1, 0] in cells or ["佐伯", "day", "wed", 1, 1] in cells
    assert "himitsu" not in str(cells) and "死" not in str(cells)
    assert all(cell[3] == 1 for cell in cells)


def test_the_page_and_the_table_show_the_counts_and_say_how(app: Flask) -> None:
    look(app, "/", address="198.51.100.1")
    look(app, "/search", address="198.51.100.2")
    app.extensions[KEY].flush()
    with read_session(app.extensions["yoridokoro"].engine) as session:
        assert [(month.month, month.viewers, month.views) for month in monthly_viewers(session)] == [("2026-11", 2, 2)]
    page = look(app, "/about/viewers").text
    assert "2026年11月" in page and "2人" in page and "IPアドレスは残しません" in page
    sheet = look(app, "/about/viewers.csv")
    assert sheet.data.startswith("\ufeff".encode()) and "2026-11,2,2" in sheet.text
    assert 'filename="yoridokoro-viewers.csv"' in sheet.headers["Content-Disposition"]


def test_nothing_personal_reaches_a_log_or_the_inbox(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    look(app, "/search?q=himitsu")
    told = str(letters(app, "viewers")) + str(letters(app, "demand")) + caplog.text
    for secret in (ADDRESS, "iPhone", "himitsu"):
        assert secret not in told


def test_counts_are_kept_when_the_server_ends_in_order(app: Flask) -> None:
    look(app, "/")
    recorder = app.extensions[KEY]
    recorder._then = None
    recorder.close()
    inbox = Inbox.open(str(recorder.inbox._engine.url))
    assert [letter.kind for batch in inbox.batches() for letter in batch] == ["viewers"]
    inbox.close()


def test_counting_happens_after_the_answer(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []
    monkeypatch.setattr(app.extensions[KEY], "page_seen", lambda *given: seen.append(given))
    with app.test_client() as client:
        response = client.get("/", headers={"User-Agent": PHONE_OF_A_PERSON}, buffered=False)
        assert seen == []
        response.get_data()
        response.close()
    assert len(seen) == 1


def test_a_site_whose_inbox_is_broken_goes_on(tmp_path: Path, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_given: object) -> None:
        raise OperationalError("", {}, Exception("down"))

    monkeypatch.setattr(usage.UsageRecorder, "open", broken)
    site = create_app(settings_for(str(app.extensions["yoridokoro"].engine.url), tmp_path), "public")
    assert KEY not in site.extensions
    assert look(site, "/").status_code == 200


def test_every_kind_of_page_in_the_table_exists(app: Flask) -> None:
    assert set(KINDS) <= set(app.view_functions)
    assert set(KINDS_OF_BLUEPRINTS) <= set(app.blueprints)
