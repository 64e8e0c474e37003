"""家族のための場：相談に来た人が本人でないとき、本人にまだ会えていないときは、家族が使える場所だけを出します。"""

from directory.i18n import gettext as _
from matcher.ranking.criterion import Hard

CRITERION = Hard(
    key="family", label=lambda candidates, part: _("家族のための場ではない"), first=0,
    parts=lambda profile: ("family",) if profile.family_only else (),
    test=lambda view, part: (view.candidates.all & ~view.plane("family"), None), columns=("family",),
    fails=lambda candidates, profile, part: _("ご家族のための場所ではありません。"),
)
