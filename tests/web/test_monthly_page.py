"""Is the sheet that goes round true, complete and readable on paper?"""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.web.test_search_page import text_of

PHONE = "0829-00-0100"


def rows(html: str) -> list[str]:
    return [text_of(row) for row in re.findall(r"<tr(?: class=\"k-new\")?><th scope=\"row\">.*?</tr>", html, re.S)]


def test_without_an_area_the_areas_and_months_are_offered(city: Flask) -> None:
    client = city.test_client()
    html = client.get("/monthly").text
    for url in set(re.findall(r'href="(/monthly\?[^"]*)"', html)):
        assert client.get(url.replace("&amp;", "&")).status_code == 200
    assert ">12月<span" in html and "民生委員担当区" in html


def test_a_place_of_the_small_town_has_its_row_with_days_hours_fee_and_number(client: FlaskClient) -> None:
    found = [row for row in rows(client.get("/monthly?area=佐伯&month=2026-12").text) if "百歳体操 つつじ会" in row]
    assert len(found) == 1
    for words in ("水", "2・9・16・23", "10:00～11:00", "つつじ集会所（津田）", "100円", "どうぞ", "0829-00-2101"):
        assert words in found[0]


def test_only_days_to_come_stand_on_this_months_sheet(client: FlaskClient) -> None:
    found = [row for row in rows(client.get("/monthly?area=佐伯&month=2026-11").text) if "百歳体操 つつじ会" in row]
    assert re.search(r"水 25 10:00", found[0])


def test_the_sheet_has_the_places_that_the_search_finds_for_the_month(city: Flask) -> None:
    client = city.test_client()
    html = client.get("/monthly?area=吉和&month=2026-12").text
    names = set(re.findall(r"<td><b>([^<]*)</b>", html)) | set(re.findall(r"<li><b>([^<]*)</b>", html))
    total = re.search(r'role="status"[^>]*>(\d+)件', client.get("/search?area=吉和&when=next_month").text)[1]
    assert len(names) == int(total)


def test_boxes_for_stamps_the_issue_date_and_the_way_back_stand_on_it(client: FlaskClient) -> None:
    html = client.get("/monthly?area=佐伯").text
    words = text_of(html)
    assert "読んだら印か丸を" in words and "2026年11月24日 発行" in words and PHONE in words and "回覧" in words
    assert re.search(r'<svg class="qr"[^>]*>\s*<path d="M', html)


def test_a_district_with_the_name_of_an_area_is_not_that_area(city: Flask) -> None:
    client = city.test_client()
    assert len(rows(client.get("/monthly?district=宮島").text)) < len(rows(client.get("/monthly?area=宮島").text))


@pytest.mark.parametrize(
    "asked", ["month=2020-01", "month=9999-12", "month=2026-13", "month=x", "area=佐伯&month=0000-00"])
def test_a_month_that_cannot_be_made_is_told(client: FlaskClient, asked: str) -> None:
    words = text_of(client.get(f"/monthly?{asked}").text)
    assert "その月の紙は作れません" in words and PHONE in words


def test_an_unknown_district_is_told(client: FlaskClient) -> None:
    assert "一覧にありませんでした" in client.get("/monthly?district=どこか").text


def test_a_month_without_a_date_says_so_with_a_number(client: FlaskClient) -> None:
    words = text_of(client.get("/monthly?area=宮島").text)
    assert "まだありません" in words and words.count(PHONE) >= 2
