"""もう通っている場所：いま体験中・参加中の場所を、あらためて参加先としては出しません。その場所でできる役割は、候補に残します。

通いなれた場所では、行き帰り、迎え入れ、人やにぎわいは、もう本人が知っています。そこは「確認してから」にしません。
"""

from directory.i18n import gettext as _
from matcher.ranking.criterion import Hard
from matcher.ranking.familiar import attended

CRITERION = Hard(
    key="attending", label=lambda candidates, part: _("もう通っている場所"), first=3,
    parts=lambda profile: ("attending",) if profile.attends else (), columns=("role",),
    test=lambda view, part: (attended(view) & ~view.plane("role"), None),
    fails=lambda candidates, profile, part: _("もう通っている場所です。"),
)
