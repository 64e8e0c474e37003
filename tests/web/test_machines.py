"""Is the site found by machines, under its own name only? Addresses in the settings, never those of a request."""

import json
import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient

from directory.errors import InvalidSettings
from directory.settings import Settings
from tests.web.conftest import Site
from tests.web.town import SECRETS, Town
from web import create_app, sitemap
from web.sitemap import NAMESPACE, Row, parts

HOME = "https://yoridokoro.example.jp"
ENEMY = "evil.example"


@pytest.fixture(scope="module")
def known(site: Site) -> FlaskClient:
    """The same town under a name of its own."""
    settings = replace(site.settings, url=HOME, hosts=("yoridokoro.example.jp",))
    return create_app(settings, "public").test_client()


def get(client: FlaskClient, path: str, **headers: str):
    return client.get(path, base_url=HOME, headers=headers)


def locations(text: str) -> list[str]:
    return [entry.text for entry in ElementTree.fromstring(text).iter(f"{{{NAMESPACE}}}loc")]


def test_the_sitemap_names_every_public_place_area_and_kind(known: FlaskClient, town: Town) -> None:
    response = get(known, "/sitemap.xml")
    found = locations(response.text)
    assert response.content_type == "application/xml; charset=utf-8"
    assert f"{HOME}/listings/{town.rich}" in found and f"{HOME}/" in found
    assert any("/areas/" in url for url in found) and any("/categories/salon" in url for url in found)
    assert all(url.startswith(HOME) for url in found) and len(found) == len(set(found))
    hidden = (*town.hidden, town.closed, town.merged)
    assert not [listing_id for listing_id in hidden if listing_id in response.text]
    assert "<lastmod>2026-11-24</lastmod>" in response.text


def test_every_address_of_the_sitemap_is_a_page(known: FlaskClient) -> None:
    for url in locations(get(known, "/sitemap.xml").text):
        assert get(known, url.removeprefix(HOME)).status_code == 200, url


def test_a_large_city_has_an_index_of_sitemaps(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemap.parts, "__defaults__", (20,))
    client = create_app(replace(site.settings, url=HOME), "public").test_client()
    files = locations(client.get("/sitemap.xml").text)
    assert files[0] == f"{HOME}/sitemap-1.xml" and len(files) > 1
    assert all(len(locations(client.get(url.removeprefix(HOME)).text)) <= 20 for url in files)
    assert client.get(f"/sitemap-{len(files) + 1}.xml").status_code == 404


def test_no_file_of_addresses_is_too_long() -> None:
    rows = [Row(f"https://a/{number}") for number in range(100_001)]
    assert [len(part) for part in parts(rows)] == [50_000, 50_000, 1]
    assert parts([]) == [[]]


def test_robots_are_kept_from_what_has_no_end(known: FlaskClient) -> None:
    text = get(known, "/robots.txt").text
    assert "Disallow: /search?" in text and f"Sitemap: {HOME}/sitemap.xml" in text


def test_a_place_tells_machines_its_facts_in_a_block_no_policy_runs(known: FlaskClient, town: Town) -> None:
    page = get(known, f"/listings/{town.rich}").text
    facts = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)[1])
    assert facts["@context"] == "https://schema.org"
    assert facts["@graph"][0]["url"] == f"{HOME}/listings/{town.rich}"


def test_what_a_masked_place_hides_is_hidden_from_machines_too(known: FlaskClient, town: Town) -> None:
    page = get(known, f"/listings/{town.masked}").text
    assert not [secret for secret in SECRETS if secret in page]


def test_a_page_says_its_one_address_and_what_it_is_about(known: FlaskClient, town: Town) -> None:
    page = get(known, f"/listings/{town.rich}?utm_source=x").text
    assert f'<link rel="canonical" href="{HOME}/listings/{town.rich}">' in page
    assert f'<meta property="og:url" content="{HOME}/listings/{town.rich}">' in page
    assert re.search(r'<meta property="og:title" content="いきいき百歳体操 つつじ会[^"]*">', page)
    assert re.search(r'<meta name="description" content="[^"]*重りを使った体操', page)
    picture = re.search(f'<meta property="og:image" content="{HOME}(/static/[0-9a-f]+/card.png)">', page)
    assert get(known, picture[1]).content_type == "image/png"


def test_an_error_has_no_address_to_be_found_under(known: FlaskClient) -> None:
    page = get(known, "/nowhere").text
    assert "canonical" not in page and "og:" not in page and "noindex" in page


def test_a_request_for_another_site_is_refused_with_a_page(known: FlaskClient) -> None:
    for host in (ENEMY, f"{ENEMY}:443", "yoridokoro.example.jp.evil.example", "evil.example/yoridokoro.example.jp", ""):
        response = known.get("/search", headers={"Host": host})
        assert response.status_code == 400, host
        assert ENEMY not in response.text


def test_the_machine_itself_and_a_check_of_health_may_ask(known: FlaskClient) -> None:
    assert known.get("/search", headers={"Host": "127.0.0.1:8000"}).status_code == 200
    assert known.get("/healthz", headers={"Host": "10.0.0.5"}).status_code == 200


def test_without_a_name_in_the_settings_no_answer_repeats_the_one_asked_for(site: Site, town: Town) -> None:
    client = site.app.test_client()
    paths = ["/", "/search?q=体操", f"/listings/{town.rich}", f"/listings/{town.rich}.ics", "/sitemap.xml", "/robots.txt",
             f"/listings/{town.merged}", "/areas", "/areas//", "//evil.example/areas", "/monthly?area=佐伯", "/my-list",
             "/calendar", f"/listings/{town.rich}/print", f"/my-list?ids={town.rich}", "/my-list.ics"]
    for path in paths:
        response = client.get(path, headers={"Host": ENEMY, "X-Forwarded-Host": ENEMY})
        told = response.text + str(response.headers)
        assert ENEMY not in told or path.startswith("//"), path
        assert not re.match(r"https?:|//", response.location or ""), path


def test_only_a_site_under_https_asks_for_https_for_ever(known: FlaskClient, client: FlaskClient) -> None:
    assert get(known, "/search").headers["Strict-Transport-Security"].startswith("max-age=31536000")
    assert "Strict-Transport-Security" not in client.get("/search").headers


@pytest.mark.parametrize(("environment", "url", "hosts"), [
    ({}, "http://127.0.0.1:8000", ()),
    ({"HOST": "::1", "PORT": "9000"}, "http://[::1]:9000", ()),
    ({"YORIDOKORO_URL": "https://a.example.jp/"}, "https://a.example.jp", ("a.example.jp",)),
    ({"YORIDOKORO_URL": "http://a:81", "YORIDOKORO_HOSTS": "B.example, c"}, "http://a:81", ("a", "b.example", "c")),
])
def test_the_settings_say_where_the_site_is(environment: dict[str, str], url: str, hosts: tuple[str, ...]) -> None:
    settings = Settings.from_environment(environment)
    assert (settings.url, settings.hosts) == (url, hosts)


@pytest.mark.parametrize("environment", [
    {"YORIDOKORO_URL": "yoridokoro.example.jp"}, {"YORIDOKORO_URL": "https://a/b"}, {"YORIDOKORO_URL": "https://u:p@a"},
    {"YORIDOKORO_URL": "javascript:alert(1)"}, {"YORIDOKORO_PROXIES": "many"}, {"YORIDOKORO_PROXIES": "-1"},
])
def test_an_address_that_is_none_is_refused_with_an_example(environment: dict[str, str]) -> None:
    with pytest.raises(InvalidSettings, match="YORIDOKORO_"):
        Settings.from_environment(environment)
