"""記録を消す: the lead destroys a record for good. The code name is typed once more, so that nobody does it in passing."""

from flask import Blueprint, Response, redirect, request, url_for
from werkzeug.wrappers import Response as Redirect

from matcher import casework
from matcher.access import MANAGE
from matcher.casework import Case
from web.i18n import gettext as _
from web.staff import door
from web.staff.guard import actor
from web.views.desk import frame

pages = Blueprint("erasing", __name__)


@pages.get("/desk/participants/<pid>/erase")
def show(pid: str) -> Response:
    """What goes and what stays."""
    return _form(frame.read_case(pid))


@pages.post("/desk/participants/<pid>/erase")
def erase(pid: str) -> Response | Redirect:
    """Erase it, if the code name was typed."""
    case = frame.read_case(pid)
    if MANAGE in case.acts and request.form.get("code_name", "").strip() != case.code_name:
        return _form(case, _("呼び名がちがいます。「%(name)s」と、そのまま書いてください。", name=case.code_name), 422)
    casework.erase(door.desk(), actor(), pid, door.now())
    return redirect(url_for("desk.home", done="erased"), 303)


def _form(case: Case, problem: str = "", status: int = 200) -> Response:
    return frame.page("desk/erase.html", case, "team.show", status, problem=problem, typed=request.form.get("code_name", ""))
