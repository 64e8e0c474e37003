"""QR はがき and 確認票: to whom, as one print job, and what came back? A page is made for the printer, nothing is sent.

A postcard bears a link that is good once; its token is told to the printer and kept nowhere, so a job is printed in the
moment it is made. A lost postcard is printed as a new job; the old link goes on working until its day.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from flask import Blueprint, Response, make_response, render_template, request
from werkzeug.wrappers import Response as Redirect

from directory.db import read_session
from directory.errors import InvalidRecord
from directory.freshness import HALF_A_YEAR
from directory.listing import Listing
from directory.listing_rows import DESK, PUBLIC
from directory.listings import read_listings
from directory.ways_in.choosing import listings_to_write_to, only_public
from directory.ways_in.mailings import (
    MOST_PIECES, OUTCOMES, POSTCARD, SHEET, Piece, mailings, make_mailing, pieces_of,
)
from web.i18n import gettext as _
from web.presenters.curation.paper import card, check_sheet, kinds
from web.presenters.dates import full_date
from web.site import site
from web.staff import door
from web.staff.guard import actor
from web.views.desk.curation import frame

pages = Blueprint("mailings", __name__)


@pages.get("/desk/curation/mailings")
def index() -> Response:
    """Whom to write to, and the jobs before."""
    return _choice()


@pages.post("/desk/curation/mailings")
def make() -> Response | Redirect:
    """Make the job and show it to the printer; a link is never shown again."""
    kind, ids = request.form.get("kind", ""), request.form.getlist("listing")
    if kind not in (POSTCARD, SHEET):
        return _choice(_("はがきか確認票かを選んでください。"), 422)
    with read_session(site().engine) as session:
        wanted = only_public(session, ids) if kind == POSTCARD else list(dict.fromkeys(ids))
    try:
        pieces = make_mailing(site().engine, kind, wanted, actor().display_name, door.now())
    except InvalidRecord as error:
        return _choice(str(error), 422)
    return _paper(kind, pieces, left_out=len(set(ids)) - len(wanted))


@pages.get("/desk/curation/mailings/<int:mailing_id>")
def show(mailing_id: int) -> Response:
    """What came back of a job."""
    pieces = pieces_of(site().engine, mailing_id)
    names = {one.id: one.name for one in _listings([piece.listing_id for piece in pieces], DESK).values()}
    rows = [(piece, names.get(piece.listing_id, _("いまは出していない掲載")), OUTCOMES.get(piece.outcome or "", ""))
            for piece in pieces]
    return make_response(render_template(
        "curation/mailing.html", rows=rows, kind=kinds().get(pieces[0].kind, "") if pieces else "", mailing_id=mailing_id,
        is_sheet=bool(pieces) and pieces[0].kind == SHEET))


@pages.get("/desk/curation/mailings/<int:mailing_id>/sheets")
def sheets(mailing_id: int) -> Response:
    """確認票 of a job once more, with what the listings say now."""
    pieces = [piece for piece in pieces_of(site().engine, mailing_id) if piece.kind == SHEET]
    return _paper(SHEET, pieces, left_out=0)


def _choice(problem: str = "", status: int = 200) -> Response:
    areas = {area.name for area in site().vocabulary.areas}
    area = request.values.get("area", "") if request.values.get("area", "") in areas else ""
    is_old = request.values.get("old", "1") == "1"
    today = site().now().date()
    with read_session(site().engine) as session:
        rows, count = listings_to_write_to(
            session, MOST_PIECES, area, today - timedelta(days=HALF_A_YEAR) if is_old else None)
    jobs = [(job, kinds().get(job.kind, ""), full_date(job.made_at.date()), full_date(job.answer_by))
            for job in mailings(site().engine)]
    untouched = set() if request.args.get("none") == "1" else {row.id for row in rows}
    ticked = set(request.form.getlist("listing")) if problem else untouched
    return make_response(render_template(
        "curation/mailings.html", rows=[(row, _since(row.assured_date)) for row in rows], count=count, area=area,
        areas=[each.name for each in site().vocabulary.areas], is_old=is_old, jobs=jobs, problem=problem, ticked=ticked,
        most=MOST_PIECES, done=frame.done_now()), status)


def _since(day: date | None) -> str:
    return _("%(day)s に確認", day=full_date(day)) if day else _("確認した日がありません")


def _paper(kind: str, pieces: Sequence[Piece], left_out: int) -> Response:
    listings = _listings([piece.listing_id for piece in pieces], PUBLIC if kind == POSTCARD else DESK)
    shown = [(piece, listings[piece.listing_id]) for piece in pieces if piece.listing_id in listings]
    now, words, city = site().now(), site().vocabulary, site().city
    if kind == POSTCARD:
        cards = [card(piece, listing, words, city, now) for piece, listing in shown]
        return make_response(render_template("curation/postcards.html", cards=cards, left_out=left_out))
    papers = [check_sheet(piece, listing, words, city, now) for piece, listing in shown]
    return make_response(render_template("curation/check_sheets.html", sheets=papers, left_out=len(pieces) - len(shown)))


def _listings(ids: Sequence[str], audience: str) -> Mapping[str, Listing]:
    with read_session(site().engine) as session:
        return {one.id: one for one in read_listings(session, ids, audience)}
