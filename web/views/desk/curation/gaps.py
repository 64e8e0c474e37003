"""What is missing where? Supply beside demand as one table and one map; one cell in full; a listing drafted from it.

Of casework this page is given numbers from five people up, and nothing else (matcher/casework/unmet.py).
"""

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Redirect

from directory.catalog.timetable import BANDS
from directory.db import read_session
from directory.errors import InvalidRecord, NotFound
from directory.gaps import (
    DEFINITIONS, Demand, Gap, People, Supply, checked, demand_of, draft_listing, draft_role, linked_to, listings_at, middles,
    people_by_area, supply_of, unplaced_people, wishes_of,
)
from matcher import casework
from directory.vocabulary import offered
from web.ground import ground
from web.presenters.curation import gaps as drawn
from web.presenters.curation.gap_map import gap_map
from web.site import site
from web.staff import door
from web.staff.guard import actor

pages = Blueprint("gaps", __name__)

PLACES_NAMED = 30


@pages.get("/desk/curation/gaps")
def show() -> str:
    """The table of need × 地域 and the map of one need, for a weekday and a part of the day."""
    catalog = door.listings()
    words = catalog.vocabulary
    asked = _asked()
    supply, demand, people = _read(asked)
    table = drawn.gap_table(supply, demand, _unmet(), asked, words)
    need = request.args.get("need", "")
    if need not in words.needs:
        need = table.pressing[0].need if table.pressing else next(iter(words.needs))
    return render_template(
        "curation/gaps.html", table=table, asked=asked, need=need, needs=words.needs, people=people,
        people_words={area: drawn.people_words(one) for area, one in people.items()}, unplaced=_unplaced(),
        map=gap_map(table.of_need(need), middles(catalog), ground(), people), sentence=drawn.sentence,
        weekdays=drawn.weekdays(), bands=tuple(drawn.bands().values()), since=demand.since, definitions=DEFINITIONS,
        begun=_begun(None, None), slot_words=drawn.slot_words)


@pages.get("/desk/curation/gaps/<area>/<need>")
def cell(area: str, need: str) -> Response:
    """One cell in full: when its places are open, who asks, what was begun because of it."""
    return _cell(_gap(area, need))


def _cell(gap: Gap, problem: str = "", status: int = 200) -> Response:
    catalog = door.listings()
    words = catalog.vocabulary
    supply, demand, people = _read(drawn.Asked())
    ids = listings_at(catalog, gap.area, gap.need)
    with read_session(site().engine) as session:
        wishes = wishes_of(session, catalog, site().now().date(), gap.area)
    page = render_template(
        "curation/gap.html", gap=gap, label=words.needs[gap.need].label, problem=problem,
        cell=drawn.cell_of(supply, demand, _unmet(), drawn.Asked(), gap.area, gap.need, words),
        grid=drawn.slot_grid(supply, demand, gap.area, gap.need), people=drawn.people_words(people.get(gap.area)),
        places=catalog.cards.get(ids[:PLACES_NAMED]), more=max(0, len(ids) - PLACES_NAMED), wishes=wishes,
        begun=_begun(gap.area, gap.need), slot_words=drawn.slot_words, weekdays=drawn.weekdays(), bands=drawn.bands(),
        kinds=offered(words.kinds), needs=words.needs, typed=request.form, done=request.args.get("done") == "drafted")
    return make_response(page, status)


def _gap(area: str, need: str, weekday: int | None = None, band: str | None = None) -> Gap:
    """The gap of an address. Raises NotFound for an area or need that is none."""
    try:
        return checked(Gap(area, need, weekday, band), site().vocabulary)
    except InvalidRecord as error:
        raise NotFound("この地域か求めはありません。") from error


def _asked() -> drawn.Asked:
    """The slot of the address; what is none is left out."""
    day, band = request.args.get("day", ""), request.args.get("band", "")
    return drawn.Asked(
        int(day) if day in tuple("0123456") else None, int(band) if band in tuple("0123") else None)


def _read(asked: drawn.Asked) -> tuple[Supply, Demand, dict[str, People]]:
    catalog = door.listings()
    areas = [area.name for area in site().vocabulary.areas]
    with read_session(site().engine) as session:
        demand = demand_of(session, catalog, site().now().date(), asked.weekday, asked.band)
        return catalog.once(supply_of), demand, dict(people_by_area(session, areas))


def _unmet() -> dict[tuple[str, str], int]:
    return dict(casework.unmet_counts(door.desk(), actor(), door.now()))


def _unplaced() -> int:
    with read_session(site().engine) as session:
        return unplaced_people(session)


def _begun(area: str | None, need: str | None) -> list:
    with read_session(site().engine) as session:
        return list(linked_to(session, area, need))


@pages.post("/desk/curation/gaps/<area>/<need>")
def draft(area: str, need: str) -> Response | Redirect:
    """Begin a listing, or a role at a place that is there, because of this gap."""
    words, who, form = site().vocabulary, actor(), request.form
    weekday = int(form.get("day", "")) if form.get("day", "") in tuple("0123456") else None
    gap = _gap(area, need, weekday, form.get("band") if form.get("band") in BANDS else None)
    given = {"by": who.display_name, "now": door.now(), "note": form.get("note", "")}
    try:
        if form.get("what") == "role":
            draft_role(site().engine, gap, form.get("place", ""), form.get("role", ""), form.get("does", ""), words, **given)
        else:
            draft_listing(site().engine, gap, form.get("name", ""), form.get("kind", ""), words, **given)
    except (InvalidRecord, NotFound) as error:
        return _cell(gap, str(error), 422)
    return redirect(url_for("gaps.cell", area=area, need=need, done="drafted", _anchor="begun"), 303)
