"""緊急に開く: a worker reads one record in an emergency, an hour at most; the lead sees who, when and why."""

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Redirect

from directory.errors import InvalidRecord
from matcher import casework
from matcher.casework import MINUTES
from web.presenters.desk.saying import moment
from web.staff import door
from web.staff.guard import actor
from web.views.desk import frame

pages = Blueprint("emergency", __name__)


@pages.get("/desk/emergency")
def show() -> Response:
    """The form, or what is open already."""
    return _form()


@pages.post("/desk/emergency")
def open_record() -> Response | Redirect:
    """Open one record; the reason travels in the body and is sealed."""
    text = request.form.get("minutes", "")
    try:
        pid = casework.break_glass(
            door.desk(), actor(), door.now(), code_name=request.form.get("code_name", ""),
            reason=request.form.get("reason", ""), minutes=int(text) if text.isascii() and text.isdigit() else 0)
    except InvalidRecord as error:
        return _form(str(error), 422)
    return frame.sent("case.show", pid, "emergency")


@pages.post("/desk/emergency/end")
def end() -> Redirect:
    """Close it before the time is over."""
    casework.end_emergency(door.desk(), actor(), door.now())
    return redirect(url_for("desk.home", done="ended"), 303)


@pages.get("/desk/emergencies")
def told() -> str:
    """What was opened so, for the lead."""
    return render_template(
        "desk/emergencies.html", rows=casework.emergencies(door.desk(), actor(), door.now()), moment=moment,
        now=door.now(), done=frame.done_words().get(request.args.get("done", ""), ""))


@pages.post("/desk/emergencies/<emergency_id>")
def take_note(emergency_id: str) -> Redirect:
    """The lead has seen it."""
    casework.take_note(door.desk(), actor(), emergency_id, door.now())
    return redirect(url_for("emergency.told", done="taken-note"), 303)


def _form(problem: str = "", status: int = 200) -> Response:
    mine = casework.own_emergency(door.desk(), actor(), door.now())
    case = frame.read_case(mine[0]) if mine else None
    return make_response(render_template(
        "desk/emergency.html", problem=problem, minutes=MINUTES, given=request.form, case=case,
        until=mine[1] if mine else None), status)
