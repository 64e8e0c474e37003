"""Which pages stand in the head and in the foot of every page? Two tables; a page that is not served is left out."""

from dataclasses import dataclass

from flask import current_app, request, url_for

from web.i18n import gettext as _
from web.my_list import my_list


@dataclass(frozen=True)
class Link:
    """A page to go to; `here` is True on that page itself."""

    label: str
    url: str
    here: bool


def main_pages() -> list[Link]:
    """The head: what people come for."""
    return _served([
        ("public.search", _("さがす")),
        ("calendar.calendar", _("今日・今週")),
        ("guidance.consult", _("相談する")),
        ("my_list.my_list", _("マイリスト(%(count)s)", count=len(my_list())) if my_list() else _("マイリスト")),
    ])


def more_pages() -> list[Link]:
    """The foot: other ways in, paper, and what the site says of itself."""
    return _served([
        ("for_me.ask", _("わたしに合う場所をさがす")),
        ("places.areas", _("地域から")),
        ("places.categories", _("種類から")),
        ("guidance.family", _("離れて暮らす家族へ")),
        ("monthly.monthly", _("紙の一覧（回覧用）")),
        ("wishes.wish", _("こんな場所がほしい")),
        ("applications.start", _("活動をのせてほしい（掲載希望）")),
        ("settings.settings", _("文字の大きさ・ふりがな・やさしい日本語")),
        ("about.about", _("このデータについて")),
        ("viewers.viewers", _("月間閲覧ユーザー")),
        ("about.accessibility", _("ウェブアクセシビリティ")),
        ("about.privacy", _("個人情報")),
    ])


def front_page() -> str:
    """Where the name in the head leads."""
    return url_for("home.home" if "home.home" in current_app.view_functions else "public.search")


def _served(rows: list[tuple[str, str]]) -> list[Link]:
    return [Link(label, url_for(endpoint), request.endpoint == endpoint) for endpoint, label in rows
            if endpoint in current_app.view_functions]
