"""How good would a place be for this person? U = (1−γ)·Σ w·u + γ·min(u of the bottleneck), between 0 and 1.

Mean plus minimum is monotone: doing better at anything never lowers U. An unknown counts as the mean of its kind and is
shown as a span [low, high].
"""

from dataclasses import dataclass

import numpy as np

from matcher.ranking.criteria import soft_criteria
from matcher.ranking.view import View
from matcher.ranking.weights import BOTTLENECK, GAMMA, WEIGHTS

# Beyond this digit a difference is one of adding up in another order, not of the places
DIGITS = 9


@dataclass(frozen=True, eq=False)
class Utility:
    """keys: the criteria; u float [criteria, rows]; score, low, high float [rows]."""

    keys: tuple[str, ...]
    u: np.ndarray
    score: np.ndarray
    low: np.ndarray
    high: np.ndarray


def utility(view: View) -> Utility:
    """The scorecard of the rows of the view."""
    criteria = soft_criteria()
    given = [criterion.score(view) for criterion in criteria]
    keys = tuple(criterion.key for criterion in criteria)
    u = np.array([expected for expected, _, _ in given]).reshape(len(keys), len(view.rows))
    score = combine(keys, u)
    if all(least is expected for expected, least, _ in given):
        return Utility(keys, u, score, score, score)
    return Utility(
        keys, u, score, combine(keys, np.array([least for _, least, _ in given]).reshape(u.shape)),
        combine(keys, np.array([most for _, _, most in given]).reshape(u.shape)))


def combine(keys: tuple[str, ...], u: np.ndarray) -> np.ndarray:
    """U of columns of criteria [criteria, rows], rounded to DIGITS."""
    weights = np.array([WEIGHTS[key] for key in keys])
    narrow = u[[keys.index(key) for key in BOTTLENECK]].min(axis=0)
    return np.round((1 - GAMMA) * (weights @ u) + GAMMA * narrow, DIGITS)
