"""Which pages may everybody see? The search and one page for each place."""

from datetime import date, datetime

from flask import Blueprint, Response, make_response, render_template, request, url_for
from werkzeug.wrappers import Response as Redirect

from directory.catalog import Catalog
from directory.listing import Listing
from directory.search import SearchPage, SearchQuery, read_parameters, search
from web.about_page import facts_for_machines
from web.asked_listing import asked_listing
from web.ground import ground
from web.presenters import results
from web.presenters.listing import listing_page
from web.presenters.maps import map_of_list, map_of_place, route
from web.site import site
from web.urls import search_url
from web.usage import remember_search

pages = Blueprint("public", __name__)

ALTERNATIVES = 3
# The attribute of a desk where somebody simply listens.
LISTENS = "listens"


@pages.get("/search", endpoint="search")
def search_page() -> Response:
    """The places that fit the question in the address, and a way on when there are none."""
    now = site().now()
    catalog = site().keeper.current(now)
    page = search(catalog, read_parameters(request.args.items(multi=True), catalog), now)
    remember_search(page)
    response = make_response(render_results(page, _listeners(page, catalog, now)))
    if page.urgent:
        # Somebody in need may share the telephone: no copy stays on it.
        response.headers["Cache-Control"] = "no-store"
    return response


def render_results(page: SearchPage, listeners: SearchPage | None = None) -> str:
    """The page of results as HTML."""
    view = results.search_view(page, listeners, site().vocabulary, _today())
    areas = site().keeper.current(site().now()).words.areas
    return render_template("public/search.html", areas=areas, map=map_of_list(page.hits, ground()), **view)


def _listeners(page: SearchPage, catalog: Catalog, now: datetime) -> SearchPage | None:
    """Beside urgent help, when the words themselves found nothing: places of the needs that go with it.

    Where it goes with none, desks: those that say they listen, else all.
    """
    if page.total or not page.urgent:
        return None
    groups = [site().vocabulary.urgent.groups[help_.key] for help_ in page.urgent]
    needs = [need for group in groups for need in group.also_needs]
    desks = [("kind", kind) for kind in site().guide.desk_kinds]
    ways = [[("need", need) for need in needs]] if needs else [[*desks, (LISTENS, "yes")], desks]
    pages = (search(catalog, read_parameters(way, catalog), now) for way in ways)
    return next((page for page in pages if page.total), None)


@pages.get("/listings/<listing_id>")
def listing(listing_id: str) -> Response | Redirect:
    """One place; one that moved sends on, one that ended says so, any other is not found."""
    found = asked_listing(listing_id, "public.listing")
    if not isinstance(found, Listing):
        return found
    if found.status == "closed":
        return make_response(_closed_page(found))
    page = listing_page(found, site().vocabulary, site().city, site().now())
    return make_response(render_template("public/listing.html", page=page, map=map_of_place(found, ground()),
                                         route=route(found), facts_for_machines=facts_for_machines(found, _today()),
                                         steps_back=_steps_back(found)))


def _closed_page(closed: Listing) -> str:
    rows = results.rows(_alternatives(closed), site().vocabulary, _today())
    others = [row for row in rows if row.id != closed.id][:ALTERNATIVES]
    return render_template("public/closed.html", listing=closed, rows=others, steps_back=_steps_back(closed))


def _alternatives(closed: Listing) -> SearchPage:
    """Places of the same kind in the same area; of any kind there; of the same kind anywhere; any."""
    now = site().now()
    catalog = site().keeper.current(now)
    area = [("area", name) for name in closed.area_names()]
    kind = [("kind", closed.kind)]
    for wanted in ([*area, *kind], area, kind):
        page = search(catalog, read_parameters(wanted, catalog), now)
        if page.total >= ALTERNATIVES:
            return page
    return search(catalog, SearchQuery(), now)


def _steps_back(found: Listing) -> list[tuple[str, str]]:
    """The way back: the search, the area, the kind."""
    start = url_for("public.search")
    kind = site().vocabulary.kinds.get(found.kind)
    query = SearchQuery()
    steps = [(site().city.site_name, start)]
    for area in found.area_names()[:1]:
        query = query.adding("area", area)
        steps.append((area, search_url(query, start)))
    if kind:
        steps.append((kind.label, search_url(query.adding("kind", kind.key), start)))
    return steps


def _today() -> date:
    return site().now().date()
