"""Can people use home, days, areas, paper, consultation and family? A real browser looks at each of them."""

import re
from collections.abc import Collection, Iterator

import pytest
from flask import Flask

from directory.db import read_session
from directory.listing import Listing
from directory.listings import read_listings

from tests.web.browsing import faults, follow

pytestmark = pytest.mark.browser

PAGES = {
    "home": "/", "week": "/calendar?area=佐伯", "day": "/calendar?date=2026-12-11", "past": "/calendar?date=2020-01-01",
    "nothing": "/calendar?q=吉和 夜 若者 ゲーム", "areas": "/areas/", "area": "/areas/宮島", "no-area": "/areas/どこか",
    "kinds": "/categories/", "kind": "/categories/dementia_cafe", "papers": "/monthly",
    "paper": "/monthly?area=吉和&month=2026-12", "consult": "/consult", "memory": "/consult?trouble=memory&area=佐伯",
    "urgent": "/consult?trouble=dying", "family": "/family", "town": "/family?near=津田", "about": "/about",
    "accessibility": "/accessibility", "privacy": "/privacy", "wish": "/wish?q=麻雀", "sent": "/wish?sent=1",
    "viewers": "/about/viewers", "zero": "/search?q=吉和 夜 若者 ゲーム", "sheet of an area": "/areas/吉和/print",
    "for me": "/for-me",
}

# Every combination of 文字サイズ, ふりがな and やさしい日本語, as the cookie holds it. Every run looks at the one that changes
# most, on a page of each template; the long one at all of all.
MOST = "s3f1e1"
SETTINGS = [f"s{size}f{furigana}e{easy}" for size in (1, 2, 3) for furigana in (0, 1) for easy in (0, 1)]
ONE_OF_EACH = ("home", "week", "area", "kinds", "papers", "consult", "family", "about", "wish", "zero", "for me")
DISPLAYED = [pytest.param(MOST, ONE_OF_EACH, id="most"),
             *(pytest.param(setting, PAGES, marks=pytest.mark.long, id=setting) for setting in SETTINGS)]


@pytest.fixture
def page(browser) -> Iterator:
    """A page as on a telephone."""
    context = browser.new_context(viewport={"width": 375, "height": 800})
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(page, address: str, axe_source: str, name: str) -> None:
    for width in (375, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(address + PAGES[name])
        assert faults(page, axe_source) == []


@pytest.mark.parametrize(("setting", "names"), DISPLAYED)
def test_axe_finds_nothing_in_any_display_setting(
    browser, address: str, axe_source: str, setting: str, names: Collection[str]
) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 800})
    context.add_cookies([{"name": "display", "value": setting, "url": address}])
    page = context.new_page()
    for name in names:
        page.goto(address + PAGES[name])
        assert faults(page, axe_source) == [], name
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, name
    context.close()


@pytest.mark.parametrize("name", ["home", "week", "areas", "area", "kinds", "kind", "consult", "memory", "urgent", "town"])
def test_furigana_stands_on_the_page(page, address: str, name: str) -> None:
    page.context.add_cookies([{"name": "display", "value": "s1f1e0", "url": address}])
    page.goto(address + PAGES[name])
    assert page.locator("main ruby").count() > 5


@pytest.mark.parametrize("name", PAGES)
def test_nothing_scrolls_sideways_at_320_pixels_or_with_letters_twice_as_large(page, address: str, name: str) -> None:
    for width, letters in ((320, "100%"), (640, "200%"), (1280, "200%")):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(address + PAGES[name])
        page.evaluate("size => { document.documentElement.style.fontSize = size }", letters)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, (width, letters)


def test_headings_go_down_one_step_at_a_time_and_there_is_one_first(page, address: str) -> None:
    for name, url in PAGES.items():
        page.goto(address + url)
        levels = [int(level) for level in page.eval_on_selector_all(
            "h1,h2,h3,h4", "all => all.map(one => one.tagName[1])")]
        assert levels[0] == 1 and levels.count(1) == 1, name
        assert all(later - earlier <= 1 for earlier, later in zip(levels, levels[1:], strict=False)), name


