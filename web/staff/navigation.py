"""Which pages stand in the head of a desk? One table a desk; who may not open a page is not shown it."""

from flask import current_app, g, request, url_for

from web.i18n import gettext as _
from web.navigation import Link
from web.staff.acts import ACTS, STAFF

# Where the pages of the curation desk live; every other private page belongs to the worker desk.
CURATION = "/desk/curation"


def staff_pages() -> list[Link]:
    """The pages of the desk being looked at, and the way to the other desk for whoever works at both.

    Before a desk is chosen (`/desk/`) both count, the worker's first.
    """
    mine, other = (_curation(), _work()) if is_curation() else (_work(), _curation())
    chosen = request.path != "/desk/" and any(_opens(endpoint) for endpoint, _label in mine)
    rows = [*mine, (other[0][0], _other_desk())] if chosen else [*mine, *other]
    return [Link(label, url_for(endpoint), request.endpoint == endpoint) for endpoint, label in rows if _opens(endpoint)]


def is_curation() -> bool:
    """Whether the page being asked for is one of the curation desk."""
    return request.path == CURATION or request.path.startswith(f"{CURATION}/")


def desk_name() -> str:
    """What the head calls this desk."""
    return _("整備デスク") if is_curation() else _("参加支援デスク")


def _other_desk() -> str:
    return _("参加支援デスク") if is_curation() else _("整備デスク")


def _work() -> list[tuple[str, str]]:
    return [
        ("desk.home", _("ホーム")),
        ("desk.new", _("新しい参加者")),
        ("team.conferences", _("会議")),
        ("audit.show", _("閲覧の記録")),
    ]


def _curation() -> list[tuple[str, str]]:
    return [
        ("curation.home", _("ホーム")),
        ("curation.queue", _("確認待ち")),
        ("listings.index", _("掲載")),
        ("duplicates.index", _("重複")),
        ("uploads.index", _("取り込み")),
        ("freshness.show", _("鮮度")),
        ("mailings.index", _("はがき")),
        ("gaps.show", _("足りないもの")),
        ("words.index", _("用語")),
    ]


def _opens(endpoint: str) -> bool:
    who = g.get("signed_in")
    if who is None or endpoint not in current_app.view_functions:
        return False
    act = ACTS.get(endpoint, "")
    return act == STAFF or who.actor.may(act)
