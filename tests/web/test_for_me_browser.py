"""Can people tick, press and go there: on a telephone, without scripts, by keyboard alone? A real browser looks."""

from collections.abc import Iterator

import pytest

from tests.web.browsing import faults, follow, unfold


pytestmark = pytest.mark.browser

WITH_SCRIPTS = {"with scripts": True, "without scripts": False}
# What is ticked → the first heading of the answer
ANSWERS = {
    "places": (("need=company", "need=exercise", "by=walk", "part=morning", "care=chairs"), "あなたに合いそうな場所"),
    "start": ((), "まずは、立ちよりやすい場所から"),
    "other": (("who=other", "need=food", "people=few"), "その方に合いそうな場所"),
    "nothing": (("like=mahjong", "care=sign_language", "gender=women", "day=6", "part=evening"), "まだ見つかっていません"),
}


# Every answer on a telephone; one of them also wide and in the largest letters with readings, all of them in the long run.
SCREENS = ((375, ""), (1280, ""), (320, "s3f1e1"))
LOOKS = [
    pytest.param(name, width, cookie, marks=[] if width == 375 or name == "places" else pytest.mark.long)
    for name in ANSWERS for width, cookie in SCREENS
]


@pytest.fixture
def page(browser) -> Iterator:
    """A page as on a telephone."""
    context = browser.new_context(viewport={"width": 375, "height": 800})
    yield context.new_page()
    context.close()


def answer(page, address: str, ticks: tuple[str, ...]) -> None:
    """Tick as a reader would: open what is folded, press, send."""
    page.goto(f"{address}/for-me")
    for tick in ticks:
        name, _equals, value = tick.partition("=")
        box = page.locator(f"input[name={name}][value='{value}']")
        for folded in page.locator("details:not([open])").filter(has=box).all():
            folded.locator("summary").first.click()
        box.check()
    follow(page.get_by_role("button", name="合う場所をさがす"))


@pytest.mark.parametrize(("name", "width", "cookie"), LOOKS)
def test_axe_finds_nothing_in_any_answer_and_nothing_scrolls_sideways(
    browser, address: str, axe_source: str, name: str, width: int, cookie: str
) -> None:
    ticks, heading = ANSWERS[name]
    context = browser.new_context(viewport={"width": width, "height": 900})
    if cookie:
        context.add_cookies([{"name": "display", "value": cookie, "url": address}])
    page = context.new_page()
    page.goto(f"{address}/for-me")
    unfold(page)
    for tick in ticks:
        page.check("input[name={}][value='{}']".format(*tick.split("=")))
    follow(page.locator("main form button").last)
    if not cookie:
        assert heading in page.locator("h1").inner_text()
    assert faults(page, axe_source) == [], width
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    levels = [int(level) for level in page.eval_on_selector_all("h1,h2,h3", "all => all.map(one => one.tagName[1])")]
    assert levels[0] == 1 and levels.count(1) == 1
    context.close()


@pytest.mark.parametrize("scripts", WITH_SCRIPTS)
def test_from_the_first_page_to_a_place_and_back_to_the_answer(browser, address: str, scripts: str) -> None:
    context = browser.new_context(java_script_enabled=WITH_SCRIPTS[scripts], viewport={"width": 375, "height": 800})
    page = context.new_page()
    page.goto(address)
    follow(page.get_by_role("link", name="わたしに合う場所をさがす").first)
    answer(page, address, ANSWERS["places"][0])
    assert page.url == f"{address}/for-me", "no answer stands in the address"
    first = page.locator(".place h3").first.inner_text()
    follow(page.locator(".place h3 a").first)
    page.wait_for_url("**/listings/**")
    page.go_back()
    assert page.locator(".place h3").first.inner_text() == first, "the way back asks nothing and loses nothing"
    context.close()


def test_a_star_keeps_the_place_and_the_answer_without_scripts(browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 375, "height": 800})
    page = context.new_page()
    answer(page, address, ANSWERS["places"][0])
    names = page.locator(".place h3").all_inner_texts()
    follow(page.get_by_role("button", name="マイリストに入れる").nth(1))
    assert page.locator(".place h3").all_inner_texts() == names
    assert page.get_by_role("button", name="マイリストから外す").count() == 1
    follow(page.get_by_role("link", name="マイリスト(1)"))
    assert page.locator(".place h3").all_inner_texts() == [names[1]]
    context.close()


def test_a_change_is_tried_by_pressing_it(page, address: str) -> None:
    answer(page, address, ANSWERS["places"][0])
    follow(page.locator("button[name=change]").first)
    assert page.locator("h1").inner_text() == "あなたに合いそうな場所"
    assert page.locator("#told + dl").inner_text().count("午前") == 0


def test_it_is_asked_and_answered_by_keyboard_alone(page, address: str) -> None:
    page.goto(f"{address}/for-me")
    page.locator("input[name=need][value=company]").focus()
    page.keyboard.press("Space")
    summary = page.locator("summary", has_text="いつがよいですか")
    summary.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") == "day"
    page.keyboard.press("Space")
    page.locator("main form button").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("h1:has-text('あなたに合いそうな場所')")
    assert "月曜" in page.locator("#told + dl").inner_text()


def test_what_is_ticked_is_at_least_48_pixels_high_and_prints_without_forms(page, address: str) -> None:
    answer(page, address, ANSWERS["places"][0])
    unfold(page)
    small = page.eval_on_selector_all(
        "main .choice, main .btn, main select, main summary",
        "all => all.filter(one => { const { height } = one.getBoundingClientRect(); return height && height < 47.5 })"
        ".map(one => one.outerHTML)")
    assert small == []
    page.emulate_media(media="print")
    assert page.locator(".suited").first.is_visible() and not page.locator("main form:visible, main button:visible").count()
