"""In which order are they talked about? Best first, sparing full hosts, one host at most twice, every need once.

U' = U − δ(1 − Ψ(free share)); what the person asked for and nobody knows of a place costs a little. Step by step: of
those within NEAR of the best, the host least often asked; what is like those already chosen (kind, host, weekday) counts
less; while a need is not covered yet, only those that cover it.
Everything behind the first ORDERED follows by U'. Ties go by row, which is by listing id.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from matcher.ranking.criteria.purpose import wanted
from matcher.ranking.utility import DIGITS
from matcher.ranking.view import View
from matcher.ranking.weights import A_HOST, DELTA, DOUBT, EASY_SHARE, LAMBDA, LIKENESS, NEAR, ORDERED, POOL


Doubts = Callable[[np.ndarray], np.ndarray]


def nothing_open(positions: np.ndarray) -> np.ndarray:
    """Everything asked for is known."""
    return np.zeros(len(positions))


@dataclass(frozen=True, eq=False)
class Pool:
    """The best rows in question, side by side: what choosing among them takes."""

    worth: np.ndarray
    kind: np.ndarray
    host: np.ndarray
    weekdays: np.ndarray
    offered: np.ndarray
    covers: np.ndarray


def balanced(view: View, score: np.ndarray) -> np.ndarray:
    """U' of each row: full hosts are spared a little, never more than δ."""
    shares = free_shares(view)
    if not shares:
        return score
    spared = np.ones(view.candidates.size)
    for listing_id, share in shares.items():
        spared[view.candidates.rows_of([listing_id])] = min(share / EASY_SHARE, 1.0)
    return np.round(score - DELTA * (1 - spared[view.rows]), DIGITS)


def free_shares(view: View) -> dict[str, float]:
    """Listing id → share of its declared places that is free, those held not counted."""
    hosts = view.hosts
    return {listing_id: max(places.free - hosts.held.get(listing_id, 0), 0) / places.total
            for listing_id, places in hosts.declared.items() if places.total > 0}


def best_first(worth: np.ndarray, most: int) -> np.ndarray:
    """Positions of the `most` greatest, greatest first, ties by position."""
    if len(worth) > most:
        least = np.partition(worth, len(worth) - most)[len(worth) - most]
        candidates = np.flatnonzero(worth >= least)
    else:
        candidates = np.arange(len(worth))
    return candidates[np.argsort(-worth[candidates], kind="stable")][:most]


def order(view: View, worth: np.ndarray, most: int, doubts: Doubts = nothing_open) -> np.ndarray:
    """Positions among the rows of the view in the order of talking about them, at most `most`.

    doubts: of positions, how much of what the person asked for is not known there.
    """
    best = best_first(worth, max(most, POOL))
    pool = best[:POOL]
    chosen = _choose(_pool(view, worth[pool] - DOUBT * doubts(pool), pool), min(ORDERED, most))
    if len(chosen) == most:
        return best[chosen]
    left = np.ones(len(best), dtype=bool)
    left[chosen] = False
    return np.concatenate([best[chosen], best[left]])[:most]


def _pool(view: View, worth: np.ndarray, best: np.ndarray) -> Pool:
    candidates, rows = view.candidates, view.rows[best]
    listings = candidates.listing_of(rows)
    there = view.at(rows)
    needs = wanted(view.profile)
    offered = np.array([view.hosts.offered.get(candidates.ids[listing], 0) for listing in listings.tolist()]
                       if view.hosts.offered else np.zeros(len(rows)))
    return Pool(
        worth, there.column("kind"), candidates.host[listings],
        candidates.sessions.weekdays[there.column("schedule")], offered,
        np.array([there.has(f"need1:{need}") for need in needs], dtype=bool).reshape(len(needs), len(rows)).T)


def _choose(pool: Pool, most: int) -> list[int]:
    """Greedy, one after the other."""
    likeness, alike = np.zeros(len(pool.worth)), _likeness(pool)
    same_host = pool.host[:, None] == pool.host[None, :]
    uncovered, covers = pool.covers.any(axis=0), pool.covers
    worth, taken = LAMBDA * pool.worth, np.zeros(len(pool.worth), dtype=np.int64)
    asked_before = bool(pool.offered.any())
    chosen: list[int] = []
    while len(chosen) < min(most, len(worth)):
        value = worth - (1 - LAMBDA) * likeness
        if uncovered.any():
            covering = np.where(covers[:, uncovered].any(axis=1), value, -np.inf)
            value = covering if covering.max() > -np.inf else value
        pick = int(value.argmax())
        if value[pick] == -np.inf:
            break
        if asked_before:
            near = np.flatnonzero(value >= value[pick] - NEAR * LAMBDA)
            pick = int(near[np.lexsort((near, -value[near], pool.offered[near]))[0]])
        chosen.append(pick)
        uncovered = uncovered & ~covers[pick]
        np.maximum(likeness, alike[pick], out=likeness)
        taken += same_host[pick]
        worth[taken >= A_HOST] = -np.inf
        worth[pick] = -np.inf
    return chosen


def _likeness(pool: Pool) -> np.ndarray:
    """float [pool, pool]: how alike two are, 0–1."""
    return (LIKENESS["kind"] * (pool.kind[:, None] == pool.kind[None, :])
            + LIKENESS["host"] * (pool.host[:, None] == pool.host[None, :])
            + LIKENESS["weekday"] * ((pool.weekdays[:, None] & pool.weekdays[None, :]) > 0))
