"""What would one small change open? For each limit that can be loosened: how much, and exactly how many places.

Constraints do not depend on each other, so whoever fails only this one enters A∪B when it is loosened far enough, and
nobody else does. Applying the change gives these numbers.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from matcher.ranking.criterion import Opening
from matcher.ranking.screening import Constraint, Screened


@dataclass(frozen=True)
class Counterfactual:
    """One change of one constraint."""

    constraint: Constraint
    opening: Opening


def counterfactuals(screened: Screened) -> Sequence[Counterfactual]:
    """Every change that lets somebody in: the most first, ties in the order of the constraints."""
    found = []
    for bit, positions in _near_misses(screened):
        constraint = screened.constraints[bit]
        near = screened.view.narrowed(positions)
        doubtful = screened.doubtful[positions]
        if constraint.criterion.openings is not None:
            found += [Counterfactual(constraint, opening)
                      for opening in constraint.criterion.openings(near, constraint.part, doubtful)]
    return sorted(found, key=lambda one: -one.opening.added)


def _near_misses(screened: Screened) -> list[tuple[int, np.ndarray]]:
    """For each constraint that somebody fails alone: its bit and their positions among the rows."""
    numbers = np.bincount(screened.failing.astype(np.int64) + 1, minlength=len(screened.constraints) + 1)[1:]
    return [(bit, screened.near(bit)) for bit in np.flatnonzero(numbers).tolist()]
