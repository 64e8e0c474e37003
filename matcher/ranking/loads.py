"""How heavy is a place, and how much may it be for this person? Seven loads of 0–4."""

import numpy as np

from matcher.ranking.columns import LOAD_BITS, LOADS
from matcher.ranking.profile import Profile
from matcher.ranking.view import View
from matcher.ranking.weights import EASED

SHIFTS = np.arange(len(LOADS), dtype=np.uint32) * np.uint32(LOAD_BITS)


def ceiling_of(profile: Profile, load: str) -> int:
    """The limit that counts: one higher for some loads when somebody goes along."""
    return profile.ceilings[load] + (1 if profile.accompanied and load in EASED else 0)


def comfort_of(profile: Profile, load: str, *, new: bool = True) -> int | None:
    """What is easy: as heard, or one below the limit; one higher when the person asks for a stretch. None = not heard.

    new False, where the person goes already: without the margin for a first day, so up to the limit.
    """
    eased = 1 if profile.accompanied and load in EASED else 0
    heard = profile.comfort.get(load)
    if heard is None and load in profile.ceilings:
        heard = max(profile.ceilings[load] - new, 0)
    return None if heard is None else heard + eased + (1 if profile.stretch else 0)


def levels(view: View) -> np.ndarray:
    """uint32 [loads, rows]: observed levels; NOT_HEARD where nobody looked."""
    return (view.column("loads") >> SHIFTS[:, None]) & np.uint32(7)


def level_at(view: View, load: str) -> np.ndarray:
    """Levels of one load."""
    return (view.column("loads") >> SHIFTS[LOADS.index(load)]) & np.uint32(7)
