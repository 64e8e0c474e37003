"""参加の条件の文：「〇〇の方は参加できません」のような、自由に書かれた条件がある場所は、読んで「確認してから」にします。"""

from directory.i18n import gettext as _
from matcher.ranking.criterion import Hard
from matcher.ranking.familiar import Settles

CRITERION = Hard(
    key="exclusion", label=lambda candidates, part: _("参加の条件がある"), parts=lambda profile: ("exclusion",),
    test=lambda view, part: (None, view.plane("exclusion")), columns=("exclusion",), settles=lambda part: Settles.DOUBTS,
    unknown=lambda candidates, profile, part: (
        _("参加の条件が、文で書かれています。掲載を読んで確かめてください。"), _("参加できる方に、決まりや条件はありますか。")),
)
