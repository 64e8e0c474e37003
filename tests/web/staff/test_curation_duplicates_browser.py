"""Can two listings be made one in a browser without a script, on any width, and does axe find nothing?"""

from collections.abc import Iterator

import pytest

from directory.duplicates.searching import search_pairs
from directory.vocabulary import load_vocabulary
from tests.factories import add_listing
from tests.web.browsing import faults, follow
from tests.web.conftest import ROOT
from tests.web.serving import served
from tests.web.staff.conftest import NOON, StaffSite

pytestmark = [pytest.mark.browser, pytest.mark.long]

LIST = "/desk/curation/duplicates"
HALL = {"name": "串戸集会所", "town": "串戸四丁目", "address_rest": "5-12"}


@pytest.fixture(scope="module")
def address(staff_site: StaffSite) -> Iterator[str]:
    """The site, with one サロン that stands in it twice."""
    engine = staff_site.app.extensions["yoridokoro"].engine
    shared = {"location": HALL, "phone": "0829-00-3101"}
    add_listing(engine, service={"name": "ひだまりサロン", "name_kana": "ひだまりさろん"}, phrases=["第2・4火曜日 10時～11時"],
                representative="山根 ハルエ", attributes={"chairs": "yes"}, **shared)
    add_listing(engine, service={"name": "サロンひだまり（串戸）", "summary": "お茶とおしゃべりを楽しむ会です。"},
                phrases=["第2・第4火曜 10時から"], representative="山根", fees=[{"per": "毎回", "yen": 100}], **shared)
    search_pairs(engine, load_vocabulary(ROOT / "data/vocabulary"), NOON)
    with served(staff_site.app) as url:
        yield url


def test_two_become_one_without_a_script_and_axe_finds_nothing(browser, staff_site: StaffSite, address: str, axe_source) -> None:
    session = staff_site.session_of(staff_site.people["curator"])
    for scripts in (True, False):
        context = browser.new_context(java_script_enabled=scripts, viewport={"width": 375, "height": 900})
        context.add_cookies([{"name": "desk", "value": session, "url": address}])
        page = context.new_page()
        page.goto(address + LIST)
        if not scripts:
            follow(page.get_by_role("link", name="ひだまり").first)
            follow(page.get_by_role("button", name="1つにまとめる"))
            assert page.get_by_text("1つにまとめました").count() == 1
            follow(page.get_by_role("button", name="2つに分ける").first)
            assert page.get_by_text("2つに分けて").count() == 1
        for path in (LIST, page.get_by_role("link", name="ひだまり").first.get_attribute("href")) if scripts else ():
            for width in (320, 1280):
                page.set_viewport_size({"width": width, "height": 900})
                page.goto(address + path)
                assert faults(page, axe_source) == [], (path, width)
                assert page.evaluate("document.documentElement.scrollWidth") <= width, (path, width)
        context.close()
