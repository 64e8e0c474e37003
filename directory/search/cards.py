"""What does the reader see of each place found? Its card: marked words, the next date, the distance."""

from datetime import date, datetime, timedelta
from functools import lru_cache
from math import isnan

import numpy as np

from directory.listing import Listing, Meeting
from directory.schedules import HORIZON_DAYS, Occurrence, next_dates
from directory.search.opening import Moments
from directory.search.results import Hit
from directory.search.view import View
from directory.text import ParsedQuery, excerpt, highlight

SUMMARY_LETTERS = 90
# Two sessions may fall on one day (1部, 2部); of four the next one not over is surely among them.
LOOKED_AT = 4


def cards(
    view: View, parsed: ParsedQuery, rows: np.ndarray, scores: np.ndarray, first_number: int, asked: Moments | None
) -> tuple[Hit, ...]:
    """Cards of these rows, in that order; a listing withdrawn a moment ago is left out. `asked`: see `next_meeting`."""
    ids = [view.catalog.ids[row] for row in rows]
    listings = {listing.id: listing for listing in view.catalog.cards.get(ids)}
    shown = [(listings[listing_id], *facts) for listing_id, *facts in zip(
        ids, scores.tolist(), view.kilometres(rows).tolist(), view.across_water(rows).tolist(), strict=True)
        if listing_id in listings]
    return tuple(_card(view.now, asked, parsed, number, *facts) for number, facts in enumerate(shown, first_number))


def _card(
    now: datetime, asked: Moments | None, parsed: ParsedQuery, number: int,
    listing: Listing, score: float, kilometres: float, water: bool,
) -> Hit:
    coming, hall = next_meeting(listing, now, asked)
    return Hit(
        number=number, listing=listing, score=round(score, 4), name=highlight(listing.name, parsed),
        summary=excerpt(listing.summary or listing.description or "", parsed, SUMMARY_LETTERS),
        next=coming, next_place=hall, distance_km=None if isnan(kilometres) else round(kilometres, 1),
        across_water=water,
    )


def next_meeting(
    listing: Listing, now: datetime, asked: Moments | None = None
) -> tuple[Occurrence | None, str | None]:
    """The next session that is not over at `now`, and its hall when it is not the listing's own.

    `asked`: the next one at such a time, 明日 for somebody who asks for tomorrow; where there is none, the very next.
    """
    closures = tuple(sorted(listing.closures.items()))
    coming = [
        (held.date, held.start is not None, held.start, held, meeting.place)
        for meeting in listing.meetings
        for held in _coming(meeting, now.date(), closures, HORIZON_DAYS if asked else LOOKED_AT)
        if not held.cancelled and not _is_over(held, now) and (asked is None or asked.fits(held, now.date()))
    ]
    if not coming:
        return next_meeting(listing, now) if asked else (None, None)
    *_order, held, hall = min(coming, key=lambda item: item[:2] + ((item[2],) if item[1] else ()))
    return held, hall


@lru_cache(maxsize=20_000)
def _coming(
    meeting: Meeting, today: date, closures: tuple[tuple[date, str], ...], days: int
) -> tuple[Occurrence, ...]:
    return tuple(next_dates(meeting.schedule, today, days, dict(closures)))


def _is_over(held: Occurrence, now: datetime) -> bool:
    if held.date != now.date() or held.start is None:
        return False
    if held.end is not None and held.end > held.start:
        return held.end <= now.time().replace(tzinfo=None)
    # Without an end, or past midnight: an hour after its start it is too late to set out.
    return datetime.combine(held.date, held.start) + timedelta(hours=1) <= now.replace(tzinfo=None)
