"""What does a reader see when a page cannot be shown? What happened, a box to search again, a number to call."""

import logging
import traceback

from flask import Flask, Response, current_app, make_response, render_template
from werkzeug.exceptions import HTTPException

from web.i18n import gettext as _
from web.site import site

log = logging.getLogger(__name__)

# Where staff are served, how they are told: status → page, or None where the public's is meant (web/staff/errors.py).
FOR_STAFF = "yoridokoro-errors-for-staff"


def _pages() -> dict[int, tuple[str, str]]:
    """Heading and sentence for each status; what is not named here is told as 400 or 500."""
    return {
        400: (_("ページを開けませんでした"), _("アドレスか送られた内容に、読み取れないところがありました。下の箱から、もう一度さがせます。")),
        404: (_("このページは見つかりませんでした"), _("アドレスがちがうか、掲載が終わったのかもしれません。下の箱から、ほかの場所をさがせます。")),
        405: (_("この使いかたはできません"), _("このページは、見るだけのページです。下の箱から、もう一度さがせます。")),
        413: (_("送られた内容が大きすぎます"), _("みじかい言葉にして、もう一度さがしてください。")),
        414: (_("アドレスが長すぎます"), _("みじかい言葉にして、もう一度さがしてください。")),
        429: (_("少しだけ お待ちください"), _("同じ回線から、短いあいだにたくさんの求めが届きました。すこし待って、もう一度お試しください。"
                                 "お急ぎのときは、お電話ください。")),
        500: (_("いま、ページを出せません"), _("こちらの不具合です。少したってから、もう一度お試しください。お急ぎのときは、お電話ください。")),
    }


def register(app: Flask) -> None:
    """Every error becomes a page; nothing of the error itself is shown."""
    app.register_error_handler(HTTPException, _told)
    app.register_error_handler(Exception, failed)


def error_page(status: int) -> Response:
    """The page for this status."""
    tell_staff = current_app.extensions.get(FOR_STAFF)
    page = tell_staff(status) if tell_staff else None
    if page is not None:
        return page
    pages = _pages()
    heading, sentence = pages.get(status) or pages[500 if status >= 500 else 400]
    return make_response(render_template("error.html", heading=heading, sentence=sentence), status)


def _told(error: HTTPException) -> Response:
    response = error_page(error.code or 500)
    # 405 names the methods that are allowed, 429 the seconds to wait.
    for name, value in error.get_headers():
        if name in ("Allow", "Retry-After"):
            response.headers[name] = value
    return response


def failed(error: Exception) -> Response:
    """The page for what nobody foresaw."""
    # The place of the fault, never its message: that may hold what somebody typed.
    steps = [f"{step.filename}:{step.lineno} {step.name}" for step in traceback.extract_tb(error.__traceback__)]
    log.error("A page failed with %s\n%s", type(error).__name__, "\n".join(steps))
    try:
        return error_page(500)
    except Exception as second:
        log.error("The error page failed too, with %s", type(second).__name__)
        return make_response(_plain_sentence(), 500, {"Content-Type": "text/plain; charset=utf-8"})


def _plain_sentence() -> str:
    desk = site().city.consultation
    return _("いま、ページを出せません。%(name)s %(phone)s（%(hours)s）", name=desk.name, phone=desk.phone, hours=desk.hours)
