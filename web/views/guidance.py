"""Where does somebody turn who is in trouble, or worried about somebody? Links only: nothing is typed about anyone."""

from flask import Blueprint, Response, make_response, render_template, request, url_for

from web.presenters.guidance import consult_view, family_view, numbers
from web.site import site

pages = Blueprint("guidance", __name__)

LONGEST_TOWN = 40


@pages.get("/consult")
def consult() -> Response:
    """相談する・気になる人がいる: a 困りごと and an area, both chosen from links, lead to desks and places."""
    now = site().now()
    catalog, guide = site().keeper.current(now), site().guide
    asked, area = request.args.get("trouble", ""), request.args.get("area", "")
    trouble = guide.troubles.get(asked)
    view = consult_view(
        catalog, guide, trouble, area if area in catalog.words.areas else None, now, url_for("public.search"))
    unknown = bool((asked and trouble is None) or (area and area not in catalog.words.areas))
    response = make_response(render_template(
        "public/consult.html", **view, always=numbers(guide.always), unknown=unknown))
    if view["urgent"]:
        # Somebody in need may share the telephone: no copy stays on it.
        response.headers["Cache-Control"] = "no-store"
    return response


@pages.get("/family")
def family() -> str:
    """離れて暮らす家族へ: the town of the one who goes comes first, then what is near it."""
    now = site().now()
    town = " ".join(request.args.get("near", "").split())[:LONGEST_TOWN]
    view = family_view(site().keeper.current(now), site().guide, town, now, url_for("public.search"))
    return render_template("public/family.html", **view)
