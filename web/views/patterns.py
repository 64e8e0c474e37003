"""How does every component look? One page with fixed, made-up data, for those who build the site."""

from datetime import date, time

from flask import Blueprint, render_template

from directory.schedules import Occurrence
from directory.search import ActiveChip, Facet, Option, Relaxation, SearchQuery
from directory.text import Segment, UrgentHelp
from directory.vocabulary import HelpLine
from web.presenters.answers import Answer, AnswerGroup
from web.presenters.dates import When, when
from web.presenters.facts import Assured
from web.presenters.maps import Map, Pin, TownName
from web.presenters.results import FacetBox, Row

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


_AREAS = Facet("area", "地域", True, (_option("佐伯", 6, True), _option("大野", 9), _option("宮島", 0)))
_CHAIRS = Facet("chairs", "いす席", True, (_option("いす席", 2),), (_option("いす席か要確認", 3),), "設備")

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
    "steps": ("電話する", "見に行く", "合わなければ、やめてよい"),
    "relaxations": (Relaxation("「夜」を外す", 3, SearchQuery()), Relaxation("となりの佐伯で見る", 1, SearchQuery())),
    "urgent": (UrgentHelp(
        "example", "見本", "話を聞いてくれる電話があります。", "", "いま命があぶないときは、119番へ。",
        (HelpLine("example", "見本の窓口", "0829-00-0100", "見本の番号です。かけられません", "", ""),), (), ()),),
    "page_two": SearchQuery(q="体操", page=2),
}
