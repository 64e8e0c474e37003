"""How fresh is the directory? Which places were confirmed last, and how many within the last half year."""

from collections.abc import Sequence

import numpy as np

from directory.catalog import Catalog
from directory.catalog.columns import EPOCH
from directory.listing import Listing

HALF_A_YEAR = 183


def recently_confirmed(catalog: Catalog, count: int) -> Sequence[Listing]:
    """The listings somebody made sure of last, the newest first; ties by id."""
    assured = catalog.columns["assured"]
    newest = [row for row in np.argsort(-assured, kind="stable")[:count] if assured[row] >= 0]
    return catalog.cards.get([catalog.ids[row] for row in newest])


def confirmed_within(catalog: Catalog, days: int = HALF_A_YEAR) -> int:
    """How many listings somebody made sure of in the last `days` days."""
    today = (catalog.timetable.day - EPOCH).days
    assured = catalog.columns["assured"]
    return int(np.count_nonzero((assured >= 0) & (today - assured <= days)))
