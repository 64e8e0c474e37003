"""What do search engines read before they come? The list of pages, and which of them are not for machines."""

from flask import Blueprint, Response, abort, current_app, url_for

from directory.catalog import Catalog
from directory.db import read_session
from web.addresses import full_url
from web.site import site
from web.sitemap import Row, addresses, index_xml, parts, sitemap_xml

pages = Blueprint("machines", __name__)

# Files made for one reader, and searches: a machine would walk through every combination of filters.
NOT_FOR_MACHINES = (
    "calendars.search", "my_list.my_list", "calendars.my_list", "settings.settings", "suggestions.suggest",
    "wishes.wish", "applications.status", "applications.check", "updates.update",
)
AN_HOUR = "public, max-age=3600"


@pages.get("/sitemap.xml", endpoint="sitemap")
def sitemap() -> Response:
    """All pages, or the files that name them when there are more than a file may hold."""
    files = _files()
    return _xml(sitemap_xml(files[0]) if len(files) == 1 else index_xml(len(files)))


@pages.get("/sitemap-<int:number>.xml", endpoint="sitemap_part")
def sitemap_part(number: int) -> Response:
    """One of the files of a large city."""
    files = _files()
    if len(files) == 1 or not 1 <= number <= len(files):
        abort(404)
    return _xml(sitemap_xml(files[number - 1]))


@pages.get("/robots.txt", endpoint="robots")
def robots() -> Response:
    """Everything may be read but what has no end."""
    rules = ["User-agent: *", "Disallow: /search?", *_disallowed(), f"Sitemap: {full_url('machines.sitemap')}"]
    return Response("\n".join([*rules, ""]), content_type="text/plain; charset=utf-8",
                    headers={"Cache-Control": AN_HOUR})


def _disallowed() -> list[str]:
    return [f"Disallow: {url_for(endpoint)}" for endpoint in NOT_FOR_MACHINES if endpoint in current_app.view_functions]


def _files() -> list[list[Row]]:
    """The rows of this edition of the catalog, worked out once."""
    return site().keeper.current(site().now()).once(_rows)


def _rows(catalog: Catalog) -> list[list[Row]]:
    with read_session(site().engine) as session:
        return parts(addresses(session, catalog))


def _xml(text: str) -> Response:
    return Response(text, content_type="application/xml; charset=utf-8", headers={"Cache-Control": AN_HOUR})
