"""Can people use the pages? A real browser looks: axe, no script, narrow, enlarged, keyboard only, paper."""

import re
from collections.abc import Iterator

import pytest

from tests.web.browsing import faults, follow, unfold
from tests.web.conftest import Site
from tests.web.serving import served

pytestmark = pytest.mark.browser

A4_TEXT_WIDTH_PX = 703


@pytest.fixture(scope="module")
def address(site: Site) -> Iterator[str]:
    """The small town's site, served on this machine."""
    with served(site.app) as url:
        yield url


@pytest.fixture(scope="module")
def pages(site: Site) -> dict[str, str]:
    """Every kind of page, by name."""
    town = site.town
    return {
        "search": "/search", "found": "/search?q=大野 お茶", "zero": "/search?q=吉和 夜 若者 ゲーム",
        "urgent": "/search?q=もう死にたい", "ignored": "/search?foo=1&day=xyz", "near": "/search?near=津田&sort=near",
        "rich": f"/listings/{town.rich}", "sparse": f"/listings/{town.sparse}", "masked": f"/listings/{town.masked}",
        "visiting": f"/listings/{town.visiting}", "unread": f"/listings/{town.unread}",
        "closed": f"/listings/{town.closed}", "404": "/nowhere", "patterns": "/patterns",
    }


@pytest.fixture
def page(browser) -> Iterator:
    """A page as on a telephone, without scripts of its own: the site has none."""
    context = browser.new_context(viewport={"width": 375, "height": 800})
    yield context.new_page()
    context.close()


NAMES = ["search", "found", "zero", "urgent", "ignored", "near", "rich", "sparse", "masked", "visiting", "unread",
         "closed", "404", "patterns"]


def test_axe_finds_what_is_wrong_in_what_is_folded_too(page, axe_source: str) -> None:
    page.set_content("<html lang='ja'><title>x</title><main><h1>x</h1><details><summary>x</summary><img src='x'></details>")
    assert faults(page, axe_source) == [["image-alt", '<img src="x">']]


@pytest.mark.parametrize("name", NAMES)
def test_axe_finds_nothing(page, address: str, pages: dict[str, str], axe_source: str, name: str) -> None:
    for width in (375, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(address + pages[name])
        assert faults(page, axe_source) == []


@pytest.mark.parametrize("name", NAMES)
def test_nothing_scrolls_sideways_at_320_pixels_or_with_letters_twice_as_large(
    page, address: str, pages: dict[str, str], name: str
) -> None:
    for width, letters in ((320, "100%"), (640, "200%"), (1280, "200%")):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(address + pages[name])
        # The strict policy allows no inline style from the page; a reader's own letter size is set from outside.
        page.evaluate("size => { document.documentElement.style.fontSize = size }", letters)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, (width, letters)


def test_headings_go_down_one_step_at_a_time_and_there_is_one_first(page, address: str, pages: dict[str, str]) -> None:
    for url in pages.values():
        page.goto(address + url)
        names = page.eval_on_selector_all("h1,h2,h3,h4", "all => all.map(one => one.tagName)")
        levels = [int(name[1]) for name in names]
        assert levels[0] == 1 and levels.count(1) == 1, url
        assert all(later - earlier <= 1 for earlier, later in zip(levels, levels[1:], strict=False)), url


def test_what_is_pressed_is_at_least_48_pixels_high(page, address: str, pages: dict[str, str]) -> None:
    page.goto(address + pages["found"])
    unfold(page)
    small = page.eval_on_selector_all(
        ".btn, .chip, .pick, .in, summary, .nav a",
        "all => all.filter(one => { const box = one.getBoundingClientRect(); return box.height && box.height < 47.5 })"
        ".map(one => one.outerHTML)",
    )
    assert small == []


def test_a_place_is_found_without_scripts(browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 375, "height": 800})
    page = context.new_page()
    page.goto(address)
    page.get_by_label("さがす言葉").fill("百歳体操")
    follow(page.get_by_role("button", name="さがす"))
    follow(page.get_by_role("link", name="いきいき百歳体操 つつじ会"))
    assert page.get_by_role("heading", level=1).inner_text() == "いきいき百歳体操 つつじ会"
    follow(page.get_by_role("link", name="佐伯", exact=True))
    assert "area=" in page.url
    follow(page.get_by_role("link", name=re.compile("佐伯.*を外す")).first)
    assert "area=" not in page.url
    context.close()


def test_a_place_is_found_with_the_keyboard_alone(page, address: str) -> None:
    page.goto(f"{address}/search")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "本文へ"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "q"
    page.keyboard.type("百歳体操")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=*")
    for _step in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('.place') !== null"):
            break
    ring = page.evaluate("getComputedStyle(document.activeElement).outline")
    assert "4px" in ring and "rgb(0, 0, 0)" in ring
    page.keyboard.press("Enter")
    page.wait_for_url("**/listings/**")


def test_the_pages_ask_no_other_machine(page, address: str, pages: dict[str, str]) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for url in pages.values():
        page.goto(address + url)
    assert [url for url in asked if not url.startswith(address)] == []


def test_no_page_breaks_its_own_policy(page, address: str, pages: dict[str, str]) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    for name, url in pages.items():
        if name != "404":
            page.goto(address + url)
    assert said == []


@pytest.mark.parametrize(("name", "most"), [("rich", 2), ("sparse", 2), ("found", 9)])
def test_paper_is_black_on_white_a4_with_readable_letters(
    page, address: str, pages: dict[str, str], name: str, most: int
) -> None:
    page.goto(address + pages[name])
    page.emulate_media(media="print")
    page.set_viewport_size({"width": A4_TEXT_WIDTH_PX, "height": 1000})
    smallest = page.evaluate(
        "Math.min(...[...document.querySelectorAll('main *')].filter(one => one.checkVisibility() && one.innerText)"
        ".map(one => parseFloat(getComputedStyle(one).fontSize)))"
    )
    assert smallest >= 15.9  # 12 pt
    colours = page.evaluate(
        "[...new Set([...document.querySelectorAll('main p, main dd, main a, main h2')]"
        ".map(one => getComputedStyle(one).color))]"
    )
    assert colours == ["rgb(0, 0, 0)"]
    paper = page.pdf(prefer_css_page_size=True)
    assert paper.startswith(b"%PDF")
    assert 1 <= len(re.findall(rb"/Type\s*/Page\b", paper)) <= most
    assert re.search(rb"/MediaBox \[0 0 59[45][.\d]* 84[12][.\d]*\]", paper)
