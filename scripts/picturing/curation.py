"""What waits at the curation desk of docs/pages.md? A report, an application, a list from Excel, two that may be one, post."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import Engine, select

from directory.curation.proposals import propose
from directory.db import read_session
from directory.duplicates.searching import search_pairs
from directory.japan_time import in_utc
from directory.models import DuplicatePair
from directory.settings import Settings
from directory.uploads.choosing import choose_columns, confirm
from directory.uploads.receiving import Arrival, receive
from directory.uploads.states import upload
from directory.uploads.working import work
from directory.ways_in.mailings import POSTCARD, SHEET, make_mailing
from web.site import KEY as SITE

AT = "/desk/curation"
# Page, address, what it is for, and who has signed in; what stands in braces is made by `fill`.
CURATION_PAGES = (
    ("desk-curation", f"{AT}/", "整備デスクのホーム。きょう決めることを種類ごとに", "worker"),
    ("desk-queue", f"{AT}/queue?kind=overdue", "確認待ち。キーでも動き、まとめて決められるのは「変更なし・確認済」だけ", "worker"),
    ("desk-proposal", "{proposal}", "提案。現在と提案を項目ごとにくらべ、採用・直して採用・見送る", "worker"),
    ("desk-listing", AT + "/listings/{listing}", "一つの掲載。確認済はひと押し、公開ページの見えかたも横に", "worker"),
    ("desk-edit", AT + "/listings/{listing}/edit/when", "なおす。日時は言葉のまま、次の五回をその場で", "worker"),
    ("desk-new", f"{AT}/new", "新しい掲載。わかることだけで始められる", "worker"),
    ("desk-uploads", f"{AT}/uploads", "Excel・CSV の取り込み", "worker"),
    ("desk-upload", "{upload}", "1行ずつの表。問題のある行から、取り込むまで何も変わらない", "worker"),
    ("desk-duplicates", f"{AT}/duplicates", "重複の見こみ。わけを添えて", "worker"),
    ("desk-pair", "{pair}", "二つをくらべて一つにする。あとで分けられる", "worker"),
    ("desk-phone-list", f"{AT}/freshness", "電話の一覧。11か月より長く確かめていない所", "worker"),
    ("desk-call", AT + "/freshness/{listing}", "電話しながら入力。不在・折り返しも一画面で", "worker"),
    ("desk-campaign", f"{AT}/campaign", "4～6月の一斉確認の進み", "worker"),
    ("desk-mailings", f"{AT}/mailings", "QR はがきと確認票をまとめて印刷", "worker"),
    ("desk-check-sheet", "{sheets}", "確認票。いまの内容に丸がついた A4", "worker"),
    ("desk-returns", AT + "/returns?piece={piece}", "はがき入力。返ってきたものを番号で", "worker"),
    ("desk-gaps", f"{AT}/gaps", "足りないもの。求めと地域の表と地図", "worker"),
    ("desk-gap", AT + "/gaps/吉和/company", "一つの不足から、下書きを始める", "worker"),
    ("desk-words", f"{AT}/words", "用語。変える前に、検索がどう変わるかをためす", "worker"),
    ("desk-activity", f"{AT}/activity", "月ごとの活動報告", "worker"),
    ("desk-duties", f"{AT}/duties", "担当の地域と引きつぎ", "worker"),
)
BY, SOURCE, FILE = "見本の支援員", "社協 サロン一覧", "サロン一覧.csv"
TITLES = ("サロン名", "住所", "電話番号", "日時", "内容")
BEFORE = (
    ("つゆくさ茶話会", "津田11-1", "0829-91-2000", "第1月曜 10時～12時", "お茶とおしゃべり"),
    ("なのはな歌声会", "玖島12-3", "0829-91-2084", "第3水曜 10時～12時", "歌"),
    ("ひまわり手しごと会", "友田13-2", "0829-91-2147", "第2火曜 10時～12時", "編み物"),
    ("あじさい将棋の間", "津田14-5", "0829-91-2238", "第1金曜 10時～12時", "将棋"),
)
AFTER = (
    ("つゆくさ茶話会", "津田11-1", "0829-92-3333", "第1月曜 10時～12時", "お茶とおしゃべり"),
    ("なのはな歌声会", "玖島12-3", "0829-91-2084", "第1・3水曜 13時～15時", "歌"),
    ("ひまわり手しごと会", "友田13-2", "0829-91-2147", "第2火曜 10時～12時", "編み物"),
    ("ふれあいサロン・ひだまり", "串戸三丁目", "0829-00-1201", "第1水曜 10時～11時30分", "お茶"),
    ("", "友田20-1", "0829-91-2999", "第4木曜 10時～12時", "体操"),
)
APPLICATION = {
    "organization.name": "つつじ会", "service.name": "お茶のみサロン つつじ", "service.kind": None,
    "service.description": "お茶を飲みながら話します。", "schedules": ["毎月第2・4火曜 10時～12時"],
}


def fill(app: Any, settings: Settings, day: date, listings: Sequence[str], staff_id: str) -> Mapping[str, str]:
    """Put work on the desk; word in braces → address, id or number of what was made."""
    engine, vocabulary = app.extensions[SITE].engine, app.extensions[SITE].vocabulary
    now = in_utc(datetime.combine(day, time(9)))
    changed = {"schedules": ["毎月第1・3水曜 13時30分～15時"], "listing.phone": "0829-00-1999"}
    proposal = propose(engine, listings[1], changed, "update", "会場の都合で、水曜になりました。", "団体", now)
    propose(engine, listings[2], {"status": "closed"}, "report", "「もうやっていない」", "住民のお知らせ", now)
    propose(engine, None, APPLICATION, "application", "お金：1回100円（お茶代）", "掲載希望", now)
    search_pairs(engine, vocabulary, now)
    with read_session(engine) as session:
        pair = session.scalars(select(DuplicatePair).where(DuplicatePair.likely).order_by(DuplicatePair.score.desc())).first()
    assert pair is not None
    posted = make_mailing(engine, POSTCARD, listings, BY, now)
    make_mailing(engine, SHEET, listings, BY, now)
    take_in = _compared(engine, settings, BEFORE, staff_id, now)
    confirm(engine, take_in, _version(engine, take_in), by=BY, publish=False, rest="separate", now=now)
    work(engine, settings, take_in, now)
    return {
        "proposal": f"{AT}/proposals/{proposal}", "pair": f"{AT}/duplicates/{pair.first_id}/{pair.second_id}",
        "upload": f"{AT}/uploads/{_compared(engine, settings, AFTER, staff_id, now)}", "sheets": f"{AT}/mailings/2/sheets",
        "piece": posted[0].code,
    }


def _compared(engine: Engine, settings: Settings, rows: Sequence[Sequence[str]], staff_id: str, now: datetime) -> str:
    """A list read and compared row by row."""
    content = "\r\n".join(",".join(cells) for cells in (TITLES, *rows)).encode("utf-8-sig")
    upload_id = receive(engine, Arrival(FILE, content), by=BY, staff_id=staff_id, now=now, source=SOURCE)
    work(engine, settings, upload_id, now)
    choose_columns(engine, upload_id, _version(engine, upload_id), columns={}, kind=None, now=now)
    work(engine, settings, upload_id, now)
    return upload_id


def _version(engine: Engine, upload_id: str) -> int:
    with read_session(engine) as session:
        return upload(session, upload_id).version
