"""What does the site say of itself? Where the data comes from, how viewers are counted, access for all, privacy."""

from flask import Blueprint, render_template

from directory.inbox.retention import APPLICATION_TOLD, LINK_KEPT, RETENTION
from directory.usage import DEFINITION, DEMAND_DEFINITION
from directory.ways_in.links import DAYS_GOOD
from web.presenters.about import about_view
from web.site import site

pages = Blueprint("about", __name__)


@pages.get("/about")
def about() -> str:
    """Where the data comes from, how fresh it is, and how viewers are counted."""
    now = site().now()
    return render_template("public/about.html", definition=DEFINITION, **about_view(site().keeper.current(now), now))


@pages.get("/accessibility")
def accessibility() -> str:
    """What was checked, by whom, and what was not."""
    return render_template("public/accessibility.html")


@pages.get("/privacy")
def privacy() -> str:
    """What is kept about a reader: next to nothing."""
    return render_template(
        "public/privacy.html", demand_definition=DEMAND_DEFINITION, kept=RETENTION, application_told=APPLICATION_TOLD,
        link_kept=LINK_KEPT, link_good=DAYS_GOOD)
