"""Can a coordinator begin a listing with what is registered, leave it and go on, and put its pin where the house is?"""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from directory.curation.values import values_of
from directory.db import read_session
from directory.models import Town
from directory.writing import writing
from tests.factories import add_listing
from tests.web.serving import served
from tests.web.staff.conftest import NOON, StaffSite
from tests.web.staff.test_curation_browser import engine_of, faults, sign_in

pytestmark = pytest.mark.browser

NEW = "/desk/curation/new"
HALL = {"name": "さくら会館", "name_kana": "さくらかいかん", "town": "津田", "latitude": 34.36, "longitude": 132.19, "precision": "town"}


@pytest.fixture(scope="module")
def address(staff_site: StaffSite) -> Iterator[str]:
    engine = engine_of(staff_site)
    with writing(engine, by="test", why="", now=NOON) as write:
        for name, latitude, longitude in (("津田", 34.36, 132.19), ("友田", 34.37, 132.21), ("飯山", 34.41, 132.13)):
            write.add(Town(prefecture="広島県", municipality="廿日市市", name=name, latitude=latitude, longitude=longitude))
    with served(staff_site.app) as url:
        yield url


@pytest.fixture
def listing(staff_site: StaffSite) -> str:
    return add_listing(engine_of(staff_site), service={"name": "さくら体操"}, location=HALL,
                       organization={"name": "さくら会", "name_kana": "さくらかい", "normalised_name": "さくら会"})


@pytest.fixture
def page(browser, staff_site: StaffSite, address: str) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield sign_in(context, staff_site, address)
    context.close()


def number(field: Locator) -> float:
    return float(field.input_value())


def test_a_registered_group_is_linked_by_keyboard_and_the_entry_left_and_gone_on_with(
    page: Page, address: str, listing: str, staff_site: StaffSite, axe_source: str
) -> None:
    page.goto(address + NEW)
    page.locator("#c-service-name").fill("さくらお茶の会")
    page.get_by_text("登録ずみの団体からえらぶ").click()
    box = page.get_by_role("combobox", name="団体の名前か よみ")
    box.press_sequentially("さくらか")
    expect(page.get_by_role("option", name=re.compile("さくら会"))).to_be_visible()
    box.press("ArrowDown")
    box.press("Enter")
    linked = page.get_by_role("region", name="登録ずみの団体：さくら会")
    expect(linked).to_be_focused()
    expect(page.locator("#c-service-name")).to_have_value("さくらお茶の会")
    assert faults(page, axe_source) == []
    page.get_by_role("button", name="書きかけを残す").click()
    expect(page.get_by_text("の書きかけを開いています")).to_be_visible()
    page.goto(address + NEW)
    page.get_by_role("link", name=re.compile("続きから.*さくらお茶の会")).click()
    expect(linked).to_be_visible()
    page.get_by_role("button", name="下書きを作る").last.click()
    page.wait_for_url("**/listings/*")
    made = re.search(r"/listings/([\w-]+)", page.url)[1]
    with read_session(engine_of(staff_site)) as session:
        assert values_of(session, made)["service.organization_id"] == values_of(session, listing)["service.organization_id"]
    page.goto(address + NEW)
    expect(page.get_by_role("link", name=re.compile("続きから"))).to_have_count(0)


def test_the_pin_is_moved_by_keyboard_and_by_a_press_and_says_where_it_is(
    page: Page, address: str, listing: str, staff_site: StaffSite, axe_source: str
) -> None:
    page.goto(f"{address}/desk/curation/listings/{listing}/edit/where")
    words, latitude, longitude = page.locator("#pin-words"), page.get_by_label("緯度"), page.get_by_label("経度")
    page.locator("#pin").scroll_into_view_if_needed()
    pin = page.get_by_role("application")
    expect(pin).to_be_visible()
    expect(words).to_contain_text("印は「津田」のあたりです")
    assert faults(page, axe_source) == []
    pin.focus()
    page.keyboard.press("ArrowUp")
    expect(latitude).not_to_have_value("34.36")
    assert number(latitude) > 34.36 and number(longitude) == 132.19
    expect(words).to_contain_text("「地図の印の正確さ」も")
    expect(pin).to_be_focused()
    latitude.fill("34.9")
    expect(words).to_contain_text("外にあるようです")
    page.locator(".map-live").click(position={"x": 60, "y": 60})
    expect(latitude).not_to_have_value("34.9")
    pressed = latitude.input_value()
    pin.drag_to(page.locator(".map-live"), target_position={"x": 200, "y": 200})
    expect(latitude).not_to_have_value(pressed)
    page.get_by_role("button", name="保存する", exact=True).last.click()
    page.wait_for_url("**/listings/*")
    with read_session(engine_of(staff_site)) as session:
        assert values_of(session, listing)["location.latitude"] != 34.36
