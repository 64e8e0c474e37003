"""「この場所は除く」：本人が行かないと決めた場所です。わけは残しません。"""

from directory.i18n import gettext as _
from matcher.ranking.criterion import Hard

CRITERION = Hard(
    key="excluded", label=lambda candidates, part: _("除くと決めた場所"), first=3,
    parts=lambda profile: ("excluded",) if profile.excluded else (), columns=(),
    test=lambda view, part: (view.candidates.set_of(view.candidates.rows_of(view.profile.excluded)), None),
    fails=lambda candidates, profile, part: _("「この場所は除く」と決めた場所です。"),
)
