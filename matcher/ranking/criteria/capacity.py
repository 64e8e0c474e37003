"""枠：受け入れ先が「今は難しい」「あと0人」と言っている場所は「あと一歩」（空きを待つ）に分けます。定員なしと、枠を決めていない場所は通します。

聞いてから60日たった枠は「確認してから」に戻ります。満員の知らせは、古くなっても「空いた」とは見なしません。
"""

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from directory.i18n import gettext as _
from matcher.ranking.criterion import Hard, Opening, Verdict
from matcher.ranking.familiar import Settles
from matcher.ranking.view import View


def _test(view: View, part: str) -> Verdict:
    fail, unknown = view.plane("places:none"), view.plane("places?")
    full = [listing_id for listing_id, places in view.hosts.declared.items() if places.free <= 0]
    if full:
        fail = fail | view.candidates.set_of(view.candidates.rows_of(full))
    if view.hosts.aged:
        unknown = unknown | view.candidates.set_of(view.candidates.rows_of(view.hosts.aged))
    return fail, unknown & ~fail


def _openings(view: View, part: str, doubtful: np.ndarray) -> Iterable[Opening]:
    yield Opening(_("空きを待てるなら"), None, len(view.rows), int(doubtful.sum()), None, len(view.rows),
                  lambda: replace(view.profile, waits=True))


CRITERION = Hard(
    key="capacity", label=lambda candidates, part: _("いまは枠がない"), first=6, relaxable=lambda part: True,
    parts=lambda profile: () if profile.waits else ("capacity",), test=_test, columns=("places:none", "places?"),
    openings=_openings, fails=lambda candidates, profile, part: _("いまは枠がありません。空きを待つことになります。"),
    settles=lambda part: Settles.FAILURES_TOO,
    unknown=lambda candidates, profile, part: (
        _("枠を聞いてから日がたっています。"), _("いま、新しい方を迎える余裕はありますか。")),
)
