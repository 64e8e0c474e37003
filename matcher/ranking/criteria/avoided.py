"""避けたいこと（酒、動物、電話番など）：「ある」とわかっている場所は外し、わからない場所は「確認してから」にします。

体質や信条にかかわることが多いので、ゆるめる提案はしません。電話番は役割ごと、訪問は家に来るサービスに見ます。
"""

import numpy as np

from directory.i18n import gettext as _
from matcher.ranking.columns import Candidates
from matcher.ranking.criterion import Hard, Verdict
from matcher.ranking.criteria.required import ask_attribute, hope_attribute, test_attribute
from matcher.ranking.profile import Profile
from matcher.ranking.view import View
from matcher.ranking.weights import HOPE

# What may be avoided besides attributes: key → (words, question)
OTHERS = {
    "phone_duty": ("電話番がある", "この役割に、電話を取る仕事はありますか。"),
    "home_visit": ("家に来る", "家に来てもらわずに、ほかの場所で会うことはできますか。"),
}


def _test(view: View, part: str) -> Verdict:
    if part in OTHERS:
        fail = view.plane(f"duty:{part}")
        return fail, view.plane(f"duty?:{part}") & ~fail
    return test_attribute(view, part, "no")


def _said(candidates: Candidates, part: str) -> str:
    return _(OTHERS[part][0]) if part in OTHERS else candidates.labels[f"attribute:{part}"]


def _unknown(candidates: Candidates, profile: Profile, part: str) -> tuple[str, str]:
    if part in OTHERS:
        return _("「%(label)s」かどうかは、まだ確かめていません。", label=_said(candidates, part)), _(OTHERS[part][1])
    return ask_attribute(candidates, profile, part)


def _hope(view: View, part: str) -> np.ndarray:
    return np.full(len(view.rows), HOPE) if part in OTHERS else hope_attribute(view, part, "no")


CRITERION = Hard(
    key="avoided", label=lambda candidates, part: _("避けたいこと（%(said)s）に当たる", said=_said(candidates, part)),
    parts=lambda profile: tuple(dict.fromkeys(profile.avoided)), test=_test, columns=("yes:*", "no:*", "aged:*", "duty:*"),
    first=3, fails=lambda candidates, profile, part: _("避けたいこと「%(said)s」に当たります。", said=_said(candidates, part)),
    unknown=_unknown, hope=_hope, attribute=lambda part: None if part in OTHERS else part,
)
