"""Do postcards and sheets come out of a real printer's page, and does axe find nothing on the pages that make them?"""

import re
from collections.abc import Iterator

import pytest

from tests.web.browsing import faults, follow
from tests.web.serving import served
from tests.web.staff.conftest import StaffSite

pytestmark = pytest.mark.browser

# Points: 100 × 148 mm, and A4.
POSTCARD, A4 = (283, 420), (595, 842)


@pytest.fixture
def page(browser, staff_site: StaffSite) -> Iterator:
    """A coordinator's browser, signed in."""
    with served(staff_site.app) as url:
        context = browser.new_context(viewport={"width": 1280, "height": 900}, base_url=url)
        token = staff_site.session_of(staff_site.people["curator"])
        context.add_cookies([{"name": "desk", "value": token, "url": url}])
        yield context.new_page()
        context.close()


def sheets(page) -> list[tuple[int, int]]:
    """Width and height of every page that would be printed, in points."""
    boxes = re.findall(rb"/MediaBox \[\s*0 0 ([\d.]+) ([\d.]+)\s*\]", page.pdf(prefer_css_page_size=True))
    return [(round(float(width)), round(float(height))) for width, height in boxes]


def look(page, axe_source: str) -> None:
    assert faults(page, axe_source) == [], page.url


def test_a_print_job_is_one_piece_a_page_and_what_comes_back_is_one_press(page, axe_source: str) -> None:
    page.goto("/desk/curation/mailings?area=大野&old=0")
    look(page, axe_source)
    pieces = page.locator("input[name=listing]:checked").count()
    assert pieces > 20
    follow(page.get_by_role("button", name="QRはがきを印刷"))
    assert page.locator(".card").count() == pieces and page.locator(".card svg").count() == pieces
    assert sheets(page) == [POSTCARD] * pieces
    look(page, axe_source)
    page.goto("/desk/curation/mailings?area=大野&old=0")
    follow(page.get_by_role("button", name="確認票（A4）を印刷"))
    assert page.locator(".check").count() == pieces
    assert sheets(page) == [A4] * pieces
    code = page.locator(".check-code").first.inner_text().split()[-1]
    page.goto("/desk/curation/returns")
    page.keyboard.type(code)
    page.keyboard.press("Enter")
    page.get_by_role("button", name="変わりなし").wait_for()
    look(page, axe_source)
    follow(page.get_by_role("button", name="変わりなし"))
    page.get_by_text("つぎの番号をどうぞ").wait_for()
