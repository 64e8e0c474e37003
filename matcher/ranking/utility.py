"""How good would a place be for this person? U = (1−γ)·Σ w·u + γ·min(u of the bottleneck), between 0 and 1.

Mean plus minimum is monotone: doing better at anything never lowers U. An unknown counts as the mean of its kind and is
shown as a span [low, high].
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from matcher.ranking.criteria import soft_criteria
from matcher.ranking.view import View
from matcher.ranking.weights import BOTTLENECK, GAMMA, WEIGHTS

# Beyond this digit a difference is one of adding up in another order, not of the places
DIGITS = 9


@dataclass(frozen=True, eq=False)
class Utility:
    """given: for each of `keys` its worth, as expected, at the lowest, at the highest, float [rows]; score float [rows].

    What only the few rows shown need (u, low, high) is put together when asked for.
    """

    keys: tuple[str, ...]
    given: Sequence[tuple[np.ndarray, np.ndarray, np.ndarray]]
    score: np.ndarray

    @cached_property
    def u(self) -> np.ndarray:
        """float [criteria, rows]: the worth of each row by each criterion."""
        return np.array([expected for expected, _, _ in self.given]).reshape(len(self.keys), len(self.score))

    @cached_property
    def low(self) -> np.ndarray:
        """The score if everything unknown turned out badly."""
        return combine(self.keys, [least for _, least, _ in self.given])

    @cached_property
    def high(self) -> np.ndarray:
        """The score if everything unknown turned out well."""
        return combine(self.keys, [most for _, _, most in self.given])


def utility(view: View) -> Utility:
    """The scorecard of the rows of the view."""
    criteria = soft_criteria()
    given = [criterion.score(view) for criterion in criteria]
    keys = tuple(criterion.key for criterion in criteria)
    return Utility(keys, given, combine(keys, [expected for expected, _, _ in given]))


def combine(keys: tuple[str, ...], u: Sequence[np.ndarray]) -> np.ndarray:
    """U from the worth by each criterion, rounded to DIGITS."""
    score = np.zeros(len(u[0]))
    narrow = np.ones(len(u[0]))
    for key, worth in zip(keys, u, strict=True):
        score += (1 - GAMMA) * WEIGHTS[key] * worth
        if key in BOTTLENECK:
            np.minimum(narrow, worth, out=narrow)
    score += GAMMA * narrow
    score *= 10**DIGITS
    np.rint(score, out=score)
    score /= 10**DIGITS
    return score
