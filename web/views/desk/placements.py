"""参加の記録: what became of a proposal? 「紹介」 begins one and keeps a place; stages go forward one by one."""

from datetime import date

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as Redirect

from directory.errors import NotFound
from directory.listing import Listing
from directory.schedules import next_dates
from matcher import casework
from matcher.access import WRITE
from matcher.casework import PlacementKept
from matcher.errors import Stale
from matcher.host_room import declared_places, monthly_limit
from web.presenters.desk.placements import placement_rows
from web.site import site
from web.staff import door
from web.staff.guard import actor
from web.views.desk import frame
from web.views.desk.candidates import place_of

pages = Blueprint("placements", __name__)

HELD_SESSIONS = 2


@pages.get("/desk/participants/<pid>/placements")
def show(pid: str) -> Response:
    """Every placement of this person, newest first, with what may follow."""
    return _page(pid)


def _page(pid: str, problem: str = "", note: str = "") -> Response:
    case = frame.read_case(pid)
    kept = casework.placements(door.desk(), actor(), pid, door.now())
    rows = placement_rows(kept, frame.listings([one.listing_id for one in kept]), door.desk().vocabulary)
    return frame.page("desk/placements.html", case, "placements.show", 409 if problem else 200, rows=rows, problem=problem,
                      note=note, may_write=WRITE in case.acts)


@pages.post("/desk/participants/<pid>/placements")
def introduce(pid: str) -> Redirect:
    """「紹介」: 本人に提案, and the hold through the next two sessions."""
    listing_id, role_id = place_of(request.form.get("place", ""))
    listing = frame.listings([listing_id]).get(listing_id)
    if listing is None:
        raise NotFound("この場所は、いまは載っていません。候補を開きなおしてください。")
    today = site().now().date()
    sessions = sorted(_days(listing, today))[:HELD_SESSIONS]
    casework.introduce(
        door.desk(), actor(), pid, listing_id, door.now(), role_id=role_id, sessions=sessions,
        places=declared_places(listing), monthly=monthly_limit(listing), note=request.form.get("note", ""))
    return frame.sent("placements.show", pid, "introduced")


def _days(listing: Listing, today: date) -> set[date]:
    return {row.date for meeting in listing.meetings
            for row in next_dates(meeting.schedule, today, HELD_SESSIONS, listing.closures) if not row.cancelled}


@pages.post("/desk/participants/<pid>/placements/<placement_id>")
def advance(pid: str, placement_id: str) -> Response | Redirect:
    """The next stage; when somebody else went on in the meantime, where it stands now, and the note that was typed."""
    of_case(pid, placement_id)
    text = request.form.get("version", "")
    note = request.form.get("note", "")
    try:
        casework.advance(door.desk(), actor(), placement_id, request.form.get("stage", ""), door.now(),
                         version=int(text) if text.isascii() and text.isdigit() else -1, note=note)
    except Stale as error:
        return _page(pid, str(error), note)
    return frame.sent("placements.show", pid, "advanced")


def of_case(pid: str, placement_id: str) -> PlacementKept:
    """This placement of this person. Raises NotFound for one of anybody else."""
    kept = casework.placements(door.desk(), actor(), pid, door.now())
    found = next((one for one in kept if one.id == placement_id), None)
    if found is None:
        raise NotFound("この参加の記録は見つかりません。")
    return found
