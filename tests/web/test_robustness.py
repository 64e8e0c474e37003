"""Can any address, question or cookie bring the site down? None may: a clear page, never a 5xx, never a trace."""

from urllib.parse import quote, urlencode

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from directory.search import SearchPage
from tests.web.conftest import Site
from tests.web.test_search_page import PHONE
from web.views import public

NAMES = st.sampled_from([
    "q", "area", "day", "time", "from", "until", "when", "date", "frequency", "holidays", "need", "kind", "cost",
    "first_free", "welcome", "audience", "pickup", "at_home", "men", "with_child", "near", "at", "within",
    "sort", "page",
    "wheelchair", "chairs", "quiet", "foo", "__class__", "q[]",
])
VALUES = st.one_of(
    st.text(max_size=40),
    st.sampled_from([
        "", "yes", "no", "unknown", "wed", "佐伯", "free", "300", "-1", "1e999", "nan", "99999999999", "0",
        "25:00", "10:30", "2026-13-45", "9999-12-31", "0001-01-01", "34.36,132.33", "nan,nan", "inf,1",
        "90,180", "\0", "\ud800", "％", "(((",
        '"""', "-" * 50, "死にたい", "水曜 午前 佐伯 体操", "体操 OR 1=1", "'; drop table", "🙂" * 20, "ﾊﾝｶｸ", "か\u3099",
    ]),
)
PATIENT = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def ask(site: Site, url: str) -> int:
    response = site.app.test_client().get(url)
    assert response.status_code < 500, url
    assert "Traceback" not in response.text
    return response.status_code


@PATIENT
@given(pairs=st.lists(st.tuples(NAMES, VALUES), max_size=6))
def test_any_question_is_answered(site: Site, pairs: list[tuple[str, str]]) -> None:
    query = urlencode([(name, value.encode("utf-8", "surrogatepass")) for name, value in pairs])
    assert ask(site, f"/search?{query}") == 200


@PATIENT
@given(raw=st.binary(max_size=60))
def test_any_bytes_after_the_question_mark_are_answered(site: Site, raw: bytes) -> None:
    assert ask(site, f"/search?q={quote(raw)}&{quote(raw, safe='=&')}") == 200


@PATIENT
@given(path=st.text(max_size=40))
def test_any_address_is_answered(site: Site, path: str) -> None:
    quoted = quote(path.encode("utf-8", "surrogatepass"), safe="/")
    ask(site, f"/listings/{quoted}")
    ask(site, f"/{quoted.lstrip('/')}")


@pytest.mark.parametrize("question", [
    "q=" + quote("体操" * 5000), "q=%00", "q=%FF%FE", "q=%E3%81", "q=" + "%22" * 300,
    "q=" + "(" * 10_000, "q=" + "-" * 10_000,
    "&".join(f"p{number}=1" for number in range(2000)), "&".join(["area=佐伯"] * 2000), "page=99999999999", "page=-1",
    "page=１", "page=1.5", "date=9999-12-31", "date=0001-01-01", "at=90,180&sort=near", "near=" + quote("あ" * 1000),
])
def test_hard_questions_are_answered(site: Site, question: str) -> None:
    assert ask(site, f"/search?{question}") == 200


def test_huge_and_broken_cookies_are_no_matter(site: Site) -> None:
    client = site.app.test_client(use_cookies=False)  # or it would leave the header away
    for cookie in ("a" * 60_000, "session=%00; =; ;;;", "a=\"\\", "q=" + "é" * 500):
        assert client.get("/search", headers={"Cookie": cookie}).status_code == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_other_methods_are_refused_with_a_page(client: FlaskClient, method: str) -> None:
    response = client.open("/search", method=method, data=b"x" * 100)
    assert response.status_code == 405
    assert "GET" in response.headers["Allow"]
    assert PHONE in response.text


def test_a_fault_of_ours_shows_a_number_and_tells_nothing(site: Site, monkeypatch: pytest.MonkeyPatch, caplog) -> None:
    def broken(*_given: object) -> SearchPage:
        raise RuntimeError("秘密の言葉")

    monkeypatch.setattr(public, "search", broken)
    response = site.app.test_client().get("/search?q=秘密の言葉")
    assert response.status_code == 500
    assert PHONE in response.text and "いま、ページを出せません" in response.text
    assert "秘密" not in response.text and "RuntimeError" not in response.text
    assert "RuntimeError" in caplog.text and "秘密" not in caplog.text


def test_even_a_broken_error_page_leaves_the_number(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_given: object, **_named: object) -> str:
        raise RuntimeError

    monkeypatch.setattr("web.errors.render_template", broken)
    monkeypatch.setattr(public, "render_template", broken)
    response = site.app.test_client().get("/search")
    assert response.status_code == 500
    assert PHONE in response.text


def test_a_client_that_sends_too_much_is_told(site: Site) -> None:
    app: Flask = site.app
    assert app.config["MAX_CONTENT_LENGTH"] == 500_000
