"""Do all answers carry the headers that protect the reader, and nothing that would let them down?"""

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from directory.errors import InvalidSettings
from tests.web.conftest import Site
from tests.web.town import Town
from web.security import CONTENT_SECURITY_POLICY, HEADERS

WEB = Path(__file__).parents[2] / "web"
# Our own file and a block of data are the only scripts a page may hold; the policy runs nothing else anyway.
FORBIDDEN = (r'<script(?! src="/static/\w+/site\.js" defer></script>| type="application/ld\+json">)'
             r"|<style|\sstyle=|\son[a-z]+=|javascript:")


def addresses(town: Town) -> list[str]:
    return ["/", "/search?q=体操", f"/listings/{town.rich}", f"/listings/{town.merged}", "/nowhere", "/healthz"]


def test_every_answer_carries_every_header(client: FlaskClient, town: Town) -> None:
    for url in addresses(town):
        response = client.get(url)
        for name, value in HEADERS.items():
            assert response.headers[name] == value, url


def test_the_policy_allows_nothing_by_default_and_nothing_unsafe() -> None:
    assert CONTENT_SECURITY_POLICY.startswith("default-src 'none'")
    assert "unsafe" not in CONTENT_SECURITY_POLICY and "*" not in CONTENT_SECURITY_POLICY
    assert set(re.findall(r"[\w-]+-src ([^;]+)", CONTENT_SECURITY_POLICY)) == {"'none'", "'self'"}


def test_no_page_holds_a_style_a_handler_or_a_script_but_our_own_file(client: FlaskClient, town: Town) -> None:
    for url in [*addresses(town), "/patterns", "/search"]:
        assert not re.search(FORBIDDEN, client.get(url).text), url


def test_no_template_switches_escaping_off() -> None:
    for path in (WEB / "templates").rglob("*.html"):
        assert not re.search(r"\|\s*safe\b|autoescape|Markup", path.read_text(encoding="utf-8")), path.name


def test_no_answer_sets_a_cookie(client: FlaskClient, town: Town) -> None:
    for url in addresses(town):
        assert "Set-Cookie" not in client.get(url).headers, url


def test_an_unknown_mode_is_refused(site: Site) -> None:
    from web import create_app

    with pytest.raises(InvalidSettings):
        create_app(site.settings, "everything")


def test_a_style_sheet_is_kept_for_a_year_under_an_address_of_its_content(client: FlaskClient) -> None:
    url = re.search(r'href="(/static/[^"]*site\.css)"', client.get("/search").text)[1]
    response = client.get(url)
    assert response.status_code == 200
    assert "immutable" in response.headers["Cache-Control"]
    assert client.get(re.sub(r"/static/[^/]*", "/static/old", url)).headers["Cache-Control"] == "no-cache"
    assert client.get("/static/x/../../wsgi.py").status_code == 404


def test_healthz_answers_without_a_database(site: Site) -> None:
    assert site.app.test_client().get("/healthz").text == "ok\n"
