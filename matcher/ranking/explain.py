"""Why does a place stand where it stands? φ_c = (1−γ)·w_c·(u_c − median_c): parts that add up to the score.

The base is the score an ordinary place of the list would have; 「いちばん弱いところ」 carries γ·(min − that of the base).
"""

from dataclasses import dataclass

import numpy as np

from matcher.ranking.utility import Utility
from matcher.ranking.weights import BOTTLENECK, DRAWS, GAMMA, SPREAD, TURNS, WEIGHTS

NARROW = "bottleneck"


@dataclass(frozen=True, eq=False)
class Parts:
    """base: one number; phi float [criteria + bottleneck, rows]; keys names its lines. base + Σ phi = score."""

    base: float
    keys: tuple[str, ...]
    phi: np.ndarray


def parts(utility: Utility, among: np.ndarray, shown: np.ndarray) -> Parts:
    """The parts of the score of the rows `shown`, beside the medians of the rows `among` (positions)."""
    weights = np.array([WEIGHTS[key] for key in utility.keys])
    narrow = [utility.keys.index(key) for key in BOTTLENECK]
    medians = np.median(utility.u[:, among], axis=1) if len(among) else np.zeros(len(weights))
    u = utility.u[:, shown]
    base = (1 - GAMMA) * float(weights @ medians) + GAMMA * float(medians[narrow].min())
    phi = (1 - GAMMA) * weights[:, None] * (u - medians[:, None])
    bottleneck = GAMMA * (u[narrow].min(axis=0) - medians[narrow].min())
    return Parts(base, (*utility.keys, NARROW), np.vstack([phi, bottleneck]))


def depends(utility: Utility, shown: np.ndarray) -> np.ndarray:
    """bool [shown]: does a rank among them turn in many of 1,000 small changes of the weights? (条件しだい)

    A place depends on the conditions when its neighbour in the order overtakes it in TURNS of the draws.
    """
    if len(shown) < 2:
        return np.zeros(len(shown), dtype=bool)
    drawn = _draws(utility.keys)
    u = utility.u[:, shown]
    narrow = u[[utility.keys.index(key) for key in BOTTLENECK]].min(axis=0)
    scores = (1 - GAMMA) * (drawn @ u) + GAMMA * narrow
    usual = np.argsort(-utility.score[shown], kind="stable")
    sorted_scores = scores[:, usual]
    turned = (sorted_scores[:, 1:] > sorted_scores[:, :-1]).mean(axis=0) >= TURNS
    unsteady = np.concatenate([turned, [False]]) | np.concatenate([[False], turned])
    marked = np.zeros(len(shown), dtype=bool)
    marked[usual] = unsteady
    return marked


def _draws(keys: tuple[str, ...]) -> np.ndarray:
    """float [DRAWS, criteria]: the weights, each a little off, adding up to the same; always the same draws."""
    weights = np.array([WEIGHTS[key] for key in keys])
    drawn = weights * np.exp(np.random.default_rng(20261122).normal(0.0, SPREAD, (DRAWS, len(weights))))
    return drawn * (weights.sum() / drawn.sum(axis=1, keepdims=True))
