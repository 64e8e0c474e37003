"""海をこえるか：船に乗らない方には、海のむこうの場所を「あと一歩」に分けます。直線で近くても、着くとは限りません。"""

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from directory.i18n import gettext as _
from matcher.ranking.criterion import Hard, Opening, Verdict
from matcher.ranking.familiar import Settles
from matcher.ranking.view import View


def _test(view: View, part: str) -> Verdict:
    own = view.plane(f"zone:{view.profile.zone}")
    return view.plane("place") & ~own & ~view.plane("yes:online"), None


def _openings(view: View, part: str, doubtful: np.ndarray) -> Iterable[Opening]:
    yield Opening(_("船に乗れるなら"), None, len(view.rows), int(doubtful.sum()), None, len(view.rows),
                  lambda: replace(view.profile, ferry=True))


CRITERION = Hard(
    key="crossing", label=lambda candidates, part: _("海のむこう"), first=8, relaxable=lambda part: True,
    parts=lambda profile: () if profile.ferry or profile.start is None else ("crossing",), test=_test,
    columns=("zone:*", "place", "yes:online"), openings=_openings,
    settles=lambda part: Settles.FAILURES_TOO,
    fails=lambda candidates, profile, part: _("船に乗って行く場所です。"),
)
