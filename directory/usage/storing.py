"""How do counts that were handed over become numbers of months and days? Sums and sets, in the directory's database."""

from calendar import monthrange
from collections import Counter
from datetime import date, datetime, timedelta

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from directory.errors import InvalidRecord
from directory.models import DemandCount, PageViews, ViewerMark, ViewerMonth
from directory.upserting import add_counts, insert_new
from directory.usage.months import month_of

# How long after midnight the last counts of a month may still arrive from the processes that collect them.
GRACE = timedelta(hours=1)


def store_viewers(session: Session, body: dict, day: date, today: date) -> None:
    """Add marks and views of one month; `day`: when they were seen. Marks of a closed month are not counted any more.

    Raises InvalidRecord for a month that has not come.
    """
    month = body["month"]
    if month > month_of(today):
        raise InvalidRecord("まだ来ていない月の数は受け取れません。")
    first = _day_within(month, day)
    insert_new(session, ViewerMonth.__table__, [{"month": month, "viewers": 0, "since": first, "closed": False}])
    views = [{"month": month, "page": page, "views": count} for page, count in sorted(body["views"].items())]
    add_counts(session, PageViews.__table__, views, ["views"])
    known = session.execute(select(ViewerMonth.closed, ViewerMonth.since).where(ViewerMonth.month == month)).one()
    if known.closed:
        return
    insert_new(session, ViewerMark.__table__, [{"month": month, "mark": mark} for mark in sorted(set(body["marks"]))])
    session.execute(update(ViewerMonth).where(ViewerMonth.month == month).values(
        viewers=_marks_of(month), since=min(known.since, first)))


def close_months(session: Session, now: datetime) -> None:
    """Forget the marks of months that are over at `now` (Japanese time); only their numbers stay."""
    running = month_of(now - GRACE)
    session.execute(update(ViewerMonth).where(ViewerMonth.month < running).values(closed=True))
    session.execute(delete(ViewerMark).where(ViewerMark.month < running))


def store_demand(session: Session, body: dict, today: date) -> None:
    """Add the counts of one day. Raises InvalidRecord for a day that is none or has not come."""
    try:
        day = date.fromisoformat(body["day"])
    except ValueError as error:
        raise InvalidRecord("日付として読めない数は受け取れません。") from error
    if day > today:
        raise InvalidRecord("まだ来ていない日の数は受け取れません。")
    searches: Counter[tuple[str, str, str]] = Counter()
    empty: Counter[tuple[str, str, str]] = Counter()
    for area, parameter, term, found, nothing in body["cells"]:
        searches[area, parameter, term] += found
        empty[area, parameter, term] += nothing
    rows = [
        {"day": day, "area": area, "parameter": parameter, "term": term, "searches": count,
         "empty": empty[area, parameter, term]}
        for (area, parameter, term), count in sorted(searches.items())
    ]
    add_counts(session, DemandCount.__table__, rows, ["searches", "empty"])


def _day_within(month: str, day: date) -> date:
    """Counts of the month's last minute arrive after midnight: they belong to its last day."""
    first = date.fromisoformat(f"{month}-01")
    return max(first, min(day, first.replace(day=monthrange(first.year, first.month)[1])))


def _marks_of(month: str) -> object:
    return select(func.count()).select_from(ViewerMark).where(ViewerMark.month == month).scalar_subquery()
