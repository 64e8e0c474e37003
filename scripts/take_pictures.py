"""How do the pages look? Pictures of each of them with the sample city, and docs/pages.md that shows them.

    python -m scripts.take_pictures                 docs/images/pages/*.jpg and docs/pages.md
    python -m scripts.take_pictures --only home     the pictures of one page, and docs/pages.md
"""

import argparse
import os
import re
import shutil
import sys
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server
from wsgiref.types import WSGIApplication

from directory import migrations
from directory.db import make_engine, read_session
from directory.listings import read_listings
from directory.reading_store import remember_readings
from directory.sample import load_sample
from directory.settings import Settings
from scripts.picturing.curation import CURATION_PAGES, fill
from scripts.picturing.desk import DESK_PAGES, OF_TWO, DeskShown, mark_two, prepare
from web import create_app

TODAY = date(2026, 11, 24)
# Width and height of the window, and how many dots of the picture stand for one of its own.
WINDOWS = ((375, 740, 1.0), (1280, 800, 0.7))
# What does not fit is cut off, so that the table stays readable; a picture too large is made once more, plainer.
TALLEST, QUALITIES, LARGEST = 1600, (60, 45, 30), 120_000
SHOWN_LISTING = "佐伯"
FOLDER = Path("docs/images/pages")

# Page, address, what it is for, and the display cookie. `{listing}` is a place of the sample city.
PAGES = (
    ("home", "/", "はじめのページ。ふだんの言葉、八つの入口、きょうの予定、電話", ""),
    ("search", "/search?q=水曜 午前 体操", "さがす。条件を外したときの件数、地図、並べかえ", ""),
    ("none", "/search?q=吉和 夜 若者 ゲーム", "見つからないとき。条件をひとつ変えた先と、となりの地域", ""),
    ("wish", "/wish?q=夜に 若い人が ゲームをする所", "こんな場所がほしい。印をつけたときだけ市に届く", ""),
    ("urgent", "/search?q=もう死にたい", "急ぎの言葉。結果より先に、いま聞いてくれる所", ""),
    ("listing", "/listings/{listing}", "場所のページ。次の日にち、はじめての日、確かめた日", ""),
    ("listing-easy", "/listings/{listing}", "同じページ。大きい文字・ふりがな・やさしい日本語で", "s2f1e1"),
    ("report", "/listings/{listing}/report", "情報が違います。ひとつ選んで送るだけ、名前はいらない", ""),
    ("sheet", "/listings/{listing}/print", "場所の A4 の紙。QR コードつき", ""),
    ("calendar", "/calendar", "今日・今週。確かな日、予定の日、休みの日", ""),
    ("areas", "/areas/", "地域から", ""),
    ("area", "/areas/佐伯", "一つの地域。一覧、町の名前、となりの地域、紙", ""),
    ("area-sheet", "/areas/佐伯/print", "地域の一覧の紙", ""),
    ("categories", "/categories/", "種類から", ""),
    ("category", "/categories/dementia_cafe", "一つの種類", ""),
    ("monthly-choice", "/monthly", "回覧用の紙を選ぶ", ""),
    ("monthly", "/monthly?area=佐伯&month=2026-12", "今月の予定（回覧用）。A4 一枚から", ""),
    ("consult", "/consult", "相談する・気になる人がいる。押すだけで窓口がわかる", ""),
    ("consult-memory", "/consult?trouble=memory&area=佐伯", "困りごとと地域から、窓口と行ける場所", ""),
    ("family", "/family?near=津田", "離れて暮らす家族へ。町の名前だけで", ""),
    ("for-me", "/for-me", "わたしに合う場所をさがす。五つの問い、どれも答えなくてよい", ""),
    ("for-me-found", "/for-me", "その結果。合いそうなわけ、行く前に聞くこと、ひとつ変えると", ""),
    ("apply", "/apply", "掲載希望。五つの画面で、途中でもどれる", ""),
    ("apply-step", "/apply/when", "その一画面", ""),
    ("apply-status", "/apply/status", "受付の番号で、どうなったかを見る", ""),
    ("my-list", "/my-list", "マイリスト。印刷、LINE、メール、カレンダー", ""),
    ("settings", "/settings", "表示設定。文字の大きさ、ふりがな、やさしい日本語", ""),
    ("about", "/about", "このデータについて", ""),
    ("viewers", "/about/viewers", "月間閲覧ユーザー", ""),
    ("accessibility", "/accessibility", "ウェブアクセシビリティの試験結果", ""),
    ("privacy", "/privacy", "個人情報", ""),
    ("error", "/nowhere", "見つからないページ。さがす箱と電話", ""),
    ("patterns", "/patterns", "部品の一覧", ""),
)
# Heading of docs/pages.md → its pages
CHAPTERS = (("だれでも見るページ", PAGES), ("参加支援デスク（職員）", DESK_PAGES), ("整備デスク（職員）", CURATION_PAGES))
ALL_PAGES = tuple(page for _heading, pages in CHAPTERS for page in pages)
# Page → what is ticked and chosen there before its button is pressed: the picture is of the answer.
PRESSED = {"for-me-found": ({"company", "exercise", "walk", "morning", "chairs"}, {"town": "前空", "minutes": "20"})}


class Silent(WSGIRequestHandler):
    """A server of minutes keeps no log."""

    def log_message(self, *_given: object) -> None:
        """Say nothing."""


