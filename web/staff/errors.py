"""What does a member of staff see when something cannot be done? What happened and what to do; what they typed stays.

Nothing of the error itself is shown: not the record, not the key file, not the place in the code.
"""

import logging
import math
import time

from flask import Flask, Response, current_app, g, make_response, render_template, request
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException

from directory.db import kept_waiting
from directory.errors import DirectoryError, InvalidRecord, InvalidSettings, NotFound
from directory.errors import Stale as Overtaken
from matcher.errors import AuditFailure, LostKeys, Stale, Unreadable
from web import errors
from web.i18n import gettext as _
from web.private import is_private
from web.staff import files
from web.staff.kept import kept_of_request

log = logging.getLogger(__name__)

# Error → status of its page. What stands nowhere here is 500.
STATUSES: dict[type[DirectoryError], int] = {
    NotFound: 404, Stale: 409, Overtaken: 409, InvalidRecord: 422, AuditFailure: 503, LostKeys: 503, InvalidSettings: 503,
    Unreadable: 503,
}
# The sentence of these errors is written for whoever typed.
TOLD = (Stale, Overtaken, InvalidRecord)
# After these, sending the same once more may do.
AGAIN = (429, 500, 503)
SHOWS_TEXTS = (409, 422, *AGAIN)
# Seconds after which to ask again: at the soonest, and where nobody can say how long it takes.
SOONEST, LATER = 10, 60


def _pages() -> dict[int, tuple[str, str]]:
    """Heading and sentence for each status; what is not named here is told as 400 or 500."""
    return {
        400: (_("この操作は読み取れませんでした"), _("送られた内容に、読み取れないところがありました。前の画面にもどって、もう一度お試しください。")),
        401: (_("ログインしてください"), _("ログインしていないか、時間がたってログアウトしています。")),
        403: (_("この操作はできません"), _("あなたの役割では開けない画面か、この画面から送られたものではない操作です。何も変えていません。"
                             "必要なときは管理者に相談してください。")),
        404: (_("見つかりません"), _("この記録は見つからないか、見ることができません。アドレスと担当を確かめてください。")),
        405: (_("この使いかたはできません"), _("前の画面にもどって、もう一度お試しください。")),
        409: (_("ほかの人が先に変えました"), _("あなたが開いたあとに、ほかの人が同じところを変えました。まだ保存していません。"
                                "開きなおして、いまの内容を確かめてください。")),
        413: (_("送られた内容が大きすぎます"), _("文章を短くするか、ファイルなら5 MBまでにして、もう一度送ってください。")),
        414: (_("アドレスが長すぎます"), _("ホームから、もう一度開いてください。")),
        422: (_("このままでは保存できません"), _("書いた内容を確かめてください。")),
        429: (_("少しだけ お待ちください"), _("短いあいだにたくさんの操作が届きました。1分ほど待って、もう一度お試しください。")),
        500: (_("いま、この画面を出せません"), _("こちらの不具合です。少し待ってもう一度試し、続くときは管理者に知らせてください。")),
        503: (_("いま、記録を開けません"), _("記録のデータベースか鍵か、閲覧の記録に問題があるため、何も表示せず、何も変えていません。"
                               "記録は消えていません。少し待ってもう一度試し、続くときは管理者に知らせてください。")),
    }


def register(app: Flask) -> None:
    """Tell staff in their own words, and turn what casework raises into pages."""
    app.extensions[errors.FOR_STAFF] = _staff_page
    for error in STATUSES:
        app.register_error_handler(error, _told)
    app.register_error_handler(OperationalError, _unreachable)


def _told(error: DirectoryError) -> Response:
    status = next(STATUSES[kind] for kind in type(error).__mro__ if kind in STATUSES)
    if status >= 500:
        # The key file and the database are named for whoever runs the site; there is no person in these sentences.
        log.error("%s: %s", type(error).__name__, error)
    return _page(status, str(error) if isinstance(error, TOLD) else "")


def _unreachable(error: OperationalError) -> Response:
    if not is_private():
        return errors.failed(error)
    if kept_waiting(error):
        return _others_write()
    log.error("A desk could not reach a database: %s", type(error.orig).__name__)
    return _page(503)


def _others_write() -> Response:
    """Somebody else's import is being written: nothing is wrong, and it will be over."""
    under_way = files.writing_alone()
    left = under_way.seconds_left(time.time()) if under_way else None
    response = _page(503, _waiting_sentence(under_way is not None, left), _("いまは、書きこみの順番待ちです"))
    response.headers["Retry-After"] = str(max(SOONEST, round(left or LATER)) if under_way else SOONEST)
    return response


def _waiting_sentence(large: bool, left: float | None) -> str:
    if not large:
        return _("ほかの人の書きこみが続いていて、順番が来ませんでした。まだ何も変えていません。少し待って、もう一度送ってください。")
    after = _("あと数分かかります。") if left is None else _("あと約%(minutes)s分で終わります。", minutes=max(1, math.ceil(left / 60)))
    return _("いま大きな取り込み（または取り消し）をまとめて書きこんでいるため、まだ保存していません。%(after)s"
             "終わったころに、もう一度送ってください。見るだけの画面は、いまも使えます。", after=after)


def _staff_page(status: int) -> Response | None:
    """The page for staff; None where the public's is meant."""
    ours = is_private() or "public.search" not in current_app.view_functions
    return _page(status) if ours else None


def _page(status: int, sentence: str = "", headed: str = "") -> Response:
    pages = _pages()
    heading, usual = pages.get(status) or pages[500 if status >= 500 else 400]
    kept = kept_of_request() if _may_show(status) else None
    page = render_template(
        "desk/error.html", heading=headed or heading, sentence=sentence or usual, kept=kept, again=status in AGAIN,
        sign_in=status == 401)
    return make_response(page, status)


def _may_show(status: int) -> bool:
    """What was typed is shown again to whoever typed it into a form of ours; a password never is."""
    try:
        mine = status in SHOWS_TEXTS and request.method == "POST" and g.get("genuine") and g.get("signed_in")
        return bool(mine) and bool(request.form)
    except HTTPException:
        return False
