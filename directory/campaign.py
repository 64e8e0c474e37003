"""How far is this year's 4～6月の一斉確認? Every listing that stands counts; confirmed is who was made sure of since 1 April."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.catalog.columns import AREA_KIND
from directory.japan_time import in_utc
from directory.models import Area, ContactAttempt, ListingArea, ServiceAtLocation

FIRST, LAST = (4, 1), (6, 30)
NO_AREA = ""
STANDING = ("published", "paused")


@dataclass(frozen=True)
class AreaProgress:
    """One 地域: listings that stand, of them confirmed, tried without reaching anybody, and not asked yet."""

    area: str
    total: int
    confirmed: int
    tried: int

    @property
    def left(self) -> int:
        """Nobody asked yet."""
        return self.total - self.confirmed - self.tried

    @property
    def percent(self) -> int:
        """Confirmed of all, rounded down so that only all is 100."""
        return self.confirmed * 100 // self.total if self.total else 0


@dataclass(frozen=True)
class Campaign:
    """One year's campaign. A listing of two 地域 counts in both rows and once in `whole`."""

    year: int
    first: date
    last: date
    whole: AreaProgress
    areas: tuple[AreaProgress, ...]
    by_how: Mapping[str, int]


def campaign_year(today: date) -> int:
    """The year whose campaign runs, or ran last."""
    return today.year if (today.month, today.day) >= FIRST else today.year - 1


def campaign(session: Session, year: int, areas: tuple[str, ...]) -> Campaign:
    """Where it stands; `areas` in the order in which they are shown."""
    first, last = date(year, *FIRST), date(year, *LAST)
    table = ServiceAtLocation
    rows = session.execute(select(table.id, table.assured_date, table.assured_how).where(
        table.status.in_(STANDING), table.visibility != "none", table.merged_into.is_(None))).all()
    tried = set(session.scalars(select(ContactAttempt.listing_id).where(
        ContactAttempt.made_at >= in_utc(datetime.combine(first, time())))))
    lies = _areas(session)
    confirmed = {row.id for row in rows if row.assured_date and row.assured_date >= first}
    ids = {row.id for row in rows}
    by_area: dict[str, set[str]] = defaultdict(set)
    for each in ids:
        for area in lies.get(each) or [NO_AREA]:
            by_area[area].add(each)
    names = [*areas, *sorted(set(by_area) - set(areas) - {NO_AREA}), *([NO_AREA] if by_area.get(NO_AREA) else [])]
    how = Counter(row.assured_how or "" for row in rows if row.id in confirmed)
    return Campaign(
        year, first, last, _progress(NO_AREA, ids, confirmed, tried),
        tuple(_progress(area, by_area.get(area, set()), confirmed, tried) for area in names), dict(how.most_common()))


def _progress(area: str, ids: set[str], confirmed: set[str], tried: set[str]) -> AreaProgress:
    return AreaProgress(area, len(ids), len(ids & confirmed), len((ids & tried) - confirmed))


def _areas(session: Session) -> dict[str, list[str]]:
    lies: dict[str, list[str]] = defaultdict(list)
    for listing_id, name in session.execute(
            select(ListingArea.listing_id, Area.name).join(Area, Area.id == ListingArea.area_id)
            .where(Area.kind == AREA_KIND)):
        lies[listing_id].append(name)
    return lies
