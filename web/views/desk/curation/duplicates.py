"""Which listings may be one and the same? Pairs with their reasons; one pair side by side; made one, or called 別物."""

from collections.abc import Iterable, Mapping

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from sqlalchemy import func, select, true
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as Redirect

from directory.curation.values import found, values_of_record
from directory.db import read_session
from directory.duplicates.merging import latest_merges, merge, unmerge
from directory.duplicates.searching import (
    called_different, compared, count_waiting, last_search, search_pairs, waiting_pairs,
)
from directory.errors import InvalidRecord, Stale
from directory.listing import Listing
from directory.listing_rows import DESK, listings_of
from directory.models import ServiceAtLocation, Source, SourceRecord
from web.i18n import gettext as _
from web.presenters.curation.duplicates import CHOICE, PairPage, Side, merge_row, pair_page, pair_row, side
from web.presenters.curation.queue import Way
from web.presenters.desk.saying import moment
from web.site import site
from web.staff import door
from web.staff.guard import actor

pages = Blueprint("duplicates", __name__)

PAIR = "/desk/curation/duplicates/<listing_id>/<other_id>"
PAGE_SIZE = 30
# More listings take longer than anybody waits for a page (5,000: about ten seconds).
MOST_AT_ONCE = 6_000
LIKELY, ALSO = "likely", "also"


@pages.get("/desk/curation/duplicates")
def index() -> str:
    """The pairs that wait, the surest first; what was put together lately."""
    which = request.args.get("which", LIKELY)
    page = int(given) if (given := request.args.get("page", "")).isascii() and given.isdigit() and len(given) < 6 else 0
    likely = which != ALSO
    with read_session(site().engine) as session:
        counts = {LIKELY: count_waiting(session, likely=True), ALSO: count_waiting(session, likely=False)}
        pairs = waiting_pairs(session, likely=likely, limit=PAGE_SIZE + 1, start=page * PAGE_SIZE)
        shown = _listings(session, (key for pair in pairs for key in (pair.first_id, pair.second_id)))
        searched, merges = last_search(session), _merges(session)
    rows = [pair_row(pair, shown, url_for("duplicates.show", listing_id=pair.first_id, other_id=pair.second_id))
            for pair in pairs[:PAGE_SIZE]]
    more = url_for("duplicates.index", which=which, page=page + 1) if len(pairs) > PAGE_SIZE else ""
    return render_template(
        "curation/duplicates.html", rows=rows, more=more, merges=merges, done=_done(), ways=_ways(counts, likely),
        total=counts[LIKELY], searched=moment(searched.made_at) if searched else "", changed=searched.changed if searched else 0)


@pages.post("/desk/curation/duplicates")
def search() -> Redirect:
    """Compare all listings anew; a country of them is left to the script of the night."""
    with read_session(site().engine) as session:
        if (session.scalar(select(func.count()).select_from(ServiceAtLocation)) or 0) > MOST_AT_ONCE:
            return redirect(url_for("duplicates.index", done="too_many"), 303)
    search_pairs(site().engine, site().vocabulary, door.now())
    return redirect(url_for("duplicates.index"), 303)


@pages.get(PAIR)
def show(listing_id: str, other_id: str) -> Response:
    """The two side by side: the first stays, the second goes into it."""
    return _page(listing_id, other_id)


@pages.post(PAIR)
def join(listing_id: str, other_id: str) -> Response | Redirect:
    """Make the second a part of the first."""
    chosen = _chosen()
    try:
        merge(site().engine, listing_id, other_id, chosen, by=actor().display_name, now=door.now(), versions=_versions())
    except Stale:
        return _page(listing_id, other_id, chosen, 409)
    except InvalidRecord as error:
        return _page(listing_id, other_id, chosen, 422, str(error))
    return redirect(url_for("duplicates.index", done="joined"), 303)


@pages.post(f"{PAIR}/different")
def different(listing_id: str, other_id: str) -> Redirect:
    """別物: never proposed again."""
    called_different(site().engine, listing_id, other_id, by=actor().display_name, now=door.now(),
                     why=request.form.get("why", "").strip() or None)
    return redirect(url_for("duplicates.index", done="different"), 303)


@pages.post("/desk/curation/merges/<merge_id>")
def part(merge_id: str) -> Redirect:
    """Two again."""
    parted = unmerge(site().engine, merge_id, by=actor().display_name, now=door.now())
    return redirect(url_for("duplicates.index", done="parted_but" if parted.kept else "parted"), 303)


def _page(
    listing_id: str, other_id: str, chosen: Mapping[str, str] | None = None, status: int = 200, problem: str = ""
) -> Response:
    page = _read(listing_id, other_id, chosen or {})
    return make_response(render_template(
        "curation/duplicate.html", page=page, overtaken=status == 409, problem=problem,
        swap=url_for("duplicates.show", listing_id=other_id, other_id=listing_id)), status)


def _read(listing_id: str, other_id: str, chosen: Mapping[str, str]) -> PairPage:
    with read_session(site().engine) as session:
        records = [found(session, key) for key in (listing_id, other_id)]
        values = values_of_record(records[0]), values_of_record(records[1])
        sides = [_side(session, record.id, record.version) for record in records]
        pair = compared(session, site().vocabulary, listing_id, other_id)
    return pair_page(sides[0], sides[1], values, pair, site().vocabulary, chosen)


def _side(session: Session, listing_id: str, version: int) -> Side:
    sources = session.scalars(select(Source.name).join(SourceRecord).where(
        SourceRecord.listing_id == listing_id).distinct().order_by(Source.name)).all()
    return side(_listings(session, [listing_id])[listing_id], version, sources)


def _listings(session: Session, ids: Iterable[str]) -> dict[str, Listing]:
    return {listing.id: listing for listing in listings_of(session, list(dict.fromkeys(ids)), true(), DESK)}


def _merges(session: Session) -> list:
    merges = latest_merges(session)
    shown = _listings(session, (key for one in merges for key in (one.winner_id, one.loser_id)))
    return [merge_row(one.made_at, one.made_by, one.id, shown[one.winner_id], shown[one.loser_id].name) for one in merges]


def _ways(counts: Mapping[str, int], likely: bool) -> list[Way]:
    return [Way(_("重複の見こみ"), url_for("duplicates.index"), likely, counts[LIKELY]),
            Way(_("念のため見る"), url_for("duplicates.index", which=ALSO), not likely, counts[ALSO])]


def _chosen() -> dict[str, str]:
    return {name.removeprefix(CHOICE): value for name, value in request.form.items() if name.startswith(CHOICE)}


def _versions() -> tuple[int, int]:
    """The versions the form was made for; what is no number was made for nothing."""
    given = [request.form.get(name, "") for name in ("version", "other_version")]
    return tuple(int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0 for text in given)


def _done() -> str:
    return {
        "joined": _("1つにまとめました。前のアドレスからも、残した掲載へ行けます。"),
        "too_many": _("掲載の数が多いので、画面からはさがせません。夜に自動でさがしなおします。"),
        "different": _("別の集まりとして覚えました。この組は、もう出てきません。"),
        "parted": _("2つに分けて、まとめる前の内容にもどしました。"),
        "parted_but": _("2つに分けました。まとめたあとに直したところは、残した掲載にそのまま残っています。"),
    }.get(request.args.get("done", ""), "")
