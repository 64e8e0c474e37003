"""ニーズ：本人が求めることに、場所がどれだけ応えるか。主な目的として応える場所を1、あわせて応える場所を0.6とし、大事さで平均します。

役割や働く体験を求めていない方には、役割よりも、そのまま行くことを先にします。
"""

import numpy as np

from directory.i18n import gettext as _
from matcher.ranking.criteria.purpose import wanted
from matcher.ranking.criterion import Soft
from matcher.ranking.view import View
from matcher.ranking.weights import MIDDLE, PRIMARY, SECONDARY, UNASKED_ROLE

# Who wishes for one of these wants something to do
ROLES = frozenset({"role", "work_experience"})


def _score(view: View) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    needs, weights = wanted(view.profile), view.profile.needs
    if not needs:
        even = np.full(len(view.rows), MIDDLE)
        return even, even, even
    met = np.zeros(len(view.rows))
    for need in needs:
        met += weights[need] * np.where(view.has(f"need1:{need}"), PRIMARY, SECONDARY * view.has(f"need2:{need}"))
    score = met / sum(weights[need] for need in needs)
    if not ROLES & set(needs):
        score = np.where(view.has("role"), UNASKED_ROLE * score, score)
    return score, score, score


def _good(view: View) -> str:
    met = [need for need in wanted(view.profile) if view.has(f"need1:{need}")[0] or view.has(f"need2:{need}")[0]]
    return _("求めている「%(names)s」に合います。", names=_names(view, met)) if met else ""


def _weak(view: View) -> str:
    lacking = [need for need in wanted(view.profile) if not (view.has(f"need1:{need}")[0] or view.has(f"need2:{need}")[0])]
    if not lacking:
        return _("求めていることには、あわせて応える場所です。")
    return _("「%(names)s」には応えません。", names=_names(view, lacking))


def _names(view: View, needs: list[str]) -> str:
    return "」「".join(view.candidates.labels[f"need:{need}"] for need in needs)


CRITERION = Soft("need", "ニーズ", _score, ("need1:*", "need2:*", "role"), _good, _weak)
