"""だれのための場か：子育て中の方、介護する家族、日本語を学ぶ方など、特定の方のための場所を、当てはまらない方に出しません。

当てはまるかどうかは、本人について聞いたこと（立場、年齢、ニーズ、言葉）だけから見ます。
"""

import numpy as np

from directory.i18n import gettext as _
from matcher.ranking.criteria.language import JAPANESE
from matcher.ranking.criterion import Hard, Verdict
from matcher.ranking.familiar import Settles
from matcher.ranking.profile import Profile
from matcher.ranking.view import View

# A person up to this age comes as a child; up to this one as a young person; from this one as an older one
CHILD, YOUNG, OLDER = 18, 39, 60


def _belongs(profile: Profile) -> dict[str, bool | None]:
    """Whom a place is made for → does the person belong there; None is not heard."""
    age, needs, told = profile.age, profile.needs, profile.audiences
    return {
        "parents": "parents" in told,
        "carers": "carers" in told or profile.family_only or needs.get("family_respite", 0) > 0,
        "families": "carers" in told or profile.family_only,
        "foreigners": "foreigners" in told or any(language != JAPANESE for language in profile.languages),
        "disabled": True if "disabled" in told else None,
        "children": needs.get("childrens_place", 0) > 0 or (None if age is None else age <= CHILD),
        "youth": None if age is None else age <= YOUNG,
        "seniors": None if age is None else age >= OLDER,
    }


def _test(view: View, part: str) -> Verdict:
    fail: np.ndarray = view.candidates.nothing
    unknown: np.ndarray = view.candidates.nothing
    for audience, belongs in _belongs(view.profile).items():
        if belongs is None:
            unknown = unknown | view.plane(f"for:{audience}")
        elif not belongs:
            fail = fail | view.plane(f"for:{audience}")
    return fail, unknown & ~fail


CRITERION = Hard(
    key="audience", label=lambda candidates, part: _("ほかの方のための場"), first=2,
    parts=lambda profile: ("audience",), test=_test, columns=("for:*",), settles=lambda part: Settles.DOUBTS,
    fails=lambda candidates, profile, part: _("子育て中の方、ご家族、子どもなど、ほかの方のための場所です。"),
    unknown=lambda candidates, profile, part: (
        _("どんな方のための場所か、本人に当てはまるかを確かめてください。"), _("どんな方が来られていますか。")),
)
