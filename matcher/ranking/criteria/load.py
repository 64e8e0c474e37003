"""負荷：楽にいられる程度におさまるほどよく、軽すぎても減点も加点もしません。背のびは、本人が望んだときだけ考えます。

楽な程度を聞けていないときは、上限の1つ下とみます。見ていない負荷は、同じ種類の場所の平均を使い、幅を示します。
もう通っている場所では、はじめての日のためのこの1つの余裕をとらず、上限までを楽とみます。
"""

import numpy as np

from directory.i18n import gettext as _
from matcher.ranking.columns import LEVELS, LOADS, NOT_HEARD
from matcher.ranking.criterion import Soft
from matcher.ranking.familiar import is_attended
from matcher.ranking.loads import SHIFTS, comfort_of
from matcher.ranking.view import View
from matcher.ranking.weights import ABOVE_COMFORT, MIDDLE


def _score(view: View) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The mean over the loads somebody heard about."""
    usual, known = _compared(view, new=True), view.once(is_attended)
    if not known.any():
        return usual
    there = _compared(view, new=False)
    score, least, most = (np.where(known, own, other) for own, other in zip(there, usual, strict=True))
    return score, least, most


def _compared(view: View, new: bool) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """With what is easy in a new place, or where the person goes already; one lookup a load and level."""
    heard = [number for number, load in enumerate(LOADS) if comfort_of(view.profile, load) is not None]
    if not heard:
        even = np.full(len(view.rows), MIDDLE)
        return even, even, even
    worth = np.array([ABOVE_COMFORT[np.maximum(np.arange(LEVELS) - _comfort(view, number, new), 0)] for number in heard])
    means = np.einsum("lkv,lv->lk", view.means.levels[heard], worth)
    shift = SHIFTS[heard][:, None]
    levels = (view.column("loads") >> shift) & np.uint32(NOT_HEARD)
    table = np.concatenate([worth, np.zeros((len(heard), NOT_HEARD + 1 - LEVELS))], axis=1)
    offsets = (np.arange(len(heard), dtype=np.uint32) * np.uint32(NOT_HEARD + 1))[:, None]
    known = table.ravel()[levels + offsets].sum(axis=0)
    unseen = levels == NOT_HEARD
    if not unseen.any():
        score = known / len(heard)
        return score, score, score
    expected = (means[:, view.kinds] * unseen).sum(axis=0)
    least = (worth.min(axis=1)[:, None] * unseen).sum(axis=0)
    most = (worth.max(axis=1)[:, None] * unseen).sum(axis=0)
    return (known + expected) / len(heard), (known + least) / len(heard), (known + most) / len(heard)


def _comfort(view: View, number: int, new: bool) -> int:
    return comfort_of(view.profile, LOADS[number], new=new) or 0


def _heavy(view: View) -> list[str]:
    """Loads above what is easy at the one row of the view."""
    packed, new = int(view.column("loads")[0]), not view.once(is_attended)[0]
    found = []
    for number, load in enumerate(LOADS):
        level, comfort = packed >> (3 * number) & 7, comfort_of(view.profile, load, new=new)
        if comfort is not None and level != NOT_HEARD and level > comfort:
            found.append(view.candidates.labels[f"load:{load}"])
    return found


def _good(view: View) -> str:
    if view.once(is_attended)[0] and not _heavy(view):
        return _("通いなれた場所で、負荷も上限の中におさまっています。")
    if (view.column("loads")[0] >> SHIFTS & np.uint32(7) == NOT_HEARD).any():
        return _("見てある負荷は、楽な程度におさまっています。")
    return _("負荷は、楽な程度におさまっています。") if not _heavy(view) else _("負荷は、おおむね楽な程度です。")


def _weak(view: View) -> str:
    heavy = _heavy(view)
    return _("%(heavy)sが、楽な程度より重めです。", heavy="・".join(heavy)) if heavy else _("負荷には、まだ見ていないものがあります。")


CRITERION = Soft("load", "負荷", _score, ("loads", "kind"), _good, _weak)
