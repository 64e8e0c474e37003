"""How much more would it take? The next round amount that lets somebody in, and the smallest that does."""

from collections.abc import Callable, Iterable, Sequence

import numpy as np

from matcher.ranking.criterion import Opening
from matcher.ranking.profile import Profile


def stepped(
    needed: np.ndarray, doubtful: np.ndarray, limit: int, steps: Sequence[int], said: Callable[[int], str],
    into: Callable[[int], Profile], sure_from: np.ndarray | None = None,
) -> Iterable[Opening]:
    """The opening at the first of `steps` above `limit` that lets a row in; none when no step does.

    needed [rows]: the least limit with which a row does not fail any more; sure_from: with which nothing of it is unknown.
    """
    if not len(needed):
        return
    least = np.nanmin(needed)
    amount = next((step for step in steps if step > limit and step >= least), None)
    if amount is None:
        return
    opened = needed <= amount
    unsure = doubtful if sure_from is None else doubtful | (sure_from > amount)
    yield Opening(said(amount), amount, int(opened.sum()), int((opened & unsure).sum()), int(least),
                  int((needed <= least).sum()), lambda: into(amount))
