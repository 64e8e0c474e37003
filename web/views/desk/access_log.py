"""アクセス記録: who looked at this record, who changed it, when. Newest first, a page at a time."""

from flask import Blueprint, Response, request

from matcher import casework
from matcher.casework.log import PAGE
from web.presenters.desk.saying import moment
from web.staff import door
from web.staff.guard import actor
from web.views.desk import frame

pages = Blueprint("access_log", __name__)


@pages.get("/desk/participants/<pid>/log")
def show(pid: str) -> Response:
    """The lines older than `before`, or the newest."""
    text = request.args.get("before", "")
    before = int(text) if text.isascii() and text.isdigit() and len(text) < 12 else None
    lines = casework.access_log(door.desk(), actor(), pid, door.now(), before=before)
    older = lines[-1].number if len(lines) == PAGE else None
    return frame.page("desk/log.html", frame.read_case(pid), "access_log.show", lines=lines, older=older, moment=moment)
