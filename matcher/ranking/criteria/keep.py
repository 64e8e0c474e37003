"""続きやすさ：そこへ行った人のうち、続いた人が見こみより多いか少ないか。人数が少ないうちは、ほとんど動かしません。"""

import numpy as np

from directory.i18n import gettext as _
from matcher.ranking.criterion import Soft
from matcher.ranking.view import View
from matcher.ranking.weights import KEEP_DOUBT, MIDDLE


def _score(view: View) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    score = np.full(len(view.rows), MIDDLE)
    if view.hosts.kept:
        everywhere = np.full(view.candidates.size, MIDDLE)
        for listing_id, kept in view.hosts.kept.items():
            shift = (kept.observed - kept.expected) / (kept.count + KEEP_DOUBT)
            everywhere[view.candidates.rows_of([listing_id])] = min(max(MIDDLE + shift, 0.0), 1.0)
        score = everywhere[view.rows]
    return score, score, score


CRITERION = Soft("keep", "続きやすさ", _score, (), lambda view: _("続いている人が多い場所です。"),
                 lambda view: _("続けるのが難しかった人がいる場所です。"))
