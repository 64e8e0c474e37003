"""What waits for this worker today? Their participants by code name with what is due; and a new participant."""

from datetime import date

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Redirect

from directory.errors import InvalidRecord, NotFound
from matcher import casework
from matcher.access import BREAK_GLASS, CONFERENCE, EMERGENCIES, INTERNAL, OPEN_CASE, SCOPES, SUPPORT_KIND
from matcher.casework import GIVEN_BY, HOW, Case, ConsentGiven
from web.presenters.desk.home import Known, row_of
from web.site import site
from web.staff import door
from web.staff.guard import actor
from web.views.desk import frame

pages = Blueprint("desk", __name__)


@pages.get("/desk/home")
def home() -> str:
    """My participants first; the others a lead may see are only named."""
    desk, who, now = door.desk(), actor(), door.now()
    all_cases = casework.cases(desk, who, now)
    mine = [row_of(case, _known(case), desk.vocabulary, now) for case in all_cases if case.assigned]
    names = frame.names(sorted({one for row in mine for one in row.listings}))
    return render_template(
        "desk/home.html", rows=sorted(mine, key=lambda row: (not row.due, row.case.code_name)),
        others=[case for case in all_cases if not case.assigned], names=names,
        may_open=who.may(OPEN_CASE), may_break_glass=who.may(BREAK_GLASS), hears_of_emergencies=who.may(EMERGENCIES),
        mine_in_emergency=casework.own_emergency(desk, who, now) if who.may(BREAK_GLASS) else None,
        unseen=casework.unseen_emergencies(desk, who, now) if who.may(EMERGENCIES) else 0,
        done=frame.done_words().get(request.args.get(frame.DONE, ""), ""))


def _known(case: Case) -> Known:
    """What the list says of one case; what may not be read now is not asked for."""
    desk, who, now = door.desk(), actor(), door.now()
    if not case.readable:
        return Known()
    try:
        return Known(
            casework.read_answers(desk, who, case.id, now), casework.placements(desk, who, case.id, now),
            casework.enquiries(desk, site().engine, who, case.id, now))
    except NotFound:
        return Known()


@pages.get("/desk/new")
def new() -> Response:
    """The form of a new record: a code name that says nothing, and what the record rests on."""
    return _form(casework.suggest_code_name())


@pages.post("/desk/new")
def open_case() -> Response | Redirect:
    """Open the record and go on to the first question; what is wrong stands above the form."""
    name = request.form.get("code_name", "")
    try:
        conference = request.form.get("conference") if request.form.get("basis") == "conference" else None
        pid = casework.open_participant(
            door.desk(), actor(), door.now(), code_name=name, conference_id=conference or None,
            consents=() if conference else _consents())
    except InvalidRecord as error:
        return _form(name, str(error), 422)
    return redirect(url_for("conditions.show", pid=pid, step="relation"), 303)


def _consents() -> tuple[ConsentGiven, ...]:
    """What was ticked. Raises InvalidRecord for a day that is none."""
    return tuple(consent_of(scope) for scope in SCOPES if scope in request.form.getlist("scope"))


def consent_of(scope: str) -> ConsentGiven:
    """One consent as the form says it. Raises InvalidRecord."""
    try:
        day = date.fromisoformat(request.form.get("given_on", ""))
    except ValueError as error:
        raise InvalidRecord("同意をもらった日を、2026-11-24 の形で書いてください。") from error
    return ConsentGiven(scope, day, request.form.get("given_by", ""), request.form.get("how", ""))


def _form(code_name: str, problem: str = "", status: int = 200) -> Response:
    rooms = [one for one in casework.conferences(door.desk(), actor(), door.now()) if one.kind == SUPPORT_KIND]
    given = request.form if request.method == "POST" else {}
    page = render_template(
        "desk/new.html", code_name=code_name, problem=problem, rooms=rooms, scopes=SCOPES, given_by=GIVEN_BY, how=HOW,
        internal=INTERNAL, conference=CONFERENCE, today=site().now().date().isoformat(), given=given,
        ticked=request.form.getlist("scope") if given else [])
    return make_response(page, status)
