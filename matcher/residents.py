"""What does the engine tell a resident who has no account? The same match, over the public catalog.

The public catalog has no 支援者のみ rows, no loads and no 受け入れの配慮, so what these would decide is not known here and
comes back as a question for the place. Nothing of casework is read, and nothing is stored.
"""

from datetime import datetime

import numpy as np

from directory.catalog import Catalog
from directory.listings import PUBLIC
from matcher.answer import MatchResult
from matcher.candidates import CandidateReader
from matcher.matching import match
from matcher.profile_check import check
from matcher.ranking.columns import Crossing
from matcher.ranking.criteria.interest import combined
from matcher.ranking.profile import Profile
from matcher.ranking.rank import NO_WORDS, NOBODY
from matcher.ranking.screening import screen
from matcher.ranking.view import View


def suggest(catalog: Catalog, profile: Profile, now: datetime, crossings: tuple[Crossing, ...] = ()) -> MatchResult:
    """The match of the public catalog. Raises InvalidRecord with a sentence for a profile that contradicts itself."""
    return match(catalog, profile, now, crossings=crossings, audience=PUBLIC)


def open_places(catalog: Catalog, profile: Profile, crossings: tuple[Crossing, ...] = ()) -> frozenset[str]:
    """Ids of all places this profile leaves open, each once however many roles it has: A and B, not only those shown."""
    check(profile, catalog.vocabulary)
    candidates = catalog.once(CandidateReader(crossings))
    screened = screen(View(profile, candidates, NOBODY, interest=combined(profile, candidates, NO_WORDS)))
    spots = np.unique(candidates.listing_of(screened.rows[screened.open]))
    return frozenset(candidates.ids[spot] for spot in spots.tolist())
