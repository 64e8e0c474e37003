"""How long does this person take to each of these places, by the means they use? For pages: a span, never a promise."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import ceil, floor, isnan

import numpy as np

from directory.catalog import Catalog
from matcher.candidates import CandidateReader
from matcher.ranking.columns import Crossing
from matcher.ranking.profile import Profile
from matcher.ranking.rank import NOBODY
from matcher.ranking.travel import asked, ways
from matcher.ranking.view import View


@dataclass(frozen=True)
class Journey:
    """One way there. Minutes with the shortest and the longest detour; `sure` False: no timetable is stored."""

    mode: str
    least: int
    most: int
    sure: bool
    ferry: bool
    limit: int


def journeys(
    catalog: Catalog, profile: Profile, listing_ids: Iterable[str], crossings: tuple[Crossing, ...] = ()
) -> Mapping[str, tuple[Journey, ...]]:
    """Listing id → its ways; () where the place, the start or the means are not known."""
    ids = tuple(dict.fromkeys(listing_ids))
    candidates = catalog.once(CandidateReader(crossings))
    rows = {one: found[0] for one in ids if len(found := candidates.rows_of([one]))}
    if not asked(profile) or not rows:
        return dict.fromkeys(ids, ())
    view = View(profile, candidates, NOBODY, np.array(list(rows.values())))
    to, has_place = ways(view), view.has("place")
    limits, sailed = np.broadcast_to(to.limits, to.likely.shape), np.broadcast_to(to.sailed, to.likely.shape)
    return dict.fromkeys(ids, ()) | {
        one: tuple(
            Journey(mode, floor(to.least[number, spot]), ceil(to.most[number, spot]), bool(to.sure[number]),
                    bool(sailed[number, spot]), int(limits[number, spot]))
            for number, mode in enumerate(to.modes) if not isnan(to.likely[number, spot]))
        for spot, one in enumerate(rows) if has_place[spot]
    }
