"""受け入れの配慮：本人に必要な配慮（黙っていてよい、1対1で教える、など）ができると聞いている場所かどうか。

できると聞いていない場所は「できない」とは決めつけず、「確認してから」にします。
"""

from matcher.ranking.criterion import Hard
from matcher.ranking.view import View


def _label(candidates, part: str) -> str:
    return candidates.labels[f"care:{part}"]


def _hope(view: View, part: str):
    return view.means.share(f"care:{part}", "care")[view.kinds]


CRITERION = Hard(
    key="accommodation", label=lambda candidates, part: f"配慮「{_label(candidates, part)}」が難しい",
    parts=lambda profile: tuple(dict.fromkeys(profile.accommodations)),
    test=lambda view, part: (None, view.candidates.all & ~view.plane(f"care:{part}")), columns=("care:*",),
    unknown=lambda candidates, profile, part: (
        f"配慮「{_label(candidates, part)}」ができるかは、まだ聞いていません。",
        f"「{_label(candidates, part)}」という配慮をお願いできますか。"),
    hope=_hope,
)
