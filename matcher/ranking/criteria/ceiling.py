"""負荷の上限：刺激・人数・会話・義務・時間・責任・体力の7つ。上限をこえる場所は「あと一歩」、見ていない場所は「確認してから」にします。

付き添いがあるときは、刺激・人数・会話の上限を1つ高く見ます。上限を聞けていない負荷では、外しません。
通いなれた場所の刺激・人数・会話は、見ていなくても本人が知っています。
"""

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from directory.i18n import gettext as _
from matcher.ranking.columns import LEVELS, LOADS, Candidates
from matcher.ranking.criterion import Hard, Opening, Verdict
from matcher.ranking.familiar import Settles
from matcher.ranking.loads import ceiling_of, level_at
from matcher.ranking.profile import Profile
from matcher.ranking.view import View
from matcher.ranking.weights import EASED


def _parts(profile: Profile) -> tuple[str, ...]:
    return tuple(load for load in LOADS if load in profile.ceilings)


def _test(view: View, part: str) -> Verdict:
    ceiling = ceiling_of(view.profile, part)
    unknown = view.candidates.all & ~view.plane(f"load:{part}")
    return (None if ceiling >= LEVELS - 1 else view.plane(f"load:{part}>{ceiling}")), unknown


def _openings(view: View, part: str, doubtful: np.ndarray) -> Iterable[Opening]:
    """The smallest change there is: up to the lightest of those that are too heavy."""
    if not len(view.rows):
        return
    level = level_at(view, part)
    least = int(level.min())
    opened = level == least
    limit = view.profile.ceilings[part] + least - ceiling_of(view.profile, part)
    added = int(opened.sum())
    said = _("%(label)sを%(limit)sまでにできるなら", label=_label(view.candidates, part), limit=limit)
    yield Opening(said, limit, added, int((opened & doubtful).sum()), limit, added,
                  lambda: replace(view.profile, ceilings={**view.profile.ceilings, part: limit}))


def _label(candidates: Candidates, part: str) -> str:
    return candidates.labels[f"load:{part}"]


def _fails(candidates: Candidates, profile: Profile, part: str) -> str:
    limit = ceiling_of(profile, part)
    return _("%(label)sの負荷が、上限の%(limit)sをこえます。", label=_label(candidates, part), limit=limit)


def _unknown(candidates: Candidates, profile: Profile, part: str) -> tuple[str, str]:
    return _("%(label)sの負荷は、まだ見ていません。", label=_label(candidates, part)), candidates.labels[f"ask:{part}"]


def _hope(view: View, part: str) -> np.ndarray:
    return view.means.levels[LOADS.index(part)][view.kinds, :ceiling_of(view.profile, part) + 1].sum(axis=1)


CRITERION = Hard(
    key="ceiling", label=lambda candidates, part: _("%(label)sの負荷が上限をこえる", label=_label(candidates, part)), first=6,
    parts=_parts, test=_test, columns=("load:*",), relaxable=lambda part: True, openings=_openings,
    fails=_fails, unknown=_unknown, hope=_hope,
    settles=lambda part: Settles.DOUBTS if part in EASED else Settles.NOTHING,
)
