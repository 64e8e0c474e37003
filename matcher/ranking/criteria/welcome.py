"""新しい方の受け入れ：今は募集していない場所は出しません。会員・紹介のみの場所と、聞けていない場所は「確認してから」にします。"""

from directory.i18n import gettext as _
from matcher.ranking.criterion import Hard
from matcher.ranking.familiar import Settles

CRITERION = Hard(
    key="welcome", label=lambda candidates, part: _("今は新しい方を迎えていない"), first=3,
    parts=lambda profile: ("welcome",), columns=("welcome:closed", "welcome?"),
    settles=lambda part: Settles.FAILURES_TOO,
    test=lambda view, part: (view.plane("welcome:closed"), view.plane("welcome?") & ~view.plane("welcome:closed")),
    fails=lambda candidates, profile, part: _("今は新しい方を募集していません。"),
    unknown=lambda candidates, profile, part: (
        _("新しい方を受け入れているかは、まだ確かめていません。"), _("新しい方が見学に行ってもよいですか。")),
)
