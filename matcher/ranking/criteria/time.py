"""時間：集まりの全部が行ける時間に入るほどよく、一部だけならやや下げます。わからない日時は中ほどとみて、幅を示します。"""

import numpy as np

from directory.i18n import gettext as _
from matcher.ranking.criterion import Soft
from matcher.ranking.hours import UNSURE, fits
from matcher.ranking.view import View
from matcher.ranking.weights import CONTAINED, MIDDLE, TOUCHED

# none, unsure, part, whole
TABLE = np.array([0.0, MIDDLE, TOUCHED, CONTAINED])


def _score(view: View) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    if not view.profile.slots:
        even = np.full(len(view.rows), MIDDLE)
        return even, even, even
    fit = view.once(fits)
    worth, unsure = TABLE[fit], fit == UNSURE
    return worth, np.where(unsure, 0.0, worth), np.where(unsure, CONTAINED, worth)


CRITERION = Soft(
    "time", "曜日・時間", _score, ("schedule",), lambda view: _("行ける曜日と時間に合います。"),
    lambda view: _("行ける曜日や時間に、一部しか合わないか、日時がわかりません。"))
