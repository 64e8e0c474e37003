"""What did the curation desk do this month? A page with definitions and denominators, and the same as an Excel file."""

from datetime import date, timedelta

from flask import Blueprint, Response, make_response, render_template, request, url_for

from directory.activity import CAUTION, MEASURES, Activity, activity, report_file
from directory.db import read_session
from web.site import site

pages = Blueprint("activity", __name__)

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MONTHS_OFFERED = 13


@pages.get("/desk/curation/activity")
def show() -> str:
    """The report of one month beside the month before and the same month a year ago."""
    month = _month()
    report, before, year_ago = (_report(one) for one in (month, _before(month), month.replace(year=month.year - 1)))
    months, one = [], site().now().date().replace(day=1)
    for _number in range(MONTHS_OFFERED):
        months.append(one)
        one = _before(one)
    return render_template(
        "curation/activity.html", report=report, before=before, year_ago=year_ago, measures=MEASURES, caution=CAUTION,
        months=months, file=url_for("activity.workbook", month=f"{month:%Y-%m}"))


@pages.get("/desk/curation/activity.xlsx")
def workbook() -> Response:
    """The same as a file."""
    month = _month()
    response = make_response(report_file(_report(month), _report(_before(month)), site().now().date()))
    response.headers["Content-Type"] = XLSX
    response.headers["Content-Disposition"] = f'attachment; filename="activity-{month:%Y-%m}.xlsx"'
    return response


def _report(month: date) -> Activity:
    with read_session(site().engine) as session:
        return activity(session, month, [area.name for area in site().vocabulary.areas])


def _month() -> date:
    """The month of the address; this one where it names none, or one that has not come."""
    today = site().now().date()
    try:
        asked = date.fromisoformat(f"{request.args.get('month', '')}-01")
    except ValueError:
        return today.replace(day=1)
    return asked if date(2000, 1, 1) <= asked <= today else today.replace(day=1)


def _before(month: date) -> date:
    return (month.replace(day=1) - timedelta(days=1)).replace(day=1)
