"""ぜひ必要なこと（設備・雰囲気）：「ない」とわかっている場所は外し、わからない場所は「確認してから」にします。

からだや安全にかかわること（車いす、手話など）は、条件をゆるめる提案をしません。設備の情報は2年たつと「未確認」に戻ります。
"""

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from directory.i18n import gettext as _
from matcher.ranking.columns import Candidates
from matcher.ranking.criterion import Hard, Opening, Verdict
from matcher.ranking.profile import Profile
from matcher.ranking.view import View

# What a person may do without for once. The rest is body, safety, faith or language.
CAN_DO_WITHOUT = frozenset({
    "parking", "air_conditioning", "quiet", "small_group", "no_obligation", "join_midway", "drop_in", "visit_first",
    "nickname_ok", "online", "childcare", "meals", "children_present", "professional_present", "host_present",
    "photo_opt_out", "points", "listens", "connects_to_support",
})


def test_attribute(view: View, term: str, value: str) -> Verdict:
    """Who fails when `term` must be `value`, and who is unknown: an answer too old is one."""
    opposite = "no" if value == "yes" else "yes"
    fail = view.plane(f"{opposite}:{term}")
    passes = view.plane(f"{value}:{term}")
    if f"aged:{term}" in view.candidates.position:
        passes = passes & ~view.plane(f"aged:{term}")
    return fail, view.candidates.all & ~(fail | passes)


def ask_attribute(candidates: Candidates, profile: Profile, term: str) -> tuple[str, str]:
    """What is not known, and the question for the place."""
    label = candidates.labels[f"attribute:{term}"]
    return _("「%(label)s」かどうかは、まだ確かめていません。", label=label), _("「%(label)s」について教えてください。", label=label)


def hope_attribute(view: View, term: str, value: str) -> np.ndarray:
    """The chance that it turns out well: what is usual for the kind."""
    return view.means.share(f"{value}:{term}", f"yes:{term}|no:{term}")[view.kinds]


def _openings(view: View, part: str, doubtful: np.ndarray) -> Iterable[Opening]:
    label = view.candidates.labels[f"attribute:{part}"]
    profile = view.profile
    yield Opening(_("「%(label)s」でなくてもよければ", label=label), None, len(view.rows), int(doubtful.sum()), None, len(view.rows),
                  lambda: replace(profile, required=tuple(term for term in profile.required if term != part)))


CRITERION = Hard(
    key="required", label=lambda candidates, part: _("「%(label)s」ではない", label=candidates.labels[f"attribute:{part}"]),
    parts=lambda profile: tuple(dict.fromkeys(profile.required)), test=lambda view, part: test_attribute(view, part, "yes"),
    columns=("yes:*", "no:*", "aged:*"), relaxable=CAN_DO_WITHOUT.__contains__, openings=_openings,
    fails=lambda candidates, profile, part: _("「%(label)s」ではありません。", label=candidates.labels[f"attribute:{part}"]),
    unknown=ask_attribute, hope=lambda view, part: hope_attribute(view, part, "yes"), attribute=lambda part: part,
)
