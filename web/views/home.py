"""Where does a reader begin? The first page: one box, eight tiles, today, the areas, a number to call."""

from flask import Blueprint, render_template

from web.presenters.home import home_view
from web.site import site

pages = Blueprint("home", __name__)


@pages.get("/")
def home() -> str:
    """The first page."""
    now = site().now()
    return render_template("public/home.html", **home_view(site().keeper.current(now), now))
