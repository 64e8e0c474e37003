"""付き添い：そばに人が必要な方に、付き添いのできる場所かどうか。"""

from directory.i18n import gettext as _
from matcher.ranking.criterion import Hard
from matcher.ranking.criteria.required import hope_attribute, test_attribute

TERM = "companion_ok"

CRITERION = Hard(
    key="companion", label=lambda candidates, part: _("付き添いができない"),
    parts=lambda profile: ("companion",) if profile.companion and TERM not in profile.required else (),
    test=lambda view, part: test_attribute(view, TERM, "yes"), columns=(f"yes:{TERM}", f"no:{TERM}"),
    fails=lambda candidates, profile, part: _("付き添いの人がそばにいられません。"),
    unknown=lambda candidates, profile, part: (
        _("付き添いの人がいられるかは、まだ確かめていません。"), _("家族や支援の人が、そばにいてもよいですか。")),
    hope=lambda view, part: hope_attribute(view, TERM, "yes"), attribute=lambda part: TERM,
)
