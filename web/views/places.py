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
LONGEST_NAME = 40


@pages.get("/areas/")
def areas() -> str:
    """All areas."""
    return _areas(places.words_of_areas())


@pages.get("/areas/<name>")
def area(name: str) -> Response | Redirect:
    """One area with its places."""
    catalog = _catalog()
    if name not in catalog.words.areas:
        short = name.removesuffix(SUFFIX)
        if short in catalog.words.areas:
            return redirect(url_for("places.area", name=short), 301)
        return make_response(_areas(places.words_of_areas(unknown=name[:LONGEST_NAME])), 404)
    view = places.area_view(catalog, name, _page_number(catalog), site().now())
    return make_response(render_template("public/area.html", **view))


@pages.get("/categories/")
def categories() -> str:
    """All kinds of places."""
    return _kinds(places.words_of_kinds())


@pages.get("/categories/<kind>")
def category(kind: str) -> Response | Redirect:
    """One kind with its places."""
    catalog = _catalog()
    term = catalog.vocabulary.kinds.get(kind)
    if term is not None and term.into:
        return redirect(url_for("places.category", kind=term.into), 302)
    if term is None:
        return make_response(_kinds(places.words_of_kinds(unknown=True)), 404)
    view = places.kind_view(catalog, kind, _page_number(catalog), site().now())
    return make_response(render_template("public/category.html", **view))


def _areas(words: places.IndexWords) -> str:
    entries = places.area_index(_catalog(), site().now())
    return _index(words, [(entry, url_for("places.area", name=entry.key)) for entry in entries])


def _kinds(words: places.IndexWords) -> str:
    entries = places.kind_index(_catalog(), site().now())
    return _index(words, [(entry, url_for("places.category", kind=entry.key)) for entry in entries])


def _index(words: places.IndexWords, entries: list[tuple[places.Entry, str]]) -> str:
    return render_template("public/index.html", words=words, entries=entries)


def _catalog() -> Catalog:
    return site().keeper.current(site().now())


def _page_number(catalog: Catalog) -> int:
    return read_parameters([("page", request.args.get("page", ""))], catalog).page
