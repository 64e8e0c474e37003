"""What do people look for that may not be there? Searches, empty searches, wishes and anonymous enquiries of a year.

Need by need and 地域 by 地域, and weekday and part of the day by 地域. Nothing here knows a person: counters hold terms of
the vocabulary only, and numbers under LEAST_SHOWN are not told.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.catalog import Catalog
from directory.catalog.timetable import BAND_STARTS, BANDS, DAY_MINUTES
from directory.gaps.supply import DAYS
from directory.inbox.questions import DONE, ENQUIRY
from directory.models import DemandCount, InboxItem
from directory.search.asked import asked_terms
from directory.search.chips import in_force
from directory.search.filters import filters_of
from directory.search.query import SearchQuery
from directory.text import parse_query
from directory.usage import LEAST_SHOWN

WISH = "wish"
NO_AREA = ""
MONTHS = 12
NEED, DAY, TIME = "need", "day", "time"

DEFINITIONS = (
    "場所：公開中と「支援者のみ」の掲載のうち、その地域で、その求めにこたえるもの。介護事業所は数えません。",
    "探された・見つからない：この12か月に公開サイトでその求めが探された回数と、そのうち1件も見つからなかった回数。",
    "声：「こんな場所がほしい」と届いた言葉を、用語に読みかえて数えたもの。読みかえられない言葉は、地域の声に並べます。",
    "照会：参加支援の机から届いた匿名照会のうち、まだ返事がないか、「いまは ありません」と答えたもの。",
    "支援中：同意のある記録のうち、それを求めていて、まだ体験・参加にいたっていない人の数。",
    f"回数と人数は{LEAST_SHOWN}より少ないと出しません。出ていないことは、0とはかぎりません。",
    "曜日と時間は、行われる回の1つでもかかる場所を数えます。日時の分からない場所は、曜日・時間を選ぶと数に入りません。",
    "曜日・時間を選ぶと、声と照会は、ほかの曜日・時間を言っているものをのぞきます。探された回数と支援中の人数は、求めごとにだけ"
    "数えているので、選んでも変わりません。",
)

Cell = tuple[str, str]  # 地域 ("" for none) and term


@dataclass
class Demand:
    """Counts by (地域, term): of needs, of weekdays and of bands. `since`: the first day counted."""

    since: date
    searches: dict[str, Counter[Cell]] = field(default_factory=lambda: {NEED: Counter(), DAY: Counter(), TIME: Counter()})
    empty: dict[str, Counter[Cell]] = field(default_factory=lambda: {NEED: Counter(), DAY: Counter(), TIME: Counter()})
    wishes: Counter[Cell] = field(default_factory=Counter)
    enquiries: Counter[Cell] = field(default_factory=Counter)

    def told(self, counts: Mapping[Cell, int], area: str, term: str) -> int | None:
        """The number as it may be shown: 0 for none, None for too few to be told."""
        number = counts.get((area, term), 0)
        return number if number == 0 or number >= LEAST_SHOWN else None


@dataclass(frozen=True)
class Wish:
    """「こんな場所がほしい」: the words, the 地域 they are about, and what the vocabulary makes of them."""

    id: str
    words: str
    area: str
    made_at: datetime
    terms: tuple[tuple[str, str], ...]


def demand_of(
    session: Session, catalog: Catalog, today: date, weekday: int | None = None, band: int | None = None
) -> Demand:
    """Everything asked for in the last twelve months, whole months and the running one.

    weekday, band: wishes and enquiries that name another are left out. Searches are counted term by term: a search for a
    need on a Wednesday leaves one count of the need and one of the day, so those cannot be narrowed.
    """
    demand = Demand(first_day(today))
    query = select(DemandCount.__table__).where(
        DemandCount.day >= demand.since, DemandCount.parameter.in_((NEED, DAY, TIME)))
    for row in session.execute(query):
        demand.searches[row.parameter][row.area, row.term] += row.searches
        demand.empty[row.parameter][row.area, row.term] += row.empty
    for wish in wishes_of(session, catalog, today):
        for parameter, term in wish.terms if _wish_fits(wish, weekday, band) else ():
            if parameter == NEED:
                demand.wishes[wish.area, term] += 1
    for body in _unanswered(session, demand.since):
        needs = body.get("needs", ()) if _enquiry_fits(body, weekday, band) else ()
        demand.enquiries.update((str(body.get("area") or NO_AREA), need) for need in needs)
    return demand


def wishes_of(session: Session, catalog: Catalog, today: date, area: str | None = None) -> list[Wish]:
    """The wishes of the same twelve months, newest first; of one 地域, or of all."""
    rows = session.scalars(
        select(InboxItem).where(InboxItem.kind == WISH, InboxItem.made_at >= first_day(today))
        .order_by(InboxItem.made_at.desc(), InboxItem.id))
    meant = reader(catalog, today)
    return [
        Wish(row.id, row.body["words"], row.body.get("area", NO_AREA), row.made_at, meant(row.body["words"]))
        for row in rows
        if isinstance(row.body.get("words"), str) and area in (None, row.body.get("area", NO_AREA))
    ]


def reader(catalog: Catalog, today: date) -> Callable[[str], tuple[tuple[str, str], ...]]:
    """What words mean in terms of the vocabulary, as the search reads them."""
    filters = filters_of(catalog.vocabulary)

    def meant(words: str) -> tuple[tuple[str, str], ...]:
        parsed = parse_query(words, catalog.vocabulary, today=today)
        return asked_terms(in_force(SearchQuery(q=words), parsed.chips, filters), parsed, filters, catalog)

    return meant


def first_day(today: date) -> date:
    """The first of the month eleven months ago: twelve months with the running one."""
    months = today.year * 12 + today.month - MONTHS
    return date(months // 12, months % 12 + 1, 1)


def _wish_fits(wish: Wish, weekday: int | None, band: int | None) -> bool:
    """Is it about this time of the week, or about none?"""
    days, times = ({term for name, term in wish.terms if name == parameter} for parameter in (DAY, TIME))
    return (weekday is None or not days or DAYS[weekday] in days) and (band is None or not times or BANDS[band] in times)


def _enquiry_fits(body: Mapping, weekday: int | None, band: int | None) -> bool:
    """The same of an enquiry: its weekdays, and hours that touch the part of the day."""
    days, start, end = body.get("weekdays") or (), body.get("from") or 0, body.get("until") or DAY_MINUTES
    return (weekday is None or not days or weekday in days) and (
        band is None or start < BAND_STARTS[band + 1] and end > BAND_STARTS[band])


def _unanswered(session: Session, since: date) -> Iterator[Mapping]:
    """Bodies of the enquiries that wait, or were answered with no place."""
    rows = session.scalars(select(InboxItem).where(InboxItem.kind == ENQUIRY, InboxItem.made_at >= since))
    for row in rows:
        if row.state != DONE or not row.body.get("answer"):
            yield row.body
