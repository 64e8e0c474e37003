"""受け入れの配慮：本人に必要な配慮（黙っていてよい、1対1で教える、など）ができると聞いている場所かどうか。

できると聞いていない場所は「できない」とは決めつけず、「確認してから」にします。
"""

from directory.i18n import gettext as _
from matcher.ranking.criterion import Hard
from matcher.ranking.view import View


def _label(candidates, part: str) -> str:
    return candidates.labels[f"care:{part}"]


def _hope(view: View, part: str):
    return view.means.share(f"care:{part}", "care")[view.kinds]


CRITERION = Hard(
    key="accommodation", label=lambda candidates, part: _("配慮「%(label)s」が難しい", label=_label(candidates, part)),
    parts=lambda profile: tuple(dict.fromkeys(profile.accommodations)),
    test=lambda view, part: (None, view.candidates.all & ~view.plane(f"care:{part}")), columns=("care:*",),
    unknown=lambda candidates, profile, part: (
        _("配慮「%(label)s」ができるかは、まだ聞いていません。", label=_label(candidates, part)),
        _("「%(label)s」という配慮をお願いできますか。", label=_label(candidates, part))),
    hope=_hope,
)
