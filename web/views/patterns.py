"""How does every component look? One page with fixed, made-up data, for those who build the site."""

from flask import Blueprint, render_template

pages = Blueprint("patterns", __name__)


@pages.get("/patterns")
def patterns() -> str:
    """Every component once."""
    return render_template("patterns.html")
