"""How does one part of a listing get changed? A form with its preview; each save is one act that can be undone for a day.

Nothing is lost on the way: what is wrong stands at its field, what somebody else changed stands beside what was typed
(409), and what was not saved is kept as a draft of this person alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from dataclasses import field as attribute
from typing import Any

from flask import Blueprint, Response, abort, jsonify, make_response, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as Redirect

from directory.curation import drafts
from directory.curation.checking import checked
from directory.curation.fields import FIELDS, GROUPS
from directory.curation.linking import registered
from directory.curation.locating import located
from directory.db import read_session
from directory.errors import Stale
from web.curation_form import Form, ready, staff_fields, typed
from web.ground import ground
from web.i18n import gettext as _
from web.presenters.curation.control_rows import control_id
from web.presenters.curation.controls import control, fields_of
from web.presenters.curation.pin import PinBox, pin_box
from web.presenters.curation.saying import said
from web.presenters.curation.sections import Stored, shared_in
from web.presenters.desk.saying import hour
from web.site import site
from web.staff import door
from web.staff.guard import actor
from web.views.desk.curation import frame, linking
from web.views.desk.curation.linking import Links

pages = Blueprint("edit", __name__)

ADDRESS = "/desk/curation/listings/<listing_id>/edit/<section>"
HIDDEN = "listing.staff_fields"


@dataclass(frozen=True)
class Clash:
    """A field in which what was typed and what is stored now differ."""

    label: str
    now: str
    mine: str


@dataclass(frozen=True)
class Given:
    """What stands in the form: as typed (`words`), fit to be written (`values`), what is linked, and what is wrong."""

    words: Mapping[str, Any]
    values: Mapping[str, Any]
    problems: Mapping[str, str] = attribute(default_factory=dict)
    why: str = ""
    only_here: bool = False
    sure: Sequence[str] = ()
    version: int = 0
    links: Links = Links()


@pages.get(ADDRESS)
def show(listing_id: str, section: str) -> Response:
    """The form as the directory has it, or as this person left it."""
    if section not in GROUPS:
        abort(404)
    stored = frame.stored(listing_id)
    draft = drafts.draft(site().engine, listing_id, actor().staff_id, section)
    if draft is None:
        return _page(stored, section)
    given = _given(MultiDict([(name, one) for name, many in draft.typed.items() for one in many]), section, stored)
    return _page(stored, section, given, draft=hour(draft.saved_at))


@pages.post(ADDRESS)
def save(listing_id: str, section: str) -> Response | Redirect:
    """Save; or, by the button that was pressed, only look, keep a draft, or throw it away."""
    go = request.form.get("go", "save")
    if section not in GROUPS:
        abort(404)
    if go == "draft":
        return _keep(listing_id, section)
    if go == "throw":
        drafts.forget(site().engine, listing_id, actor().staff_id, section)
        return redirect(url_for("edit.show", listing_id=listing_id, section=section), 303)
    stored = frame.stored(listing_id)
    given = _given(request.form, section, stored, go)
    if go.partition(":")[0] in ("look", "find", "link") or given.links.looked:
        return _page(stored, section, given, tried=True)
    if go == "locate":
        return _page(stored, section, _with_place(given), tried=True)
    if given.problems:
        return _page(stored, section, given, 422)
    try:
        with frame.acting("edit", given.why or _("%(section)sをなおした", section=GROUPS[section])) as act:
            act.change(listing_id, given.values, version=given.version, only_here=given.only_here,
                       confirmed=given.sure)
    except Stale:
        return _overtaken(frame.stored(listing_id), section, given)
    drafts.forget(site().engine, listing_id, actor().staff_id, section)
    return frame.done("listings.show", act.id, listing_id=listing_id)


def _given(form: Form, section: str, stored: Stored, go: str = "") -> Given:
    fields = fields_of(section)
    words, links = typed(form, fields), linking.read(form, _links_of(section), go)
    made, problems = ready(words, frame.halls(), site().now().date())
    # What an import wrote long ago and nobody touches now is no mistake of whoever saves this form; nor is what a link brings.
    touched = {key: word for key, word in made.items() if not links.brings(FIELDS[key])
               and not (isinstance(word, str) and word == (stored.values.get(key) or ""))}
    values, wrong = checked(touched, site().vocabulary)
    values[HIDDEN] = staff_fields(form, fields, stored.hidden)
    only_here = form.get("reach") == "here"
    version = frame.number(form.get("version", ""))
    sure = [key for key in form.getlist("sure") if key in FIELDS and not links.brings(FIELDS[key])]
    return Given({**words, HIDDEN: values[HIDDEN]}, {**values, **links.values}, {**wrong, **problems, **links.problems},
                 form.get("why", "")[:200], only_here, sure, version or 0, links)


def _links_of(section: str) -> tuple[str, ...]:
    return tuple(field.key for field in FIELDS.values() if field.kind == "link" and field.group == section)


def _with_place(given: Given) -> Given:
    """The pin in the middle of the town that was typed; where the gazetteer does not know it, it is told."""
    with read_session(site().engine) as session:
        place = located(session, given.words, site().city.name)
    if not place:
        problem = _("町の名前が見つからないので、位置を入れられません。町名を確かめるか、緯度と経度を書いてください。")
        return replace(given, problems={**given.problems, "location.town": problem})
    return replace(given, words={**given.words, **place}, values={**given.values, **place})


def _pin(stored: Stored, values: Mapping[str, Any]) -> PinBox:
    return pin_box(values, stored.values, stored.shared.get("location", 0), ground(), site().city.name)


def _keep(listing_id: str, section: str) -> Response | Redirect:
    words = {name: request.form.getlist(name) for name in request.form if name not in ("form_token", "go")}
    drafts.keep(site().engine, listing_id, actor().staff_id, section, words,
                frame.version() or 0, door.now())
    if request.accept_mimetypes.best == "application/json":
        return jsonify(saved=hour(door.now()))
    return frame.sent("edit.show", "draft", listing_id=listing_id, section=section)


def _overtaken(stored: Stored, section: str, given: Given) -> Response:
    """Somebody was faster: both texts, and the form goes on from the version there is now."""
    words = site().vocabulary
    clashes = [
        Clash(FIELDS[key].label, said(key, stored.values.get(key), words), said(key, mine, words))
        for key, mine in given.values.items()
        if key not in (HIDDEN, *given.links.values) and mine != stored.values.get(key)]
    with read_session(site().engine) as session:
        for record, (mine, _values) in given.links.chosen.items():
            now = registered(session, record, stored.values.get(linking.LINKS[record]) or "")
            clashes.append(Clash(FIELDS[linking.LINKS[record]].label, now.name if now else "", mine.name))
    return _page(stored, section, replace(given, version=stored.version), 409, clashes=clashes)


def _page(stored: Stored, section: str, given: Given | None = None, status: int = 200, tried: bool = False,
          draft: str = "", clashes: list[Clash] | None = None) -> Response:
    fields, values = fields_of(section), given.words if given else stored.values
    problems, links = dict(given.problems) if given else {}, given.links if given else Links(_links_of(section))
    around = frame.around(stored, problems, values.get(HIDDEN) or ())
    page = frame.preview(stored, given.values if given else None)
    reached = [*(field for field in fields if not links.brings(field)), *(FIELDS[key] for key in links.values)]
    return make_response(render_template(
        "curation/edit.html", stored=stored, section={"key": section, "label": GROUPS[section]}, groups=GROUPS,
        controls=[(control(field, values.get(field.key), around), links.brings(field)) for field in fields], clashes=clashes,
        errors=[(control_id(key), words) for key, words in problems.items()], shared=shared_in(reached, stored),
        only_here=bool(given and given.only_here), version=given.version if given else stored.version,
        why=given.why if given else "", draft=draft, tried=tried or bool(given), page=page, done=frame.done_now(),
        links=linking.panels(links).values(), pin=_pin(stored, values) if section == "where" else None,
        halls=sorted(set(around.halls.values())) if section == "when" else ()), status)
