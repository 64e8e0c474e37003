"""How does a member of staff sign in and out? Name and password, a code, and then to where they were going."""

from flask import Blueprint, Response, g, jsonify, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Redirect

from matcher import sessions, sign_in as signing_in
from matcher.errors import SignInRefused
from matcher.sign_in import Arrived
from web.limits import line_of
from web.staff import cookies, door
from web.staff.kept import FIELD, own_page, read_kept
from web.staff.navigation import staff_pages
from web.staff.sign_in_pages import code_page, password_page

pages = Blueprint("auth", __name__)


@pages.get("/desk/")
def start() -> str | Redirect:
    """On to the first page of this member of staff; a sentence where there is none."""
    mine = staff_pages()
    return redirect(mine[0].url, 303) if mine else render_template("desk/no_pages.html")


@pages.get("/desk/sign-in")
def sign_in() -> Response | Redirect:
    """The first page; who is signed in needs none."""
    return _on(request.args.get("next")) if g.signed_in else password_page()


@pages.post("/desk/sign-in")
def give_password() -> Response | Redirect:
    """Look at name and password; the page for the code follows, without them."""
    try:
        token = signing_in.give_password(
            door.desk(), request.form.get("login_name", ""), request.form.get("password", ""), _origin(),
            door.clock(), cookies.device())
    except SignInRefused as refused:
        return password_page(str(refused), status=_status(refused))
    sessions.sign_out(door.desk(), g.token, door.clock())
    _use(token)
    if read_kept(request.form.get(FIELD, "")):
        return code_page()
    wanted = own_page(request.form.get("next"))
    return redirect(url_for("auth.code", **({"next": wanted} if wanted else {})), 303)


@pages.get("/desk/sign-in/code")
def code() -> Response | Redirect:
    """The second page, for a browser that has been at the first."""
    if g.signed_in:
        return _on(request.args.get("next"))
    return code_page() if cookies.token() else redirect(url_for("auth.sign_in"), 303)


@pages.post("/desk/sign-in/code")
def give_code() -> Response | Redirect:
    """Look at the code; then to where they were going, with what they had typed."""
    try:
        arrived = signing_in.give_code(
            door.desk(), g.token, request.form.get("code", ""), _origin(), door.clock(), cookies.device())
    except SignInRefused as refused:
        again = password_page if str(refused) == signing_in.BEGIN_AGAIN else code_page
        return again(str(refused), status=_status(refused))
    return _arrive(arrived)


@pages.post("/desk/sign-out")
def sign_out() -> Redirect:
    """End this session here and in the database."""
    sessions.sign_out(door.desk(), g.token, door.clock())
    response = redirect(url_for("auth.sign_in", out="1"), 303)
    cookies.give_token(response, "")
    return response


@pages.post("/desk/stay")
def stay() -> Response:
    """Asked by a script when somebody wants to go on: for how many seconds more?"""
    who, now = g.signed_in, door.clock()
    return jsonify(idle=int((who.idle_until - now).total_seconds()), ends=int((who.ends_at - now).total_seconds()))


def _arrive(arrived: Arrived) -> Response | Redirect:
    _use(arrived.token)
    kept = read_kept(request.form.get(FIELD, ""))
    if kept:
        response = make_response(render_template("desk/send_again.html", kept=kept, arrived=True))
    else:
        response = _on(request.form.get("next"))
    cookies.give_device(response, arrived.device)
    return response


def _use(token: str) -> None:
    """From here on the browser holds this token, and forms are made for it."""
    g.token, g.token_given = token, True
    g.form_token = sessions.form_token(door.desk(), token)


def _on(address: str | None) -> Redirect:
    return redirect(own_page(address) or url_for("auth.start"), 303)


def _origin() -> str:
    return line_of(request.remote_addr)


def _status(refused: SignInRefused) -> int:
    return 429 if str(refused) == signing_in.WAIT else 401
