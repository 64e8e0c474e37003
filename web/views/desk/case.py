"""What do we know of this person? Every answer on one page, with a way to each; what was not heard is listed."""

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as Redirect

from matcher import casework
from matcher.access import READ, WRITE
from web.presenters.desk.summary import groups, unheard
from web.staff import door
from web.staff.guard import actor
from web.views.desk import frame

pages = Blueprint("case", __name__)


@pages.get("/desk/participants/<pid>")
def show(pid: str) -> Response | Redirect:
    """The summary. Without a consent in force only the page for one is open."""
    case = frame.read_case(pid)
    if READ not in case.acts:
        return frame.sent("consents.show", pid)
    heard = casework.read_answers(door.desk(), actor(), pid, door.now())
    vocabulary = door.desk().vocabulary
    excluded = heard["excluded"].value or []
    names = frame.names(excluded)
    return frame.page(
        "desk/case.html", case, "case.show", groups=groups(heard, vocabulary, names), unheard=unheard(heard, vocabulary),
        may_write=WRITE in case.acts)


@pages.post("/desk/participants/<pid>/rename")
def rename(pid: str) -> Redirect:
    """Another code name."""
    casework.rename(door.desk(), actor(), pid, request.form.get("code_name", ""), door.now())
    return frame.sent("case.show", pid, "renamed")


@pages.post("/desk/participants/<pid>/close")
def close(pid: str) -> Redirect:
    """Close the case, or open it again."""
    casework.close_case(door.desk(), actor(), pid, door.now(), reopen=request.form.get("reopen") == "1")
    return frame.sent("case.show", pid, "saved")