def main(arguments: list[str] | None = None) -> int:
    """Load the sample city into a database of its own, take the pictures, write the table."""
    parser = argparse.ArgumentParser(prog="python -m scripts.take_pictures", description=__doc__.splitlines()[0])
    parser.add_argument("--folder", type=Path, default=FOLDER, help="where the pictures go")
    parser.add_argument("--table", type=Path, default=Path("docs/pages.md"), help="the table that shows them")
    parser.add_argument("--only", nargs="+", choices=[page[0] for page in ALL_PAGES], help="these pages alone")
    options = parser.parse_args(arguments)
    chromium = shutil.which(os.environ.get("CHROMIUM", "chromium"))
    if chromium is None:
        print("Chromium がありません。Debian では: apt-get install chromium", file=sys.stderr)
        return 1
    options.folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as folder, _site(Path(folder)) as (address, ids, desk):
        _take(chromium, address, ids, desk, options.folder, options.only)
    options.table.write_text(table(options.folder, options.table.parent), encoding="utf-8")
    return 0


def table(folder: Path, beside: Path) -> str:
    """docs/pages.md: one row a page."""
    lines = [
        "# ページ", "",
        f"見本の市（廿日市市の地理と、架空の団体・番号）の {TODAY:%Y-%m-%d} のページです。",
        f"長いページは {TALLEST:,} px で切っています。",
        "撮りなおすときは `python -m scripts.take_pictures`。",
    ]
    path = os.path.relpath(folder, beside)
    for heading, pages in CHAPTERS:
        lines += ["", f"## {heading}", "", "| ページ | 何のため | 375 px | 1280 px |", "|---|---|---|---|"]
        lines += [_row(path, *page[:3]) for page in pages]
    return "\n".join(lines) + "\n"


def _row(path: str, name: str, address: str, purpose: str) -> str:
    pictures = [f'<img src="{path}/{name}-{width}.jpg" width="{shown}" alt="{purpose}（{width} px）">'
                for width, shown in ((375, 180), (1280, 420))]
    shown = re.sub(r"{\w+}", "…", address.replace("{case}", "/desk/participants/…"))
    return f"| `{shown}` | {purpose} | {pictures[0]} | {pictures[1]} |"


@contextmanager
def _site(folder: Path) -> Iterator[tuple[str, list[str], DeskShown]]:
    """The address of the sample city's site, the ids of some places (most to tell first), and who is at the desk."""
    url = f"sqlite:///{folder / 'directory.db'}"
    base = Settings.from_environment(os.environ)
    settings = replace(
        base, directory_database_url=url, casework_database_url=f"sqlite:///{folder / 'casework.db'}", instance=folder,
        today=TODAY)
    engine = make_engine(url)
    migrations.upgrade(engine)
    load_sample(engine, settings.data, today=TODAY, now=datetime(2026, 11, 24, 9))
    with read_session(engine) as session:
        listings = list(read_listings(session))
    remember_readings(engine, listings)
    engine.dispose()
    told = sorted(listings, key=lambda one: (
        bool(one.easy_description), SHOWN_LISTING in one.area_names(), len(one.roles) + len(one.first_day),
    ), reverse=True)
    app = create_app(settings, "all")
    shown = [listing.id for listing in told[:4]]
    desk = prepare(app, TODAY, lambda staff_id: fill(app, settings, TODAY, shown, staff_id))
    with _served(app) as address:
        yield address, shown, desk


@contextmanager
def _served(app: WSGIApplication) -> Iterator[str]:
    with make_server("127.0.0.1", 0, app, handler_class=Silent) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def _take(
    chromium: str, address: str, ids: list[str], desk: DeskShown, folder: Path, only: Collection[str] | None
) -> None:
    # Needed for nothing else a city runs: the pages themselves know no browser.
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--disable-dev-shm-usage"])
        for width, height, scale in WINDOWS:
            wanted = [page for page in ALL_PAGES if only is None or page[0] in only]
            for name, path, _purpose, cookie in wanted:
                context = browser.new_context(
                    viewport={"width": width, "height": height}, device_scale_factor=scale, locale="ja-JP")
                at_desk = name.startswith("desk-")
                cookies = {"my_list": ".".join(ids[:3]) if name == "my-list" else "", "display": "" if at_desk else cookie,
                           "desk": desk.sessions.get(cookie, "") if at_desk else ""}
                context.add_cookies([
                    {"name": key, "value": value, "url": address} for key, value in cookies.items() if value])
                shown = "{case}/candidates" if name in OF_TWO else path
                url = address + shown.format(listing=ids[0], case=desk.case, **desk.made)
                page = context.new_page()
                page.goto(url, wait_until="networkidle")
                if name in PRESSED:
                    _press(page, *PRESSED[name])
                if name in OF_TWO:
                    mark_two(page, name)
                _picture(page, width, folder / f"{name}-{width}.jpg")
                context.close()
        browser.close()


def _press(page: Any, ticked: Collection[str], chosen: Mapping[str, str]) -> None:
    """Fill in the form of the page and send it."""
    page.evaluate("for (const part of document.querySelectorAll('details')) part.open = true")
    for value in sorted(ticked):
        page.check(f"main input[value={value}]")
    for name, value in chosen.items():
        page.select_option(f"main select[name={name}]", value)
    page.locator("main form button").last.click()
    page.wait_for_load_state("networkidle")


def _picture(page: Any, width: int, file: Path) -> None:
    height = min(page.evaluate("document.documentElement.scrollHeight"), TALLEST)
    # In a window as high as the page, the bar that stays in sight stands where it belongs.
    page.set_viewport_size({"width": width, "height": page.evaluate("document.documentElement.scrollHeight")})
    for quality in QUALITIES:
        page.screenshot(path=file, type="jpeg", quality=quality, full_page=True,
                        clip={"x": 0, "y": 0, "width": width, "height": height})
        if file.stat().st_size <= LARGEST:
            return


if __name__ == "__main__":
    sys.exit(main())
