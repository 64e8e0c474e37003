"""How does a place, a マイリスト or an area look on A4? Pages made for paper; the browser prints them."""

from flask import Blueprint, Response, abort, make_response, redirect, render_template, url_for
from werkzeug.wrappers import Response as Redirect

from directory.exporters.qr import qr_code
from directory.listing import Listing
from directory.search import SearchQuery, matching
from web.addresses import full_address, full_url
from web.asked_listing import asked_listing
from web.i18n import gettext as _
from web.presenters.dates import full_date
from web.presenters.listing import listing_page
from web.presenters.my_list import by_area, listed_rows
from web.presenters.paper import sheet
from web.site import site
from web.views.my_list import asked_ids, list_path, selection

pages = Blueprint("paper", __name__)

# More is a book, not a list; the areas of the largest city we know have fewer.
MOST_PLACES = 200


@pages.get("/listings/<listing_id>/print", endpoint="listing")
def listing_sheet(listing_id: str) -> Response | Redirect:
    """One place on one sheet; one that ended has nothing to print, its page says so."""
    found = asked_listing(listing_id, "paper.listing")
    if not isinstance(found, Listing):
        return found
    if found.status == "closed":
        return redirect(url_for("public.listing", listing_id=found.id), 302)
    now = site().now()
    page = listing_page(found, site().vocabulary, site().city, now)
    address = full_url("public.listing", listing_id=found.id)
    return make_response(render_template("paper/listing.html", sheet=sheet(page, address, now.date())))


@pages.get("/my-list/print", endpoint="my_list")
def list_sheet() -> str:
    """マイリスト, or a list that was shared, by area."""
    listings = by_area(selection(asked_ids()).listings)
    path = list_path(tuple(listing.id for listing in listings))
    return _list(_("行ってみたい場所のリスト"), listings, path, url_for("my_list.my_list"))


@pages.get("/areas/<name>/print", endpoint="area")
def area_sheet(name: str) -> str:
    """The places of one area."""
    now = site().now()
    catalog = site().keeper.current(now)
    if name not in catalog.words.areas:
        abort(404)
    rows, _effective = matching(catalog, SearchQuery().adding("area", name), now)
    listings = catalog.cards.get([catalog.ids[row] for row in rows[:MOST_PLACES]])
    listings = sorted(listings, key=lambda listing: (listing.kana or listing.name, listing.id))
    path = url_for("places.area", name=name)
    return _list(_("%(name)s地域の 行ける場所", name=name), listings, path, path, left_out=len(rows) - len(listings))


def _list(title: str, listings: list[Listing], path: str, back: str, left_out: int = 0) -> str:
    now = site().now()
    address = full_address(path)
    return render_template(
        "paper/list.html", title=title, rows=listed_rows(listings, site().vocabulary, now),
        listings={listing.id: listing for listing in listings}, back=back, left_out=left_out,
        printed=_("%(day)s 印刷", day=full_date(now.date())), qr=qr_code(address))
