"""What does the naive engine work on? Plain records, one a row; nothing is packed."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from matcher.ranking.columns import LOADS, Crossing
from matcher.ranking.hosts import Hosts
from matcher.ranking.profile import Profile
from matcher.ranking.weights import MIDDLE

Point = tuple[float, float]
Distance = Callable[[Point, Point], float]
WEEK = 7 * 24 * 60
OK, NO, MAYBE = "ok", "no", "unknown"


@dataclass(frozen=True)
class Row:
    """Everything known of one row. `facts`: names of what is true, as in matcher/candidates/facts.py."""

    number: int
    listing_id: str
    host: int
    kind: str
    zone: str
    facts: frozenset[str]
    age_from: int
    age_until: int
    cost: int | None
    loads: Mapping[str, int]
    point: Point | None
    off_by: float
    sessions: Sequence[tuple[int, int, int]]
    about: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Usual:
    """What is usual for a kind: worked out over all rows, whoever asks."""

    levels: Mapping[tuple[str, str], Sequence[float]]
    shares: Mapping[tuple[str, str], float]


@dataclass(frozen=True)
class World:
    """What is the same for every row of one match. distance: metres between two points. free: see `free_times`."""

    profile: Profile
    hosts: Hosts
    crossings: Sequence[Crossing]
    distance: Distance
    usual: Usual
    fitting: Mapping[str, frozenset[str]]
    care: frozenset[str]
    free: Sequence[tuple[int, int]]


def free_times(profile: Profile) -> list[tuple[int, int]]:
    """The person's times as minutes of the week, merged; twice, for nights over the end of the week."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted((week + it.weekday * 1440 + it.from_minute, week + it.weekday * 1440 + it.until_minute)
                             for it in profile.slots for week in (0, WEEK)):
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged


def usual_of(rows: Sequence[Row], kinds: Sequence[str], support: Sequence[str], care: frozenset[str]) -> Usual:
    """How levels and answers are spread by kind; a kind nobody looked at is like all, and without any all are alike."""
    levels: dict[tuple[str, str], Sequence[float]] = {}
    for load in LOADS:
        by_kind = {kind: Counter(row.loads[load] for row in rows if row.kind == kind and load in row.loads) for kind in kinds}
        everywhere = sum(by_kind.values(), Counter())
        for kind in kinds:
            counts = by_kind[kind] or everywhere
            total = sum(counts.values())
            levels[kind, load] = [counts[level] / total if total else 1 / 5 for level in range(5)]
    shares = {}
    for key in support:
        yes, known = (f"care:{key}", ["care"]) if key in care else (f"yes:{key}", [f"yes:{key}", f"no:{key}"])
        asked = [row for row in rows if any(name in row.facts for name in known)]
        overall = sum(yes in row.facts for row in asked) / len(asked) if asked else MIDDLE
        for kind in kinds:
            own = [row for row in asked if row.kind == kind]
            shares[kind, key] = sum(yes in row.facts for row in own) / len(own) if own else overall
    return Usual(levels, shares)
