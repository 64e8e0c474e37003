"""性別：女性だけ・男性だけの場所かどうか。本人の性別を聞けていないときは、限りのある場所を「確認してから」にします。

男女で分ける場が合わない方（other）には、どちらかに限る場所を出しません。
"""

from directory.i18n import gettext as _
from matcher.ranking.criterion import Hard, Verdict
from matcher.ranking.familiar import Settles
from matcher.ranking.view import View


def _test(view: View, part: str) -> Verdict:
    women, men, unknown = view.plane("only:female"), view.plane("only:male"), view.plane("only?")
    if part == "not_heard":
        return None, women | men
    fail = {"female": men, "male": women}.get(part, women | men)
    return fail, unknown & ~fail


CRITERION = Hard(
    key="gender", label=lambda candidates, part: _("性別の限りがある"), first=1,
    parts=lambda profile: (profile.gender or "not_heard",), test=_test, columns=("only:female", "only:male", "only?"),
    settles=lambda part: Settles.DOUBTS,
    fails=lambda candidates, profile, part: _("女性だけ、または男性だけの場所です。"),
    unknown=lambda candidates, profile, part: (
        _("女性だけ・男性だけという限りがあるか、確かめてください。"), _("参加できるのは、女性だけ、男性だけという決まりはありますか。")),
)
