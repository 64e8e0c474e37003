"""How do dates get into a reader's own calendar? One file for a place, for a search, for a マイリスト."""

from collections.abc import Callable, Sequence
from datetime import datetime
from hashlib import blake2b

import numpy as np
from flask import Blueprint, Response, current_app, request, url_for
from flask.blueprints import BlueprintSetupState
from werkzeug.wrappers import Response as Redirect

from directory.catalog import Catalog
from directory.exporters.icalendar import listing_calendar, listings_calendar
from directory.listing import Listing
from directory.search import SearchQuery, matching, read_parameters, search
from web.addresses import full_address, full_url
from web.asked_listing import asked_listing
from web.i18n import gettext as _
from web.shelf import Shelf
from web.site import site
from web.urls import search_url
from web.views.my_list import asked_ids, list_path, selection

pages = Blueprint("calendars", __name__)

KEY = "yoridokoro-calendars"
# More places than anybody can read in a calendar; thirty take a fifth of a second to write.
MOST_PLACES = 30


@pages.record_once
def prepare(state: BlueprintSetupState) -> None:
    """Each application has a shelf of its own."""
    state.app.extensions[KEY] = Shelf()


@pages.get("/listings/<listing_id>.ics", endpoint="listing")
def listing_file(listing_id: str) -> Response | Redirect:
    """The dates of one place; of one that has ended none, so that a subscription empties itself."""
    found = asked_listing(listing_id, "calendars.listing")
    if not isinstance(found, Listing):
        return found
    now, url = site().now(), full_url("public.listing", listing_id=found.id)

    def make() -> bytes:
        return listing_calendar(found, url=url, today=now.date(), stamp=now, city=site().city)

    return _file(f"yoridokoro-{found.id[:8]}", _mark(now, found.last_modified, found, url), make)


@pages.get("/search.ics", endpoint="search")
def search_file() -> Response:
    """The dates of the places a search finds; of very many only those that open next."""
    now = site().now()
    catalog = site().keeper.current(now)
    query = read_parameters(request.args.items(multi=True), catalog).on_page(1)
    page = search(catalog, query, now)
    found = catalog.cards.get(_next_to_open(catalog, query, now))
    # Words in need leave no trace, not in the name of a file either.
    name = site().city.site_name if page.urgent else f"{site().city.site_name} {page.heading}"
    if page.total > MOST_PLACES:
        name = _("%(name)s（近い日の%(count)sか所）", name=name, count=MOST_PLACES)
    return _many("yoridokoro-search", name, full_address(search_url(query, url_for("public.search"))), found, now)


@pages.get("/my-list.ics", endpoint="my_list")
def my_list_file() -> Response:
    """The dates of the places in the address, or of the reader's own list; what is no place any more is left out."""
    ids = asked_ids()
    name = _("%(site)s マイリスト", site=site().city.site_name)
    return _many("yoridokoro-my-list", name, full_address(list_path(ids)), selection(ids).listings, site().now())


def _next_to_open(catalog: Catalog, query: SearchQuery, now: datetime) -> list[str]:
    """Ids of the places found, those that open next first when there are too many of them."""
    rows, _effective = matching(catalog, query, now)
    if len(rows) > MOST_PLACES:
        starts, _ends = catalog.timetable.next_session(now.hour * 60 + now.minute)
        rows = rows[np.argsort(starts[catalog.timetable.of_row[rows]], kind="stable")[:MOST_PLACES]]
    return [catalog.ids[row] for row in rows]


def _many(filename: str, name: str, url: str, found: Sequence[Listing], now: datetime) -> Response:
    def make() -> bytes:
        return listings_calendar(
            found, name=name, url=url, url_of=lambda listing_id: full_url("public.listing", listing_id=listing_id),
            today=now.date(), stamp=now, city=site().city,
        )

    return _file(filename, _mark(now, name, url, *found), make)


def _mark(now: datetime, *parts: object) -> str:
    """Changes with the places and the month: within a month the same listings give the same dates."""
    return blake2b(repr((f"{now:%Y-%m}", parts)).encode("utf-8", "replace"), digest_size=12).hexdigest()


def _file(filename: str, mark: str, make: Callable[[], bytes]) -> Response:
    """The calendar; or 304 for a program that has it, before it is made again."""
    response = Response(content_type="text/calendar; charset=utf-8")
    response.set_etag(mark, weak=True)
    response.headers["Cache-Control"] = "private, no-cache"
    # Shown, not saved: a telephone then offers to put the dates into its calendar.
    response.headers["Content-Disposition"] = f'inline; filename="{filename}.ics"'
    if not request.if_none_match.contains_weak(mark):
        response.data = current_app.extensions[KEY].get(mark, make)
        return response
    response.status_code = 304
    return response
