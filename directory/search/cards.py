"""What does the reader see of each place found? Its card: marked words, the next date, the distance."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import lru_cache

import numpy as np

from directory.listing import Listing, Meeting
from directory.schedules import Occurrence, next_dates
from directory.search.results import Hit
from directory.search.view import View
from directory.text import ParsedQuery, excerpt, highlight

SUMMARY_LETTERS = 90
# Two sessions may fall on one day (1部, 2部); of four the next one not over is surely among them.
LOOKED_AT = 4


def cards(
    view: View, parsed: ParsedQuery, positions: np.ndarray, scores: np.ndarray, first_number: int
) -> Iterable[Hit]:
    """Cards of the rows at `positions` of the view, in that order."""
    shown = {listing.id: listing for listing in view.catalog.cards.get(
        [view.catalog.ids[row] for row in view.rows[positions]])}
    number = first_number
    for position, score in zip(positions, scores):
        listing = shown.get(view.catalog.ids[view.rows[position]])
        if listing is not None:
            yield _card(view, parsed, listing, int(position), float(score), number)
            number += 1


def _card(view: View, parsed: ParsedQuery, listing: Listing, position: int, score: float, number: int) -> Hit:
    coming, hall = next_meeting(listing, view.now)
    kilometres = None if view.distances is None else float(view.distances[position])
    return Hit(
        number=number, listing=listing, score=round(score, 4), name=highlight(listing.name, parsed),
        summary=excerpt(listing.summary or listing.description or "", parsed, SUMMARY_LETTERS),
        next=coming, next_place=hall,
        distance_km=None if kilometres is None or np.isnan(kilometres) else round(kilometres, 1),
        across_water=bool(view.across_water[position]),
    )


def next_meeting(listing: Listing, now: datetime) -> tuple[Occurrence | None, str | None]:
    """The next session that is not over at `now`, and its hall when it is not the listing's own."""
    closures = tuple(sorted(listing.closures.items()))
    coming = [
        (held.date, held.start is not None, held.start, held, meeting.place)
        for meeting in listing.meetings for held in _coming(meeting, now.date(), closures)
        if not held.cancelled and not _is_over(held, now)
    ]
    if not coming:
        return None, None
    *_order, held, hall = min(coming, key=lambda item: item[:2] + ((item[2],) if item[1] else ()))
    return held, hall


@lru_cache(maxsize=20_000)
def _coming(meeting: Meeting, today: date, closures: tuple[tuple[date, str], ...]) -> tuple[Occurrence, ...]:
    return tuple(next_dates(meeting.schedule, today, LOOKED_AT, dict(closures)))


def _is_over(held: Occurrence, now: datetime) -> bool:
    if held.date != now.date() or held.start is None:
        return False
    if held.end is not None and held.end > held.start:
        return held.end <= now.time().replace(tzinfo=None)
    # Without an end, or past midnight: an hour after its start it is too late to set out.
    return datetime.combine(held.date, held.start) + timedelta(hours=1) <= now.replace(tzinfo=None)
