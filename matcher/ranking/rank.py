"""Which rows, in which order, and what would open more? The whole engine in a few lines, without a word of Japanese.

    ranking = rank(profile, candidates, hosts)
    ranking.order          # positions among ranking.screened.rows: A and B in the order of talking about them
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from matcher.ranking.columns import Candidates
from matcher.ranking.counterfactual import Counterfactual, counterfactuals
from matcher.ranking.criteria.interest import combined
from matcher.ranking.hosts import Hosts
from matcher.ranking.ordering import balanced, best_first, order
from matcher.ranking.profile import Profile
from matcher.ranking.screening import NO_FAILURE, Screened, screen
from matcher.ranking.utility import Utility, utility
from matcher.ranking.view import View

NOBODY = Hosts()
LISTED = 20
NO_WORDS: Mapping[str, tuple[np.ndarray, np.ndarray]] = {}


@dataclass(frozen=True, eq=False)
class Ranking:
    """screened: what is left of all rows. utility and worth are about its rows of A, B and C, in their order.

    order: positions of A∪B, near: those of C, each best first and at most LISTED. counts: rows in each tier.
    """

    screened: Screened
    utility: Utility
    worth: np.ndarray
    order: np.ndarray
    near: np.ndarray
    counts: dict[str, int]
    changes: Sequence[Counterfactual]


def rank(
    profile: Profile, candidates: Candidates, hosts: Hosts = NOBODY,
    words: Mapping[str, tuple[np.ndarray, np.ndarray]] = NO_WORDS, most: int = LISTED,
) -> Ranking:
    """Screen, measure, score, order. `words`: interests outside the vocabulary → their rows and how much (1–255)."""
    screened = screen(View(profile, candidates, hosts, interest=combined(profile, candidates, words)))
    scored = utility(screened.view)
    worth = balanced(screened.view, scored.score)
    possible = screened.failing == NO_FAILURE
    open_, near = np.flatnonzero(possible), np.flatnonzero(~possible)
    ordered = order(screened.view.narrowed(open_), worth[open_], most, lambda best: screened.open_wishes(open_[best]))
    confirm = int(np.count_nonzero(screened.doubtful[open_]))
    return Ranking(
        screened, scored, worth, open_[ordered], near[best_first(worth[near], most)],
        {"A": len(open_) - confirm, "B": confirm, "C": len(near)}, counterfactuals(screened))
