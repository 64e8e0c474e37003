"""費用：一回に払える額をこえる場所は「あと一歩」、いくらかわからない場所は「確認してから」にします。"""

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from directory.i18n import gettext as _
from matcher.ranking.bits import pack
from matcher.ranking.columns import NO_YEN
from matcher.ranking.criterion import Hard, Opening, Verdict
from matcher.ranking.steps import stepped
from matcher.ranking.view import View
from matcher.ranking.weights import YEN_STEPS


def _test(view: View, part: str) -> Verdict:
    cost = view.candidates.columns["cost"]
    unknown = view.plane("cost?")
    return pack(cost > np.uint16(min(view.profile.cost_limit or 0, NO_YEN - 1))) & ~unknown, unknown


def _openings(view: View, part: str, doubtful: np.ndarray) -> Iterable[Opening]:
    return stepped(view.column("cost"), doubtful, view.profile.cost_limit or 0, YEN_STEPS, _said,
                   lambda yen: replace(view.profile, cost_limit=yen))


def _said(yen: int) -> str:
    return _("一回%(yen)s円までなら", yen=yen)


CRITERION = Hard(
    key="cost", label=lambda candidates, part: _("費用が上限をこえる"), first=7, relaxable=lambda part: True,
    parts=lambda profile: () if profile.cost_limit is None else ("cost",), test=_test, columns=("cost", "cost?"),
    openings=_openings,
    fails=lambda candidates, profile, part: _("一回%(yen)s円をこえます。", yen=profile.cost_limit),
    unknown=lambda candidates, profile, part: (_("費用は、まだ確かめていません。"), _("一回にいくらかかりますか。ほかに要るお金はありますか。")),
)
