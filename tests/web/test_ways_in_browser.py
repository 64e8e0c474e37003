"""Can people report, apply and answer in a real browser, without scripts, at 320 px, and does axe find nothing?"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

import pytest

from directory.db import make_engine, write_session
from directory.inbox import Inbox
from directory.ways_in.links import make_links
from tests.web.browsing import faults, follow
from tests.web.conftest import Site
from tests.web.serving import served
from web import create_app

pytestmark = pytest.mark.browser


@dataclass(frozen=True)
class Open:
    """A site being served, its inbox, and links to a place: as many as a test uses up."""

    url: str
    inbox: Inbox
    listing: str
    tokens: list[str]


@pytest.fixture(scope="module")
def running(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Open]:
    folder = tmp_path_factory.mktemp("ways-in")
    engine = make_engine(site.settings.directory_database_url)
    with write_session(engine) as session:
        tokens = [link.token for link in make_links(session, [site.town.rich] * 3, datetime(2026, 11, 24, 3))]
        session.commit()
    engine.dispose()
    inbox = Inbox.open(f"sqlite:///{folder / 'inbox.db'}")
    with served(create_app(replace(site.settings, instance=folder), "public")) as url:
        yield Open(url, inbox, site.town.rich, tokens)
    inbox.close()


@pytest.fixture
def plain(browser) -> Iterator:
    """A telephone without scripts."""
    context = browser.new_context(viewport={"width": 375, "height": 800}, java_script_enabled=False)
    yield context.new_page()
    context.close()


def kinds(running: Open) -> list[str]:
    return [letter.kind for batch in running.inbox.batches() for letter in batch]


def test_three_presses_report_a_place_without_scripts(plain, running: Open) -> None:
    plain.goto(f"{running.url}/listings/{running.listing}")
    follow(plain.get_by_role("link", name="情報が違います"))
    plain.get_by_text("もうやっていない").click()
    follow(plain.get_by_role("button", name="送る", exact=True))
    plain.get_by_role("heading", name="お知らせを受け取りました").wait_for()
    assert kinds(running).count("report") == 1


def test_five_screens_with_back_and_a_change_without_scripts(plain, running: Open) -> None:
    def go_on(**answers: str) -> None:
        for name, words in answers.items():
            plain.fill(f"#{name}", words)
        follow(plain.get_by_role("button", name="次へ"))

    plain.goto(f"{running.url}/apply")
    follow(plain.get_by_role("link", name="書きはじめる"))
    go_on()
    assert plain.locator("#problem li").count() == 2
    go_on(organization="花の会", name="花のサロン")
    go_on(words="花を植えて、お茶を飲みます。")
    plain.go_back()
    assert plain.input_value("#words") == "花を植えて、お茶を飲みます。", "going back asks nothing and loses nothing"
    go_on()
    go_on(when="第2・4火曜 10時～12時", place="津田集会所")
    go_on()
    plain.check("#consent")
    go_on(contact_name="山田", contact="0829-00-1111")
    follow(plain.locator("li", has_text="活動の名前").get_by_role("link"))
    plain.fill("#name", "草のサロン")
    follow(plain.get_by_role("button", name="確認にもどる"))
    assert plain.get_by_text("草のサロン").count() == 1
    follow(plain.get_by_role("button", name="この内容で送る"))
    follow(plain.get_by_role("link", name="どうなったかを見る"))
    plain.get_by_text("この番号では、まだわかりません。").wait_for()
    assert kinds(running).count("application") == 1 and "草" not in plain.url


def test_unchanged_is_one_press_without_scripts(plain, running: Open) -> None:
    plain.goto(f"{running.url}/update?k={running.tokens[0]}")
    follow(plain.get_by_role("button", name="変わりありません"))
    plain.get_by_role("heading", name="受け取りました").wait_for()
    assert running.tokens[0] not in plain.url and kinds(running).count("update") == 1


@pytest.mark.parametrize("every", [pytest.param(1, marks=pytest.mark.long), 4])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(browser, running: Open, axe_source: str, every: int) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 800})
    context.add_cookies([{"name": "display", "value": "s3f1e1", "url": running.url}])
    page = context.new_page()
    token = running.tokens[1]
    pages = (
        (f"/listings/{running.listing}/report", "送"), (f"/listings/{running.listing}/report?sent=1", ""), ("/apply", ""),
        ("/apply/group", "次"), ("/apply/contact", ""), ("/apply/check", ""), ("/apply/status?number=1", ""),
        (f"/update?k={token}", ""), (f"/update/change?k={token}", "送"), ("/update?k=nothing", ""), ("/update/sent", ""),
    )
    for address, press in pages[::every]:
        page.goto(running.url + address)
        if press:
            follow(page.locator("main form button", has_text=press).first)
            page.locator("#problem").wait_for()
        assert faults(page, axe_source) == [], address
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, address
    context.close()
