"""How does every component look? One page with fixed, made-up data, for those who build the site."""

from datetime import date, time
from types import SimpleNamespace

from flask import Blueprint, render_template

from directory.exporters.qr import qr_code
from directory.schedules import Occurrence
from directory.search import ActiveChip, Facet, Option, Relaxation, SearchQuery
from directory.text import Segment, UrgentHelp
from directory.vocabulary import HelpLine
from web.presenters.answers import Answer, AnswerGroup
from web.presenters.calendar import DayRow, EventRow, Way
from web.presenters.dates import When, when
from web.presenters.facts import Assured
from web.presenters.for_me.answers import Answers
from web.presenters.for_me.questions import CHOICE, SELECT, TICKS, Field, Option as Tick, Question
from web.presenters.for_me.results import Place
from web.presenters.guidance import Desk
from web.presenters.home import rows_of_tiles
from web.presenters.listing import Meeting
from web.presenters.maps import Map, Pin, TownName
from web.presenters.results import FacetBox, Row
from web.presenters.sharing import Sharing

pages = Blueprint("patterns", __name__)

TODAY = date(2026, 11, 22)
TUESDAY, WEDNESDAY = date(2026, 11, 24), date(2026, 11, 25)


@pages.get("/patterns")
def patterns() -> str:
    """Every component once."""
    return render_template("patterns.html", **EXAMPLES)


def _when(day: date, *, certain: bool = True, note: str = "", cancelled: bool = False) -> When:
    return when(Occurrence(day, time(13, 30), time(15, 30), certain, note, cancelled), TODAY)


def _row(number: int, name: str, next_date: When | None, assured: Assured) -> Row:
    return Row(
        id="", number=number, name=(Segment(name, False), Segment("体操", True)), kana="みほんの なまえ",
        summary=(Segment("いすに座ってできる", False), Segment("体操", True), Segment("と、お茶の会。", False)), summary_source="",
        next=next_date, no_date="日時は電話で聞いてください", place="つつじ集会所（津田）", distance="津田から 0.4 km",
        fee="100円（お茶代）", welcome="いつでもどうぞ", contact="電話 0829-00-2101", assured=assured,
    )


def _option(label: str, count: int, selected: bool = False) -> Option:
    return Option(label, label, count, selected, lambda: SearchQuery(q=label))


_TICKS = (Tick("a", "話し相手・仲間", "だれかと話したいときに。"), Tick("b", "体を動かす"))
_QUESTIONS = (
    Question("p-way", "どうやって行きますか", "", "町の名前だけです。", (
        Field("p-town", SELECT, "行く人のお住まいの町", (Tick("津田", "津田", group="佐伯地域"), Tick("-", "市の外"))),)),
    Question("p-wish", "何があるとうれしいですか", "", "いくつでも選べます。", (
        Field("p-need", TICKS, "", _TICKS), Field("p-like", TICKS, "好きなこと", _TICKS, short=True, folded=True),
        Field("p-people", CHOICE, "人の数", _TICKS), Field("p-who", CHOICE, "だれが行きますか", _TICKS, first=True))),
)
_SUITED = (("歩いて 12～18分くらい。", "水曜の午前に開いています。"), ("人は多めのようです。",), ("いすに座れますか。",), ("麦茶係",))

_AREAS = Facet("area", "地域", True, (_option("佐伯", 6, True), _option("大野", 9), _option("宮島", 0)))
_CHAIRS = Facet("chairs", "いす席", True, (_option("いす席", 2),), (_option("いす席か要確認", 3),), "設備")

_HELP_LINE = HelpLine("example", "見本の窓口", "0829-00-0100", "見本の番号です。かけられません", "", "")


def _event(name: str, *, off: bool = False, certain: bool = True, note: str = "") -> EventRow:
    return EventRow("", name, TUESDAY.isoformat(), "13:30～15:30", "つつじ集会所（津田）", off, certain, note)


def _day(number: int, weekday: str, *events: EventRow, shown: bool = True, today: bool = False) -> DayRow:
    off = sum(event.off for event in events)
    return DayRow(f"p-day-{number}", 11, number, weekday, "祝日" if today else "", today, events if shown else (),
                  len(events) - off, off, shown, "#p-days")


