"""Does the box complete words for people, and never in their way? A real browser: keyboard, composing, late answers."""

import re
from collections.abc import Iterator

import pytest

from tests.web.browsing import faults


pytestmark = pytest.mark.browser


@pytest.fixture
def page(browser) -> Iterator:
    """A wide page that remembers what it asked for."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    opened = context.new_page()
    opened.asked = []
    opened.on("request", lambda request: opened.asked.append(request.url))
    yield opened
    context.close()


def test_words_are_completed_with_the_keyboard(page, address: str) -> None:
    page.goto(f"{address}/search")
    box = page.get_by_role("combobox", name="さがす言葉")
    box.press_sequentially("さろ")
    page.locator(".offers li").first.wait_for()
    assert box.get_attribute("aria-expanded") == "true"
    assert re.search(r"候補が\d件あります", page.locator("form.ask [role=status]").inner_text())
    box.press("ArrowDown")
    first = page.locator(".offers li").first
    assert box.get_attribute("aria-activedescendant") == first.get_attribute("id")
    assert first.get_attribute("aria-selected") == "true" and box.input_value() == "さろ"
    box.press("ArrowUp")
    assert box.get_attribute("aria-activedescendant") is None
    box.press("ArrowDown")
    box.press("Escape")
    assert box.get_attribute("aria-expanded") == "false" and box.input_value() == "さろ"
    box.press("ArrowDown")
    page.locator(".offers li").first.wait_for()
    box.press("ArrowDown")
    box.press("Enter")
    page.wait_for_url("**/search?q=*")
    assert page.locator("#q").input_value() == "サロン"


def test_a_late_answer_takes_away_neither_the_choice_nor_the_next_answer(page, address: str) -> None:
    waiting = []
    page.route("**/suggest?q=%E3%81%95", lambda route: waiting.append(route))  # 「さ」 is answered late
    page.goto(f"{address}/search")
    box = page.get_by_role("combobox", name="さがす言葉")
    with page.expect_request("**/suggest?*"):
        box.press_sequentially("さ")
    box.press_sequentially("ろ")
    page.locator(".offers li").first.wait_for()
    page.route("**/suggest?q=%E3%81%95%E3%82%8D%E3%82%93", lambda route: waiting.append(route))
    with page.expect_request("**/suggest?*"):
        box.press_sequentially("ん")
    box.press("ArrowDown")
    waiting[-1].continue_()
    page.wait_for_timeout(300)
    assert box.get_attribute("aria-activedescendant") == "q-offers-0"


def test_enter_without_a_choice_searches_for_the_words_as_they_are(page, address: str) -> None:
    page.goto(f"{address}/search")
    page.locator("#q").press_sequentially("さろ")
    page.locator(".offers li").first.wait_for()
    page.locator("#q").press("Enter")
    page.wait_for_url("**/search?q=*")
    assert page.locator("#q").input_value() == "さろ"


def test_a_press_on_an_offer_chooses_it_and_leaving_the_box_closes_the_list(page, address: str) -> None:
    page.goto(f"{address}/search")
    box = page.locator("#q")
    box.press_sequentially("つだ")
    page.locator(".offers li").first.wait_for()
    box.press("Tab")
    assert page.get_by_role("listbox").count() == 0
    box.focus()
    box.press("ArrowDown")
    page.locator(".offers li", has_text="津田").first.click()
    page.wait_for_url("**/search?q=*")
    assert page.locator("#q").input_value() == "津田"


def test_nothing_happens_while_words_are_composed(page, address: str) -> None:
    page.goto(f"{address}/search")
    box = page.locator("#q")
    box.focus()
    session = page.context.new_cdp_session(page)
    session.send("Input.imeSetComposition", {"text": "さろん", "selectionStart": 3, "selectionEnd": 3})
    page.wait_for_timeout(600)
    assert not [url for url in page.asked if "/suggest" in url]
    box.dispatch_event("keydown", {"key": "Enter", "isComposing": True, "keyCode": 229})
    assert page.url.endswith("/search")
    session.send("Input.insertText", {"text": "サロン"})
    page.locator(".offers li").first.wait_for()
    assert len([url for url in page.asked if "/suggest" in url]) == 1


def test_fast_typing_asks_once(page, address: str) -> None:
    page.goto(f"{address}/search")
    page.locator("#q").press_sequentially("いきいきひゃくさい", delay=20)
    page.locator(".offers li").first.wait_for()
    assert len([url for url in page.asked if "/suggest" in url]) <= 2


def test_the_offers_are_large_and_axe_finds_nothing(page, address: str, axe_source: str) -> None:
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(f"{address}/search")
        page.locator("#q").focus()
        page.keyboard.insert_text("お茶")
        page.locator(".offers li").first.wait_for()
        page.locator("#q").press("ArrowDown")
        assert min(one.bounding_box()["height"] for one in page.locator(".offers li").all()) >= 48
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert faults(page, axe_source) == []
