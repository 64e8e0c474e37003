"""Who may see this page? Asked before every private request; the answer is no unless web/staff/acts.py says otherwise.

Every private form must bring back the token of this very session (CSRF). A form that comes too late, or from a page
opened before the last sign-in, changes nothing, and what was typed is carried along (web/staff/kept.py).
"""

import logging

from flask import Flask, Response, abort, g, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Redirect

from matcher import sessions
from matcher.crypto import same
from matcher.desk import Actor
from web.private import is_private
from web.staff import cookies, door
from web.staff.acts import ACTS, ANYBODY, STAFF
from web.staff.kept import FORM_TOKEN, kept_of_request, own_page
from web.staff.sign_in_pages import out_of_time, password_page

READING = ("GET", "HEAD", "OPTIONS")
# A script sends the token in a header.
TOKEN_HEADER = "X-Form-Token"

log = logging.getLogger(__name__)


def register(app: Flask) -> None:
    """Stand before everything but what is open already."""
    opened = frozenset(app.blueprints)

    @app.before_request
    def ask_first() -> Response | Redirect | None:
        endpoint = request.endpoint
        if endpoint is None or endpoint.partition(".")[0] in opened:
            return None
        return _asked(ACTS.get(endpoint))

    @app.after_request
    def keep_nothing(response: Response) -> Response:
        if g.get("token_given"):
            cookies.give_token(response, g.token)
        if is_private() or g.get("token"):
            response.headers["Cache-Control"] = "no-store"
            response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response


def actor() -> Actor:
    """Who is signed in."""
    return g.signed_in.actor


def _asked(act: str | None) -> Response | Redirect | None:
    """None to go on; else what is answered instead."""
    if act is None:
        log.error("%s is not named in web/staff/acts.py and is refused", request.endpoint)
        abort(403)
    _recognise()
    writes = request.method not in READING
    genuine = not writes or _is_genuine()
    if act == ANYBODY:
        return None if genuine else _sign_in_page_again()
    if g.signed_in is None:
        return _sign_in_first(writes, genuine)
    if act != STAFF and not actor().may(act):
        abort(403)
    return None if genuine else _ask_again()


def _recognise() -> None:
    """Find out who asks. A browser without a token is given one, for the form it is about to see."""
    desk, found = door.desk(), cookies.token()
    g.token, g.token_given = found or cookies.new_token(), not found and request.method in READING
    g.form_token = sessions.form_token(desk, g.token)
    g.signed_in = sessions.signed_in(desk, found, door.clock())


def _is_genuine() -> bool:
    """Whether the form stood on a page made for this very session."""
    given = request.headers.get(TOKEN_HEADER) or request.form.get(FORM_TOKEN, "")
    g.genuine = bool(cookies.token()) and same(given, g.form_token)
    return g.genuine


def _stood_on_our_page() -> bool:
    """Whether the browser itself says that the form came from a page of this site."""
    return request.headers.get("Sec-Fetch-Site") == "same-origin"


def _sign_in_first(writes: bool, genuine: bool) -> Response | Redirect:
    """A page waits behind the sign-in; a form is carried through it, if it came from our own page."""
    if writes:
        if not genuine and not _stood_on_our_page():
            abort(403)
        return out_of_time(kept_of_request())
    # A part of a page, fetched by a script, must not take the sign-in page for its answer.
    if request.headers.get("Sec-Fetch-Dest", "document") != "document":
        abort(401)
    wanted = own_page(request.full_path.rstrip("?"))
    return redirect(url_for("auth.sign_in", **({"next": wanted} if wanted else {})), 303)


def _sign_in_page_again() -> Response:
    """The page of the sign-in was too old, or not ours: nothing typed into it is looked at."""
    g.token_given = not cookies.token()
    return password_page("old", status=403, carried=_stood_on_our_page())


def _ask_again() -> Response:
    """A form of an earlier session of ours may be sent again; one from elsewhere is refused."""
    if not _stood_on_our_page():
        abort(403)
    return make_response(render_template("desk/send_again.html", kept=kept_of_request(), arrived=False), 403)
