"""Can people sign in and stay in? A real browser: axe, narrow, large letters, keyboard, no script, and the warning."""

import re
from collections.abc import Iterator
from functools import partial

import pytest
from playwright.sync_api import Page, expect

from tests.matcher.office import PASSWORD
from tests.web.browsing import faults, follow
from tests.web.staff.conftest import StaffSite
from tests.web.staff.test_sign_in import codes
from tests.web.serving import served

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address(staff_site: StaffSite) -> Iterator[str]:
    """The site with staff, served on this machine."""
    with served(staff_site.app) as url:
        yield url


@pytest.fixture
def page(browser) -> Iterator[Page]:
    """A page as on an office PC."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


@pytest.fixture
def plain(browser) -> Iterator[Page]:
    """A small page without scripts."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 375, "height": 800})
    yield context.new_page()
    context.close()


def enter(page: Page, site: StaffSite, login: str) -> None:
    page.get_by_label("ログイン名").fill(login)
    page.get_by_label("パスワード", exact=True).fill(PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_label("コード").fill(codes(site, login))
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="ログアウト")).to_be_visible()


def be_signed_in(page: Page, site: StaffSite, address: str, role: str) -> None:
    page.context.add_cookies([{"name": "desk", "value": site.session_of(site.people[role]), "url": address}])


def look(page: Page, axe_source: str, width: int) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url
    assert faults(page, axe_source) == []


def test_axe_finds_nothing_on_the_way_in_and_on_error_pages(
    page: Page, staff_site: StaffSite, address: str, axe_source: str
) -> None:
    for width, size in ((1280, "s1f0e0"), (375, "s1f0e0"), (320, "s3f0e0")):
        page.context.clear_cookies()
        page.context.add_cookies([{"name": "display", "value": size, "url": address}])
        page.set_viewport_size({"width": width, "height": 900})
        check = partial(look, page, axe_source, width)
        for start in ("/desk/sign-in", "/desk/sign-in?out=1", "/desk/nowhere"):
            page.goto(address + start)
            check()
        page.goto(f"{address}/desk/sign-in")
        page.get_by_label("ログイン名").fill("worker")
        page.get_by_label("パスワード", exact=True).fill("まちがった合い言葉です")
        page.get_by_role("button", name="次へ").click()
        expect(page.locator("#problem")).to_be_focused()
        check()
        page.get_by_label("パスワード", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="次へ").click()
        expect(page.get_by_label("コード")).to_be_visible()
        check()
        page.get_by_label("コード").fill("AAAA-AAAA")
        page.get_by_role("button", name="ログイン").click()
        expect(page.locator("#problem")).to_be_focused()
        check()
        be_signed_in(page, staff_site, address, "admin")
        page.goto(f"{address}/desk/")
        check()
        staff_site.clock.turn(minutes=20)


def test_everything_that_is_pressed_is_large_enough(page: Page, staff_site: StaffSite, address: str) -> None:
    be_signed_in(page, staff_site, address, "admin")
    for path in ("/desk/", "/desk/nowhere"):
        page.goto(address + path)
        small = page.eval_on_selector_all(
            ".btn, .in, .nav a", "all => all.filter(one => one.getBoundingClientRect().height < 47.5).map(one => one.outerHTML)")
        assert small == []


def test_one_signs_in_by_keyboard_and_sees_the_password_when_asked(
    page: Page, staff_site: StaffSite, address: str
) -> None:
    staff_site.hire("keyboard", "admin")
    page.goto(f"{address}/desk/sign-in")
    box = page.get_by_label("パスワード", exact=True)
    box.fill("abc")
    expect(box).to_have_attribute("type", "password")
    page.get_by_label("パスワードを表示する").check()
    expect(box).to_have_attribute("type", "text")
    page.get_by_label("パスワードを表示する").uncheck()
    expect(box).to_have_attribute("type", "password")
    enter(page, staff_site, "keyboard")
    assert "職員 keyboard" in page.locator(".who").inner_text()


def test_one_signs_in_and_out_without_scripts(plain: Page, staff_site: StaffSite, address: str) -> None:
    staff_site.hire("plain", "admin")
    plain.goto(f"{address}/desk/")
    enter(plain, staff_site, "plain")
    follow(plain.get_by_role("button", name="ログアウト"))
    expect(plain.get_by_text("ログアウトしました。")).to_be_visible()
    plain.goto(f"{address}/desk/")
    expect(plain.get_by_label("ログイン名")).to_be_visible()


def test_a_warning_comes_five_minutes_before_and_one_press_keeps_the_session(
    page: Page, staff_site: StaffSite, address: str
) -> None:
    page.clock.install()
    be_signed_in(page, staff_site, address, "admin")
    page.goto(f"{address}/desk/")
    warning = page.locator(".session-warning")
    page.clock.run_for("24:00")
    expect(warning).to_be_empty()
    page.clock.run_for("02:00")
    expect(warning).to_contain_text("あと4分でログアウトします")
    expect(warning).to_have_attribute("aria-live", "polite")
    staff_site.clock.turn(minutes=26)
    with page.expect_response("**/desk/stay") as answered:
        page.get_by_role("button", name="このまま続ける").click()
    assert answered.value.status == 200
    page.clock.run_for("00:02")
    expect(warning).to_be_empty()


def test_when_it_is_over_the_page_is_covered_and_the_way_back_is_shown(
    page: Page, staff_site: StaffSite, address: str
) -> None:
    page.clock.install()
    be_signed_in(page, staff_site, address, "admin")
    page.goto(f"{address}/desk/")
    page.clock.run_for("31:00")
    expect(page.locator("main")).to_be_hidden()
    expect(page.locator(".session-warning")).to_contain_text("書いた内容は消えていません")
    staff_site.clock.turn(minutes=31)
    page.get_by_role("button", name="ログインして続ける").click()
    expect(page).to_have_url(re.compile("/desk/sign-in"))


def test_no_page_breaks_the_policy_or_asks_another_machine(page: Page, staff_site: StaffSite, address: str) -> None:
    said, asked = [], []
    page.on("console", lambda message: said.append(message.text))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}/desk/sign-in")
    be_signed_in(page, staff_site, address, "admin")
    page.goto(f"{address}/desk/")
    assert said == [] and asked and not [url for url in asked if not url.startswith(address)]
