"""何のために行くか：本人のニーズにも関心にも重ならない場所は出しません。

ニーズか関心のどちらか一つに当たれば出します。どちらも聞けていないときは、一覧の代わりに、次に聞くことを出します。
"""

from directory.i18n import gettext as _
from matcher.ranking.bits import pack
from matcher.ranking.criterion import Hard, Verdict
from matcher.ranking.profile import Profile
from matcher.ranking.view import View


def _parts(profile: Profile) -> tuple[str, ...]:
    return ("purpose",) if wanted(profile) or profile.interests else ()


def wanted(profile: Profile) -> list[str]:
    """The needs that matter at all."""
    return [need for need, weight in profile.needs.items() if weight > 0]


def _test(view: View, part: str) -> Verdict:
    met = view.candidates.nothing
    for need in wanted(view.profile):
        met = met | view.plane(f"need1:{need}") | view.plane(f"need2:{need}")
    if view.interest is not None:
        met = met | pack(view.interest > 0)
    return view.candidates.all & ~met, None


CRITERION = Hard(
    key="purpose", label=lambda candidates, part: _("ニーズとも関心とも重ならない"), parts=_parts, test=_test,
    columns=("need1:*", "need2:*"), first=4,
    fails=lambda candidates, profile, part: _("聞いているニーズにも関心にも当たりません。"),
)
