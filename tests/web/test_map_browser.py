"""Can people use the map? A real browser: mouse, keyboard, no script."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.web.browsing import faults

pytestmark = pytest.mark.browser

LIST = "/search?area=佐伯&q=体操"
NUMBERS = "all => all.map(one => one.textContent.trim())"


@pytest.fixture
def page(browser) -> Iterator:
    """A wide page that remembers what it asked for and what it complained of."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    opened = context.new_page()
    opened.asked, opened.said = [], []
    opened.on("request", lambda request: opened.asked.append(request.url))
    opened.on("console", lambda message: opened.said.append(message.text))
    opened.on("pageerror", lambda error: opened.said.append(str(error)))
    yield opened
    context.close()


def open_map(page, url: str) -> None:
    """Open the page and wait until the map moves."""
    page.goto(url)
    page.locator("figure.map").scroll_into_view_if_needed()
    page.locator(".leaflet-control-scale-line").wait_for()


def listing(page, address: str) -> str:
    """The address of the first place of the list that has a map."""
    page.goto(address + LIST)
    return address + page.locator(".place h3 a").first.get_attribute("href")


def test_the_pins_of_the_map_have_the_numbers_of_the_list(page, address: str) -> None:
    open_map(page, address + LIST)
    pins = page.eval_on_selector_all(".leaflet-marker-icon.map-pin", NUMBERS)
    missing = re.search(r"0件。|\d+件：([\d、]+)", page.locator(".map figcaption").inner_text())
    assert missing
    on_no_map = missing[1].split("、") if missing[1] else []
    assert sorted([*pins, *on_no_map], key=int) == page.eval_on_selector_all(".place > .no", NUMBERS)


def test_no_pin_covers_another_at_any_zoom(page, address: str) -> None:
    page.emulate_media(reduced_motion="reduce")
    open_map(page, f"{address}/search?area=廿日市")
    for _zoom in range(3):
        boxes = page.eval_on_selector_all(
            ".leaflet-marker-icon.map-pin",
            "all => all.map(one => one.getBoundingClientRect())"
            ".map(box => [box.x + box.width / 2, box.y + box.height / 2])")
        pairs = [(one, other) for number, one in enumerate(boxes) for other in boxes[:number]]
        assert min(((one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2) ** 0.5 for one, other in pairs) >= 33
        page.get_by_role("button", name="地図を小さく").click()


def test_the_map_adds_three_tab_stops_and_a_way_past_them(page, address: str) -> None:
    open_map(page, address + LIST)
    inside = "all => all.filter(one => one.tabIndex >= 0 && one.getClientRects().length).length"
    assert page.eval_on_selector_all("figure.map *", inside) == 3
    page.get_by_role("link", name="地図をとばす").focus()
    assert page.get_by_role("link", name="地図をとばす").is_visible()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "after-map"


def test_the_buttons_are_large_say_what_they_do_and_do_it(page, address: str) -> None:
    open_map(page, address + LIST)
    scale = page.locator(".leaflet-control-scale-line")
    before = scale.inner_text()
    button = page.get_by_role("button", name="地図を大きく")
    assert button.bounding_box()["height"] >= 48 and button.inner_text() == "地図を大きく"
    button.press("Enter")
    expect(scale).not_to_have_text(before)


def test_a_pin_leads_to_its_row_and_a_row_shows_its_pin(page, address: str) -> None:
    open_map(page, address + LIST)
    page.locator(".leaflet-marker-icon.map-pin", has_text=re.compile("^3$")).click()
    assert page.evaluate("document.activeElement.closest('.place').querySelector('.no').textContent") == "3"
    assert page.eval_on_selector_all(".map-now", NUMBERS) == ["3"]
    page.locator(".place").nth(0).hover()
    assert "1" in page.eval_on_selector_all(".map-now", NUMBERS)
    page.locator(".place h3 a").nth(4).focus()
    assert "5" in page.eval_on_selector_all(".map-now", NUMBERS)


def test_a_press_on_the_map_moves_it_so_nobody_has_to_drag(page, address: str) -> None:
    open_map(page, listing(page, address))
    pin = page.locator(".leaflet-marker-icon.map-pin")
    before = pin.bounding_box()
    box = page.locator(".map-live").bounding_box()
    page.mouse.click(box["x"] + box["width"] - 40, box["y"] + 40)
    page.wait_for_function(
        "far => document.querySelector('.leaflet-marker-icon.map-pin').getBoundingClientRect().x < far", arg=before["x"] - 50)


def test_who_wants_no_motion_sees_none(browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    page = context.new_page()
    open_map(page, address + LIST)
    assert page.locator(".leaflet-zoom-anim, .leaflet-fade-anim").count() == 0
    context.close()


@pytest.mark.parametrize("width", [375, 1280])
def test_axe_finds_nothing_on_a_page_with_a_map_that_moves(page, address: str, axe_source: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    for url in (address + LIST, listing(page, address)):
        open_map(page, url)
        assert faults(page, axe_source) == [], url


def test_nothing_scrolls_sideways_at_320_pixels_or_with_letters_twice_as_large(page, address: str) -> None:
    for width, letters in ((320, "100%"), (640, "200%"), (1280, "200%")):
        page.set_viewport_size({"width": width, "height": 800})
        open_map(page, address + LIST)
        page.evaluate("size => { document.documentElement.style.fontSize = size }", letters)
        wide = page.evaluate("[...document.querySelectorAll('main *')].filter(one => !one.closest('.map-live')"
                             "&& one.getBoundingClientRect().right > innerWidth)"
                             ".map(one => one.outerHTML.slice(0, 80))")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, (width, letters, wide)


def test_the_map_and_the_box_ask_no_other_machine_and_break_no_policy(page, address: str) -> None:
    open_map(page, address + LIST)
    open_map(page, listing(page, address))
    page.goto(f"{address}/search")
    page.locator("#q").press_sequentially("さろ")
    page.locator(".offers li").first.wait_for()
    assert [url for url in page.asked if not url.startswith(address)] == []
    assert page.said == []


def test_the_scripts_of_the_map_are_fetched_only_by_who_comes_near_it(page, address: str) -> None:
    page.set_viewport_size({"width": 375, "height": 800})
    page.goto(address + LIST)
    page.wait_for_timeout(500)
    assert not [url for url in page.asked if "leaflet" in url]


def test_without_scripts_the_map_is_a_picture_with_the_same_numbers(browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(address + LIST)
    picture = page.get_by_role("img", name=re.compile("^地図。番号は一覧と同じです。"))
    assert picture.is_visible()
    numbers = page.locator(".place > .no").all_inner_texts()
    assert set(picture.locator(".m-no").all_text_contents()) <= set(numbers)
    assert page.locator("#q").get_attribute("type") == "search"
    assert page.get_by_role("combobox", name="さがす言葉").count() == 0
    context.close()


def test_a_failing_map_leaves_the_picture(page, address: str) -> None:
    page.route("**/leaflet.js", lambda route: route.abort())
    page.goto(address + LIST)
    page.wait_for_timeout(500)
    assert page.locator("figure.map > svg").is_visible()
