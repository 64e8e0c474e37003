"""Can somebody ask for what is near the place they are at, without telling where they live? A real browser asks."""

import pytest

from tests.web.conftest import Site
from tests.web.test_browser import address  # noqa: F401 — a fixture

pytestmark = pytest.mark.browser

HERE = {"latitude": 34.371234, "longitude": 132.171987}
BUTTON = "いまいる所から近い順"


def opened(browser, address: str, **options):  # noqa: F811
    page = browser.new_context(viewport={"width": 375, "height": 800}, **options).new_page()
    page.goto(f"{address}/search?q=お茶")
    page.locator(".filters > summary").click()
    return page


def test_the_place_is_rounded_before_it_leaves_the_telephone(browser, site: Site, address: str) -> None:  # noqa: F811
    page = opened(browser, address, geolocation=HERE, permissions=["geolocation"])
    page.get_by_role("button", name=BUTTON).click()
    page.wait_for_url("**at=34.370%2C132.170**")
    assert "34.3712" not in page.url and "sort=near" in page.url and "q=" in page.url
    assert page.get_by_text("いまいる所から").first.is_visible()
    page.context.close()


def test_a_reader_who_says_no_is_asked_for_a_town(browser, site: Site, address: str) -> None:  # noqa: F811
    page = opened(browser, address)
    page.get_by_role("button", name=BUTTON).click()
    page.get_by_text("いまいる所がわかりませんでした。町の名前を入れてください。").wait_for()
    page.context.close()


def test_without_scripts_there_is_no_button_that_does_nothing(browser, site: Site, address: str) -> None:  # noqa: F811
    page = opened(browser, address, java_script_enabled=False)
    assert page.get_by_role("button", name=BUTTON).count() == 0
    assert page.get_by_role("button", name="近い順に").is_visible()
    page.context.close()
