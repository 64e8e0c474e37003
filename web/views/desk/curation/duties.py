"""Who looks after which area, and how is it handed over? Areas with their people and what waits there; the log of hand-overs."""

from collections import defaultdict
from dataclasses import dataclass

from flask import Blueprint, Response, make_response, render_template, request
from werkzeug.wrappers import Response as Redirect

from directory import calling
from directory.catalog.columns import AREA_KIND
from directory.curation.duties import AreaKey, assign, duties, hand_over, hand_overs
from directory.curation.work import waiting_in
from directory.db import read_session
from directory.errors import InvalidRecord
from matcher import casework
from matcher.casework import Colleague
from web.i18n import gettext as _
from web.site import site
from web.staff import door
from web.staff.guard import actor
from web.views.desk.curation import frame

pages = Blueprint("duties", __name__)

BETWEEN = "|"


@dataclass(frozen=True)
class AreaRow:
    """One area: whose it is, how much waits there, how many calls are due, how many were promised."""

    key: AreaKey
    people: tuple[str, ...]
    waiting: int
    calls: int
    promised: int

    @property
    def value(self) -> str:
        """The area in a form."""
        return BETWEEN.join(self.key)

    @property
    def name(self) -> str:
        """The area on the page."""
        kind, name = self.key
        return name if kind == AREA_KIND else _("%(name)s（%(kind)s）", name=name, kind=kind)


@pages.get("/desk/curation/duties")
def show() -> Response:
    """The areas, their people, and a form of each of the two kinds."""
    return _page()


@pages.post("/desk/curation/duties")
def change() -> Response | Redirect:
    """From now on somebody looks after exactly these areas."""
    who, areas = _colleague(request.form.get("staff", "")), _areas()
    if who is None:
        return _page(_("担当する方を選んでください。"), 422)
    assign(site().engine, who.staff_id, who.display_name, areas, door.now())
    return frame.sent("duties.show", "duty")


@pages.post("/desk/curation/duties/hand-over")
def pass_on() -> Response | Redirect:
    """Areas pass from one coordinator to another, with what the next should know."""
    form = request.form
    one, other = _colleague(form.get("from", "")), _colleague(form.get("to", ""))
    try:
        if one is None or other is None:
            raise InvalidRecord(_("引きつぐ方と、引きつぐ相手を選んでください。"))
        hand_over(
            site().engine, one.staff_id, one.display_name, other.staff_id, other.display_name, _areas(),
            form.get("note", "").strip(), actor().display_name, door.now())
    except InvalidRecord as error:
        return _page(str(error), 422)
    return frame.sent("duties.show", "handed_over")


def _page(problem: str = "", status: int = 200) -> Response:
    with read_session(site().engine) as session:
        known = duties(session)
        rows = _rows(session, known)
        log = hand_overs(session)
    held = defaultdict(set)
    for duty in known:
        held[duty.staff_id].add(BETWEEN.join((duty.kind, duty.area)))
    return make_response(render_template(
        "curation/duties.html", rows=rows, people=_curators(), held=held, me=actor().staff_id, log=log, problem=problem,
        gone=sorted({duty.staff_name for duty in known} - {one.display_name for one in _curators()}),
        form=request.form, done=frame.done_now()), status)


def _rows(session: object, known: list) -> list[AreaRow]:
    today, words = site().now().date(), site().vocabulary
    own = [(AREA_KIND, area.name) for area in words.areas]
    keys = [*own, *sorted({(duty.kind, duty.area) for duty in known} - set(own))]
    due = calling.phone_list(session, calling.list_begins(today))
    waits = waiting_in(session, words, today, [name for _kind, name in keys])
    rows = []
    for kind, name in keys:
        here = [row for row in due if name in row.areas]
        rows.append(AreaRow(
            (kind, name), tuple(duty.staff_name for duty in known if (duty.kind, duty.area) == (kind, name)),
            waits[name], len(here),
            sum(row.last is not None and row.last.again_on is not None for row in here)))
    return rows


def _curators() -> tuple[Colleague, ...]:
    return casework.curators(door.desk(), actor(), door.now())


def _colleague(staff_id: str) -> Colleague | None:
    return next((one for one in _curators() if one.staff_id == staff_id), None)


def _areas() -> list[AreaKey]:
    """The areas ticked, of those there are."""
    with read_session(site().engine) as session:
        known = {(duty.kind, duty.area) for duty in duties(session)}
    known |= {(AREA_KIND, area.name) for area in site().vocabulary.areas}
    pairs = [tuple(value.split(BETWEEN, 1)) for value in request.form.getlist("area") if BETWEEN in value]
    return [pair for pair in dict.fromkeys(pairs) if pair in known]
