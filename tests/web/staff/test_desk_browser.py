"""Can a worker do the whole journey in a browser? From a second factor to the paper for the person; axe on every page."""

import re
from collections.abc import Iterator
from datetime import date

import pytest

from tests.factories import add_listing
from tests.web.browsing import faults, follow
from tests.web.staff.conftest import StaffSite
from tests.web.staff.test_sign_in_browser import enter
from tests.web.staff.worker import Worker
from tests.web.serving import served
from tests.web.test_browser import A4_TEXT_WIDTH_PX

pytestmark = pytest.mark.browser

WIDTHS = (375, 1280)
PAGES = ("/desk/home", "/desk/new", "", "/conditions/relation", "/conditions/needs", "/conditions/interests",
         "/conditions/required", "/conditions/slots", "/conditions/start", "/conditions/ways", "/conditions/load-people",
         "/conditions/person", "/candidates", "/placements", "/notes", "/enquiries", "/consents", "/no-contact", "/log",
         "/team", "/erase", "/desk/conferences", "/desk/emergencies")
# Pages of other people than the lead
OF_OTHERS = (("worker", "/desk/emergency"), ("auditor", "/desk/audit"))
# The two ends of the display settings, and what lies between
SETTINGS = ("s1f1e1", "s2f0e0", "s3f0e0", "s3f1e1")
PAPERS = ("sheet", "compare")


@pytest.fixture(scope="module")
def address(staff_site: StaffSite) -> Iterator[str]:
    """The site with its desks, served on this machine; a few places more than the small town has."""
    engine = staff_site.app.extensions["yoridokoro"].engine
    for number in range(1, 8):
        add_listing(
            engine, service={"name": f"縁側 {number}", "fees_state": "stated", "age_state": "none", "gender_state": "none",
                             "residency_state": "none", "easy_description": "お茶を のむ ところです。"},
            fees=[{"per": "毎回", "yen": 100 * number}], needs=("company",), welcome="always", contact_public=True,
            phone="0829-00-3444", assured_date=date(2026, 11, 1), assured_how="電話", areas=[("地域", "佐伯")],
            phrases=["毎週水曜日 13時～15時"], attributes={"quiet": "yes"} if number % 2 else {},
            loads={"people": number % 4}, roles=[{"name": "湯わかし"}] if number == 3 else ())
    with served(staff_site.app) as url:
        yield url


@pytest.fixture(scope="module")
def worker(staff_site: StaffSite, address: str) -> Worker:
    """A lead with a case that has something on every page."""
    worker = Worker(staff_site, staff_site.people["case_lead"]).open("host", "conference")
    worker.say("needs", needs__company="most")
    worker.say("cost", cost_limit="300")
    worker.say("required", required=["quiet"])
    worker.say("slots", slots=["2-720-1020"])
    worker.send("notes", text="窓ぎわの席がすきです", label="consented:host")
    worker.send("no-contact", other="いない")
    worker.send("enquiries", need=["company"])
    worker.send("/desk/conferences", kind="support", name="支援会議")
    picked = re.findall(r'name="pick" value="([^"]+)"', worker.get("candidates").text)
    worker.send("placements", place=picked[0])
    worker.send("candidates/choose", place=picked[1], kind="hide", reason="工事中")
    return worker


