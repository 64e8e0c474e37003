"""A group's own link: how does it say 「変わりなし」 in one press, or what has changed? No account; good once, until a day.

The token stands behind the question mark, where no log of ours writes it down. Looking changes nothing.
"""

import logging
from dataclasses import dataclass

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request, url_for
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.wrappers import Response as Redirect

from directory.db import read_session
from directory.inbox.kinds import UNWRITABLE
from directory.inbox.wishes import tidy
from directory.listing import Listing
from directory.listings import Moved, public_listing
from directory.ways_in.links import CHANGED, GOOD, SAME, find_link, letter_id
from directory.ways_in.proofs import TOKEN
from directory.ways_in.updates import FACTS, LONGEST_WORDS, changed, choices, current, too_long
from web import letters
from web.forms import ask_again, is_ours
from web.i18n import gettext as _
from web.presenters.dates import full_date
from web.presenters.listing import listing_page
from web.site import site
from web.written import is_trapped, unkept

pages = Blueprint("updates", __name__)

log = logging.getLogger(__name__)
KEY = "k"
UNKNOWN, AWAY = "unknown", "away"


@dataclass(frozen=True)
class Opened:
    """What the token opens: a listing, or why not."""

    token: str
    listing: Listing | None
    state: str
    until: str = ""


@pages.get("/update")
def update() -> Response:
    """What the page says now, and the two answers."""
    opened = _opened(request.args.get(KEY, ""))
    return _page(opened) if opened.state == GOOD else _over(opened)


@pages.post("/update")
def same() -> Response | Redirect:
    """変わりなし."""
    opened = _opened(request.form.get(KEY, ""))
    if opened.state != GOOD:
        return _over(opened)
    if not is_ours():
        return unkept(ask_again(_("「変わりありません」と市に伝えますか。"), _("変わりありません"), {KEY: opened.token}))
    return _send(opened, SAME, {}, "") or _page(opened, unsent=True, status=503)


@pages.get("/update/change")
def change() -> Response:
    """The few facts a group may change, as they stand."""
    opened = _opened(request.args.get(KEY, ""))
    return _form(opened, current(opened.listing), "") if opened.state == GOOD and opened.listing else _over(opened)


@pages.post("/update/change")
def propose() -> Response | Redirect:
    """What has changed; a person looks at it before the page says so."""
    opened = _opened(request.form.get(KEY, ""))
    if opened.state != GOOD or opened.listing is None:
        return _over(opened)
    typed = {fact.key: UNWRITABLE.sub("", request.form.get(fact.key, "")) for fact in FACTS}
    words = tidy(request.form.get("words", ""))
    if not is_ours():
        fields = {**typed, "words": words, KEY: opened.token}
        return unkept(ask_again(_("変わったところを市に伝えますか。"), _("送る"), fields))
    changes = changed(opened.listing, typed, site().vocabulary)
    wrong = too_long(changes) + (["words"] if len(words) > LONGEST_WORDS else [])
    if wrong or not (changes or words):
        return _form(opened, typed, words, wrong, nothing=not wrong, status=422)
    return _send(opened, CHANGED, changes, words) or _form(opened, typed, words, unsent=True, status=503)


@pages.get("/update/sent")
def sent() -> str:
    """Thanks; the token is not in this address."""
    return render_template("public/update_sent.html", same=request.args.get("answer") == SAME)


def _opened(token: str) -> Opened:
    if not TOKEN.fullmatch(token):
        return Opened("", None, UNKNOWN)
    with read_session(site().engine) as session:
        link = find_link(session, token, site().now().date())
        found = public_listing(session, link.listing_id) if link else None
        if isinstance(found, Moved):
            found = public_listing(session, found.listing_id)
    if link is None:
        return Opened("", None, UNKNOWN)
    if link.state != GOOD:
        return Opened(token, found if isinstance(found, Listing) else None, link.state)
    if not isinstance(found, Listing) or found.status == "closed":
        return Opened(token, None, AWAY)
    return Opened(token, found, GOOD, full_date(link.expires_on))


def _send(opened: Opened, answer: str, changes: dict[str, str], words: str) -> Redirect | None:
    """On to the thanks; None when the inbox cannot be reached. Pressing twice sends one letter and is thanked twice."""
    body = {"token": opened.token, "answer": answer} | ({"changes": changes} if changes else {}) | (
        {"words": words} if words else {})
    try:
        if not is_trapped():
            letters.post_once(letter_id(opened.token, answer, changes, words), "update", body)
    except (SQLAlchemyError, OSError) as error:
        log.error("A group's update could not be put into the inbox: %s", type(error).__name__)
        return None
    return redirect(url_for("updates.sent", answer=answer), 303)


def _page(opened: Opened, unsent: bool = False, status: int = 200) -> Response:
    if opened.listing is None:
        abort(404)
    page = listing_page(opened.listing, site().vocabulary, site().city, site().now())
    return unkept(make_response(render_template(
        "public/update.html", page=page, opened=opened, key=KEY, unsent=unsent), status))


def _form(opened: Opened, typed: dict[str, str], words: str, wrong: list[str] | None = None, nothing: bool = False,
          unsent: bool = False, status: int = 200) -> Response:
    questions = [(fact, choices(fact, site().vocabulary)) for fact in FACTS]
    return unkept(make_response(render_template(
        "public/update_change.html", listing=opened.listing, opened=opened, key=KEY, questions=questions, typed=typed,
        words=words, wrong=wrong or [], nothing=nothing, unsent=unsent, longest=LONGEST_WORDS), status))


def _over(opened: Opened) -> Response:
    """Used, too late, or never there: thanks or regret, and the ways that are still open."""
    status = 404 if opened.state == UNKNOWN else 410
    return unkept(make_response(render_template(
        "public/update_over.html", state=opened.state, listing=opened.listing), status))
