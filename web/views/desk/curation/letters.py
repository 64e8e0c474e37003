"""What was asked of the coordinator, or written to the city? Read it, find it out, name places, and it waits no more."""

from collections.abc import Mapping

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Redirect

from directory.curation.values import found, values_of_record
from directory.curation.work import close_letter
from directory.curation.work_items import names_of
from directory.db import read_session
from directory.errors import NotFound
from directory.inbox import KINDS
from directory.inbox.questions import CONFIRM, ENQUIRY, MOST_PLACES, QUESTIONS, answer, questions
from directory.listing import NO, UNKNOWN, YES
from directory.models import InboxItem
from web.i18n import gettext as _
from web.presenters.curation.letter_texts import letter_texts
from web.presenters.desk.enquiries import enquiry_rows
from web.presenters.desk.saying import moment
from web.site import site
from web.staff import door
from web.views.desk.curation import frame
from web.views.desk.curation.listings import find_listings

pages = Blueprint("letters", __name__)

ADDRESS = "/desk/curation/letters/<letter_id>"
# These have a page of their own.
APPLICATION, UNREADABLE = "application", "unreadable"


@pages.get(ADDRESS)
def show(letter_id: str) -> Response | Redirect:
    """What it says, and what can be done about it."""
    letter = _read(letter_id)
    if letter.kind == APPLICATION and letter.state != UNREADABLE:
        return redirect(url_for("curation_applications.show", letter_id=letter_id), 303)
    return _page(letter)


@pages.post(ADDRESS)
def act(letter_id: str) -> Response | Redirect:
    """Answer it, or put it away."""
    letter = _read(letter_id)
    if letter.kind == CONFIRM:
        return _found_out(letter)
    if letter.kind == ENQUIRY:
        places = list(dict.fromkeys(request.form.getlist("listing")))[:MOST_PLACES]
        if not places and request.form.get("none") != "1":
            return _page(letter, _("知らせる場所に印をつけるか、「いまはありません」を押してください。"), 422)
        answer(site().engine, letter_id, places)
        return frame.sent("curation.queue", "answered", kind="enquiries")
    close_letter(site().engine, letter_id, door.now())
    return frame.sent("curation.queue", "closed", kind="letters")


def _found_out(letter: InboxItem) -> Response | Redirect:
    """The attribute is written down, and whoever asked is told."""
    said, listing_id, term = request.form.get("answer", ""), str(letter.body["listing"]), str(letter.body["attribute"])
    if said not in (YES, NO, UNKNOWN):
        return _page(letter, _("「はい」「いいえ」「聞いたが不明」から選んでください。"), 422)
    with frame.acting("edit", _("支援員からの確認の依頼")) as done:
        now = values_of_record(done.open(listing_id, None))["attributes"]
        done.change(listing_id, {"attributes": {**now, term: said}})
    answer(site().engine, letter.id, [listing_id])
    return frame.done("curation.queue", done.id, kind="confirmations")


def _read(letter_id: str) -> InboxItem:
    with read_session(site().engine) as session:
        letter = session.get(InboxItem, letter_id)
    if letter is None:
        raise NotFound("この連絡は見つかりません。")
    return letter


def _page(letter: InboxItem, problem: str = "", status: int = 200) -> Response:
    words = frame.asked_words()
    given: dict[str, object] = {"listing": None}
    if letter.kind == CONFIRM:
        given |= _confirmation(letter.body)
    elif letter.kind == ENQUIRY:
        asked = enquiry_rows(questions(site().engine, [letter.id]), {}, site().vocabulary)
        given |= {"asked": asked[0].words if asked else (), "q": words, "places": find_listings(words) if words else ()}
    else:
        given |= {"texts": letter_texts(letter.body), "listing": _named(letter.body.get("listing"))}
    kind = {**KINDS, **QUESTIONS}[letter.kind]
    return make_response(render_template(
        "curation/letter.html", letter=letter, title=kind.label, at=moment(letter.made_at), problem=problem,
        is_open=letter.state in ("new", "unreadable"), **given), status)


def _confirmation(body: Mapping[str, str]) -> dict[str, object]:
    term = site().vocabulary.attributes.get(body["attribute"])
    with read_session(site().engine) as session:
        listing = found(session, body["listing"])
        phone, hours = listing.phone or listing.mobile, listing.phone_hours
    return {"term": term.label if term else body["attribute"], "listing": _named(body["listing"]), "phone": phone, "hours": hours}


def _named(listing_id: object) -> dict[str, str] | None:
    if not isinstance(listing_id, str):
        return None
    with read_session(site().engine) as session:
        name = names_of(session, [listing_id]).get(listing_id)
    return {"name": name, "url": url_for("listings.show", listing_id=listing_id)} if name else None

