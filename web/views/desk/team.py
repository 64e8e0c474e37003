"""担当・会議: who works with this person, and which conference is it on the table of? For the lead."""

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Redirect

from matcher import casework
from matcher.access import CASE_LEAD, READ, WORKER
from matcher.casework.team import KINDS
from web.staff import door
from web.staff.guard import actor
from web.views.desk import frame

pages = Blueprint("team", __name__)


@pages.get("/desk/participants/<pid>/team")
def show(pid: str) -> Response:
    """Who is assigned, and whom the lead may assign."""
    case, desk, now = frame.read_case(pid), door.desk(), door.now()
    team = casework.team_of(desk, actor(), pid, now) if READ in case.acts else ()
    assigned = {one.staff_id for one in team}
    others = [one for one in casework.colleagues(desk, actor(), now)
              if one.staff_id not in assigned and {WORKER, CASE_LEAD} & one.roles]
    return frame.page("desk/team.html", case, "team.show", team=team, others=others, kinds=KINDS,
                      rooms=casework.conferences(desk, actor(), now))


@pages.post("/desk/participants/<pid>/team")
def change(pid: str) -> Redirect:
    """Assign somebody, or end it."""
    act = casework.unassign if request.form.get("end") == "1" else casework.assign
    act(door.desk(), actor(), pid, request.form.get("staff", ""), door.now())
    return frame.sent("team.show", pid, "assigned")


@pages.post("/desk/participants/<pid>/agenda")
def agenda(pid: str) -> Redirect:
    """Bring the case into a conference of one's own, or take it out."""
    casework.put_on_agenda(door.desk(), actor(), request.form.get("conference", ""), pid, door.now(),
                           remove=request.form.get("remove") == "1")
    return frame.sent("team.show", pid, "conference")


@pages.get("/desk/conferences")
def conferences() -> str:
    """The conferences this lead sits in, and a form for a new one."""
    desk, now = door.desk(), door.now()
    return render_template("desk/conferences.html", rooms=casework.conferences(desk, actor(), now), kinds=KINDS,
                           colleagues=casework.colleagues(desk, actor(), now), done="done" in request.args)


@pages.post("/desk/conferences")
def open_conference() -> Redirect:
    """A new conference; who opens it sits in it."""
    casework.create_conference(
        door.desk(), actor(), door.now(), kind=request.form.get("kind", ""), name=request.form.get("name", ""))
    return redirect(url_for("team.conferences", done="1"), 303)


@pages.post("/desk/conferences/<conference_id>/members")
def seat(conference_id: str) -> Redirect:
    """Let somebody sit in it, or leave it."""
    casework.seat(door.desk(), actor(), conference_id, request.form.get("staff", ""), door.now(),
                  leave=request.form.get("leave") == "1")
    return redirect(url_for("team.conferences", done="1"), 303)
