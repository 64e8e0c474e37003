"""Which rows are behind each count of what is not shown? For whoever asks why a place is not in the list.

A hidden row belongs to the first constraint it fails, as it was counted. Behind 「その他」 nothing is named, ever.
"""

from collections.abc import Mapping

import numpy as np

from matcher.ranking.bits import members
from matcher.ranking.familiar import is_attended
from matcher.ranking.screening import Constraint, Screened, verdict
from matcher.ranking.travel import asked, distances


def left_out(screened: Screened) -> Mapping[Constraint, np.ndarray]:
    """Constraint → the rows counted under it, the nearest first; those that may be named."""
    view, candidates = screened.view, screened.view.candidates
    left = candidates.all & ~candidates.set_of(screened.rows)
    found: dict[Constraint, np.ndarray] = {}
    for one in screened.constraints:
        if one.criterion.measured:
            rows = members(left, candidates.size)
            at = view.at(rows)
            fail, _ = verdict(one, at, is_attended(at))
            hit = rows[fail]
        else:
            hit = members(left & screened.fails[one.bit], candidates.size)
        if len(hit) and not one.criterion.confidential:
            found[one] = _nearest_first(screened, hit)
        left = left & ~candidates.set_of(hit)
    return found


def _nearest_first(screened: Screened, rows: np.ndarray) -> np.ndarray:
    """Where the person sets out from is known: by the straight line; a place whose point nobody knows comes last."""
    view = screened.view.at(rows)
    return rows[np.argsort(distances(view)[0], kind="stable")] if asked(view.profile) else rows
