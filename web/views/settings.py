"""Where does a reader choose larger letters, ふりがな or やさしい日本語? A form, a cookie, no account."""

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Redirect

from web.forms import ask_again, is_ours, way_back
from web.i18n import gettext as _
from web.reader import COOKIE, SIZES, USUAL, Reader, keep, reader

pages = Blueprint("settings", __name__)


@pages.get("/settings")
def settings() -> str:
    """The form, showing what is in force."""
    return render_template("public/settings.html", now=reader(), done="done" in request.args,
                           back=way_back(request.args.get("back"), ""))


@pages.post("/settings")
def choose() -> Response | Redirect:
    """Keep the choice and show the form again, as it looks now; nothing is kept of the usual page."""
    wanted = _wanted()
    back = way_back(request.form.get("back"), "")
    if not is_ours():
        fields = {"size": str(wanted.size), "furigana": f"{wanted.furigana:d}", "easy": f"{wanted.easy:d}",
                  "back": back}
        return ask_again(_("ページの見えかたを変えますか。"), _("変える"), fields)
    response = redirect(url_for("settings.settings", done="1", **({"back": back} if back else {})), 303)
    keep(response, COOKIE, wanted.cookie if wanted != USUAL else "")
    return response


def _wanted() -> Reader:
    """What the form says; a value it does not offer counts as the usual one."""
    size = request.form.get("size", "")
    return Reader(
        size=int(size) if size in {str(one) for one in SIZES} else USUAL.size,
        furigana=request.form.get("furigana") == "1", easy=request.form.get("easy") == "1",
    )
