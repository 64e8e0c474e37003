"""Which pages should a search engine know, and when did each last change? One function a kind of page."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from xml.sax.saxutils import escape

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.catalog import Catalog
from directory.models import ServiceAtLocation
from web.addresses import full_url

# https://www.sitemaps.org/protocol.html: so many addresses a file, then an index of files.
MOST_ADDRESSES = 50_000
NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
# Pages without a part of their own in the address; one that this site does not serve is left out.
PLAIN_PAGES = (
    "home.home", "public.search", "for_me.ask", "calendar.calendar", "places.areas", "places.categories",
    "guidance.consult", "guidance.family", "monthly.monthly", "about.about", "about.accessibility", "about.privacy",
    "viewers.viewers",
)


@dataclass(frozen=True)
class Row:
    """An address, and the day its content last changed where that is known."""

    url: str
    changed: date | None = None


def addresses(session: Session, catalog: Catalog) -> list[Row]:
    """Every page worth finding, in an order that stays."""
    return [row for kind in KINDS for row in kind(session, catalog)]


def parts(rows: list[Row], most: int = MOST_ADDRESSES) -> list[list[Row]]:
    """The rows as files may hold them; at least one."""
    return [rows[start:start + most] for start in range(0, len(rows), most)] or [[]]


def sitemap_xml(rows: list[Row]) -> str:
    """One file of addresses."""
    return _xml("urlset", "url", rows)


def index_xml(count: int) -> str:
    """The file that names `count` files."""
    files = [Row(full_url("machines.sitemap_part", number=number)) for number in range(1, count + 1)]
    return _xml("sitemapindex", "sitemap", files)


def _plain(_session: Session, _catalog: Catalog) -> Iterator[Row]:
    return (Row(full_url(endpoint)) for endpoint in PLAIN_PAGES if _is_served(endpoint))


def _areas(_session: Session, catalog: Catalog) -> Iterator[Row]:
    return (Row(full_url("places.area", name=name)) for name in catalog.words.areas if _is_served("places.area"))


def _categories(_session: Session, catalog: Catalog) -> Iterator[Row]:
    return (Row(full_url("places.category", kind=kind)) for kind, term in catalog.vocabulary.kinds.items()
            if not term.into and _is_served("places.category"))


def _listings(session: Session, catalog: Catalog) -> Iterator[Row]:
    rows = session.execute(select(ServiceAtLocation.id, ServiceAtLocation.last_modified))
    edited = {row.id: row.last_modified for row in rows}
    for listing_id in catalog.ids:
        changed = edited.get(listing_id)
        yield Row(full_url("public.listing", listing_id=listing_id), changed.date() if changed else None)


KINDS: tuple[Callable[[Session, Catalog], Iterator[Row]], ...] = (_plain, _areas, _categories, _listings)


def _is_served(endpoint: str) -> bool:
    return endpoint in current_app.view_functions


def _xml(outer: str, inner: str, rows: list[Row]) -> str:
    lines = [f'<?xml version="1.0" encoding="UTF-8"?>\n<{outer} xmlns="{NAMESPACE}">']
    for row in rows:
        changed = f"<lastmod>{row.changed.isoformat()}</lastmod>" if row.changed else ""
        lines.append(f"<{inner}><loc>{escape(row.url)}</loc>{changed}</{inner}>")
    return "\n".join([*lines, f"</{outer}>\n"])
