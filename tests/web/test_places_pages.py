"""Do the lists of areas and kinds count truly, stay at their address, and help where the name is unknown?"""

import re
from html import unescape
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.web.test_search_page import text_of

PHONE = "0829-00-0100"


@pytest.mark.parametrize("index", ["/areas/", "/categories/"])
def test_every_entry_leads_to_as_many_places_as_it_says(city: Flask, index: str) -> None:
    client = city.test_client()
    entries = re.findall(r'<li class="count-row"><p><a href="([^"]*)">.*?<p class="num">(\d+)件</p>',
                         client.get(index).text, re.S)
    assert len(entries) >= 5
    for url, count in entries:
        html = client.get(unescape(url)).text
        assert f"一覧 {count}件" in html, url


def test_every_place_of_an_area_stands_on_one_of_its_pages(city: Flask) -> None:
    client = city.test_client()
    seen: list[str] = []
    url = f"/areas/{quote('佐伯')}"
    first = client.get(url).text
    total = int(re.search(r"一覧 (\d+)件", first)[1])
    for number in range(1, -(-total // 20) + 1):
        seen += re.findall(r'<h3><a href="(/listings/[^"]*)"', client.get(f"{url}?page={number}").text)
    assert len(seen) == len(set(seen)) == total


def test_the_next_page_is_a_plain_address(client: FlaskClient) -> None:
    html = client.get("/areas/大野").text
    assert 'href="?page=2"' in html
    assert 'href="?"' in client.get("/areas/大野?page=2").text


def test_the_narrowing_links_find_as_many_places_as_they_say(city: Flask) -> None:
    client = city.test_client()
    html = client.get("/areas/大野").text
    ways = re.findall(r'<a href="(/search[^"]*)">[^<]*</a></p><p class="num">(\d+)件', html)
    assert ways
    for url, count in ways[:6]:
        assert f'class="big">{count}件</p>' in client.get(unescape(url)).text


def test_an_area_is_also_found_by_its_long_name(client: FlaskClient) -> None:
    response = client.get("/areas/佐伯地域")
    assert (response.status_code, response.location) == (301, f"/areas/{quote('佐伯')}")


@pytest.mark.parametrize("url", ["/areas/どこか", "/areas/<b>x", "/categories/none", "/areas/" + "あ" * 500])
def test_an_unknown_name_is_a_404_that_helps(client: FlaskClient, url: str) -> None:
    response = client.get(url)
    assert response.status_code == 404
    assert PHONE in response.text and 'role="search"' in response.text and 'class="count-row"' in response.text
    assert "<b>x" not in response.text


def test_a_kind_without_a_place_offers_the_others(client: FlaskClient) -> None:
    words = text_of(client.get("/categories/farm").text)
    assert "この種類の場所は、まだ ありません" in words and PHONE in words


def test_an_area_leads_to_its_days_its_paper_and_its_desks(client: FlaskClient) -> None:
    html = client.get("/areas/大野").text
    name = quote("大野")
    for url in (f"/calendar?area={name}", f"/monthly?area={name}", f"/consult?area={name}"):
        assert f'href="{url}"' in html and client.get(url).status_code == 200


@pytest.mark.parametrize("page", ["0", "-1", "x", "99999999", ""])
def test_a_page_that_does_not_exist_is_answered(client: FlaskClient, page: str) -> None:
    assert client.get(f"/areas/大野?page={page}").status_code == 200


def test_areas_and_kinds_are_offered_to_search_engines(client: FlaskClient) -> None:
    for url in ("/areas/", "/areas/大野", "/categories/", "/categories/salon"):
        assert 'content="noindex"' not in client.get(url).text
