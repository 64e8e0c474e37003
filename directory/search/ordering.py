"""In which order do the places stand? おすすめ is one formula, a table of rows; ties break by listing id."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from directory.catalog import Catalog
from directory.catalog.columns import EPOCH
from directory.catalog.timetable import NEVER
from directory.search.view import View

MINUTES_A_DAY = 24 * 60
FRESH_DAYS, SOON_DAYS = 365, 14
SOON_WEIGHT, NEAR_WEIGHT, LOCAL_WEIGHT = 0.05, 0.15, 0.2
FAR_KM = 3.0
# Behind everything on this side of the water; still ordered by distance among themselves.
ACROSS_WATER_KM = 10_000.0
NOWHERE_KM = 100_000.0
WELCOME = {"always": 1.0, "visit_first": 0.8, "call_first": 0.6, "unknown": 0.4, "locals": 0.2, "members": 0.1}


@dataclass(frozen=True)
class Boost:
    """A small addition to the words' score, which lies in 0 … 1: `value` gives 0 … 1 for each listing."""

    weight: float
    value: Callable[[Catalog], np.ndarray]
    reason: str


def _welcome(catalog: Catalog) -> np.ndarray:
    by_number = np.zeros(len(catalog.words.welcome) + 1)
    for key, number in catalog.words.welcome.items():
        by_number[number] = WELCOME.get(key, 0.0)
    return by_number[catalog.columns["welcome"]]


def _fresh(catalog: Catalog) -> np.ndarray:
    today = (catalog.timetable.day - EPOCH).days
    assured = catalog.columns["assured"]
    return (assured >= 0) & (today - assured <= FRESH_DAYS)


def _reachable(catalog: Catalog) -> np.ndarray:
    return catalog.columns["contact_public"]


BOOSTS: tuple[Boost, ...] = (
    Boost(0.12, _welcome, "a first-comer must be able to go"),
    Boost(0.05, _fresh, "confirmed within a year: less likely to find a closed door"),
    Boost(0.02, _reachable, "a number to call"),
)


def standing(catalog: Catalog) -> np.ndarray:
    """The sum of the boosts of every listing: float32, worked out once an edition."""
    return sum(boost.weight * boost.value(catalog) for boost in BOOSTS).astype(np.float32)


def recommended(view: View, rows: np.ndarray, text_scores: np.ndarray) -> np.ndarray:
    """The one formula: the words' score as a share of the best, the boosts, open soon, in the 地域 asked for, near."""
    total = _standing_now(view)[rows]
    best_text = text_scores.max(initial=0.0)
    if best_text > 0:
        total += text_scores / best_text
    if view.areas:
        total = total + LOCAL_WEIGHT * view.only_in_areas(rows)
    if view.origin:
        total = total + NEAR_WEIGHT * FAR_KM / (FAR_KM + effort_km(view, rows))
    return total


def _standing_now(view: View) -> np.ndarray:
    """The boosts of every listing and how soon it is open: float32, worked out once a minute."""
    kept = view.catalog.once(_Minute)
    minute, total = kept.last
    if minute != view.minute:
        total = (view.catalog.once(standing) + SOON_WEIGHT * _soon(view, view.catalog.all_rows)).astype(np.float32)
        kept.last = (view.minute, total)
    return total


class _Minute:
    """What was worked out for the last minute asked about."""

    def __init__(self, _catalog: Catalog) -> None:
        self.last: tuple[int | None, np.ndarray] = (None, np.empty(0, np.float32))


def _soon(view: View, rows: np.ndarray) -> np.ndarray:
    """1 for open now, falling to 0 in two weeks."""
    waiting = (next_start(view, rows) - view.minute) / (SOON_DAYS * MINUTES_A_DAY)
    return np.clip(1 - waiting, 0, 1)


def nearest(view: View, rows: np.ndarray, text_scores: np.ndarray) -> np.ndarray:
    """Straight-line distance, other zones behind, without coordinates last; おすすめ without a starting point."""
    return -effort_km(view, rows) if view.origin else recommended(view, rows, text_scores)


def soonest(view: View, rows: np.ndarray, _text_scores: np.ndarray) -> np.ndarray:
    """Next date first; places without a date last."""
    return -next_start(view, rows).astype(np.float64)


def latest_confirmed(view: View, rows: np.ndarray, _text_scores: np.ndarray) -> np.ndarray:
    """Most recently confirmed or edited first."""
    columns = view.catalog.columns
    return np.maximum(columns["assured"][rows], columns["modified"][rows]).astype(np.float64)


ORDERS = {"recommended": recommended, "near": nearest, "next": soonest, "updated": latest_confirmed}


def next_start(view: View, rows: np.ndarray) -> np.ndarray:
    """Minute of the next session's start, counted from the catalog's midnight; NEVER without one."""
    timetable = view.catalog.timetable
    if not len(timetable.slots):
        return np.full(len(rows), NEVER)
    start, _end = timetable.next_session(view.minute)
    return start[timetable.of_row[rows]]


def effort_km(view: View, rows: np.ndarray) -> np.ndarray:
    """Kilometres, with the water and missing coordinates put behind."""
    kilometres = np.nan_to_num(view.kilometres(rows), nan=NOWHERE_KM)
    return kilometres + ACROSS_WATER_KM * view.across_water(rows)


def best(scores: np.ndarray, count: int) -> np.ndarray:
    """Positions of the `count` highest scores, highest first, ties in ascending position; no full sort."""
    if count >= len(scores) or len(scores) <= 512:
        return np.argsort(-scores, kind="stable")[:count]
    threshold = np.partition(scores, len(scores) - count)[len(scores) - count]
    above = np.flatnonzero(scores > threshold)
    level = np.flatnonzero(scores == threshold)[:count - len(above)]
    candidates = np.sort(np.concatenate([above, level]))
    return candidates[np.argsort(-scores[candidates], kind="stable")]
