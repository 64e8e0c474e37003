"""When, on a clock that other programs understand, does an opening begin and end?"""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from directory.schedules import HORIZON_DAYS, Occurrence

JAPAN = ZoneInfo("Asia/Tokyo")
DAY = timedelta(days=1)

Moment = date | datetime


def begin(row: Occurrence) -> Moment:
    """The start in Japan's time; the plain date where no time is known."""
    return row.date if row.start is None else datetime.combine(row.date, row.start, JAPAN)


def end(row: Occurrence) -> datetime | None:
    """The end in Japan's time, on the next day when it is not after the start; None when start or end is not known."""
    if row.start is None or row.end is None:
        return None
    same_day = datetime.combine(row.date, row.end, JAPAN)
    return same_day if row.end > row.start else same_day + DAY


def in_japan(moment: datetime) -> datetime:
    """A time without a zone is the one on the wall in Japan."""
    return moment.replace(tzinfo=JAPAN) if moment.tzinfo is None else moment.astimezone(JAPAN)


def months_ahead(today: date) -> tuple[date, date]:
    """From the first of this month to the last whole month of the horizon.

    Whole months, so that an export is the same every day of a month unless something changed.
    """
    first = today.replace(day=1)
    return first, (far_ahead(first) + DAY).replace(day=1) - DAY


def far_ahead(today: date) -> date:
    """The last day of the horizon, as far as the calendar goes."""
    return date.fromordinal(min(today.toordinal() + HORIZON_DAYS, date.max.toordinal() - 1))
