"""Are the pages as good in every 表示設定? A real browser looks at each of the twelve."""

import re
from itertools import product

import pytest

from tests.web.browsing import faults, follow
from tests.web.conftest import Site
from tests.web.test_browser import address  # noqa: F401 — a fixture
from web.reader import Reader

pytestmark = pytest.mark.browser

# What changes most in every run, the others in the long one.
READERS = [Reader(*one) for one in product((1, 2, 3), (False, True), (False, True))]
MOST = "s3f1e1"
SETTINGS = [pytest.param(one, id=one.cookie, marks=[] if one.cookie == MOST else pytest.mark.long) for one in READERS]


def pages_of(site: Site) -> list[str]:
    town = site.town
    return ["/search?q=体操", f"/listings/{town.rich}", "/settings?done=1", "/my-list", "/nowhere", "/patterns",
            f"/listings/{town.closed}", f"/listings/{town.rich}/print",
            f"/my-list/print?ids={town.rich},{town.sparse}"]


def context_of(browser, address: str, site: Site, reader: Reader, **options):  # noqa: F811
    context = browser.new_context(viewport={"width": 375, "height": 800}, **options)
    context.add_cookies([{"name": "display", "value": reader.cookie, "url": address},
                         {"name": "my_list", "value": f"{site.town.rich}.{site.town.sparse}", "url": address}])
    return context


@pytest.mark.parametrize("reader", SETTINGS)
def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    browser, site: Site, address: str, axe_source: str, reader: Reader,  # noqa: F811
) -> None:
    context = context_of(browser, address, site, reader)
    page = context.new_page()
    for url in pages_of(site):
        page.goto(address + url)
        assert faults(page, axe_source) == [], url
        page.set_viewport_size({"width": 320, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, url
        page.set_viewport_size({"width": 375, "height": 800})
    context.close()


def test_a_list_is_made_without_scripts_and_the_letters_grow(browser, site: Site, address: str) -> None:  # noqa: F811
    context = browser.new_context(java_script_enabled=False, viewport={"width": 375, "height": 800})
    page = context.new_page()
    page.goto(f"{address}/search?q=百歳体操")
    follow(page.get_by_role("button", name=re.compile("つつじ会.*マイリストに入れる")).first)
    follow(page.get_by_role("link", name="マイリスト(1)"))
    assert page.get_by_role("link", name="いきいき百歳体操 つつじ会").count() == 1
    page.goto(f"{address}/settings")
    page.get_by_label("とても大きい").check()
    follow(page.get_by_role("button", name="この表示にする"))
    assert page.get_by_role("status").inner_text().startswith("変えました")
    assert page.get_by_label("とても大きい").is_checked()
    context.close()


def test_settings_are_chosen_with_the_keyboard_alone(browser, site: Site, address: str) -> None:  # noqa: F811
    context = context_of(browser, address, site, Reader())
    page = context.new_page()
    page.goto(f"{address}/settings")
    page.locator("input[name=furigana][value='0']").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**done=1*")
    assert page.locator("ruby").count() > 10
    context.close()


def test_a_sheet_is_one_page_of_a4_in_readable_letters(browser, site: Site, address: str) -> None:  # noqa: F811
    for reader in (Reader(), Reader(3, True, True)):
        context = context_of(browser, address, site, reader)
        page = context.new_page()
        page.goto(f"{address}/listings/{site.town.rich}/print")
        page.emulate_media(media="print")
        smallest = page.evaluate(
            "Math.min(...[...document.querySelectorAll('main *:not(rt, rp)')]"
            ".filter(one => one.checkVisibility() && one.innerText)"
            ".map(one => parseFloat(getComputedStyle(one).fontSize)))")
        assert smallest >= 15.9
        assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True))) <= 1 + reader.furigana
        context.close()
