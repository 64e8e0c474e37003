"""Which paper goes round the neighbourhood this month? One month of one area or district, for A4 in black and white."""

from datetime import datetime

from flask import Blueprint, render_template, request, url_for

from directory.agenda import without_period
from directory.catalog import Catalog
from directory.exporters.qr import qr_code
from directory.search import SearchQuery, read_parameters, search
from web.addresses import full_address, full_url
from web.i18n import gettext as _
from web.presenters.dates import full_date
from web.presenters.monthly import Month, last_month, month_of, months, sheet
from web.presenters.places import area_index, districts
from web.site import site
from web.urls import search_url

pages = Blueprint("monthly", __name__)

# Ours, besides the filters of the search.
MONTH, DISTRICT = "month", "district"
LONGEST_NAME = 40


@pages.get("/monthly")
def monthly() -> str:
    """The sheet of what the address names; without an area or a district, the choice of them."""
    now = site().now()
    catalog = site().keeper.current(now)
    given = [pair for pair in request.args.items(multi=True) if pair[0] not in (MONTH, DISTRICT, "page", "sort")]
    query = without_period(read_parameters(given, catalog))
    asked, district = request.args.get(MONTH, ""), request.args.get(DISTRICT, "")[:LONGEST_NAME]
    month = month_of(asked, now.date()) if asked else months(now.date())[0]
    problem = _problem(month, district, catalog, now)
    if problem or month is None or not (query.parameters() or district):
        return _choice(catalog, query, problem, now)
    return _sheet(catalog, query, district, month, now)


def _problem(month: Month | None, district: str, catalog: Catalog, now: datetime) -> str:
    """Why there is no such sheet, in a sentence; nothing when there is."""
    if month is None:
        return _("その月の紙は作れません。今月から%(last)sまでの月を選んでください。", last=last_month(now.date()))
    if district and district not in {name for _kind, name, _count in districts(catalog)}:
        return _("その地区は、一覧にありませんでした。下から選んでください。")
    return ""


def _choice(catalog: Catalog, query: SearchQuery, problem: str, now: datetime) -> str:
    areas = [entry for entry in area_index(catalog, now) if entry.count]
    offered = months(now.date())
    return render_template(
        "public/monthly_choice.html", problem=problem, ignored=query.ignored, districts=districts(catalog), areas=[
            (area, [(month, address(SearchQuery().setting("area", [area.key]), "", month)) for month in offered])
            for area in areas
        ])


def _sheet(catalog: Catalog, query: SearchQuery, district: str, month: Month, now: datetime) -> str:
    same_days = full_url("calendar.calendar") + search_url(query)
    other_months = [(other, address(query, district, other)) for other in months(now.date()) if other.key != month.key]
    return render_template(
        "public/monthly.html", month=month, where=_where(catalog, query, district, now), issued=full_date(now.date()),
        other_months=other_months,
        qr=qr_code(full_address(address(query, district, month)) if district else same_days), ignored=query.ignored,
        **sheet(catalog, query, district, month, now))


def address(query: SearchQuery, district: str, month: Month) -> str:
    """The address of a sheet."""
    own = {MONTH: month.key} | ({DISTRICT: district} if district else {})
    return url_for("monthly.monthly", **own) + search_url(query).replace("?", "&", 1).removesuffix("&")


def _where(catalog: Catalog, query: SearchQuery, district: str, now: datetime) -> str:
    """What the sheet is of, for its heading: 佐伯地域, 津田, or the conditions one by one."""
    conditions = [chip.label for chip in search(catalog, query, now).chips]
    if not district and [name for name, _values in query.parameters()] == ["area"]:
        return _("%(area)s地域", area=query.first("area"))
    return "・".join(filter(None, [district, *conditions])) or query.q
