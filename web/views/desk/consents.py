"""同意: what did the person agree to, and what was taken back? An end acts on the next call."""

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as Redirect

from directory.errors import InvalidRecord
from matcher import casework
from matcher.access import SCOPES
from matcher.casework import GIVEN_BY, HOW
from web.site import site
from web.staff import door
from web.staff.guard import actor
from web.views.desk import frame
from web.views.desk.home import consent_of

pages = Blueprint("consents", __name__)


@pages.get("/desk/participants/<pid>/consents")
def show(pid: str) -> Response:
    """Every consent ever given, and a form for another."""
    case = frame.read_case(pid)
    kept = casework.consents_of(door.desk(), actor(), pid, door.now())
    return frame.page("desk/consents.html", case, "consents.show", kept=kept, scopes=SCOPES, given_by=GIVEN_BY, how=HOW,
                      today=site().now().date().isoformat())


@pages.post("/desk/participants/<pid>/consents")
def give(pid: str) -> Redirect:
    """Record what was agreed to."""
    scopes = request.form.getlist("scope")
    if not scopes:
        raise InvalidRecord("同意の範囲を、一つ以上選んでください。")
    casework.give_consents(door.desk(), actor(), pid, door.now(), [consent_of(scope) for scope in scopes])
    return frame.sent("consents.show", pid, "consent")


@pages.post("/desk/participants/<pid>/consents/withdraw")
def withdraw(pid: str) -> Redirect:
    """The person takes one back."""
    casework.withdraw_consent(door.desk(), actor(), pid, door.now(), request.form.get("scope", ""))
    return frame.sent("consents.show", pid, "withdrawn")
