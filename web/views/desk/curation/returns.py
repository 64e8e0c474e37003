"""はがき入力: a postcard or a sheet came back by post. Its number is typed, then one press, or what has changed."""

from flask import Blueprint, Response, make_response, render_template, request, url_for
from werkzeug.wrappers import Response as Redirect

from directory.calling import BY_POST
from directory.curation.proposals import propose
from directory.errors import InvalidRecord, NotFound
from directory.inbox.kinds import UNWRITABLE
from directory.inbox.wishes import tidy
from directory.listing import Listing
from directory.ways_in.mailings import CHANGED, OUTCOMES, SAME, Piece, came_back, find_piece
from directory.ways_in.settling import confirm
from directory.ways_in.updates import FACTS, LONGEST_WORDS, changed, choices, current, too_long, values_of
from web.i18n import gettext as _
from web.presenters.listing import listing_page
from web.site import site
from web.staff import door
from web.staff.guard import actor
from web.views.desk.curation import frame

pages = Blueprint("returns", __name__)

# What a listing's own answer goes under in the list of proposals.
POSTCARD = "postcard"


@pages.get("/desk/curation/returns")
def show() -> Response:
    """The box for the number; with a number what that piece said."""
    typed = request.args.get("piece", "")
    if not typed:
        return _page()
    try:
        return _found(find_piece(site().engine, typed))
    except (InvalidRecord, NotFound) as error:
        return _page(typed[:40], str(error), 404 if isinstance(error, NotFound) else 422)


@pages.post("/desk/curation/returns")
def record() -> Response | Redirect:
    """Write down what came back; the box is ready for the next number."""
    piece, outcome = find_piece(site().engine, request.form.get("piece", "")), request.form.get("outcome", "")
    if outcome == CHANGED:
        return _propose(piece)
    if outcome == SAME:
        why = _("%(code)s「変わりなし」", code=piece.code)
        confirm(site().engine, piece.listing_id, BY_POST, actor().display_name, why, door.now())
    came_back(site().engine, piece, outcome, actor().display_name, door.now())
    return frame.sent("returns.show", f"post_{outcome}")


def _propose(piece: Piece) -> Response | Redirect:
    listing, words = frame.desk_listing(piece.listing_id), tidy(request.form.get("words", ""))
    typed = {fact.key: UNWRITABLE.sub("", request.form.get(fact.key, "")) for fact in FACTS}
    changes = changed(listing, typed, site().vocabulary)
    if too_long(changes) or len(words) > LONGEST_WORDS:
        return _found(piece, typed, words, _("長すぎるところがあります。みじかくしてください。"))
    if not (changes or words):
        return _found(piece, typed, words, _("変わったところを直すか、「そのほか」に書いてください。"))
    evidence = " ".join(filter(None, (piece.code, words)))
    propose(site().engine, piece.listing_id, values_of(changes), POSTCARD, evidence, actor().display_name, door.now())
    came_back(site().engine, piece, CHANGED, actor().display_name, door.now())
    return frame.sent("returns.show", "post_changed")


def _found(piece: Piece, typed: dict[str, str] | None = None, words: str = "", problem: str = "") -> Response:
    listing: Listing = frame.desk_listing(piece.listing_id)
    page = listing_page(listing, site().vocabulary, site().city, site().now())
    return _page(
        piece.code, problem, 422 if problem else 200, piece=piece, listing=listing, page=page, words=words,
        questions=[(fact, choices(fact, site().vocabulary)) for fact in FACTS], typed=typed or current(listing),
        before=OUTCOMES.get(piece.outcome or "", ""), edit=url_for("listings.show", listing_id=listing.id),
        is_open=bool(problem))


def _page(typed_code: str = "", problem: str = "", status: int = 200, **given: object) -> Response:
    return make_response(render_template(
        "curation/returns.html", code=typed_code, problem=problem, done=frame.done_now(), longest=LONGEST_WORDS,
        **{"piece": None, **given}), status)
