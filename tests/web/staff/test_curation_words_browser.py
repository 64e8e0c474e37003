"""Can a curator change a word by keyboard on a telephone, is every page of it good for everyone, and does no markup fire?"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import Engine, update

from directory import trials
from directory.models import VocabularyTrial
from tests.web.browsing import faults, follow
from tests.web.serving import served
from tests.web.staff.conftest import StaffSite
from tests.web.staff.test_curation_browser import engine_of, sign_in
from tests.web.staff.test_curation_words import SILENCING

pytestmark = pytest.mark.browser

WORDS = "/desk/curation/words"
WIDTH = 375
HOSTILE = "<img src=x onerror=alert(1)>"


@pytest.fixture(scope="module")
def address(staff_site: StaffSite) -> Iterator[str]:
    with served(staff_site.app) as url:
        yield url


@pytest.fixture
def page(browser, staff_site: StaffSite, address: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Page]:
    """A small screen, and trials that are done at once: one of them silences a word."""
    monkeypatch.setattr(trials, "_start", lambda settings, trial_id: done(engine_of(staff_site), trial_id))
    context = browser.new_context(viewport={"width": WIDTH, "height": 800})
    page = sign_in(context, staff_site, address)
    page.on("dialog", lambda dialog: pytest.fail(f"markup fired: {dialog.message}"))
    yield page
    context.close()


def done(engine: Engine, trial_id: str) -> None:
    result = {**SILENCING, "moved": [{**SILENCING["moved"][0], "q": HOSTILE}]}
    with engine.begin() as connection:
        connection.execute(update(VocabularyTrial).where(VocabularyTrial.id == trial_id).values(state="done", result=result))


def fits(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= WIDTH, page.url


def test_a_kind_is_added_seen_through_and_taken_back(page: Page, address: str, axe_source: str) -> None:
    page.goto(f"{address}{WORDS}?list=kinds")
    follow(page.get_by_role("link", name="新しい種類"))
    page.get_by_label("名前 ※必須").fill(HOSTILE)
    page.get_by_label("よみ ※必須").fill("鈴")
    page.get_by_label("ひとこと ※必須").fill("鈴を鳴らす野営です。")
    page.get_by_label("やさしい日本語 ※必須").fill("すずの ところ。")
    follow(page.get_by_role("button", name="何が変わるか、ためす"))
    problem = page.get_by_role("alert")
    expect(problem).to_be_focused()
    assert faults(page, axe_source) == []
    problem.get_by_role("link", name="よみ").click()
    expect(page.get_by_label("よみ ※必須")).to_be_focused()
    page.keyboard.press("Control+A")
    page.keyboard.type("すずのやえい")
    follow(page.get_by_role("button", name="何が変わるか、ためす"))
    expect(page.get_by_role("heading", level=1)).to_contain_text(HOSTILE)
    fits(page)
    assert faults(page, axe_source) == []
    page.get_by_label("なぜ変えますか ※必須").fill("河原の集まりがふえたため")
    follow(page.get_by_role("button", name="この内容で保存する"))
    expect(page.get_by_role("alert")).to_contain_text("確かめました")
    expect(page.get_by_label("なぜ変えますか ※必須")).to_have_value("河原の集まりがふえたため")
    page.get_by_label("相談先が出なくなる言葉を、確かめました").check()
    follow(page.get_by_role("button", name="この内容で保存する"))
    decided = page.get_by_role("region", name="これまでに変えたこと").get_by_role("listitem").first
    expect(decided).to_contain_text("河原の集まりがふえたため")
    follow(decided.get_by_role("button"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("取り消すと")


@pytest.mark.long
@pytest.mark.parametrize("where", [
    "?list=kinds", "?list=everyday", "/edit?list=kinds&entry=salon", "/edit?list=urgent&entry=suicide", "/edit?list=everyday",
    "/edit?list=places"])
def test_every_page_is_good_for_everyone(page: Page, address: str, axe_source: str, where: str) -> None:
    page.goto(f"{address}{WORDS}{where}")
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    fits(page)
    assert faults(page, axe_source) == []
