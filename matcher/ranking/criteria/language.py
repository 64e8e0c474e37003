"""言葉：日本語のほかの言葉で来る方に、通じる言葉があるかどうか。書いていない場所は「確認してから」にします。"""

from directory.i18n import gettext as _
from matcher.ranking.criterion import Hard, Verdict
from matcher.ranking.familiar import Settles
from matcher.ranking.view import View

JAPANESE, EASY_JAPANESE = "ja", "easy_japanese"


def _test(view: View, part: str) -> Verdict:
    spoken = view.candidates.nothing
    for language in view.profile.languages:
        spoken = spoken | view.plane(f"speaks:{language}")
    if EASY_JAPANESE in view.profile.languages:
        spoken = spoken | view.plane("yes:easy_japanese")
    fail = view.plane("speaks") & view.plane("no:easy_japanese") & ~spoken
    return fail, view.candidates.all & ~(spoken | fail)


CRITERION = Hard(
    key="language", label=lambda candidates, part: _("言葉が通じない"),
    parts=lambda profile: ("language",) if profile.languages and JAPANESE not in profile.languages else (),
    test=_test, columns=("speaks:*", "yes:easy_japanese", "no:easy_japanese"),
    settles=lambda part: Settles.DOUBTS,
    fails=lambda candidates, profile, part: _("本人の使う言葉が通じません。"),
    unknown=lambda candidates, profile, part: (
        _("本人の使う言葉が通じるかは、まだ確かめていません。"), _("やさしい日本語や、ほかの言葉で話せる方はいますか。")),
    attribute=lambda part: EASY_JAPANESE,
)
