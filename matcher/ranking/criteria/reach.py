"""行き帰り：行き方ごとの分数に入る場所かどうか。道のりはわからないので、どんなに回り道でも着けば通し、まっすぐでも着かなければ外します。

その間は「確認してから」です。バスは時刻表がないので、いつも「確認してから」。住まいの地域に送迎のある場所とオンラインの場所は、遠くても外しません。
"""

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from directory.i18n import gettext as _
from matcher.ranking.criterion import Hard, Opening, Verdict
from matcher.ranking.familiar import Settles
from matcher.ranking.steps import stepped
from matcher.ranking.travel import asked, picked_up, ways
from matcher.ranking.view import View
from matcher.ranking.weights import MINUTE_STEPS

SAID = {"walk": "歩いて", "bike": "自転車で", "car": "車で", "bus": "バスで"}


def _test(view: View, part: str) -> Verdict:
    """Bool [rows]: one mode that surely fits is enough."""
    to = view.once(ways)
    sure = ((to.most <= to.limits) & to.sure[:, None]).any(axis=0)
    maybe = (to.least <= to.limits).any(axis=0)
    lost = np.isnan(to.likely[0])
    fetched = view.once(picked_up)
    sure |= ~view.has("place")
    if view.profile.home_area:
        sure |= fetched
    maybe |= lost | fetched | view.has("yes:online")
    return ~(sure | maybe), maybe & ~sure


def _openings(view: View, part: str, doubtful: np.ndarray) -> Iterable[Opening]:
    to = view.once(ways)
    for number, mode in enumerate(to.modes):
        yield from _of_mode(view, number, mode, doubtful)


def _of_mode(view: View, number: int, mode: str, doubtful: np.ndarray) -> Iterable[Opening]:
    """More minutes by one mode. Where the whole way counts with a ferry, the mode's limit is not what decides."""
    to, limit = view.once(ways), view.profile.travel[mode]
    needed = np.ceil(to.least[number])
    if view.profile.ferry_limit is not None:
        needed = np.where(to.sailed, np.inf, needed)
    sure_from = np.ceil(to.most[number]) if to.sure[number] else np.full(len(view.rows), np.inf)
    return stepped(needed, doubtful, limit, MINUTE_STEPS,
                   lambda minutes: _("%(mode)s%(minutes)s分なら", mode=_(SAID[mode]), minutes=minutes),
                   lambda minutes: replace(view.profile, travel={**view.profile.travel, mode: minutes}), sure_from)


CRITERION = Hard(
    key="reach", label=lambda candidates, part: _("遠い"),
    parts=lambda profile: ("reach",) if asked(profile) else (), test=_test, measured=True, relaxable=lambda part: True,
    columns=("north", "east", "radius", "zone", "place", "pickup", "area:*", "yes:online"), openings=_openings,
    settles=lambda part: Settles.FAILURES_TOO,
    fails=lambda candidates, profile, part: _("行ける分数では着きません。"),
    unknown=lambda candidates, profile, part: (
        _("着くまでの分数は、道順か時刻表で確かめてください。"), _("最寄りのバス停と、そこから歩く時間を教えてください。")),
)