@pytest.fixture
def page(browser, staff_site: StaffSite, address: str, worker: Worker) -> Iterator:
    """A page of somebody signed in."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.add_cookies([{"name": "desk", "value": staff_site.session_of(worker.who), "url": address}])
    yield context.new_page()
    context.close()


def go(page, address: str, worker: Worker, path: str) -> None:
    page.goto(address + (path if path.startswith("/desk") else worker.case + path))


def open_paper(page, address: str, worker: Worker, name: str) -> None:
    """The sheet or the comparison of the first two places."""
    go(page, address, worker, "/candidates")
    for box in page.locator("input[name=pick]").all()[:2]:
        box.check()
    follow(page.locator(f'.pick-bar button[formaction$="/{name}"]'))


def test_axe_finds_nothing_on_any_page_of_the_desk(page, address: str, worker: Worker, axe_source: str) -> None:
    placement = re.search(r"placements/([0-9a-f-]{36})", worker.get("placements").text)[1]
    for path in (*PAGES, f"/placements/{placement}/paper", *PAPERS):
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            if path in PAPERS:
                open_paper(page, address, worker, path)
            else:
                go(page, address, worker, path)
            assert faults(page, axe_source) == [], (path, width)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (path, width)


def test_axe_finds_nothing_on_the_pages_of_others_nor_do_they_scroll_sideways(
    browser, staff_site: StaffSite, address: str, axe_source: str
) -> None:
    for role, path in OF_OTHERS:
        context = browser.new_context(viewport={"width": 320, "height": 900})
        context.add_cookies([{"name": "desk", "value": staff_site.session_of(staff_site.people[role]), "url": address}])
        page = context.new_page()
        page.goto(address + path)
        assert faults(page, axe_source) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
        context.close()


@pytest.mark.long
@pytest.mark.parametrize("setting", SETTINGS)
def test_axe_finds_nothing_on_any_page_in_any_display_setting(
    page, address: str, worker: Worker, axe_source: str, setting: str
) -> None:
    page.context.add_cookies([{"name": "display", "value": setting, "url": address}])
    for path in (*PAGES, *PAPERS):
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            if path in PAPERS:
                open_paper(page, address, worker, path)
            else:
                go(page, address, worker, path)
            assert faults(page, axe_source) == [], (path, width, setting)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (path, width, setting)


def test_nothing_scrolls_sideways_at_320_pixels_or_with_letters_twice_as_large(page, address: str, worker: Worker) -> None:
    for path in PAGES:
        for width, letters in ((320, "100%"), (1280, "200%")):
            page.set_viewport_size({"width": width, "height": 900})
            go(page, address, worker, path)
            page.evaluate("size => { document.documentElement.style.fontSize = size }", letters)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (path, width)


def test_what_is_pressed_on_a_visit_is_at_least_48_pixels_high(page, address: str, worker: Worker) -> None:
    for path in ("/conditions/needs", "/conditions/load-people", "/conditions/slots", "/candidates"):
        go(page, address, worker, path)
        small = page.eval_on_selector_all(
            ".btn, .choice, .pill, .tick-line, .in, summary",
            "all => all.filter(one => { const box = one.getBoundingClientRect();"
            " return box.height && box.height < 47.5 }).map(one => one.outerHTML.slice(0, 120))")
        assert small == [], path


def test_no_page_breaks_its_own_policy_or_asks_another_machine(page, address: str, worker: Worker) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("request", lambda request: said.append(request.url) if not request.url.startswith(address) else None)
    for path in PAGES:
        go(page, address, worker, path)
    assert said == []


@pytest.mark.parametrize("name", PAPERS)
def test_the_papers_are_black_on_white_a4_in_readable_letters(page, address: str, worker: Worker, name: str) -> None:
    open_paper(page, address, worker, name)
    page.emulate_media(media="print")
    page.set_viewport_size({"width": A4_TEXT_WIDTH_PX, "height": 1000})
    smallest = page.evaluate(
        "Math.min(...[...document.querySelectorAll('main *')].filter(one => one.checkVisibility() && one.innerText)"
        ".map(one => parseFloat(getComputedStyle(one).fontSize)))")
    assert smallest >= (15.9 if name == "sheet" else 14.5)
    assert not page.locator("header.head, .who, .case-head, .foot").locator("visible=true").count()
    paper = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) <= (1 if name == "sheet" else 2)


def journey(page, address: str, site: StaffSite, login: str) -> None:
    """Sign in, open a case, ask with gaps, look at places, try another limit, take the sheet along."""
    page.goto(f"{address}/desk/home")
    enter(page, site, login)
    follow(page.get_by_role("link", name="新しい参加者").first)
    follow(page.get_by_role("button", name="記録を作って、聞きとりへ"))
    press_next(page)
    press_next(page)
    page.get_by_role("group", name="話し相手・仲間").get_by_label("いちばん").check()
    press_next(page)
    for _screen in range(60):
        if page.url.endswith("/conditions/cost"):
            break
        press_next(page)
    page.get_by_label("一回に出せる金額（円）").fill("200")
    press_next(page)
    page.get_by_label("聞けなかった").check()
    follow(page.get_by_role("button", name="ここまでにする"))
    assert "200円まで" in page.content() and "聞けなかった" in page.locator("#unheard").locator("..").inner_text()
    follow(page.get_by_role("link", name="候補を見る"))


def press_next(page) -> None:
    follow(page.locator(".visit-foot").get_by_role("button", name="次へ"))


def open_count(page) -> int:
    """How many stand in 打診できる."""
    return int(page.locator(".sum a b").first.inner_text())


def test_the_journey_from_sign_in_to_the_sheet_with_a_script(browser, address: str, staff_site: StaffSite) -> None:
    staff_site.hire("journey", "worker")
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    journey(page, address, staff_site, "journey")
    before, listed = open_count(page), page.url
    page.locator("#w-cost_limit").fill("500")
    page.locator("#w-cost_limit").press("Tab")
    page.get_by_role("heading", name="ためしている条件").wait_for()
    assert open_count(page) > before and page.url == listed
    assert "打診できる" in page.locator("#limits [role=status]").inner_text()
    page.locator("input[name=pick]").first.check()
    follow(page.get_by_role("button", name=re.compile("わたす紙にする")))
    assert page.url.endswith("/sheet")
    assert "こんな ところが あります" in page.content() and page.locator("svg.qr").count() == 1
    context.close()


def test_the_journey_without_any_script(browser, address: str, staff_site: StaffSite) -> None:
    staff_site.hire("no-script", "worker")
    context = browser.new_context(java_script_enabled=False, viewport={"width": 375, "height": 800})
    page = context.new_page()
    journey(page, address, staff_site, "no-script")
    before = open_count(page)
    page.locator("#w-cost_limit").fill("500")
    follow(page.get_by_role("button", name="この条件で見てみる").last)
    assert page.get_by_role("heading", name="ためしている条件").count() == 1 and open_count(page) > before
    follow(page.get_by_role("button", name="条件に保存"))
    assert "ためした条件を保存しました" in page.content()
    page.locator("input[name=pick]").first.check()
    follow(page.get_by_role("button", name=re.compile("わたす紙にする")))
    assert "こんな ところが あります" in page.content()
    context.close()


def test_a_visit_saves_by_itself_and_says_when(page, address: str, worker: Worker) -> None:
    go(page, address, worker, "/conditions/load-time")
    page.get_by_text("1時間くらいまで。").first.click()
    page.locator(".visit-foot [role=status]").filter(has_text=re.compile(r"^保存 \d")).wait_for()
    assert "1時間くらいまで。" in worker.read("")
    page.get_by_text("1時間をこえて、2時間くらいまで。").first.click()
    press_next(page)
    assert "1時間をこえて" in worker.read("")


def test_a_visit_tells_when_somebody_else_wrote_first(page, address: str, worker: Worker) -> None:
    go(page, address, worker, "/conditions/own_words")
    worker.say("own_words", own_words="先に書いた言葉")
    page.get_by_role("textbox").fill("あとから書いた言葉")
    page.locator(".visit-foot [role=status]").filter(has_text="ほかの人が先に").wait_for()
    page.locator(".visit-foot").get_by_role("button", name="次へ").click()
    problem = page.locator("#problem")
    problem.wait_for()
    assert "先に書いた言葉" in problem.inner_text() and "あとから書いた言葉" in problem.inner_text()
    press_next(page)
    assert "あとから書いた言葉" in worker.read("")


def test_the_list_can_be_walked_with_the_keyboard_alone(page, address: str, worker: Worker) -> None:
    go(page, address, worker, "/candidates")
    for _step in range(120):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "pick":
            break
    page.keyboard.press("Space")
    assert page.locator("input[name=pick]:checked").count() == 1
    ring = page.evaluate("getComputedStyle(document.activeElement).outline")
    assert "4px" in ring
