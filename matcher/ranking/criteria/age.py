"""年齢：対象の年齢を外れる場所は出しません。年齢を書いていない場所は「確認してから」にします。

子どもの年齢を書いた場所（子育てひろばなど）や、子どもの場を手伝う役割では、本人の年齢を見ません。
"""

import numpy as np

from directory.i18n import gettext as _
from matcher.ranking.bits import pack
from matcher.ranking.criterion import Hard, Verdict
from matcher.ranking.familiar import Settles
from matcher.ranking.view import View


def _test(view: View, part: str) -> Verdict:
    columns, age = view.candidates.columns, min(view.profile.age or 0, 254)
    fail = pack((columns["age_from"] > np.uint8(age)) | (columns["age_until"] < np.uint8(age)))
    return fail, view.plane("age?") & ~fail


CRITERION = Hard(
    key="age", label=lambda candidates, part: _("対象の年齢ではない"), first=1,
    parts=lambda profile: () if profile.age is None else ("age",), test=_test,
    columns=("age_from", "age_until", "age?"), settles=lambda part: Settles.DOUBTS,
    fails=lambda candidates, profile, part: _("対象の年齢に当たりません。"),
    unknown=lambda candidates, profile, part: (
        _("対象の年齢は、まだ確かめていません。"), _("来られる方の年齢に決まりはありますか。")),
)
