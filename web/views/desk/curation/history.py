"""Who changed this listing, when and why; and how does an earlier state come back?"""

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response as Redirect

from directory.curation.linking import names_of
from directory.curation.restoring import history
from directory.curation.restoring import restore as restore_revision
from directory.db import read_session
from web.presenters.curation.history import entries
from web.site import site
from web.staff import door
from web.staff.guard import actor
from web.views.desk.curation import frame
from web.views.desk.curation.listings import LISTING

pages = Blueprint("history", __name__)

MOST = 50


@pages.get(f"{LISTING}/history")
def show(listing_id: str) -> str:
    """Every change of this listing and of what it stands on, the newest first."""
    with read_session(site().engine) as session:
        found = history(session, listing_id, limit=MOST)
        names = names_of(session, [(key, value) for one in found for key, _label, *both in one.changes for value in both])
    return render_template(
        "curation/history.html", stored=frame.stored(listing_id), rows=entries(found, names, site().vocabulary),
        done=frame.done_now())


@pages.post(f"{LISTING}/history")
def restore(listing_id: str) -> Redirect:
    """What the listing said then comes back, as a change of its own."""
    act_id = restore_revision(
        site().engine, listing_id, frame.number(request.form.get("revision", "")) or 0, by=actor().display_name, now=door.now(),
        version=frame.version())
    if act_id is None:
        return frame.sent("history.show", "same", listing_id=listing_id)
    return frame.done("listings.show", act_id, listing_id=listing_id)
