"""How does a new listing begin? One short form: what is registered already is linked, not typed again; what is not finished is
kept as a draft of this person alone; one that looks like another is shown beside it first.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from dataclasses import field as attribute
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, jsonify, make_response, render_template, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as Redirect

from directory.curation import drafts
from directory.curation.checking import checked
from directory.curation.fields import FIELDS
from directory.curation.linking import LINKS, namesakes
from directory.curation.locating import located
from directory.db import read_session
from directory.errors import InvalidRecord
from directory.inbox.retention import DRAFT_KEPT
from directory.models.columns import new_id
from directory.vocabulary import offered
from web.curation_form import Form, ready, typed
from web.i18n import gettext as _
from web.presenters.curation.control_rows import control_id
from web.presenters.curation.controls import control
from web.presenters.curation.drafts import new_drafts
from web.presenters.curation.sections import Stored
from web.presenters.desk.saying import hour
from web.site import site
from web.staff import door
from web.staff.guard import actor
from web.views.desk.curation import frame, linking
from web.views.desk.curation.linking import Links
from web.views.desk.curation.listings import Row, alike

pages = Blueprint("new_entry", __name__)

ADDRESS = "/desk/curation/new"
# What a new listing is asked at once; everything else waits in its section. A link stands before the fields it spares.
FIRST = (
    "listing.service_id", "service.name", "service.kind", "service.organization_id", "organization.name", "service.summary",
    "schedules", "listing.location_id", "location.name", "location.town", "location.address_rest", "areas",
    "service.fees_state", "listing.contact_public", "listing.phone", "listing.visibility",
)
TYPED = tuple(FIELDS[key] for key in FIRST if FIELDS[key].kind != "link")
USUALLY = {
    "service.fees_state": "unknown", "listing.contact_public": False, "listing.visibility": "public",
}


@dataclass(frozen=True)
class Given:
    """What stands in the form. `draft_id`: under which it is kept; `kept`: since when.

    `asked`: what it could be was shown before, with `alike` the listings; whoever sends it again means another.
    """

    draft_id: str
    words: Mapping[str, Any]
    values: Mapping[str, Any] = attribute(default_factory=dict)
    problems: Mapping[str, str] = attribute(default_factory=dict)
    links: Links = Links(tuple(LINKS.values()))
    asked: bool = False
    alike: Sequence[Row] = ()
    kept: str = ""


@pages.get(ADDRESS)
def show() -> Response:
    """The empty form, or a draft that is gone on with."""
    draft = drafts.draft(site().engine, _id(request.args.get("draft", "")), actor().staff_id, drafts.NEW)
    if draft is None:
        return _page(Given(new_id(), USUALLY | {"service.kind": next(iter(offered(site().vocabulary.kinds)))}))
    form = MultiDict([(name, one) for name, many in draft.typed.items() for one in many])
    return _page(replace(_given(form), draft_id=draft.listing_id, problems={}, kept=hour(draft.saved_at)))


@pages.post(ADDRESS)
def create() -> Response | Redirect:
    """Make the listing; or, by the button that was pressed, look, link, keep the draft, or throw it away."""
    go, draft_id = request.form.get("go", "save"), _id(request.values.get("draft", "")) or new_id()
    if go == "draft":
        return _keep(draft_id)
    if go == "throw":
        drafts.forget(site().engine, draft_id, actor().staff_id, drafts.NEW)
        return frame.sent("new_entry.show", "thrown")
    given = replace(_given(request.form, go), draft_id=draft_id, asked=bool(request.form.get("other")))
    if go != "save" or given.links.looked:
        return _page(replace(given, problems=given.links.problems))
    if given.problems:
        return _page(given, status=422)
    if not given.asked and (known := _known_already(given)):
        return _page(known)
    try:
        with frame.acting("create", _("新しい掲載")) as act:
            listing_id = act.create(_with_place(given.values), status="draft")
    except InvalidRecord as error:
        return _page(replace(given, problems={"service.name": str(error)}), status=422)
    drafts.forget(site().engine, draft_id, actor().staff_id, drafts.NEW)
    return frame.done("listings.show", act.id, listing_id=listing_id)


def _given(form: Form, go: str = "") -> Given:
    words, links = typed(form, TYPED), linking.read(form, LINKS.values(), go)
    made, problems = ready(words, frame.halls(), site().now().date())
    values, wrong = checked({key: word for key, word in made.items() if not links.brings(FIELDS[key])}, site().vocabulary)
    return Given("", words, {**values, **links.values}, {**wrong, **problems, **links.problems}, links)


def _known_already(given: Given) -> Given | None:
    """The same with the listings it could be, and with registered records of the very names that were typed; None: nothing."""
    names = {record: str(given.values.get(f"{record}.name") or "") for record in ("organization", "location")}
    with read_session(site().engine) as session:
        looked = {record: (name, found) for record, name in names.items()
                  if name and (found := namesakes(session, record, name))}
    name = given.values.get("service.name")
    rows = alike(str(name)) if name else []
    if not rows and not looked:
        return None
    return replace(given, asked=True, alike=rows, links=replace(given.links, looked=looked))


def _with_place(values: Mapping[str, Any]) -> dict[str, Any]:
    """A town that was typed lies in this city, and has a pin in its middle."""
    if not values.get("location.town"):
        return dict(values)
    here = {"location.municipality": site().city.name, "location.prefecture": site().city.prefecture}
    with read_session(site().engine) as session:
        return {**values, **here, **located(session, {**values, **here}, site().city.name)}


def _keep(draft_id: str) -> Response | Redirect:
    words = {name: request.form.getlist(name) for name in request.form if name not in ("form_token", "go", "draft", "other")}
    drafts.keep(site().engine, draft_id, actor().staff_id, drafts.NEW, words, 0, door.now())
    if request.accept_mimetypes.best == "application/json":
        return jsonify(saved=hour(door.now()))
    return frame.sent("new_entry.show", "draft", draft=draft_id)


def _id(text: str) -> str:
    """An id as `new_id` makes it; empty for anything else."""
    try:
        return str(UUID(text))
    except ValueError:
        return ""


def _page(given: Given, status: int = 200) -> Response:
    nothing = Stored("", "", 0, "draft", {}, {}, ())
    around = replace(frame.around(nothing, given.problems, (), asks_who_sees=False), areas=frame.own_areas())
    panels = {panel.key: panel for panel in linking.panels(given.links).values()}
    parts = [(panels.get(key) if FIELDS[key].kind == "link" else control(FIELDS[key], given.words.get(key), around),
              given.links.brings(FIELDS[key])) for key in FIRST]
    others = new_drafts(drafts.drafts(site().engine, actor().staff_id)) if request.method == "GET" else []
    return make_response(render_template(
        "curation/new.html", parts=[part for part in parts if part[0]], given=given, others=others,
        errors=[(control_id(key), sentence) for key, sentence in given.problems.items()],
        own=actor().display_name, days=DRAFT_KEPT, done=frame.done_now()), status)
