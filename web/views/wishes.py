"""こんな場所がほしい: how does a resident tell the city which place is missing? A few words, and only when they say so."""

import logging

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.wrappers import Response as Redirect

from directory.inbox.wishes import LONGEST, Wish, problem_of, tidy
from directory.text import UrgentHelp
from web import letters
from web.forms import ask_again, is_ours
from web.i18n import gettext as _
from web.site import site
from web.written import unkept, urgent_help

pages = Blueprint("wishes", __name__)

log = logging.getLogger(__name__)
TOLD = "1"


@pages.get("/wish")
def wish() -> Response:
    """The form, with the words of the search it was reached from; after sending, the thanks."""
    if "sent" in request.args:
        return make_response(render_template("public/wish_sent.html"))
    return _form(Wish(tidy(request.args.get("q", ""))[:LONGEST], _area(request.args.get("area", ""))))


@pages.post("/wish")
def send() -> Response | Redirect:
    """Put the wish into the inbox and say thanks; words that must not be sent come back with the reason."""
    asked = Wish(tidy(request.form.get("words", "")), _area(request.form.get("area", "")))
    told = request.form.get("tell") == TOLD
    if not is_ours():
        fields = {"words": asked.words, "area": asked.area, "tell": TOLD if told else ""}
        return unkept(ask_again(_("この言葉を市に伝えますか。"), _("市に伝える"), fields))
    urgent = urgent_help(asked.words)
    if urgent:
        # Words in need are answered, never kept.
        return _form(asked, urgent=urgent, status=422)
    problem = problem_of(asked.words) or ("untold" if not told else None)
    if problem:
        return _form(asked, problem, told, status=422)
    try:
        letters.post("wish", asked.body)
    except (SQLAlchemyError, OSError) as error:
        log.error("A wish could not be put into the inbox: %s", type(error).__name__)
        return _form(asked, "unsent", told, status=503)
    return redirect(url_for("wishes.wish", sent="1"), 303)


def _area(name: str) -> str:
    """The 地域, or none when there is none of that name."""
    return name if name in site().keeper.current(site().now()).words.areas else ""


def _form(asked: Wish, problem: str = "", told: bool = False, urgent: tuple[UrgentHelp, ...] = (),
          status: int = 200) -> Response:
    areas = site().keeper.current(site().now()).words.areas
    page = render_template(
        "public/wish.html", asked=asked, areas=areas, problem=problem, sentence=_sentences().get(problem, ""), told=told,
        urgent=urgent)
    response = make_response(page, status)
    return unkept(response) if request.method == "POST" else response


def _sentences() -> dict[str, str]:
    """What has to be put right, by the key of the problem."""
    return {
        "empty": _("どんな場所がほしいかを、みじかい言葉で書いてください。"),
        "long": _("言葉が長すぎます。%(most)s文字までにしてください。", most=LONGEST),
        "personal": _("電話番号、メールアドレス、番地は書かないでください。消してから、もう一度押してください。"),
        "untold": _("伝えてよいときは、「この言葉を市に伝える」に印をつけてください。"),
        "unsent": _("いまは届けられませんでした。少したってからもう一度押すか、お電話ください。"),
    }
