"""関心：本人の好きなことが、場所の紹介文にどれだけ出てくるか（言葉の珍しさで重みづけ）。種類が合うだけの場所は、少しだけ見ます。

いちばん合う一つを主に見て、ほかの好きなことも合えば少し加えます。
"""

from collections.abc import Mapping

import numpy as np

from directory.i18n import gettext as _
from matcher.ranking.columns import Candidates
from matcher.ranking.criterion import Soft
from matcher.ranking.profile import Profile
from matcher.ranking.view import View
from matcher.ranking.weights import ALL_LIKED, FITTING_KIND, MIDDLE, MOST_LIKED


Rows = tuple[np.ndarray, np.ndarray]


def combined(profile: Profile, candidates: Candidates, words: Mapping[str, Rows]) -> np.ndarray | None:
    """uint8 [all rows]: how much each is about the interests, most of all about one of them; None without interests."""
    if not profile.interests:
        return None
    about = np.zeros(candidates.size, dtype=np.uint8)
    found = [words[interest] if interest in words else candidates.interests.about(interest)
             for interest in profile.interests]
    for rows, worth in found:
        about[rows] = np.maximum(about[rows], worth)
    if len(found) > 1:
        touched = np.flatnonzero(about)
        together = np.zeros(candidates.size, dtype=np.uint16)
        for rows, worth in found:
            together[rows] += worth
        parts = (MOST_LIKED + ALL_LIKED) * len(found)
        liked = MOST_LIKED * len(found) * about[touched].astype(np.int64) + ALL_LIKED * together[touched].astype(np.int64)
        about[touched] = -(-liked // parts)
    return about


def _score(view: View) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    if view.interest is None:
        even = np.full(len(view.rows), MIDDLE)
        return even, even, even
    score = view.interest[view.rows] / 255
    fitting = frozenset().union(*(view.candidates.fitting_kinds.get(one, ()) for one in view.profile.interests))
    if fitting:
        by_kind = np.zeros(max(len(view.candidates.kinds), 1))
        by_kind[list(fitting)] = FITTING_KIND
        score = np.maximum(score, by_kind[view.kinds])
    return score, score, score


def _liked(view: View) -> list[str]:
    row = int(view.rows[0])
    found = []
    for interest in view.profile.interests:
        rows, _ = view.candidates.interests.about(interest)
        if row in rows:
            found.append(view.candidates.labels.get(f"interest:{interest}", interest))
    return found


def _good(view: View) -> str:
    liked = _liked(view)
    if liked:
        return _("関心のある「%(liked)s」があります。", liked="」「".join(liked))
    there = view.interest is not None and view.interest[view.rows[0]]
    return _("関心のあることがあります。") if there else _("関心のあることが、ありそうな場所です。")


CRITERION = Soft("interest", "関心", _score, ("kind",), _good,
                 lambda view: _("関心のあることは、紹介文には出てきません。"))
