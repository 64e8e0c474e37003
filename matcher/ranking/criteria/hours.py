"""行ける曜日と時間：決まった時間の集まりは全部が、出入り自由の場所は一部が、行ける時間に入っていれば通します。

日時を読み取れない場所、途中で抜けられるかわからない場所、確かめてから400日たった日時は「確認してから」にします。
"""

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from directory.i18n import gettext as _
from matcher.ranking.criterion import Hard, Opening, Verdict
from matcher.ranking.hours import BANDS, NONE, PART, SLOT_BITS, UNSURE, WHOLE, added_bands, band_slot, fits
from matcher.ranking.view import View

WEEKDAYS = "月火水木金土日"


def _test(view: View, part: str) -> Verdict:
    """Bool [rows]. A session met in part is enough where one may come and go, and not where one may not."""
    fit = view.once(fits)
    comes_and_goes, stays = view.has("come_and_go"), view.has("stays")
    fail = (fit == NONE) | ((fit == PART) & stays)
    unknown = (fit == UNSURE) | ((fit == PART) & ~comes_and_goes) | view.has("schedule:aged")
    return fail, unknown & ~fail


def _openings(view: View, part: str, doubtful: np.ndarray) -> Iterable[Opening]:
    """One more weekday and part of the day: the one that lets most places in."""
    fit = added_bands(view.candidates.sessions, view.profile.slots)
    schedule, freedom = view.column("schedule").astype(np.int64), _freedom(view)
    alike = np.bincount(schedule * 3 + freedom, minlength=fit.shape[1] * 3).reshape(-1, 3)
    anybody, not_staying = alike.sum(axis=1), alike[:, :STAYS].sum(axis=1)
    opened = ((fit == WHOLE) | (fit == UNSURE)) @ anybody + (fit == PART) @ not_staying
    bit = int(opened.argmax())
    if not opened[bit]:
        return
    now = fit[bit][schedule]
    lets_in = (now == WHOLE) | (now == UNSURE) | ((now == PART) & (freedom < STAYS))
    unsure = doubtful | view.has("schedule:aged") | (now == UNSURE) | ((now == PART) & (freedom == NOT_KNOWN))
    slot = band_slot(bit)
    said = _("%(day)s曜の%(time)sも行けるなら", day=_(WEEKDAYS[slot.weekday]), time=_(BANDS[bit % len(BANDS)]))
    yield Opening(said, None, int(lets_in.sum()), int((lets_in & unsure).sum()), None, int(lets_in.sum()),
                  lambda: replace(view.profile, slots=(*view.profile.slots, slot)))


COMES_AND_GOES, NOT_KNOWN, STAYS = 0, 1, 2


def _freedom(view: View) -> np.ndarray:
    """May one come and go? Number of each row."""
    return np.where(view.has("come_and_go"), COMES_AND_GOES, np.where(view.has("stays"), STAYS, NOT_KNOWN))


assert SLOT_BITS == len(WEEKDAYS) * len(BANDS)

CRITERION = Hard(
    key="hours", label=lambda candidates, part: _("行ける曜日・時間と合わない"),
    parts=lambda profile: ("hours",) if profile.slots else (), test=_test, measured=True, relaxable=lambda part: True,
    columns=("schedule", "come_and_go", "stays", "schedule:aged"), openings=_openings,
    fails=lambda candidates, profile, part: _("行ける曜日や時間と合いません。"),
    unknown=lambda candidates, profile, part: (
        _("日時か、途中で出入りできるかを確かめてください。"), _("次はいつありますか。途中から来たり、途中で帰ったりできますか。")),
)
