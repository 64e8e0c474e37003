"""What helps when nothing was found? Which condition is in the way, and what would find something."""

from collections.abc import Mapping, Sequence
from itertools import combinations

from directory.search.chips import Condition, taken_off
from directory.search.query import SearchQuery
from directory.search.results import Advice, Relaxation
from directory.search.screening import Screening

MOST_RELAXATIONS = 6


def advice(
    screening: Screening, asked: SearchQuery, removable: Sequence[Condition], counts: Mapping[Condition, int]
) -> Advice:
    """For an empty page. `counts`: places found without each condition."""
    singles = [Relaxation(f"{_quoted(condition)}を外す", counts[condition], taken_off(asked, condition))
               for condition in removable if counts[condition]]
    relaxations = singles or _pairs(screening, asked, [it for it in removable if it.parameter])
    return Advice(
        removed_everything=tuple(condition.label.strip("「」") for condition in removable if counts[condition]),
        relaxations=tuple(sorted(relaxations, key=lambda it: -it.count)[:MOST_RELAXATIONS]),
        neighbours=tuple(_neighbours(screening, asked, removable)),
    )


def _pairs(screening: Screening, asked: SearchQuery, removable: Sequence[Condition]) -> list[Relaxation]:
    """Two conditions at once, when no single one is to blame; all of them, when no two are."""
    sets = [*combinations(removable, 2), tuple(removable)] if len(removable) > 1 else []
    found: list[Relaxation] = []
    for together in sets[:40]:
        in_force, query = screening.query, asked
        for condition in together:
            for value in condition.values:
                in_force = in_force.removing(condition.parameter, value)
            query = taken_off(query, condition)
        if count := screening.count(in_force):
            label = "と".join(map(_quoted, together))
            found.append(Relaxation(f"{label}を外す", count, query))
    return found


def _quoted(condition: Condition) -> str:
    return condition.label if condition.label.startswith("「") else f"「{condition.label}」"


def _neighbours(
    screening: Screening, asked: SearchQuery, removable: Sequence[Condition]
) -> list[Relaxation]:
    """The same search in the other areas of the city."""
    areas = screening.query.get("area")
    if not areas:
        return []
    elsewhere = asked
    for condition in removable:
        if condition.parameter == "area":
            elsewhere = taken_off(elsewhere, condition)
    counts = screening.counts("area")
    return [Relaxation(f"{name}でさがす", count, elsewhere.setting("area", (name,)))
            for name, count in counts.items() if count and name not in areas]
