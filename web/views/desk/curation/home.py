"""What needs a decision today, what waits, and what was done since yesterday?"""

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask.wrappers import Response
from werkzeug.wrappers import Response as Redirect

from directory.curation.proposals import open_proposals
from directory.curation.undoing import undo as undo_act
from directory.db import read_session
from web.i18n import gettext as _
from web.presenters.curation.acts import recent
from web.presenters.curation.queue import Waiting
from web.presenters.desk.saying import moment
from web.site import site
from web.staff import door
from web.staff.guard import actor
from web.staff.kept import own_page
from web.views.desk.curation import frame

pages = Blueprint("curation", __name__)


@pages.get("/desk/curation/")
def home() -> str:
    """The doors, what has waited longest, and what was done since yesterday."""
    rows = _rows()
    return render_template(
        "curation/home.html", done=frame.done_now(), total=len(rows), areas=[], kinds=[], rows=rows[:5],
        acts=recent(site().engine, door.now()), all_url=url_for("curation.queue"))


@pages.get("/desk/curation/queue")
def queue() -> str:
    """Everything that waits."""
    return _queue()


@pages.post("/desk/curation/queue")
def confirm() -> Response | Redirect:
    """「変更なし・確認済」 for all that were ticked: the only thing that is decided for many at once."""
    how, ticked = request.form.get("how", ""), request.form.getlist("listing")
    if not ticked or how not in site().vocabulary.assured_how:
        return make_response(_queue(_("確認済にする掲載を選んで、確かめた方法を選んでください。")), 422)
    with frame.acting("assure", _("変更なし・確認済")) as act:
        for listing_id in dict.fromkeys(ticked):
            act.assure(listing_id, how, site().now().date())
    return redirect(_with_act(own_page(request.form.get("back")), act.id), 303)


@pages.post("/desk/curation/acts/<act_id>/undo")
def undo(act_id: str) -> Redirect:
    """Take an act back, within its 24 hours."""
    undone = undo_act(site().engine, act_id, actor().display_name, door.now())
    return frame.sent("curation.home", "undone_part" if undone.kept else "undone")


def beside(proposal_id: str) -> list[Waiting]:
    """What waits besides the proposal that is open."""
    return _rows(proposal_id)


def next_url(proposal_id: str, **given: str) -> str:
    """Where to go when a proposal was decided: the next one, or the queue."""
    return url_for("curation.queue", **given)


def _with_act(back: str, act_id: str) -> str:
    path = back.partition("?")[0] if back else url_for("curation.queue")
    return f"{path}?{frame.ACT}={act_id}"


def _queue(problem: str = "") -> str:
    rows = _rows()
    return render_template(
        "curation/queue.html", done=frame.done_now(), total=len(rows), rows=rows, kinds=[], areas=[], bulk=False,
        ways=site().vocabulary.assured_how, problem=problem, more="", here=request.full_path)


def _rows(here: str = "") -> list[Waiting]:
    with read_session(site().engine) as session:
        found = open_proposals(session)
    return [Waiting(
        url_for("proposals.show", proposal_id=one.id), one.listing_name or _("新しい掲載の提案"),
        _("%(reason)s %(count)s項目", reason=one.reason_label, count=len(one.fields)), (moment(one.created),), here=one.id == here)
        for one in found]
