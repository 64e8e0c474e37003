"""その他：いまは紹介できない場所です。紹介で押さえた枠、続けての紹介を休んでいる場所などを、分けずに一つの数で数えます。

わけを分けないのは、知られてはならないわけが混じるためです。どの一覧、どの提案、どの書き出しにも、場所の名は出ません。
"""

import numpy as np

from directory.i18n import gettext as _
from matcher.ranking.criterion import Hard, Verdict
from matcher.ranking.view import View


def _test(view: View, part: str) -> Verdict:
    """Always the same work whoever asks: the three causes are joined before anything is looked up."""
    taken = {listing_id for listing_id, held in view.hosts.held.items() if held and _free(view, listing_id, held) <= 0}
    listings = view.profile.no_contact | view.hosts.resting | taken
    rows = view.candidates.rows_of(sorted(listings)) if listings else np.zeros(0, dtype=np.int64)
    return view.candidates.set_of(rows), None


def _free(view: View, listing_id: str, held: int) -> float:
    """Places left after those held; without a declaration there is no end of them."""
    declared = view.hosts.declared.get(listing_id)
    return float("inf") if declared is None else declared.free - held


CRITERION = Hard(
    key="unavailable", label=lambda candidates, part: _("その他"), parts=lambda profile: ("unavailable",), test=_test,
    columns=(), confidential=True, first=9,
)