def test_what_is_pressed_is_at_least_48_pixels_high(page, address: str) -> None:
    for name in ("home", "week", "consult", "family", "papers", "area"):
        page.goto(address + PAGES[name])
        small = page.eval_on_selector_all(
            ".btn, .chip, .in, summary, .nav a, .foot a, .tabs a, .tile:not(.tile-wide), .words a",
            "all => all.filter(one => { const { height } = one.getBoundingClientRect(); return height && height < 47.5 })"
            ".map(one => one.outerHTML)",
        )
        assert small == [], name


def test_from_the_first_page_to_a_place_of_today_without_scripts(browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 375, "height": 800})
    page = context.new_page()
    page.goto(address)
    follow(page.get_by_role("link", name="今日・今週の予定を見る"))
    follow(page.get_by_role("link", name="きょう").first)
    follow(page.locator(".ev-name").first)
    page.wait_for_url("**/listings/**")
    context.close()


def test_from_a_worry_to_a_desk_without_scripts(browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 375, "height": 800})
    page = context.new_page()
    page.goto(address)
    follow(page.get_by_role("link", name="家族・近所の人が心配"))
    follow(page.get_by_role("link", name="もの忘れが気になる"))
    follow(page.get_by_role("link", name="佐伯", exact=True))
    follow(page.locator(".desk a").first)
    page.wait_for_url("**/listings/**")
    context.close()


def test_a_town_is_asked_for_and_answered_by_keyboard_alone(page, address: str) -> None:
    page.goto(f"{address}/family")
    for _step in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "near":
            break
    page.keyboard.type("津田")
    page.keyboard.press("Enter")
    page.wait_for_url("**near=**")
    assert page.get_by_role("heading", name=re.compile("津田（佐伯地域）")).is_visible()


def test_the_sheet_that_goes_round_is_black_on_white_a4_with_letters_of_12_points(page, address: str) -> None:
    page.goto(address + PAGES["paper"])
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 703, "height": 1000})
    smallest = page.evaluate(
        "Math.min(...[...document.querySelectorAll('main *')].filter(one => one.checkVisibility() && one.innerText)"
        ".map(one => parseFloat(getComputedStyle(one).fontSize)))"
    )
    assert smallest >= 15.9
    beyond = page.evaluate(
        "[...document.querySelectorAll('.k-tbl td')].filter(one => one.scrollWidth > one.clientWidth + 1)"
        ".map(one => one.innerText)")
    assert beyond == []
    paper = page.pdf(prefer_css_page_size=True)
    sheets = len(re.findall(rb"/Type\s*/Page\b", paper))
    assert 1 <= sheets <= 3
    assert re.search(rb"/MediaBox \[0 0 59[45][.\d]* 84[12][.\d]*\]", paper)


def test_the_places_with_most_to_tell_fit_one_sheet(page, address: str, city: Flask) -> None:
    with read_session(city.extensions["yoridokoro"].engine) as session:
        listings = sorted(read_listings(session), key=lambda one: (-len(" ".join(texts_of_sheet(one))), one.id))
    for one in listings[:12]:
        page.goto(f"{address}/listings/{one.id}/print")
        assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True))) == 1, one.name


def texts_of_sheet(one: Listing) -> list[str]:
    """What is long on a sheet: the lead, the rules, the first day, fees, conditions and the way."""
    sentences = [meeting.schedule.sentence or "" for meeting in one.meetings]
    fees = [f"{fee.per}{fee.note or ''}" for fee in one.fees]
    return [one.summary or one.description or "", one.audience_text or "", one.exclusion or "", one.travel_notes or "",
            *sentences, *fees, *one.first_day.values()]


def test_the_pages_ask_no_other_machine_and_break_no_policy(page, address: str) -> None:
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    for name, url in PAGES.items():
        if name != "no-area":
            page.goto(address + url)
    assert [url for url in asked if not url.startswith(address)] == []
    assert said == []
