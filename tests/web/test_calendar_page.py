"""Does /calendar say what is on, what is only 予定 and what is called off, and help where there is nothing?"""

import re
from html import unescape
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.web.test_search_page import text_of

PHONE = "0829-00-0100"


def counts(html: str) -> tuple[int, int, int]:
    """Certain, 予定 and off, as the page says them."""
    found = re.search(r"確認ずみ (\d+)件 、予定（行く前に電話を） (\d+)件 、休み (\d+)件", text_of(html))
    return tuple(map(int, found.groups()))


@pytest.mark.parametrize("when", ["today", "this_week", "next_week"])
@pytest.mark.parametrize("asked", ["area=佐伯", "need=exercise", "day=wed&time=morning&area=大野"])
def test_the_days_have_the_places_that_the_search_finds_for_them(city: Flask, when: str, asked: str) -> None:
    client = city.test_client()
    days = [client.get("/calendar?date=2026-11-24&" + asked).text] if when == "today" else [
        client.get(f"/calendar?date=2026-{day}&{asked}").text
        for day in (["11-24", "11-25", "11-26", "11-27", "11-28", "11-29"] if when == "this_week" else
                    ["11-30", "12-01", "12-02", "12-03", "12-04", "12-05", "12-06"])]
    open_events = [event for html in days for event in re.findall(r'<div class="ev">.*?</div>', html, re.S)]
    places = {url for event in open_events for url in re.findall(r'href="/listings/([^"]*)"', event)}
    found = client.get(f"/search?when={when}&{asked}").text
    total = int(re.search(r'role="status"[^>]*>(?:<b>)?(\d+)件', found)[1])
    assert len(places) == total


def test_the_counts_are_those_of_the_rows(city: Flask) -> None:
    html = city.test_client().get("/calendar?date=2026-11-25&area=佐伯").text
    certain, tentative, off = counts(html)
    assert html.count('<div class="ev">') == certain + tentative
    assert html.count('<div class="ev off">') == off
    assert html.count("お出かけ前にお電話を</span>") == tentative


def test_a_day_called_off_is_struck_through_and_says_why(city: Flask) -> None:
    html = city.test_client().get("/calendar?date=2026-12-11").text
    row = re.search(r'<div class="ev off">(?:(?!</div>).)*健診の会場になるため', html, re.S)
    assert row and "休み" in text_of(row[0])


def test_a_holiday_on_which_a_place_rests_is_named(client: FlaskClient) -> None:
    html = client.get("/calendar?date=2027-02-23").text  # 天皇誕生日, a Tuesday
    assert "祝日" in text_of(html)


def test_a_long_list_names_the_days_after_with_their_counts(city: Flask) -> None:
    client = city.test_client()
    html = client.get("/calendar").text
    days = re.findall(r'<p class="when">(\d+)件</p><p><a class="ev-name" href="(\?date=[^"]*)"', html)
    assert days
    certain, tentative, _off = counts(client.get("/calendar" + unescape(days[0][1])).text)
    assert int(days[0][0]) == certain + tentative


@pytest.mark.parametrize(("asked", "words"), [
    ("date=2020-01-01", "もう過ぎた日です"),
    ("date=9999-12-31", "まだわかりません"),
    ("date=2026-02-30", "読みとれませんでした"),
    ("date=きのう", "読みとれませんでした"),
    ("when=someday", "読みとれませんでした"),
    ("colour=red", "という条件はありません"),
])
def test_a_day_that_cannot_be_shown_is_told_and_this_week_stands_there_instead(
    client: FlaskClient, asked: str, words: str
) -> None:
    response = client.get(f"/calendar?{asked}")
    assert response.status_code == 200
    said = text_of(response.text)
    assert words in said and "11月24日（火）から 11月29日（日）まで" in said and PHONE in said


def test_a_week_without_an_opening_offers_other_ways(client: FlaskClient) -> None:
    html = client.get("/calendar?area=宮島").text
    said = text_of(html)
    assert "この条件の予定は、まだ ありません" in said and "条件を外して見る" in said and PHONE in said
    way = re.search(r'<a href="([^"]*)" rel="nofollow">条件を外して見る</a></span><span class="num">(\d+)', html)
    certain, tentative, _off = counts(client.get("/calendar" + unescape(way[1])).text)
    assert int(way[2]) == certain + tentative


def test_the_periods_keep_the_other_conditions(client: FlaskClient) -> None:
    html = client.get("/calendar?area=大野&when=next_week").text
    tabs = re.search(r'<nav class="tabs".*?</nav>', html, re.S)[0]
    assert tabs.count(f"area={quote('大野')}") == 4
    assert 'aria-current="page"' in re.search(r"<a [^>]*when=next_week[^>]*>", tabs)[0]


def test_words_of_a_question_mean_the_same_days_as_in_the_search(client: FlaskClient) -> None:
    assert "11月25日" in text_of(client.get("/calendar?q=あした 体操").text)


def test_the_list_of_days_is_not_offered_to_search_engines_but_this_week_is(client: FlaskClient) -> None:
    assert 'content="noindex"' in client.get("/calendar?area=大野").text