EXAMPLES: dict[str, object] = {
    "chips": (ActiveChip("水曜", 19, SearchQuery()), ActiveChip("「体操」", 11, SearchQuery())),
    "boxes": (FacetBox("地域", (_AREAS,), "佐伯", True), FacetBox("設備", (_CHAIRS,), "", True)),
    "rows": (
        _row(1, "津田さくら", _when(TUESDAY), Assured("2026年10月に電話で確認", False)),
        _row(2, "玖島ゆっくり", _when(WEDNESDAY, certain=False), Assured("1年以上確認できていません（2025年7月）", True)),
        _row(3, "こがねの里 ", None, Assured("まだ確認できていません", True)),
    ),
    "map": Map(
        415, 220, "地図。1 津田、2 玖島", "34.33,132.13,34.41,132.25", "",
        (Pin("1", "津田", 34.37, 132.17, True, 140, 110, 140, 110), Pin("2", "玖島", 34.39, 132.21, False, 290, 60, 290, 60),
         Pin("3", "津田", 34.37, 132.17, True, 175, 110, 140, 110)),
        (TownName("永原", 258, 150, 250, 145),), (66, "1 km"), ("番号は一覧と同じです。",), ()),
    "next_date": _when(TUESDAY),
    "pairs": (("場所", "つつじ集会所（津田）"), ("費用", "100円"), ("連絡", "0829-00-2101")),
    "dates": (_when(TUESDAY), _when(WEDNESDAY, certain=False, note="祝日・要確認"),
              _when(date(2026, 12, 30), note="休み", cancelled=True)),
    "answers": AnswerGroup("設備", (
        Answer("いす席", "yes", "あり"), Answer("多目的トイレ", "no", "なし"), Answer("車いすで入れる", "unknown", "未確認"))),
    "questions": _QUESTIONS,
    "given": Answers({"p-need": ("a",), "p-town": ("津田",)}),
    "found": (Place(_row(1, "津田さくら", None, Assured("", False)), *_SUITED, "0829-00-2101", None, "平日 9時～17時"),
              Place(_row(2, "玖島ゆっくり", None, Assured("", False)), *_SUITED, None, None, None)),
    "steps": ("電話する", "見に行く", "合わなければ、やめてよい"),
    "relaxations": (Relaxation("「夜」を外す", 3, SearchQuery()), Relaxation("となりの佐伯で見る", 1, SearchQuery())),
    "urgent": (UrgentHelp(
        "example", "見本", "話を聞いてくれる電話があります。", "", "いま命があぶないときは、119番へ。",
        (_HELP_LINE,), (), ()),),
    "tiles": [row[:3] for row in rows_of_tiles()],
    "ways": (Way("きょう", "#p-tabs"), Way("今週", "#p-tabs", here=True), Way("来週", "#p-tabs"), Way("12月", "#p-tabs")),
    "index": (("佐伯地域", "津田・友和・玖島・浅原など、山あいの里"), ("宮島地域", "")),
    "sizes": (("1", "ふつう", ""), ("2", "大きい", "ひとまわり大きな文字です。")),
    "meetings": (
        Meeting("毎週水曜日 10時～11時。", "", "", (), ("祝日は休み",), "", ""),
        Meeting("つぎのように聞いています。", "月が満ちたころ", "何曜日ですか", (), (), "つつじ集会所", "雨の日は休み")),
    "days": (
        _day(24, "火", _event("津田さくら"), _event("玖島ゆっくり", certain=False, note="雨の日は休み"),
             _event("こがねの里", off=True, note="祝日のため"), today=True),
        _day(25, "水"), _day(26, "木", _event("津田さくら"), shown=False)),
    "desks": (
        Desk("", "見本の窓口", "どんなことでも聞きます。", "つつじ集会所（津田）", "0829-00-0100", None, "", "みほんのまどぐち"),
        Desk("", "番号のない窓口", "", "大野地域", None, None, "相談窓口が取り次ぎます")),
    "lines": ((_HELP_LINE, None),),
    "contact": SimpleNamespace(phone_link=None, web="https://example.jp/", listing=SimpleNamespace(
        phone="0829-00-2101", phone_hours="平日 9時～17時", organization_name="つつじ会", organization_kana="つつじかい",
        contact_public=True, email="")),
    "sharing": Sharing("#p-take", "#p-take"),
    "qr": qr_code("https://yoridokoro.example/patterns"),
    "town": "津田",
    "wish": "夜に 若い人が ゲームをする所",
    "page_two": SearchQuery(q="体操", page=2),
}
