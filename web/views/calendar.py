"""What is on today and this week? The days as a list, with the filters of the search."""

from flask import Blueprint, render_template, request

from directory.search import read_parameters
from web.presenters.calendar import calendar_view
from web.site import site

pages = Blueprint("calendar", __name__)


@pages.get("/calendar")
def calendar() -> str:
    """The days asked for by `date` or `when`, this week without; everything else is a filter of the search."""
    now = site().now()
    catalog = site().keeper.current(now)
    asked = read_parameters(request.args.items(multi=True), catalog)
    return render_template("public/calendar.html", **calendar_view(catalog, asked, now))
