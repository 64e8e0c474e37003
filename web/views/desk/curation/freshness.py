"""Who should be called, what came of it, and how far is 4～6月の一斉確認? One screen while the telephone is at the ear."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from flask import Blueprint, Response, make_response, render_template, request, url_for
from werkzeug.wrappers import Response as Redirect

from directory import calling
from directory.calling import Call
from directory.campaign import campaign, campaign_year
from directory.catalog.columns import AREA_KIND
from directory.curation.checking import checked
from directory.curation.duties import areas_of
from directory.curation.values import differs
from directory.db import read_session
from directory.errors import InvalidRecord, Stale
from web.curation_form import ready, typed
from web.i18n import gettext as _
from web.presenters.curation import calls
from web.presenters.curation.controls import control, control_id
from web.presenters.curation.sections import Stored
from web.site import site
from web.staff import door
from web.staff.guard import actor
from web.views.desk.curation import frame

pages = Blueprint("freshness", __name__)

SHOWN = 40
SAME, CHANGED = "same", "changed"
ASK = "ask:"
MINE, ALL = "mine", "all"


@dataclass(frozen=True)
class Given:
    """What stands in the form of a call: as typed, fit to be written, and what is wrong."""

    words: Mapping[str, Any] = field(default_factory=dict)
    values: Mapping[str, Any] = field(default_factory=dict)
    problems: Mapping[str, str] = field(default_factory=dict)
    problem: str = ""


@pages.get("/desk/curation/freshness")
def show() -> str:
    """The phone list: nobody confirmed these for eleven months."""
    today = site().now().date()
    return _list(calling.list_begins(today), "freshness.show")


@pages.get("/desk/curation/campaign")
def progress() -> str:
    """4～6月の一斉確認: how far, 地域 by 地域, and who is left."""
    year = campaign_year(site().now().date())
    with read_session(site().engine) as session:
        found = campaign(session, year, tuple(area.name for area in site().vocabulary.areas))
    return _list(found.first, "freshness.progress", campaign=found)


def _list(before: date, endpoint: str, **more: Any) -> str:
    today, area = site().now().date(), request.args.get("area", "")
    with read_session(site().engine) as session:
        everywhere = calling.phone_list(session, before)
        mine = [name for kind, name in areas_of(session, actor().staff_id) if kind == AREA_KIND]
    area = area or (MINE if mine else ALL)
    rows = [row for row in everywhere if _lies(row, area, mine)]
    now, later = calls.split_due(rows, today)
    numbered = [row for row in now if row.phone]
    names = [*([(MINE, _("わたしの担当"))] if mine else []), (ALL, _("すべて")),
             *((each.name, each.name) for each in site().vocabulary.areas)]
    ways = [{"label": label, "url": url_for(endpoint, area=name), "here": name == area,
             "count": sum(_lies(row, name, mine) for row in everywhere)} for name, label in names]
    return render_template(
        "curation/campaign.html" if "campaign" in more else "curation/phone_list.html", ways=ways, total=len(rows),
        rows=[calls.call_row(row, today) for row in numbered[:SHOWN]], more=max(0, len(numbered) - SHOWN), today=today,
        unnumbered=[calls.call_row(row, today) for row in now if not row.phone][:SHOWN],
        later=[calls.call_row(row, today) for row in later[:SHOWN]], done=frame.done_now(), area=area, **more)


def _lies(row: calling.ToCall, area: str, mine: list[str]) -> bool:
    """Does the listing lie in this 地域, in one of mine, or anywhere?"""
    return area == ALL or area in row.areas or (area == MINE and not set(mine).isdisjoint(row.areas))


@pages.get("/desk/curation/freshness/<listing_id>")
def call(listing_id: str) -> Response:
    """One call: the number, what we believe, and what may be put right at once."""
    return _page(frame.stored(listing_id), Given())


@pages.post("/desk/curation/freshness/<listing_id>")
def record(listing_id: str) -> Response | Redirect:
    """Write down what came of it; whoever was reached confirmed everything that stands there."""
    stored, form = frame.stored(listing_id), request.form
    go = form.get("go", "")
    given = _given(stored)
    if go == SAME and any(differs(key, stored.values.get(key), value) for key, value in given.values.items()):
        return _page(stored, Given(given.words, problem=_(
            "書きかえたところがあります。「直して、確認済みにする」を押すか、もとの内容にもどしてください。まだ何も保存していません。")), 422)
    reached = go in (SAME, CHANGED)
    if reached and given.problems:
        return _page(stored, given, 422)
    answered = _answers()
    values = {**given.values, **_attributes(stored, answered)} if reached else {}
    try:
        act = calling.record(
            site().engine, listing_id, _call(calling.REACHED if reached else go), by=actor().display_name, now=door.now(),
            values=values, version=_version(), together=form.getlist("together"), answered=list(answered))
    except Stale as error:
        return _page(frame.stored(listing_id), Given(given.words, problem=str(error)), 409)
    except InvalidRecord as error:
        return _page(stored, Given(given.words, problem=str(error)), 422)
    back = "freshness.progress" if form.get("back") == "campaign" else "freshness.show"
    area = {"area": form["area"]} if form.get("area") else {}
    return frame.done(back, act, **area) if reached else frame.sent(back, "called", **area)


def _given(stored: Stored) -> Given:
    fields = calls.call_fields()
    words = typed(request.form, fields)
    made, problems = ready(words, frame.halls(), site().now().date())
    values, wrong = checked(made, site().vocabulary)
    return Given(words, values, {**wrong, **problems})


def _call(outcome: str) -> Call:
    """What the form says of the call. Raises InvalidRecord."""
    form = request.form
    minutes, again = form.get("minutes", "").strip(), form.get("again_on", "").strip()
    if minutes and not (minutes.isascii() and minutes.isdigit()):
        raise InvalidRecord("かかった時間は、分を数字で入れてください。")
    try:
        day = date.fromisoformat(again) if again else None
    except ValueError as error:
        raise InvalidRecord("次にかける日を、2026-11-24 の形で入れてください。") from error
    how = form.get("how", calling.BY_PHONE)
    if how not in site().vocabulary.assured_how:
        raise InvalidRecord("確かめ方を、並んでいるものから選んでください。")
    return Call(outcome, int(minutes) if minutes else None, form.get("note", ""), day, how)


def _answers() -> dict[str, tuple[str, str]]:
    """Question of a worker → (attribute, answer), those that were answered."""
    found = {}
    for name, answer in request.form.items():
        item, _colon, term = name.removeprefix(ASK).partition(":")
        if name.startswith(ASK) and answer in ("yes", "no", "unknown") and term in site().vocabulary.attributes:
            found[item] = (term, answer)
    return found


def _attributes(stored: Stored, answered: Mapping[str, tuple[str, str]]) -> dict[str, Any]:
    return {"attributes": {**stored.values["attributes"], **dict(answered.values())}} if answered else {}


def _version() -> int | None:
    version = request.form.get("version", "")
    return int(version) if version.isdigit() else None


def _page(stored: Stored, given: Given, status: int = 200) -> Response:
    words, today, form = site().vocabulary, site().now().date(), request.form
    before = calling.list_begins(today)
    with read_session(site().engine) as session:
        log = calling.attempts(session, stored.listing_id)
        together = calling.same_number(calling.phone_list(session, before), stored.listing_id)
        asked = calling.asked_of(session, stored.listing_id)
    values = {**stored.values, **given.words}
    around, listing = frame.around(stored, given.problems, (), asks_who_sees=False), frame.desk_listing(stored.listing_id)
    return make_response(render_template(
        "curation/call.html", stored=stored, listing=listing,
        number=stored.values.get("listing.phone") or stored.values.get("listing.mobile"),
        controls=[control(one, values.get(one.key), around) for one in calls.call_fields()],
        errors=[(control_id(key), sentence) for key, sentence in given.problems.items()], problem=given.problem,
        changed=bool(given.words), lines=calls.read_out(stored.values, words), log=[calls.log_line(one) for one in log],
        together=[calls.call_row(one, today) for one in together], picked=form.getlist("together"),
        asked=calls.asked_labels(asked, words), halls=sorted(set(around.halls.values())),
        last=calls.how_it_reads(listing), again=calls.try_again_on(today), today=today,
        ways=words.assured_how, by_phone=calling.BY_PHONE,
        form=form, area=request.values.get("area", ""), back=request.values.get("back", "")), status)
