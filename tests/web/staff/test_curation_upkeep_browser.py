"""Can a coordinator keep the directory true by keyboard, on a phone? Calls, gaps, hand-over and the report of the month."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from secrets import token_hex

import pytest
from playwright.sync_api import Locator, Page, expect
from sqlalchemy import insert

from directory.curation.duties import duties
from directory.db import read_session
from directory.importers.reading.file import read_file
from directory.models import AreaDuty, ContactAttempt, DemandCount, GapLink, HandOver, ServiceAtLocation
from matcher.desk import Actor
from tests.factories import add_listing
from tests.web.browsing import faults, follow
from tests.web.conftest import TODAY
from tests.web.serving import served
from tests.web.staff.conftest import StaffSite
from tests.web.staff.test_curation_browser import engine_of, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.long]

DESK = "/desk/curation"
PHONE_LIST, GAPS, DUTIES, REPORT = f"{DESK}/freshness", f"{DESK}/gaps", f"{DESK}/duties", f"{DESK}/activity"
LAST_SEEN = date(2025, 6, 1)
WIDTH = 375
# More presses than any of these pages has stops: a page that traps the keyboard fails instead of hanging.
MOST_STOPS = 250


@pytest.fixture(scope="module")
def address(staff_site: StaffSite) -> Iterator[str]:
    with served(staff_site.app) as url:
        yield url


@pytest.fixture(scope="module")
def following(staff_site: StaffSite) -> Actor:
    """The coordinator who comes next."""
    return staff_site.hire("following-sc", "curator")


@pytest.fixture(params=[True, False], ids=["scripts", "no scripts"])
def page(request, browser, staff_site: StaffSite, address: str) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": WIDTH, "height": 800}, java_script_enabled=request.param)
    yield sign_in(context, staff_site, address)
    context.close()


@pytest.fixture
def looking(browser, staff_site: StaffSite, address: str) -> Iterator[Page]:
    """A page for axe, which needs scripts."""
    context = browser.new_context(viewport={"width": WIDTH, "height": 800})
    yield sign_in(context, staff_site, address)
    context.close()


def overdue(staff_site: StaffSite, name: str) -> str:
    """A listing nobody confirmed for a year and a half, with a number."""
    return add_listing(
        engine_of(staff_site), service={"name": name}, phone="0829-00-6100", areas=[("地域", "宮島")],
        assured_date=LAST_SEEN, assured_by="社協", assured_how="訪問")


def stored(staff_site: StaffSite, listing: str) -> ServiceAtLocation:
    with read_session(engine_of(staff_site)) as session:
        return session.get_one(ServiceAtLocation, listing)


def tab_to(page: Page, wanted: Locator) -> None:
    """Go there by Tab alone; the focus must be seen."""
    expect(wanted).to_have_count(1)
    for _press in range(MOST_STOPS):
        page.keyboard.press("Tab")
        if page.locator(":focus").and_(wanted).count():
            return
    pytest.fail(f"the keyboard never came to {wanted}")


def press(page: Page, wanted: Locator, key: str = "Enter") -> None:
    tab_to(page, wanted)
    page.keyboard.press(key)


def write(page: Page, label: str, words: str) -> None:
    tab_to(page, page.get_by_label(label, exact=True))
    page.keyboard.type(words)


def told(page: Page, words: str) -> None:
    expect(page.get_by_role("status").filter(has_text=words)).to_be_visible()


def called(page: Page, address: str, name: str) -> None:
    """From the phone list of 宮島 to the screen of one call."""
    page.goto(f"{address}{PHONE_LIST}?area=宮島")
    press(page, page.get_by_role("link", name=name, exact=True))
    expect(page.get_by_role("heading", level=1, name=name)).to_be_visible()


def seen_well(page: Page, axe_source: str) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= WIDTH, page.url
    assert faults(page, axe_source) == [], page.url


def test_a_listing_is_confirmed_on_the_telephone_and_taken_back(page: Page, address: str, staff_site: StaffSite) -> None:
    name = f"電話のサロン {token_hex(3)}"
    listing = overdue(staff_site, name)
    called(page, address, name)
    press(page, page.get_by_role("button", name="変わりなし・確認済みにする"))
    expect(page.get_by_role("heading", name="電話の一覧")).to_be_visible()
    expect(page.get_by_role("link", name=name, exact=True)).to_have_count(0)
    after = stored(staff_site, listing)
    me = staff_site.people["curator"].display_name
    assert (after.assured_date, after.assured_how, after.assured_by) == (TODAY, "電話", me)
    press(page, page.get_by_role("status").get_by_role("button", name="取り消す"))
    expect(page.get_by_text("もとの内容にもどしました")).to_be_visible()
    assert stored(staff_site, listing).assured_date == LAST_SEEN


def test_nobody_answers_and_the_call_waits_for_another_day(page: Page, address: str, staff_site: StaffSite) -> None:
    listing = overdue(staff_site, "留守のサロン")
    called(page, address, "留守のサロン")
    press(page, page.get_by_role("button", name="不在", exact=True))
    told(page, "電話の結果を残しました")
    later = page.get_by_role("region", name="あとで、かけなおす").get_by_role("listitem").filter(has_text="留守のサロン")
    expect(later.first).to_contain_text("11月27日")
    assert stored(staff_site, listing).assured_date == LAST_SEEN
    with read_session(engine_of(staff_site)) as session:
        attempt = session.query(ContactAttempt).filter_by(listing_id=listing).one()
    assert (attempt.outcome, attempt.again_on) == ("absent", TODAY + timedelta(days=3))
    press(page, later.first.get_by_role("link"))
    press(page, page.get_by_role("button", name="変わりなし・確認済みにする"))
    expect(page.get_by_role("heading", name="電話の一覧")).to_be_visible()
    assert stored(staff_site, listing).assured_date == TODAY


def test_a_draft_is_begun_from_a_cell_of_the_gaps(page: Page, address: str, staff_site: StaffSite) -> None:
    engine = engine_of(staff_site)
    with engine.begin() as connection:
        connection.execute(DemandCount.__table__.delete())
        connection.execute(insert(DemandCount), [
            {"day": TODAY, "area": "吉和", "parameter": "need", "term": "company", "searches": 12, "empty": 7}])
    with read_session(engine) as session:
        before = session.query(GapLink).count()
    page.goto(address + GAPS)
    press(page, page.get_by_role("table").get_by_role("link", name=re.compile("吉和 話し相手・仲間$")))
    expect(page.get_by_role("heading", level=1)).to_have_text("吉和・話し相手・仲間")
    form = page.get_by_role("region", name="新しい掲載の下書きを始める")
    press(page, form.get_by_role("button", name="下書きを作る"))
    expect(page.get_by_text("まだ作っていません")).to_be_visible()
    name = f"吉和の夜のお茶 {before}"
    tab_to(page, form.get_by_label("仮の名前"))
    page.keyboard.type(name)
    tab_to(page, form.get_by_label("種類"))
    page.keyboard.press("ArrowDown")
    tab_to(page, form.get_by_label("曜日"))
    page.keyboard.press("ArrowDown")
    press(page, form.get_by_role("button", name="下書きを作る"))
    told(page, "この不足と結びました")
    begun = page.get_by_role("region", name="この不足から始めたもの")
    expect(begun.get_by_role("listitem").filter(has_text=name)).to_contain_text("準備中")
    with read_session(engine) as session:
        links = session.query(GapLink).filter_by(area="吉和", need="company", weekday=0).all()
        drafts = [session.get_one(ServiceAtLocation, link.listing_id).status for link in links]
    assert len(links) == before + 1 and set(drafts) == {"draft"}


def test_an_area_passes_to_the_next_coordinator(page: Page, address: str, staff_site: StaffSite, following: Actor) -> None:
    me, engine = staff_site.people["curator"], engine_of(staff_site)
    with engine.begin() as connection:
        connection.execute(AreaDuty.__table__.delete())
        connection.execute(HandOver.__table__.delete())
    page.goto(address + DUTIES)
    own = page.get_by_role("group", name=f"{me.display_name}の担当")
    press(page, own.get_by_label("宮島"), "Space")
    press(page, page.locator("form").filter(has=own).get_by_role("button", name="この担当にする"))
    told(page, "担当を変えました")
    passing = page.get_by_role("region", name="引きつぐ", exact=True)
    people = passing.get_by_label("次の方")
    tab_to(page, people)
    for _option in range(people.get_by_role("option").all_inner_texts().index(following.display_name)):
        page.keyboard.press("ArrowDown")
    press(page, passing.get_by_role("checkbox", name=re.compile("^宮島")), "Space")
    write(page, "申し送り（職員だけ）", "つぎの連絡会は12月3日")
    press(page, passing.get_by_role("button", name="引きつぐ"))
    told(page, "引きつぎました")
    log = page.get_by_role("region", name="これまでの引きつぎ")
    expect(log).to_contain_text(f"{me.display_name} から {following.display_name} へ")
    expect(log).to_contain_text("つぎの連絡会は12月3日")
    with read_session(engine) as session:
        assert [(duty.area, duty.staff_id) for duty in duties(session)] == [("宮島", following.staff_id)]


def test_the_report_of_a_month_is_read_and_taken_along(page: Page, address: str, tmp_path: Path) -> None:
    page.goto(address + REPORT)
    tab_to(page, page.get_by_label("月", exact=True))
    page.keyboard.press("ArrowDown")
    press(page, page.get_by_role("button", name="この月を見る"))
    expect(page.get_by_role("heading", level=1)).to_have_text("2026年10月の活動報告")
    with page.expect_download() as taken:
        press(page, page.get_by_role("link", name="Excelで受けとる"))
    assert taken.value.suggested_filename == "activity-2026-10.xlsx"
    taken.value.save_as(tmp_path / "report.xlsx")
    in_file = {str(cells[0]): [str(cell) for cell in cells] for _row, cells in read_file(tmp_path / "report.xlsx").sheets[0].rows
               if cells}
    table = page.get_by_role("table")
    shown = table.get_by_role("columnheader").all_inner_texts()
    assert in_file["項目"][2:8] == shown[1:7] == ["全体", "廿日市", "佐伯", "吉和", "大野", "宮島"]
    confirmed = table.get_by_role("row").filter(has=page.get_by_role("rowheader", name=re.compile("^確認した")))
    assert [float(cell) for cell in in_file["確認した"][2:8]] == [
        float(cell) for cell in confirmed.get_by_role("cell").all_inner_texts()[:6]]


def test_axe_finds_nothing_on_a_phone(looking: Page, address: str, staff_site: StaffSite, axe_source: str) -> None:
    listing = overdue(staff_site, "目で見るサロン")
    for path in (f"{PHONE_LIST}?area=宮島", f"{DESK}/campaign", f"{PHONE_LIST}/{listing}", GAPS, f"{GAPS}/吉和/company",
                 DUTIES, REPORT):
        looking.goto(address + path)
        seen_well(looking, axe_source)
    looking.goto(f"{address}{GAPS}/吉和/company")
    follow(looking.get_by_role("button", name="下書きを作る"))
    expect(looking.get_by_text("まだ作っていません")).to_be_visible()
    seen_well(looking, axe_source)
