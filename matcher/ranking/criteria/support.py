"""迎える側の備え：本人に必要な配慮と、あると助かることが、どれだけそろうか。何も聞いていないときは、世話人がいることなどを見ます。
もう通っている場所では、はじめての方への備えは問いません。

わからないものは、同じ種類の場所でどのくらいあるかで見積もり、幅を示します。
"""

from collections.abc import Mapping

import numpy as np

from directory.i18n import gettext as _
from matcher.ranking.criterion import Soft
from matcher.ranking.familiar import is_attended
from matcher.ranking.profile import Profile
from matcher.ranking.view import View
from matcher.ranking.weights import NOT_NEW_WORTH, WELCOMING


def _named(profile: Profile) -> tuple[str, ...]:
    """What the person needs or would be glad of."""
    return tuple(dict.fromkeys((*profile.accommodations, *profile.helpful)))


def _asked(profile: Profile) -> Mapping[str, float]:
    """Key of an accommodation or attribute → how much it counts; sums to 1."""
    named = _named(profile)
    return dict.fromkeys(named, 1 / len(named)) if named else WELCOMING


def _score(view: View) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    score, least, most = (np.zeros(len(view.rows)) for _ in range(3))
    for key, weight in _asked(view.profile).items():
        yes, unknown, usual = _state(view, key)
        score += weight * np.where(unknown, usual, yes)
        least += weight * yes
        most += weight * (yes | unknown)
    known = view.once(is_attended)
    if _named(view.profile) or not known.any():
        return score, least, most
    return tuple(np.where(known, NOT_NEW_WORTH, one) for one in (score, least, most))


def _state(view: View, key: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Who has it, of whom that is unknown, and how usual it is for the kind of each."""
    if f"care:{key}" in view.candidates.labels:
        yes = view.has(f"care:{key}")
        return yes, ~yes, view.means.share(f"care:{key}", "care")[view.kinds]
    yes, no = view.has(f"yes:{key}"), view.has(f"no:{key}")
    return yes, ~(yes | no), view.means.share(f"yes:{key}", f"yes:{key}|no:{key}")[view.kinds]


def _there(view: View) -> list[str]:
    labels = view.candidates.labels
    return [labels.get(f"care:{key}") or labels.get(f"attribute:{key}", key)
            for key in _asked(view.profile) if _state(view, key)[0][0]]


def _good(view: View) -> str:
    if view.once(is_attended)[0] and not _named(view.profile):
        return _("もう通っている場所なので、はじめての日の心配がありません。")
    there = _there(view)
    return _("迎える側に「%(there)s」があります。", there="」「".join(there)) if there else ""


CRITERION = Soft("support", "迎える側の備え", _score, ("care:*", "yes:*", "no:*"), _good,
                 lambda view: _("迎える側の備えは、まだ聞けていないことがあります。"))
