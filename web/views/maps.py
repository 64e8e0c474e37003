"""What does the map that moves ask for? The ground under its pins; the pins themselves stand in the page."""

from flask import Blueprint, Response, jsonify

from web.assets import FOREVER
from web.ground import ground

pages = Blueprint("maps", __name__)

DEGREE_DIGITS = 5  # about a metre


@pages.get("/map/<version>/ground.json")
def ground_json(version: str) -> Response:
    """Towns and boundary; the address changes with them, so they may be kept for a year."""
    under = ground()
    response = jsonify(
        towns=[[town.name, town.latitude, town.longitude] for town in under.towns],
        land=[ring.round(DEGREE_DIGITS).tolist() for ring in under.outlines.rings],
    )
    response.headers["Cache-Control"] = FOREVER if version == under.version else "no-cache"
    return response
