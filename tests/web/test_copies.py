"""May a browser keep what it has as long as it is right, and not longer? And are pages sent small?"""

import gzip
from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from directory.db import make_engine
from tests.factories import add_listing
from tests.web.conftest import settings_for
from tests.web.town import Town
from web import create_app
from web.site import KEY


@pytest.fixture
def growing(tmp_path: Path, migrated_file: Path) -> Flask:
    """A site whose directory the test changes."""
    path = tmp_path / "directory.db"
    path.write_bytes(migrated_file.read_bytes())
    return create_app(settings_for(f"sqlite:///{path}", tmp_path), "public")


def again(client: FlaskClient, path: str, mark: str, **headers: str) -> int:
    return client.get(path, headers={"If-None-Match": mark, **headers}).status_code


def test_a_page_that_did_not_change_is_not_sent_again(client: FlaskClient, town: Town) -> None:
    for path in ("/", "/search?q=体操", f"/listings/{town.rich}", "/calendar"):
        first = client.get(path)
        assert first.headers["Cache-Control"] == "private, no-cache", path
        assert {"Cookie", "Accept-Encoding"} <= set(first.vary), path
        second = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
        assert (second.status_code, second.data) == (304, b""), path
        assert second.headers["ETag"] == first.headers["ETag"]


def test_another_question_cookie_or_page_is_another_copy(client: FlaskClient) -> None:
    mark = client.get("/search?q=体操").headers["ETag"]
    assert again(client, "/search?q=お茶", mark) == 200
    assert again(client, "/", mark) == 200
    assert again(client, "/search?q=体操", mark) == 304
    client.set_cookie("display", "s2f1e0")
    assert again(client, "/search?q=体操", mark) == 200


def test_an_edit_makes_every_copy_old(growing: Flask) -> None:
    client, engine = growing.test_client(), make_engine(str(growing.extensions[KEY].engine.url))
    mark = client.get("/search?q=編み物").headers["ETag"]
    add_listing(engine, service={"name": "編み物の会"})
    growing.extensions[KEY].keeper._looked = float("-inf")
    assert again(client, "/search?q=編み物", mark) == 200
    assert "編み物の会" in client.get("/search?q=編み物").text


def test_a_copy_grows_old_when_openings_may_begin(growing: Flask) -> None:
    from dataclasses import replace

    site = growing.extensions[KEY]

    def at(hour: int, minute: int) -> None:
        growing.extensions[KEY] = replace(site, now=lambda: datetime(2026, 11, 24, hour, minute))

    at(9, 57)
    client = growing.test_client()
    mark = client.get("/search?when=now").headers["ETag"]
    at(9, 59)
    assert again(client, "/search?when=now", mark) == 304
    at(10, 0)
    assert again(client, "/search?when=now", mark) == 200


def test_answers_to_words_in_need_and_errors_leave_no_copy(client: FlaskClient) -> None:
    assert client.get("/search?q=死にたい").headers["Cache-Control"] == "no-store"
    for path in ("/search?q=死にたい", "/nowhere"):
        assert "ETag" not in client.get(path).headers


def test_pages_and_files_are_packed_for_who_can_unpack(client: FlaskClient, town: Town) -> None:
    style = f"/static/x/{'site.css'}"
    for path in ("/search", style, "/sitemap.xml", f"/listings/{town.rich}.ics"):
        plain = client.get(path)
        packed = client.get(path, headers={"Accept-Encoding": "gzip, br"})
        assert packed.headers["Content-Encoding"] == "gzip", path
        assert "Content-Encoding" not in plain.headers and "Accept-Encoding" in packed.vary, path
        assert len(packed.data) < len(plain.data) / 2 and int(packed.headers["Content-Length"]) == len(packed.data)
        if not path.endswith(".ics"):
            assert gzip.decompress(packed.data) == plain.data, path


def test_what_may_not_be_stored_what_is_short_and_what_was_refused_is_not_packed(client: FlaskClient) -> None:
    asked = (("/search?q=死にたい", "gzip"), ("/healthz", "gzip"), ("/search", "gzip;q=0"), ("/search", "br"))
    for path, accepted in asked:
        assert "Content-Encoding" not in client.get(path, headers={"Accept-Encoding": accepted}).headers, path


def test_a_packed_copy_is_as_good_as_a_plain_one(client: FlaskClient) -> None:
    mark = client.get("/search", headers={"Accept-Encoding": "gzip"}).headers["ETag"]
    assert mark.startswith("W/")
    assert again(client, "/search", mark) == 304


def test_a_head_tells_the_same_without_the_page(client: FlaskClient) -> None:
    head, page = client.head("/search"), client.get("/search")
    assert (head.status_code, head.data) == (200, b"")
    assert head.headers["ETag"] == page.headers["ETag"]
