"""Does the first page lead somewhere, whichever of its links is pressed, and does it count what is there?"""

import re
from html import unescape

from flask import Flask
from flask.testing import FlaskClient

from tests.web.test_search_page import text_of

PHONE = "0829-00-0100"


def links(html: str, pattern: str) -> list[str]:
    return [unescape(url) for url in re.findall(pattern, html)]


def test_every_tile_leads_to_as_many_places_as_it_says(city: Flask) -> None:
    client = city.test_client()
    tiles = re.findall(r'<a class="tile" href="([^"]*)">.*?<span class="num">(\d+)件</span></span></a>',
                       client.get("/").text, re.S)
    assert len(tiles) == 8
    for url, count in tiles:
        assert int(count) > 0
        assert f'class="big">{count}件</p>' in client.get(unescape(url)).text, url


def test_every_link_of_the_page_opens(city: Flask) -> None:
    client = city.test_client()
    for url in set(links(client.get("/").text, r'href="(/[^"#]*)"')):
        assert client.get(url).status_code == 200, url


def test_an_area_has_as_many_places_on_its_page_as_on_the_first(city: Flask) -> None:
    client = city.test_client()
    areas = re.findall(r'<a href="(/areas/[^"]+)">[^<]*</a>　<span class="num">(\d+)件', client.get("/").text)
    assert len(areas) == 5
    for url, count in areas:
        assert f"一覧 {count}件" in client.get(url).text


def test_today_counts_what_the_calendar_counts(city: Flask) -> None:
    client = city.test_client()
    count = int(re.search(r'の予定 <span class="num">(\d+)件', client.get("/").text)[1])
    words = text_of(client.get("/calendar?when=today").text)
    certain, tentative = re.search(r"確認ずみ (\d+)件 、予定（行く前に電話を） (\d+)件", words).groups()
    assert count == int(certain) + int(tentative)


def test_the_number_to_call_and_the_notice_of_sample_data_stand_on_it(client: FlaskClient) -> None:
    words = text_of(client.get("/").text)
    assert words.count(PHONE) >= 2 and "見本データ" in words and "家族・近所の人が心配" in words


def test_an_empty_directory_still_has_a_first_page(tmp_path, sqlite_url: str) -> None:
    from tests.web.conftest import settings_for
    from web import create_app

    app = create_app(settings_for(sqlite_url, tmp_path))
    for url in ("/", "/calendar", "/areas/", "/categories/", "/monthly", "/consult", "/family", "/family?near=津田"):
        response = app.test_client().get(url)
        assert response.status_code == 200 and PHONE in response.text, url
    app.extensions["yoridokoro"].engine.dispose()
