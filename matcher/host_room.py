"""How much can each host bear now? What it declared, what is held, and who rests after a 紹介; counts, never a person."""

from collections.abc import Mapping, Sequence

from directory.catalog import Catalog
from directory.listing import Listing
from matcher.casework.placements import ONE_A_MONTH, HostLoad
from matcher.ranking.hosts import Hosts, Places

# A host that said 定員なし・出入り自由 said with it that more than one new person a month may come.
NO_LIMIT = "open"


def monthly_limit(listing: Listing) -> int | None:
    """New people a month a listing is proposed to; None: as many as come."""
    return None if listing.capacity_state == NO_LIMIT else ONE_A_MONTH


def declared_places(listing: Listing) -> int | None:
    """枠 as the host declared it; None where it declared none."""
    return listing.capacity_count if listing.capacity_state == "places" else None


def hosts_of(catalog: Catalog, loads: Mapping[str, HostLoad]) -> Hosts:
    """What the matching has to know of hosts, from what casework counted."""
    asked = {listing.id: listing for listing in catalog.cards.get(sorted(set(loads) & set(catalog.ids)))}
    return Hosts(
        declared={one: Places(count, max(count, 1), listing.capacity_date or catalog.timetable.day)
                  for one, listing in asked.items() if (count := declared_places(listing)) is not None},
        held={one: load.held for one, load in loads.items() if load.held},
        resting=frozenset(one for one, listing in asked.items() if _rests(listing, loads[one])),
        offered={one: load.offered for one, load in loads.items()},
    )


def _rests(listing: Listing, load: HostLoad) -> bool:
    limit = monthly_limit(listing)
    return limit is not None and load.recent >= limit


def names(catalog: Catalog, ids: Sequence[str]) -> dict[str, str]:
    """Listing id → its name; one that was withdrawn is left out."""
    return {listing.id: listing.name for listing in catalog.cards.get(list(dict.fromkeys(ids)))}
