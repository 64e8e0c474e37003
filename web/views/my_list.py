"""Which places does the reader want to keep in mind? マイリスト: a cookie, a list to print, an address to share."""

from urllib.parse import urlencode

from flask import Blueprint, Response, current_app, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Redirect

from directory.db import read_session
from directory.selection import Selection, select_listings
from web.addresses import full_address
from web.forms import ask_again, is_ours, way_back
from web.i18n import gettext as _
from web.my_list import COOKIE, MOST, my_list, read_ids, written
from web.presenters.my_list import facts_to_share, listed_rows
from web.presenters.sharing import sharing
from web.reader import keep
from web.site import site

pages = Blueprint("my_list", __name__)

FIELDS = ("add", "remove", "keep", "empty", "back")
CALENDAR = "calendars.my_list"


@pages.get("/my-list", endpoint="my_list")
def show() -> Response:
    """The reader's own list; with `ids` in the address somebody else's, which is shown and not stored."""
    ids = asked_ids()
    shared = "ids" in request.args
    found = selection(ids)
    rows = listed_rows(found.listings, site().vocabulary, site().now())
    address = full_address(list_path(tuple(one.id for one in found.listings)))
    page = render_template(
        "public/my_list.html", rows=rows, closed=found.closed, missing=found.missing, shared=shared, address=address,
        most=MOST, ids=",".join(row.id for row in rows), full="full" in request.args, changed="changed" in request.args,
        new=len({row.id for row in rows} - set(my_list())),
        print_path=print_path(ids) if shared else url_for("paper.my_list"),
        calendar=calendar_path(ids), sharing=sharing(_("行ってみたい場所のリスト"), facts_to_share(rows), address))
    return make_response(page)


@pages.post("/my-list")
def change() -> Response | Redirect:
    """Put a place on the list or take it off, keep a list that was shared, or empty it; then back to its page."""
    back = way_back(request.form.get("back"), url_for("my_list.my_list"))
    if not is_ours():
        fields = {name: request.form[name] for name in FIELDS if name in request.form}
        return ask_again(_("マイリストを変えますか。"), _("変える"), fields)
    wanted = _changed(my_list())
    if len(wanted) > MOST:
        back = url_for("my_list.my_list", full="1")
    response = redirect(back, 303)
    keep(response, COOKIE, written(wanted[:MOST]))
    return response


def _changed(ids: tuple[str, ...]) -> tuple[str, ...]:
    if "empty" in request.form:
        return ()
    off = read_ids(request.form.get("remove", ""))
    new = (*read_ids(request.form.get("add", "")), *read_ids(request.form.get("keep", "")))
    return tuple(one for one in dict.fromkeys((*ids, *new)) if one not in off)


def asked_ids() -> tuple[str, ...]:
    """The ids in the address, or else the reader's own."""
    return read_ids(request.args["ids"]) if "ids" in request.args else my_list()


def selection(ids: tuple[str, ...]) -> Selection:
    """What these ids name today."""
    with read_session(site().engine) as session:
        return select_listings(session, ids)


def list_path(ids: tuple[str, ...]) -> str:
    """The address that shows these places to anybody."""
    return f"{url_for('my_list.my_list')}?{urlencode({'ids': ','.join(ids)}, safe=',')}"


def print_path(ids: tuple[str, ...]) -> str:
    """The same on paper."""
    return f"{url_for('paper.my_list')}?{urlencode({'ids': ','.join(ids)}, safe=',')}"


def calendar_path(ids: tuple[str, ...]) -> str | None:
    """The list as a calendar file, where the site serves one."""
    served = CALENDAR in current_app.view_functions and ids
    return f"{url_for(CALENDAR)}?{urlencode({'ids': ','.join(ids)}, safe=',')}" if served else None
