"""「情報が違います」: how does a resident say that a page is wrong? Three presses, no account; words only if they like."""

import logging

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.wrappers import Response as Redirect

from directory.inbox.wishes import tidy
from directory.listing import Listing
from directory.text import UrgentHelp
from directory.ways_in.reports import ABOUT, LONGEST_CONTACT, LONGEST_WORDS
from web import letters
from web.asked_listing import asked_listing
from web.forms import ask_again, is_ours
from web.i18n import gettext as _
from web.written import is_trapped, unkept, urgent_help

pages = Blueprint("reports", __name__)

log = logging.getLogger(__name__)
NAMES = ("about", "words", "contact")


@pages.get("/listings/<listing_id>/report")
def report(listing_id: str) -> Response | Redirect:
    """The choices; after sending, the thanks."""
    found = asked_listing(listing_id, "reports.report")
    if not isinstance(found, Listing):
        return found
    if "sent" in request.args:
        return make_response(render_template("public/report_sent.html", listing=found))
    return _form(found, dict.fromkeys(NAMES, ""))


@pages.post("/listings/<listing_id>/report")
def send(listing_id: str) -> Response | Redirect:
    """Put it into the inbox and say thanks; what is missing comes back with the reason."""
    found = asked_listing(listing_id, "reports.report")
    if not isinstance(found, Listing):
        return found
    told = {name: tidy(request.form.get(name, "")) for name in NAMES}
    if not is_ours():
        return unkept(ask_again(_("「情報が違います」を市に送りますか。"), _("送る"), told))
    if is_trapped():
        return _thanks(found)
    urgent = urgent_help(told["words"])
    if urgent:
        return _form(found, told, urgent=urgent, status=422)
    problem = _problem(told)
    if problem:
        return _form(found, told, problem, status=422)
    try:
        letters.post("report", {"listing": found.id, **{name: text for name, text in told.items() if text}})
    except (SQLAlchemyError, OSError) as error:
        log.error("A report could not be put into the inbox: %s", type(error).__name__)
        return _form(found, told, "unsent", status=503)
    return _thanks(found)


def _thanks(found: Listing) -> Redirect:
    return redirect(url_for("reports.report", listing_id=found.id, sent="1"), 303)


def _problem(told: dict[str, str]) -> str:
    """The key of what has to be put right."""
    if told["about"] not in ABOUT:
        return "about"
    if len(told["words"]) > LONGEST_WORDS:
        return "words"
    return "contact" if len(told["contact"]) > LONGEST_CONTACT else ""


def _form(found: Listing, told: dict[str, str], problem: str = "", urgent: tuple[UrgentHelp, ...] = (),
          status: int = 200) -> Response:
    choices = [(key, row.label, "") for key, row in ABOUT.items()]
    page = render_template(
        "public/report.html", listing=found, told=told, choices=choices, problem=problem, urgent=urgent,
        sentence=_sentences().get(problem, ""), longest=LONGEST_WORDS)
    response = make_response(page, status)
    return unkept(response) if request.method == "POST" else response


def _sentences() -> dict[str, str]:
    return {
        "about": _("何が違うかを、ひとつ選んでください。"),
        "words": _("言葉が長すぎます。%(most)s文字までにしてください。", most=LONGEST_WORDS),
        "contact": _("連絡先が長すぎます。%(most)s文字までにしてください。", most=LONGEST_CONTACT),
        "unsent": _("いまは届けられませんでした。少したってからもう一度押すか、お電話ください。"),
    }
