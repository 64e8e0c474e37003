"""What do staff get besides the public pages? The sign-in, the guard, and the desks. The public site never loads this."""

from datetime import datetime

from flask import Blueprint, Flask, g, redirect, url_for
from werkzeug.wrappers import Response as Redirect

from directory.settings import Settings
from directory.japan_time import in_japan
from matcher.access import ROLES
from matcher.desk import Actor
from web.presenters.desk import saying
from web.staff import door, errors, files, guard
from web.staff.navigation import desk_name, staff_pages
from web.views import auth
from web.views.desk import (
    access_log, audit, candidates, case, conditions, confidential, consents, emergency, enquiries, erasing, frame, hand_over,
    home, notes, placements, team,
)
from web.views.desk.curation import (
    activity, applications, duplicates, duties, edit, freshness, gaps, history, letters, linking, listings, mailings, new_entry,
    proposals, returns, status, uploads, words,
)
from web.views.desk.curation import home as curation_home

# Pages for staff, one subject a module.
PAGES: tuple[Blueprint, ...] = (
    auth.pages, home.pages, case.pages, conditions.pages, candidates.pages, hand_over.pages, placements.pages, notes.pages,
    enquiries.pages, consents.pages, confidential.pages, team.pages, access_log.pages,
    emergency.pages, erasing.pages, audit.pages,
    curation_home.pages, proposals.pages, listings.pages, new_entry.pages, linking.pages, edit.pages, status.pages,
    history.pages, letters.pages, gaps.pages,
    freshness.pages, activity.pages, duties.pages, words.pages, duplicates.pages, uploads.pages,
    applications.pages, mailings.pages, returns.pages,
)
FRONT = Blueprint("desk_front", __name__)


@FRONT.get("/")
def front() -> Redirect:
    """Where only staff are served, the first address leads to their desk."""
    return redirect(url_for("auth.start"), 303)


def register(app: Flask, settings: Settings) -> None:
    """Put the guard before everything that is not open yet, then add the pages."""
    door.register(app, settings)
    files.register(app, settings)
    guard.register(app)
    errors.register(app)
    app.jinja_env.globals.update(
        form_token_value=lambda: g.get("form_token", ""), role_names=_role_names, seconds_left=_seconds_left,
        signed_in=lambda: g.get("signed_in"), staff_pages=staff_pages, wall_time=_wall_time,
        wall_day=saying.day, listing_address=frame.listing_address, desk_name=desk_name,
    )
    if "home.home" not in app.view_functions:
        app.register_blueprint(FRONT)
    for blueprint in PAGES:
        app.register_blueprint(blueprint)


def _role_names(actor: Actor) -> str:
    return "・".join(name for role, name in ROLES.items() if role in actor.roles)


def _wall_time(moment: datetime) -> str:
    """10:32, in Japan."""
    return f"{in_japan(moment):%H:%M}"


def _seconds_left(moment: datetime) -> int:
    return max(0, int((moment - door.clock()).total_seconds()))
