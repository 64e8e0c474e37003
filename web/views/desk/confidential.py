"""会わない相手: whom this person must not meet, or where they must not go. Open to those who work with the person only.

Who has no cause is answered exactly as for a record that does not exist.
"""

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as Redirect

from directory.errors import InvalidRecord
from matcher import casework
from web.staff import door
from web.staff.guard import actor
from web.views.desk import frame

pages = Blueprint("confidential", __name__)


@pages.get("/desk/participants/<pid>/no-contact")
def show(pid: str) -> Response:
    """What this person said; never what others said of them."""
    kept = casework.no_contacts(door.desk(), actor(), pid, door.now())
    names = frame.names([one.listing_id for one in kept if one.listing_id])
    return frame.page("desk/no_contact.html", frame.read_case(pid), "confidential.show", kept=kept, names=names)


@pages.post("/desk/participants/<pid>/no-contact")
def add(pid: str) -> Redirect:
    """Keep one, by the code name of the other person or by the name of a listing."""
    place = request.form.get("place", "").strip()
    casework.add_no_contact(
        door.desk(), actor(), pid, door.now(), other_code_name=request.form.get("other", "").strip() or None,
        listing_id=_listing_called(place) if place else None, reason=request.form.get("reason", ""))
    return frame.sent("confidential.show", pid, "saved")


@pages.post("/desk/participants/<pid>/no-contact/remove")
def remove(pid: str) -> Redirect:
    """Take one back."""
    casework.remove_no_contact(
        door.desk(), actor(), pid, door.now(), other_id=request.form.get("other") or None,
        listing_id=request.form.get("place") or None)
    return frame.sent("confidential.show", pid, "removed")


def _listing_called(name: str) -> str:
    """The one listing of this name. Raises InvalidRecord for none or several: silence would put somebody in danger."""
    catalog = door.listings()
    found = [one.id for one in catalog.cards.get(catalog.ids) if one.name == name]
    if len(found) != 1:
        raise InvalidRecord("その名前の掲載が、ないか、いくつかあります。候補の画面の名前を写して、もう一度書いてください。")
    return found[0]
