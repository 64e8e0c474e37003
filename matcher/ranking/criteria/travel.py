"""行き帰り：行ける分数のうち、どれだけを使うか。いちばん楽な行き方で見ます。

「知り合いのいない地区がよい」方には、近いことを得点にしません。住まいの地域に送迎のある場所と、家からつながる場所は、楽とみます。
もう通っている場所も、遠さにかかわらず楽とみます。
"""

import numpy as np

from directory.i18n import gettext as _
from matcher.ranking.criterion import Soft
from matcher.ranking.familiar import is_attended
from matcher.ranking.profile import Profile
from matcher.ranking.travel import Ways, asked, picked_up, ways
from matcher.ranking.view import View
from matcher.ranking.weights import (
    AT_HOME_WORTH, AWAY_WORTH, HOME_WANTED_WORTH, KNOWN_WAY_WORTH, MIDDLE, PICKED_UP_WORTH, UNSURE_WORTH, travel_table,
)

TABLE = travel_table()
ONLINE = "online"
BY_MODE = {"walk": "歩いて", "bike": "自転車で", "car": "車で", "bus": "バスで"}


def _score(view: View) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """How far a place is has nothing to do with its kind: an unknown place counts as the middle."""
    known = view.once(is_attended)
    score, least, most = _by_the_way(view)
    if not known.any():
        return score, least, most
    easy = np.maximum(score, KNOWN_WAY_WORTH)
    return np.where(known, easy, score), np.where(known, easy, least), np.where(known, easy, most)


def _by_the_way(view: View) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """For somebody who comes for the first time."""
    if not asked(view.profile):
        even = np.full(len(view.rows), MIDDLE)
        return even, even, even
    to = view.once(ways)
    worth = by_mode(to).max(axis=0)
    if view.profile.away_from_neighbours:
        worth = np.minimum(worth, AWAY_WORTH)
    fetched = view.once(picked_up)
    worth = np.where(fetched, np.maximum(worth, PICKED_UP_WORTH), worth)
    worth = np.where(~view.has("place"), at_home(view.profile), worth)
    lost = np.isnan(to.likely[0]) & view.has("place") & ~fetched
    return np.where(lost, MIDDLE, worth), np.where(lost, TABLE.min(), worth), np.where(lost, TABLE.max(), worth)


def at_home(profile: Profile) -> float:
    """What it is worth that nobody has to go anywhere."""
    return HOME_WANTED_WORTH if ONLINE in (*profile.required, *profile.helpful) else AT_HOME_WORTH


def by_mode(to: Ways) -> np.ndarray:
    """float [modes, rows]: what each way is worth; one nobody can be sure of counts less."""
    percent = np.nan_to_num(to.likely / np.maximum(to.limits, 1.0) * 100, nan=len(TABLE) - 1.0)
    worth = TABLE[np.minimum(percent, len(TABLE) - 1).astype(np.int64)]
    return worth * np.where(to.sure, 1.0, UNSURE_WORTH)[:, None]


def _minutes(view: View) -> str:
    to = view.once(ways)
    number = int(by_mode(to)[:, 0].argmax())
    return _("%(mode)s%(minutes)s分くらい", mode=_(BY_MODE[to.modes[number]]), minutes=round(float(to.likely[number, 0])))


def _good(view: View) -> str:
    if view.once(is_attended)[0] and view.has("place")[0]:
        return _("もう通っている場所なので、行き帰りは今のままです。")
    if not view.has("place")[0]:
        return _("出かけなくても、家から使えます。")
    if view.once(picked_up)[0]:
        return _("送迎があります。")
    if not asked(view.profile) or np.isnan(view.once(ways).likely[0, 0]):
        return ""
    return _("行ける範囲です（%(minutes)s）。", minutes=_minutes(view))


def _weak(view: View) -> str:
    if not asked(view.profile) or np.isnan(view.once(ways).likely[0, 0]):
        return _("行き帰りは、まだわかりません。")
    return _("行き帰りに時間がかかります（%(minutes)s）。", minutes=_minutes(view))


CRITERION = Soft("travel", "行き帰り", _score, ("north", "east", "radius", "zone", "pickup", "area:*", "place"), _good, _weak)
