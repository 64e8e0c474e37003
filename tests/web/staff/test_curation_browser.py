"""Can a coordinator work in a browser? By keyboard alone, with a page that follows what is typed, without scripts, on a phone."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from directory.curation.proposals import propose
from directory.curation.values import values_of
from directory.db import read_session
from tests.factories import add_listing
from tests.web.browsing import faults, follow
from tests.web.serving import served
from tests.web.staff.conftest import NOON, StaffSite

pytestmark = pytest.mark.browser

HOSTILE = "<img src=x onerror=\"document.title='burnt'\"><script>document.title='burnt'</script>\"'>"
DESK = "/desk/curation"
LIST, EDIT = f"{DESK}/listings/", "/edit/"


@pytest.fixture(scope="module")
def address(staff_site: StaffSite) -> Iterator[str]:
    with served(staff_site.app) as url:
        yield url


def engine_of(site: StaffSite):
    return site.app.extensions["yoridokoro"].engine


@pytest.fixture(scope="module")
def hostile(staff_site: StaffSite) -> tuple[str, str]:
    """A listing and a proposal with markup in every text."""
    engine = engine_of(staff_site)
    listing = add_listing(
        engine, service={"name": HOSTILE, "name_kana": HOSTILE, "summary": HOSTILE, "description": HOSTILE,
                         "audience_text": HOSTILE},
        organization={"name": HOSTILE, "normalised_name": "x"},
        location={"name": HOSTILE, "town": HOSTILE, "travel_notes": HOSTILE},
        phrases=[HOSTILE], fees=[{"per": HOSTILE[:60], "yen": 1, "note": HOSTILE}], roles=[{"name": HOSTILE, "what": HOSTILE}],
        areas=[(HOSTILE[:60], HOSTILE)], usual={"people": HOSTILE}, first_day={"bring": HOSTILE}, representative=HOSTILE,
        other_facts={HOSTILE: HOSTILE}, keywords=[HOSTILE], phone_hours=HOSTILE, web=HOSTILE, email=HOSTILE, contact_public=True)
    values = {"service.summary": HOSTILE + "2", "schedules": [HOSTILE + "2"], "listing.usual": {"people": HOSTILE + "2"}}
    return listing, propose(engine, listing, values, "report", HOSTILE, HOSTILE, NOON)


@pytest.fixture
def case(staff_site: StaffSite) -> tuple[str, str]:
    """A listing and a proposal of two fields."""
    listing = add_listing(engine_of(staff_site), service={"name": "みなと体操"}, phone="0829-00-1000", areas=[("地域", "佐伯")])
    wanted = {"listing.phone": "0829-00-2111", "listing.welcome": "always"}
    return listing, propose(engine_of(staff_site), listing, wanted, "postcard", "はがき", "世話人", NOON)


def sign_in(context, staff_site: StaffSite, address: str) -> Page:
    token = staff_site.session_of(staff_site.people["curator"])
    context.add_cookies([{"name": "desk", "value": token, "url": address}])
    return context.new_page()


@pytest.fixture
def page(browser, staff_site: StaffSite, address: str) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield sign_in(context, staff_site, address)
    context.close()


def says(site: StaffSite, listing: str, key: str) -> object:
    with read_session(engine_of(site)) as session:
        return values_of(session, listing)[key]


def test_axe_finds_nothing_on_the_pages_of_a_day(page: Page, address: str, case, axe_source: str) -> None:
    listing, proposal = case
    for path in (f"{DESK}/proposals/{proposal}", f"{LIST}{listing}{EDIT}contact"):
        page.goto(address + path)
        assert faults(page, axe_source) == [], path


@pytest.mark.long
@pytest.mark.parametrize("width", [320, 375, 1280])
def test_axe_finds_nothing_on_any_page(page: Page, address: str, case, hostile, axe_source: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    parts = ("what", "who", "when", "where", "welcome", "fees", "facilities", "roles", "contact", "run", "publication")
    for listing, proposal in (case, hostile):
        for path in (f"{DESK}/", f"{DESK}/queue?kind=overdue", f"{DESK}/proposals/{proposal}", f"{DESK}/listings",
                     f"{DESK}/new", f"{LIST}{listing}", f"{LIST}{listing}/history",
                     *(f"{LIST}{listing}{EDIT}{part}" for part in parts)):
            page.goto(address + path)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path
            assert faults(page, axe_source) == [], path


def test_a_proposal_is_decided_and_taken_back_by_keyboard_alone(page: Page, address: str, case, staff_site: StaffSite) -> None:
    listing, proposal = case
    page.goto(f"{address}{DESK}/queue?kind=proposals")
    expect(page.get_by_text("キー操作", exact=True)).to_be_visible()
    while f"/proposals/{proposal}" not in (page.evaluate("document.activeElement.href") or ""):
        page.keyboard.press("j")
    page.keyboard.press("a")
    page.wait_for_url(f"**/proposals/{proposal}*")
    for key in "jjakr":
        page.keyboard.press(key)
    page.keyboard.type("jakr 電話で確かめてから")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").get_by_text("取り消せます")).to_be_visible()
    assert says(staff_site, listing, "listing.phone") == "0829-00-2111"
    assert says(staff_site, listing, "listing.welcome") == "unknown"
    undo = page.get_by_role("button", name="取り消す").first
    undo.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("もとの内容にもどしました")).to_be_visible()
    assert says(staff_site, listing, "listing.phone") == "0829-00-1000"


def test_the_keys_can_be_switched_off(page: Page, address: str, case) -> None:
    page.goto(f"{address}{DESK}/proposals/{case[1]}")
    page.get_by_role("button", name="キー操作を切る").click()
    page.keyboard.press("r")
    expect(page.locator("input[value=reject]:checked")).to_have_count(0)
    page.reload()
    expect(page.get_by_role("button", name="キー操作を使う")).to_be_visible()
    page.get_by_role("button", name="キー操作を使う").click()


def test_what_is_typed_shows_its_dates_and_is_kept_as_a_draft(page: Page, address: str, case, staff_site: StaffSite) -> None:
    form = f"{address}{LIST}{case[0]}{EDIT}when"
    page.goto(form)
    page.locator("textarea").first.fill("第2・4火曜 13時～15時")
    expect(page.locator("[data-read]").first).to_contain_text("12月8日（火） 13:00～15:00")
    expect(page.locator("#preview")).to_contain_text("12月8日（火）")
    expect(page.get_by_text("書きかけを残しました")).to_be_visible(timeout=10_000)
    page.goto(form)
    expect(page.get_by_text("書きかけを開いています")).to_be_visible()
    expect(page.locator("textarea").first).to_have_value("第2・4火曜 13時～15時")
    follow(page.get_by_role("button", name="保存する", exact=True).last)
    assert says(staff_site, case[0], "schedules")[0]["phrase"] == "第2・4火曜 13時～15時"


def test_everything_works_on_a_phone_without_scripts(browser, staff_site: StaffSite, address: str, case) -> None:
    context = browser.new_context(viewport={"width": 375, "height": 800}, java_script_enabled=False)
    page = sign_in(context, staff_site, address)
    page.goto(f"{address}{LIST}{case[0]}{EDIT}when")
    page.locator("textarea").first.fill("毎週金曜 9時～10時")
    follow(page.get_by_role("button", name="見えかたを確かめる"))
    expect(page.locator("#preview")).to_contain_text("11月27日（金）")
    follow(page.get_by_role("button", name="保存する", exact=True).last)
    page.goto(f"{address}{DESK}/proposals/{case[1]}")
    page.get_by_role("group", name="電話番号をどうするか").get_by_label("見送る").check()
    follow(page.get_by_role("button", name="この内容で決める"))
    expect(page.get_by_role("alert")).to_contain_text("見送る理由を書いてください")
    page.get_by_label("理由").first.fill("電話で確かめてから")
    page.get_by_label("理由").last.fill("電話で確かめてから")
    follow(page.get_by_role("button", name="この内容で決める"))
    assert says(staff_site, case[0], "listing.welcome") == "always"
    context.close()


def test_markup_somebody_stored_never_runs_at_the_desk(page: Page, address: str, hostile, staff_site: StaffSite) -> None:
    listing, proposal = hostile
    page.on("dialog", lambda dialog: pytest.fail("a script ran"))
    for path in (f"{DESK}/", f"{DESK}/queue?kind=proposals", f"{DESK}/proposals/{proposal}", f"{DESK}/listings?q=img",
                 f"{LIST}{listing}", f"{LIST}{listing}{EDIT}what", f"{LIST}{listing}/history"):
        page.goto(address + path)
        page.wait_for_load_state("load")
        assert "burnt" not in page.title().partition("<")[0] and page.locator("main img, main script").count() == 0, path
