"""Which places are there in an area, and of a kind? Lists with addresses that stay, for readers and search engines."""

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Redirect

from directory.catalog import Catalog
from directory.catalog.columns import AREA_KIND
from directory.search import read_parameters
from web.presenters import places
from web.site import site

pages = Blueprint("places", __name__)

# 佐伯地域 is what people type; the area is called 佐伯.
SUFFIX = AREA_KIND


@pages.get("/areas/")
def areas() -> str:
    """All areas."""
    return render_template("public/areas.html", entries=places.area_index(_catalog(), site().now()), unknown="")


@pages.get("/areas/<name>")
def area(name: str) -> Response | Redirect:
    """One area with its places."""
    catalog = _catalog()
    if name not in catalog.words.areas:
        short = name.removesuffix(SUFFIX)
        if short in catalog.words.areas:
            return redirect(url_for("places.area", name=short), 301)
        entries = places.area_index(catalog, site().now())
        return make_response(render_template("public/areas.html", entries=entries, unknown=name[:40]), 404)
    view = places.area_view(catalog, name, _page_number(catalog), site().now())
    return make_response(render_template("public/area.html", **view))


@pages.get("/categories/")
def categories() -> str:
    """All kinds of places."""
    return render_template("public/categories.html", entries=places.kind_index(_catalog(), site().now()), unknown="")


@pages.get("/categories/<kind>")
def category(kind: str) -> Response:
    """One kind with its places."""
    catalog = _catalog()
    if kind not in catalog.vocabulary.kinds:
        entries = places.kind_index(catalog, site().now())
        return make_response(render_template("public/categories.html", entries=entries, unknown=kind[:40]), 404)
    view = places.kind_view(catalog, kind, _page_number(catalog), site().now())
    return make_response(render_template("public/category.html", **view))


def _catalog() -> Catalog:
    return site().keeper.current(site().now())


def _page_number(catalog: Catalog) -> int:
    return read_parameters([("page", request.args.get("page", ""))], catalog).page
