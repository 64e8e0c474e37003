"""What would be shown without a matching engine? Four plain rankings to compare with.

Each knows of the person only what such a list would know: where they live, the words they use, nothing, or nothing at all.
"""

import random
from collections.abc import Callable, Mapping
from datetime import datetime
from itertools import chain, zip_longest

from directory.catalog import Catalog
from directory.geocoding import distance_km
from directory.listing import Listing
from directory.search import SearchQuery, search
from matcher.ranking.profile import Profile
from matcher.vignettes import Vignette

Baseline = Callable[[Catalog, Vignette, datetime], list[str]]


def nearest(catalog: Catalog, case: Vignette, now: datetime) -> list[str]:
    """By the straight line; places without a point, and everything for a person without one, by id."""
    start = case.profile.start

    def kilometres(listing: Listing) -> float:
        if start is None or listing.latitude is None:
            return float("inf")
        return distance_km(start, (listing.latitude, listing.longitude))

    return [listing.id for listing in sorted(_listings(catalog), key=lambda one: (kilometres(one), one.id))]


def keyword(catalog: Catalog, case: Vignette, now: datetime) -> list[str]:
    """Search for each wish and each need by its everyday name, and take the first of each in turn."""
    found = [
        [hit.listing.id for hit in search(catalog, SearchQuery(q=word), now).hits] for word in _words(catalog, case.profile)
    ]
    in_turn = chain.from_iterable(zip_longest(*found))
    return list(dict.fromkeys(listing_id for listing_id in in_turn if listing_id is not None))


def popular(catalog: Catalog, case: Vignette, now: datetime) -> list[str]:
    """Where most people already are, as far as it was observed."""

    def people(listing: Listing) -> int:
        return listing.staff.loads.get("people", -1) if listing.staff else -1

    return [listing.id for listing in sorted(_listings(catalog), key=lambda one: (-people(one), one.id))]


def drawn(catalog: Catalog, case: Vignette, now: datetime) -> list[str]:
    """A draw that is the same every time."""
    ids = list(catalog.ids)
    random.Random(case.id).shuffle(ids)
    return ids


BASELINES: Mapping[str, Baseline] = {"nearest": nearest, "keyword": keyword, "popular": popular, "random": drawn}


def _listings(catalog: Catalog) -> list[Listing]:
    return catalog.cards.get(catalog.ids)


def _words(catalog: Catalog, profile: Profile) -> list[str]:
    vocabulary = catalog.vocabulary
    wishes = [vocabulary.interests[key].label if key in vocabulary.interests else key for key in profile.interests]
    needs = sorted(profile.needs, key=lambda need: -profile.needs[need])
    return [*wishes, *(vocabulary.needs[need].label for need in needs)]
