"""What is it like there, and may it be shown, as far as the row says?"""

import re
from collections.abc import Callable, Mapping

from directory.importers.cleaning.doubts import Doubt
from directory.importers.cleaning.text import fold, line, verbatim
from directory.importers.cleaning.times import day
from directory.importers.facts import NO, YES

ANSWERS = ("parking", "wheelchair", "accessible_toilet", "writing", "sign_language")
STARTS_YES = re.compile(r"有|あり|可|○|〇|◯|対応")
STARTS_NO = re.compile(r"無(?!料)|なし|不可|×|✕|非対応|ありません")
VISIBILITY = {
    "公開": "public", "可": "public", "○": "public", "〇": "public", "公表": "public", "公開可": "public", "掲載可": "public",
    "あり": "public",
    "支援者のみ": "staff", "非公開": "staff", "不可": "staff", "×": "staff", "否": "staff", "公開不可": "staff", "掲載不可": "staff",
    "非公表": "staff", "関係者のみ": "staff", "なし": "staff", "載せない": "none", "掲載しない": "none",
}
WELCOME = {
    "いつでもどうぞ": "always", "随時": "always", "可": "always", "○": "always", "見学から": "visit_first", "要見学": "visit_first",
    "先に電話を": "call_first", "要連絡": "call_first", "事前連絡": "call_first", "地区の方": "locals", "地区限定": "locals",
    "会員のみ": "members", "会員限定": "members", "会員・紹介のみ": "members", "募集していない": "closed_now", "募集停止": "closed_now",
    "停止中": "closed_now",
}


def practice_values(cells: Mapping[str, object], doubt: Callable) -> dict[str, object]:
    """Values of equipment, 送迎, visibility, 受け入れ, what it is usually like, and when it was last confirmed."""
    told = {"people": line(cells.get("people")), "ages": line(cells.get("usual_ages"))}
    usual = {key: text for key, text in told.items() if text}
    bring = line(cells.get("bring"))
    confirmed = day(line(cells.get("assured")) or "")
    keywords = re.split(r"[、,;／/\n]", line(cells.get("keywords")) or "") + [line(cells.get("other_name")) or ""]
    return {
        "attributes": {term: answer for term in ANSWERS if (answer := yes_or_no(cells.get(term)))},
        "listing.pickup": _pickup(cells.get("pickup")),
        "listing.visibility": _visibility(cells.get("visibility"), doubt),
        "listing.welcome": WELCOME.get(line(cells.get("welcome")) or "", "unknown"),
        "listing.usual": usual, "listing.first_day": {"bring": bring} if bring else {},
        "listing.assured_date": confirmed.isoformat() if confirmed else None,
        "listing.keywords": [word.strip() for word in keywords if word.strip()],
    }


def yes_or_no(cell: object) -> str | None:
    """yes, no, or None when the cell answers neither."""
    text = verbatim(cell)
    if text is None:
        return None
    if text in NO or STARTS_NO.match(text):
        return "no"
    return "yes" if text in YES or STARTS_YES.match(text) or re.fullmatch(r"\d+台.*", text) else None


def _pickup(cell: object) -> str | None:
    text = verbatim(cell)
    if text and re.search(r"相談|応相談|要相談|乗り合わせ", text):
        return "ask"
    return {"yes": "service", "no": "none", None: None}[yes_or_no(cell)]


def _visibility(cell: object, doubt: Callable) -> str:
    """public unless the row says otherwise; a word nobody knows is kept from the public until a person decides."""
    text = verbatim(cell)
    if text is None:
        return "public"
    found = next((value for word, value in VISIBILITY.items() if fold(word) == fold(text)), None)
    if found is None:
        doubt("visibility", Doubt(f"公開の列の「{text[:40]}」の意味が分からないため「支援者のみ」にしました。", "公開範囲を選びなおしてください。"))
    return found or "staff"
