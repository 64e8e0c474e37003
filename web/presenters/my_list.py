"""How are places put in rows that no search has found: those of マイリスト, those of a printed list?"""

from collections.abc import Iterable
from datetime import datetime

from directory.listing import Listing
from directory.search import Hit, SearchPage, SearchQuery
from directory.search.cards import next_meeting
from directory.text.snippets import Segment
from directory.vocabulary import Vocabulary
from web.i18n import gettext as _
from web.presenters.results import Row, rows


def listed_rows(listings: Iterable[Listing], vocabulary: Vocabulary, now: datetime) -> list[Row]:
    """A row each, numbered in this order."""
    hits = tuple(_hit(number, listing, now) for number, listing in enumerate(listings, 1))
    return rows(SearchPage(SearchQuery(), "", len(hits), 1, hits), vocabulary, now.date())


def by_area(listings: Iterable[Listing]) -> list[Listing]:
    """The same places, those of one 地域 together; what goes to the whole city comes last."""
    return sorted(listings, key=lambda listing: (listing.area_names() or ("\uffff",), listing.kana or listing.name))


def facts_to_share(listing_rows: Iterable[Row]) -> list[str]:
    """A line a place: its name and its next date."""
    return [_("・%(name)s（%(next)s）", name="".join(part.text for part in row.name),
              next=f"{row.next.day} {row.next.hours}".strip() if row.next else row.no_date) for row in listing_rows]


def _hit(number: int, listing: Listing, now: datetime) -> Hit:
    coming, hall = next_meeting(listing, now)
    words = listing.summary or ""
    return Hit(number=number, listing=listing, score=0.0, name=(Segment(listing.name, False),),
               summary=(Segment(words, False),) if words else (), next=coming, next_place=hall)
