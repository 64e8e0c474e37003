"""How many people use this site? Counted so that nobody is known, with the definition, for reading and for Excel."""

from flask import Blueprint, Response, make_response, render_template

from directory.db import read_session
from directory.usage import DEFINITION, MonthlyViewers, monthly_viewers, viewers_sheet
from web.site import site

pages = Blueprint("viewers", __name__)

# Numbers rise without a new revision of the directory, so a copy is asked about again each time.
FRESH = "private, no-cache, max-age=0"


@pages.get("/about/viewers", endpoint="viewers")
def viewers() -> Response:
    """月間閲覧ユーザー, the newest month first."""
    response = make_response(render_template("public/viewers.html", months=_months(), definition=DEFINITION))
    response.headers["Cache-Control"] = FRESH
    return response


@pages.get("/about/viewers.csv", endpoint="sheet")
def sheet() -> Response:
    """The same as a table for Excel, which takes UTF-8 only with a mark at its beginning."""
    text = viewers_sheet(_months())
    headers = {"Cache-Control": FRESH, "Content-Disposition": 'attachment; filename="yoridokoro-viewers.csv"'}
    return Response(text.encode("utf-8-sig"), content_type="text/csv; charset=utf-8", headers=headers)


def _months() -> tuple[MonthlyViewers, ...]:
    with read_session(site().engine) as session:
        return monthly_viewers(session)
