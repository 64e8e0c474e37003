"""Does a browser follow a list through? The page looks again by itself, nothing of the list runs, and scripts are not needed."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from directory.db import write_session
from directory.uploads.progress import Progress, Teller, progress_file
from directory.uploads.states import READING, upload
from directory.uploads.working import work
from tests.directory.uploads.conftest import SALONS, csv_of
from tests.web.browsing import faults, follow
from tests.web.serving import served
from tests.web.staff.conftest import StaffSite
from tests.web.staff.test_curation_browser import sign_in
from web.staff.files import KEY

pytestmark = pytest.mark.browser

LIST = "/desk/curation/uploads"
HOSTILE = "<img src=x onerror=\"\"document.title='burnt'\"\">"


@pytest.fixture(scope="module")
def address(staff_site: StaffSite) -> Iterator[str]:
    """The site, its background working at once."""
    engine = staff_site.app.extensions["yoridokoro"].engine
    staff_site.app.extensions[KEY] = lambda upload_id, now, _what: work(
        engine, staff_site.settings, upload_id, now)
    with served(staff_site.app) as url:
        yield url


def choose(page: Page, address: str, source: str, rows=SALONS) -> None:
    page.goto(address + LIST)
    page.set_input_files("#file", {"name": "一覧.csv", "mimeType": "text/csv", "buffer": csv_of(rows)})
    page.fill("#source", source)
    follow(page.get_by_role("button", name="読んで、表を作る"))


@pytest.mark.parametrize("scripts", [True, pytest.param(False, marks=pytest.mark.long)])
def test_a_list_is_taken_in_with_and_without_scripts(browser, staff_site, address, axe_source, scripts):
    context = browser.new_context(viewport={"width": 375 if scripts else 1280, "height": 900}, java_script_enabled=scripts)
    page = sign_in(context, staff_site, address)
    rows = [*SALONS, (f'"{HOSTILE}サロン"', f'"津田9{HOSTILE}"', f'"{HOSTILE}"', f'"{HOSTILE}"', f'"{HOSTILE}"')]
    choose(page, address, f"一覧 {scripts}", rows)
    page.get_by_role("button", name="この読み方で、表を作る").click()
    expect(page.get_by_role("heading", name="1行ずつの表")).to_be_visible()
    assert "burnt" not in page.title()
    if scripts:
        assert faults(page, axe_source) == []
    page.get_by_role("button", name="この表のとおりに取り込む").click()
    expect(page.get_by_role("heading", name="取り込みました")).to_be_visible()
    page.get_by_role("button", name="この取り込みをまとめて取り消す").click()
    expect(page.get_by_role("heading", name="取り消しました")).to_be_visible()
    context.close()


def test_the_page_follows_the_work_by_itself(browser, staff_site, address):
    engine = staff_site.app.extensions["yoridokoro"].engine
    context = browser.new_context()
    page = sign_in(context, staff_site, address)
    choose(page, address, "長い一覧")
    upload_id = page.url.rpartition("/")[2]
    said = Teller(progress_file(staff_site.settings.instance, upload_id))
    with write_session(engine) as session:
        upload(session, upload_id).state = READING
        session.commit()
    with said.telling():
        said.doing("sort")
        page.reload()
        expect(page.get_by_role("status").filter(has_text="くらべています")).to_be_visible()
        said._said = Progress("sort", 12_000, 56_442)
        expect(page.get_by_text("12,000 / 56,442")).to_be_visible()
        work(engine, staff_site.settings, upload_id)
        expect(page.get_by_role("button", name="この読み方で、表を作る")).to_be_visible()
    context.close()
