"""Does somebody who is worried find a desk, a place and a number, without a word about anyone?"""

import re
from dataclasses import replace
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient

from directory.usage import DEFINITION, DEMAND_DEFINITION
from tests.web.conftest import Site
from tests.web.test_search_page import text_of
from web import create_app

PHONE = "0829-00-0100"


def test_it_is_said_plainly_that_names_are_not_needed_and_family_may_come_alone(client: FlaskClient) -> None:
    words = text_of(client.get("/consult").text)
    assert "ご家族だけでも" in words and "お名前は言わなくて" in words and "だれのことも書きこみません" in words


def test_nothing_can_be_typed_on_the_page(client: FlaskClient) -> None:
    for url in ("/consult", "/consult?trouble=memory&area=大野"):
        main = client.get(url).text.split("<main")[1].split("</main>")[0]
        assert not re.search(r'<(textarea|select|input (?!type="hidden"))', main)


def test_every_trouble_in_every_area_leads_to_a_desk_or_a_line_and_a_number(city: Flask) -> None:
    client = city.test_client()
    troubles = [unescape(url) for url in re.findall(r'href="(/consult\?trouble=[^"]*)"', client.get("/consult").text)]
    assert len(troubles) >= 15
    for url in troubles:
        for area in ("", "&area=廿日市", "&area=佐伯", "&area=吉和", "&area=大野", "&area=宮島"):
            html = client.get(url + area).text
            assert PHONE in html and ('class="desk"' in html or 'class="help ' in html), url + area


def test_a_trouble_that_cannot_wait_has_its_lines_first_and_stays_on_no_telephone(client: FlaskClient) -> None:
    response = client.get("/consult?trouble=dying")
    title, main = response.text.split("</title>")[0], response.text.split("<main")[1]
    assert main.index('class="help ') < main.index("死にたいほどつらい")
    assert "死にたい" not in title
    assert 'href="tel:0120279338"' in response.text
    assert response.headers["Cache-Control"] == "no-store"


def test_desks_for_a_trouble_name_it_themselves_and_a_desk_for_jobs_is_not_one_for_forgetting(city: Flask) -> None:
    html = city.test_client().get("/consult?trouble=memory").text
    near = html.split('aria-labelledby="near"')[1].split("</section>")[0]
    assert "くすのき介護相談室" in near and "はたらく一歩の窓口" not in near


def test_the_count_of_desks_is_that_of_the_search(city: Flask) -> None:
    client = city.test_client()
    html = client.get("/consult?trouble=memory&area=佐伯").text
    url, count = re.search(r'<a href="([^"]*)">窓口 (\d+)件を', html).groups()
    assert f'class="big">{count}件</p>' in client.get(unescape(url)).text


@pytest.mark.parametrize("asked", ["trouble=nothing", "area=どこか", "trouble=<b>&area=<i>"])
def test_an_unknown_trouble_or_area_is_told_with_the_list(client: FlaskClient, asked: str) -> None:
    response = client.get(f"/consult?{asked}")
    assert response.status_code == 200
    assert "一覧にありませんでした" in response.text and "もの忘れが気になる" in response.text and "<i>" not in response.text


def test_family_asks_for_the_town_of_the_one_who_goes(client: FlaskClient) -> None:
    words = text_of(client.get("/family").text)
    assert "行く人のお住まい" in words and "現在地" not in words and PHONE in words


@pytest.mark.parametrize("asked", ["佐伯", "佐伯地域", "佐伯町"])
def test_an_area_in_place_of_a_town_opens_its_towns(city: Flask, asked: str) -> None:
    page = city.test_client().get(f"/family?near={asked}").text
    opened = re.search(r"<details[^>]* open>.*?</details>", page, re.DOTALL).group()
    assert "佐伯地域ですね" in page and ">津田<" in opened and "見つかりませんでした" not in page
    assert ">大野<" not in opened


def test_a_town_has_help_at_home_places_to_go_and_desks_by_distance(city: Flask) -> None:
    words = text_of(city.test_client().get("/family?near=津田").text)
    for expected in ("見守り・配食・買い物", "通いの場・お茶・体操", "相談窓口", "津田（佐伯地域）", "津田から"):
        assert expected in words


def test_what_is_on_the_island_comes_first_for_somebody_on_the_island(city: Flask) -> None:
    html = city.test_client().get("/family?near=宮島町").text
    going = html.split("通いの場・お茶・体操")[1].split("</section>")[0]
    assert "フェリーで" not in going


@pytest.mark.parametrize("town", ["存在しない町", "<script>", "あ" * 3000, "9999"])
def test_a_town_that_does_not_exist_is_answered_with_the_towns_there_are(city: Flask, town: str) -> None:
    response = city.test_client().get("/family", query_string={"near": town})
    assert response.status_code == 200 and "見つかりませんでした" in response.text
    assert "/family?near=" in response.text and "<script>" not in response.text


@pytest.mark.parametrize("url", ["/about", "/accessibility", "/privacy"])
def test_the_site_speaks_of_itself_and_gives_a_number(client: FlaskClient, url: str) -> None:
    assert text_of(client.get(url).text).count(PHONE) >= 2


def test_the_privacy_page_names_whoever_serves_the_map_and_nobody_else(site: Site) -> None:
    plain = text_of(site.app.test_client().get("/privacy").text)
    assert "ほかの会社や役所の機械とやりとりすることはありません" in plain and "cyberjapandata" not in plain
    with_tiles = create_app(replace(site.settings, map_tiles="gsi_pale"), "public")
    words = text_of(with_tiles.test_client().get("/privacy").text)
    assert "「地理院タイル」を配っている所（cyberjapandata.gsi.go.jp）から直接受け取ります" in words
    assert "やりとりすることはありません" not in words


def test_what_is_counted_is_said_in_the_words_of_those_who_count(client: FlaskClient) -> None:
    about, privacy = (text_of(client.get(url).text) for url in ("/about", "/privacy"))
    assert all(sentence in about for sentence in DEFINITION)
    assert all(sentence in privacy for sentence in DEMAND_DEFINITION)


def test_the_results_page_names_what_was_not_checked(client: FlaskClient) -> None:
    words = text_of(client.get("/accessibility").text)
    assert "まだたしかめていないこと" in words and "「準拠」とは書きません" in words
