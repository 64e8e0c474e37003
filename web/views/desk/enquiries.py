"""SCへの匿名照会: is there a place for such a need, in such an area? No person, no free words; the SC answers with places."""

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as Redirect

from directory.errors import InvalidRecord
from matcher import casework
from matcher.casework import CONDITIONS, VALUE
from matcher.casework.fields import CEILING
from web.presenters.desk.enquiries import enquiry_rows, from_answers
from web.site import site
from web.staff import door
from web.staff.guard import actor
from web.views.desk import frame

pages = Blueprint("enquiries", __name__)

DAY = "0123456"


@pages.get("/desk/participants/<pid>/enquiries")
def show(pid: str) -> Response:
    """What was asked and answered, and a form that begins with what was heard."""
    case, vocabulary = frame.read_case(pid), door.desk().vocabulary
    heard = casework.read_answers(door.desk(), actor(), pid, door.now(), CONDITIONS)
    asked = casework.enquiries(door.desk(), site().engine, actor(), pid, door.now())
    places = frame.names([one for question in asked for one in question.answer or ()])
    return frame.page(
        "desk/enquiries.html", case, "enquiries.show", rows=enquiry_rows(asked, places, vocabulary),
        form=from_answers({key: one.value for key, one in heard.items() if one.state == VALUE}, vocabulary))


@pages.post("/desk/participants/<pid>/enquiries")
def ask(pid: str) -> Redirect:
    """Send it: need × area × loads × time."""
    loads = {key: request.form.get(f"{CEILING}{key}", "") for key in door.desk().vocabulary.load_levels}
    try:
        levels = {key: int(level) for key, level in loads.items() if level}
        weekdays = [int(day) for day in request.form.getlist("day") if day in DAY and day]
        span = [60 * int(hour) if (hour := request.form.get(name)) else None for name in ("from", "until")]
    except ValueError as error:
        raise InvalidRecord("時間と負荷は、並んでいるものから選んでください。") from error
    casework.enquire(
        door.desk(), site().engine, actor(), pid, door.now(), needs=request.form.getlist("need"),
        area=request.form.get("area") or None, loads=levels, weekdays=weekdays, from_minute=span[0], until_minute=span[1])
    return frame.sent("enquiries.show", pid, "enquired")
