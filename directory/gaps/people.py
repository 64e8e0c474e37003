"""How many people live in each 地域? From the newest survey the city loaded; nothing where it loaded none."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from directory.models import Population

OLD, CHILD = 65, 15
# A row of this name is the whole 地域, whatever other rows lie in it.
WHOLE = re.compile("(?:地域|圏域|支所管内)$")


@dataclass(frozen=True)
class People:
    """The people of one 地域: all, 65 and older, under 15; the ages are None where the file had no bands."""

    total: int
    old: int | None
    young: int | None
    surveyed_on: date


def people_by_area(session: Session, areas: Collection[str]) -> Mapping[str, People]:
    """地域 → its people by the newest survey."""
    newest = session.scalar(select(func.max(Population.surveyed_on)))
    rows = session.scalars(
        select(Population).where(Population.surveyed_on == newest, Population.area.in_(list(areas)))).all()
    by_area: dict[str, list[Population]] = defaultdict(list)
    for row in rows:
        by_area[row.area or ""].append(row)
    return {area: _people(by_area[area]) for area in areas if area in by_area}


def unplaced_people(session: Session) -> int:
    """People of the newest survey of whom nobody can tell in which 地域 they live."""
    newest = session.scalar(select(func.max(Population.surveyed_on)))
    return session.scalar(
        select(func.sum(Population.total)).where(Population.surveyed_on == newest, Population.area.is_(None))) or 0


def _people(rows: list[Population]) -> People:
    """The rows that name the whole 地域 where there are any, else the sum of its parts."""
    counted = [row for row in rows if WHOLE.search(row.name)] or rows
    ages: Counter[int] = Counter()
    for row in counted:
        ages.update({int(lower): people for lower, people in row.ages.items()})
    return People(
        sum(row.total for row in counted),
        sum(people for lower, people in ages.items() if lower >= OLD) if ages else None,
        sum(people for lower, people in ages.items() if lower < CHILD) if ages else None,
        max(row.surveyed_on for row in counted))
