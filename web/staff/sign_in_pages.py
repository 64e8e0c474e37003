"""What does somebody see who is not signed in? Two short pages: name and password, then the code."""

from flask import Response, g, make_response, render_template, request

from matcher import sign_in
from web.i18n import gettext as _
from web.staff import cookies
from web.staff.kept import FIELD, Kept, own_page, read_kept

# How long the place from which too much was tried has to wait.
WAIT_SECONDS = int(sign_in.WINDOW.total_seconds())


def password_page(problem: str = "", *, status: int = 200, carried: bool = True, kept: Kept | None = None) -> Response:
    """The first page. What came with the form of an earlier step goes along, unless it was not our form."""
    kept = kept or (_carried() if carried else None)
    page = render_template(
        "desk/sign_in.html", problem=problem, sentence=_sentences().get(problem, problem), kept=kept, next=_next(),
        login_name=request.form.get("login_name", "") if carried else "", out="out" in request.args)
    return _answer(page, status)


def code_page(problem: str = "", *, status: int = 200) -> Response:
    """The second page."""
    page = render_template("desk/code.html", sentence=problem, kept=_carried(), next=_next())
    return _answer(page, status)


def out_of_time(kept: Kept) -> Response:
    """A form came after the session had ended: sign in again, and it goes on from there."""
    # The token of the ended session opens nothing any more, but ties this form to the browser as well as a new one.
    g.token_given = not cookies.token()
    return password_page("kept", status=401, carried=False, kept=kept)


def _carried() -> Kept | None:
    return read_kept(request.form.get(FIELD, "")) if request.method == "POST" else None


def _next() -> str:
    return own_page(request.form.get("next") or request.args.get("next"))


def _answer(page: str, status: int) -> Response:
    response = make_response(page, status)
    if status == 429:
        response.headers["Retry-After"] = str(WAIT_SECONDS)
    return response


def _sentences() -> dict[str, str]:
    """What is said above the form, by its reason."""
    return {
        "old": _("この画面が古くなっていたため、まだログインしていません。もう一度入れてください。"
                 "何度もこうなるときは、ブラウザーのCookie（クッキー）を使えるようにしてください。"),
        "kept": _("しばらく操作がなかったため、ログアウトしています。書いた内容は消えていません。"
                  "もう一度ログインすると、続きから保存できます。"),
    }
