"""In which order do the places stand? おすすめ is one formula, a table of rows; ties break by listing id."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from directory.catalog.columns import EPOCH
from directory.catalog.timetable import NEVER
from directory.search.view import View

MINUTES_A_DAY = 24 * 60
FRESH_DAYS, SOON_DAYS = 365, 14
FAR_KM = 3.0
# Behind everything on this side of the water; still ordered by distance among themselves.
ACROSS_WATER_KM = 10_000.0
NOWHERE_KM = 100_000.0
WELCOME = {"always": 1.0, "visit_first": 0.8, "call_first": 0.6, "unknown": 0.4, "locals": 0.2, "members": 0.1}


@dataclass(frozen=True)
class Boost:
    """A small addition to the words' score, which lies in 0 … 1: `value` gives 0 … 1 for each position."""

    name: str
    weight: float
    value: Callable[[View, np.ndarray], np.ndarray]
    reason: str


def _welcome(view: View, found: np.ndarray) -> np.ndarray:
    by_number = np.zeros(len(view.words.welcome) + 1)
    for key, number in view.words.welcome.items():
        by_number[number] = WELCOME.get(key, 0.0)
    return by_number[view.column("welcome")[found]]


def _fresh(view: View, found: np.ndarray) -> np.ndarray:
    today = (view.catalog.timetable.day - EPOCH).days
    assured = view.column("assured")[found]
    return (assured >= 0) & (today - assured <= FRESH_DAYS)


def _soon(view: View, found: np.ndarray) -> np.ndarray:
    return next_start(view, found) <= view.minute + SOON_DAYS * MINUTES_A_DAY


def _reachable(view: View, found: np.ndarray) -> np.ndarray:
    return view.column("contact_public")[found]


def _near(view: View, found: np.ndarray) -> np.ndarray:
    if view.distances is None:
        return np.zeros(len(found))
    return FAR_KM / (FAR_KM + effort_km(view, found))


BOOSTS: tuple[Boost, ...] = (
    Boost("welcome", 0.06, _welcome, "a first-comer must be able to go"),
    Boost("fresh", 0.05, _fresh, "confirmed within a year: less likely to find a closed door"),
    Boost("soon", 0.05, _soon, "open within two weeks"),
    Boost("reachable", 0.02, _reachable, "a number to call"),
    Boost("near", 0.15, _near, "only when a starting point is known"),
)


def recommended(view: View, found: np.ndarray, text_scores: np.ndarray) -> np.ndarray:
    """The one formula: words' score as a share of the best, plus the boosts."""
    best = text_scores.max(initial=0.0)
    total = text_scores / best if best > 0 else np.zeros(len(found))
    for boost in BOOSTS:
        total = total + boost.weight * boost.value(view, found)
    return total


def nearest(view: View, found: np.ndarray, text_scores: np.ndarray) -> np.ndarray:
    """Straight-line distance, other zones behind, without coordinates last; おすすめ without a starting point."""
    return -effort_km(view, found) if view.distances is not None else recommended(view, found, text_scores)


def soonest(view: View, found: np.ndarray, _text_scores: np.ndarray) -> np.ndarray:
    """Next date first; places without a date last."""
    return -next_start(view, found).astype(np.float64)


def latest_confirmed(view: View, found: np.ndarray, _text_scores: np.ndarray) -> np.ndarray:
    """Most recently confirmed or edited first."""
    return np.maximum(view.column("assured")[found], view.column("modified")[found]).astype(np.float64)


ORDERS = {"recommended": recommended, "near": nearest, "next": soonest, "updated": latest_confirmed}


def next_start(view: View, found: np.ndarray) -> np.ndarray:
    """Minute of the next session's start, counted from the catalog's midnight; NEVER without one."""
    timetable = view.catalog.timetable
    start, _end = timetable.next_session(view.minute)
    return start[timetable.of_row[view.rows[found]]] if len(start) else np.full(len(found), NEVER)


def effort_km(view: View, found: np.ndarray) -> np.ndarray:
    """Kilometres, with the water and missing coordinates put behind."""
    kilometres = np.nan_to_num(view.distances[found], nan=NOWHERE_KM)
    return kilometres + ACROSS_WATER_KM * view.across_water[found]


def best(scores: np.ndarray, count: int) -> np.ndarray:
    """Positions of the `count` highest scores, highest first, ties in ascending position; no full sort."""
    if count >= len(scores) or len(scores) <= 512:
        return np.argsort(-scores, kind="stable")[:count]
    threshold = np.partition(scores, len(scores) - count)[len(scores) - count]
    above = np.flatnonzero(scores > threshold)
    level = np.flatnonzero(scores == threshold)[:count - len(above)]
    candidates = np.sort(np.concatenate([above, level]))
    return candidates[np.argsort(-scores[candidates], kind="stable")]
