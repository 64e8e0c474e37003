"""What is proposed, and what becomes of it? Each field is accepted, put right, or declined with a reason.

A decision is only taken from the page on which the difference was open: the form brings back a digest of what it showed,
and where that is not what stands there now, nothing is written and both texts are shown (409).
"""

from collections.abc import Mapping

from flask import Blueprint, Response, make_response, redirect, render_template, request
from werkzeug.wrappers import Response as Redirect

from directory.curation import proposals
from directory.curation.checking import checked
from directory.curation.deciding import ACCEPT, EDIT, REJECT, Decision
from directory.curation.deciding import decide as decide_proposal
from directory.curation.fields import FIELDS
from directory.curation.proposals import OPEN, Proposal
from directory.db import read_session
from directory.errors import Stale
from web.curation_form import ready, typed
from web.i18n import gettext as _
from web.presenters.curation.proposals import (
    DECISION, EDITED, HERE, OPENED, WHY, Marked, problems, proposal_page, seen,
)
from web.presenters.curation.sections import Stored
from web.site import site
from web.staff import door
from web.staff.guard import actor
from web.views.desk.curation import frame
from web.views.desk.curation.home import beside, next_url

pages = Blueprint("proposals", __name__)

ADDRESS = "/desk/curation/proposals/<proposal_id>"


@pages.get(ADDRESS)
def show(proposal_id: str) -> Response:
    """The difference, field by field."""
    return _page(_read(proposal_id))


@pages.post(ADDRESS)
def decide(proposal_id: str) -> Response | Redirect:
    """Take what was marked, all at once; or show what has to be looked at again."""
    proposal = _read(proposal_id)
    values: dict[str, object] = {}
    marked = {one.key: _marked(one.key, values) for one in proposal.fields if one.decision is None}
    if request.form.get("seen") != seen(proposal) or proposal.state != OPEN:
        return _page(proposal, marked, 409)
    if problems(marked):
        return _page(proposal, marked, 422)
    decisions = {key: Decision(one.decision, values.get(key), one.reason or None, one.only_here) for key, one in marked.items()}
    try:
        act_id = decide_proposal(site().engine, proposal_id, decisions, version=proposal.version,
                                 by=actor().display_name, now=door.now())
    except Stale:
        return _page(_read(proposal_id), marked, 409)
    return redirect(next_url(proposal_id, act=act_id), 303)


@pages.post(f"{ADDRESS}/close")
def close(proposal_id: str) -> Redirect:
    """What it said was dealt with by hand, or is none of a listing's fields: put it away."""
    proposals.close(site().engine, proposal_id, actor().display_name, door.now())
    return redirect(next_url(proposal_id, done="closed"), 303)


def _read(proposal_id: str) -> Proposal:
    with read_session(site().engine) as session:
        return proposals.proposal(session, proposal_id)


def _marked(key: str, values: dict[str, object]) -> Marked:
    """What the form says of one field; a value put right is checked and added to `values`."""
    decision, reason = request.form.get(DECISION + key, ""), request.form.get(WHY + key, "").strip()[:200]
    field = FIELDS.get(key)
    words = typed(request.form, [field], EDITED)[key] if field else None
    error = ""
    if decision == EDIT and field:
        made, wrong = ready({key: words}, frame.halls(), site().now().date())
        fit, bad = checked(made, site().vocabulary)
        error = {**wrong, **bad}.get(key, "")
        values[key] = fit.get(key)
    elif decision == REJECT and not reason:
        error = _("見送る理由を書いてください。例：電話で確かめてから直します")
    elif decision not in (ACCEPT, REJECT):
        error = _("採用するか、見送るかを選んでください。")
    alone = {"here": True, "all": False}.get(request.form.get(HERE + key, ""))
    return Marked(decision, reason, words if decision == EDIT else None, error, alone, request.form.get(OPENED + key, ""))


def _page(proposal: Proposal, marked: Mapping[str, Marked] | None = None, status: int = 200) -> Response:
    stored = frame.stored(proposal.listing_id) if proposal.listing_id else None
    nothing = Stored("", "", 0, "draft", {}, {}, ())
    around = frame.around(stored or nothing, {}, (), prefix=EDITED, asks_who_sees=False)
    page = proposal_page(proposal, stored, around, next_url(proposal.id), marked)
    return make_response(render_template(
        "curation/proposal.html", page=page, errors=problems(marked or {}) if status == 422 else (), overtaken=status == 409,
        beside=beside(proposal.id), done=frame.done_now()), status)
