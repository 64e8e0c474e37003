"""Which places and roles can be proposed at this moment? The only bridge from the directory to the ranking.

    candidates = catalog.once(CandidateReader(crossings_of(city)))

A row is one listing as a place to come to, or one of its roles. Reading happens once an edition of the catalog.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from directory.catalog import Catalog
from directory.city import City
from directory.listing import Listing
from matcher.candidates.facts import OFF_BY, Facts
from matcher.candidates.interests import fitting_kinds, interests_of
from matcher.candidates.known import ListingReader
from matcher.candidates.weekly import Timetables
from matcher.ranking.bits import pack
from matcher.ranking.columns import COLUMNS, NO_YEN, RADIUS_METRES, Candidates, Crossing

# 介護保険の事業所 takes who is certified and has a care manager: nothing a worker here can propose
NOT_PROPOSED = frozenset({"care_provider"})
# Degrees to which the position of a masked place is coarsened (about a kilometre), and how far off that may be
COARSE = 2
COARSE_RADIUS = OFF_BY[None] // RADIUS_METRES
# Rows unfolded at a time while sets are packed; a multiple of the bits in a word
AT_ONCE = 1 << 16


@dataclass(frozen=True)
class CandidateReader:
    """Reads candidates off an edition; equal readers give equal candidates, so the edition keeps them."""

    crossings: tuple[Crossing, ...] = ()

    def __call__(self, catalog: Catalog) -> Candidates:
        listings = [listing for listing in catalog.cards.get(catalog.ids) if listing.kind not in NOT_PROPOSED]
        return read_candidates(catalog, listings, self.crossings)


def crossings_of(city: City) -> tuple[Crossing, ...]:
    """The ferries of a city whose piers are known."""
    return tuple(Crossing(zone.key, zone.piers[0], zone.piers[1], zone.crossing_minutes or 0)
                 for zone in city.zones.values() if zone.piers)


def read_candidates(catalog: Catalog, listings: Sequence[Listing], crossings: tuple[Crossing, ...] = ()) -> Candidates:
    """Candidates of these listings of the catalog, in the order of their ids."""
    vocabulary = catalog.vocabulary
    areas = tuple(area.name for area in vocabulary.areas)
    timetables = Timetables(catalog)
    origin = _origin(listings)
    # A kind the city has taken out of its words stays on listings: it comes after those that are in force.
    kinds = [*vocabulary.kinds, *sorted({listing.kind for listing in listings} - set(vocabulary.kinds))]
    zones = sorted({listing.zone for listing in listings})
    spots = {listing_id: spot for spot, listing_id in enumerate(catalog.ids)}
    reader = ListingReader(catalog)
    known: list[Facts] = []
    values: list[tuple] = []
    first, hosts = [0], {}
    host: list[int] = []
    for listing in listings:
        spot = spots[listing.id]
        host.append(hosts.setdefault((listing.organization_id, listing.place_name), len(hosts)))
        for role, fact in zip((None, *listing.roles), reader.read(listing).facts, strict=True):
            known.append(fact)
            values.append((fact.age_from, fact.age_until, _cost(catalog, spot), kinds.index(listing.kind),
                           zones.index(listing.zone), timetables.of(listing, role, spot), *_position(listing, origin, fact),
                           fact.loads))
        first.append(len(known))
    planes, position = packed([fact.planes | _unknown_cost(value) for fact, value in zip(known, values, strict=True)])
    columns = {name: np.array([value[number] for value in values], dtype=dtype)
               for number, (name, dtype) in enumerate(COLUMNS.items())}
    sessions = timetables.sessions()
    if sessions.sets <= np.iinfo(np.uint16).max:
        columns["schedule"] = columns["schedule"].astype(np.uint16)
    starts = np.array(first, dtype=np.uint32)
    return Candidates(
        size=len(known), ids=[listing.id for listing in listings], first=starts, host=np.array(host, dtype=np.uint32),
        planes=planes, position=position, columns=columns, sessions=sessions,
        interests=interests_of(catalog, listings, starts), kinds=kinds, zones=zones, areas=areas, origin=origin,
        crossings=crossings, fitting_kinds=fitting_kinds(vocabulary), labels=_labels(catalog),
    )


def packed(rows: Sequence[Iterable[str]]) -> tuple[np.ndarray, dict[str, int]]:
    """The sets of rows of which each name is true, and which set belongs to which name."""
    position: dict[str, int] = {}
    numbered = [[position.setdefault(name, len(position)) for name in sorted(names)] for names in rows]
    parts = []
    for start in range(0, max(len(rows), 1), AT_ONCE):
        part = numbered[start:start + AT_ONCE]
        mask = np.zeros((len(position), len(part)), dtype=bool)
        which = np.repeat(np.arange(len(part)), [len(names) for names in part])
        mask[np.fromiter((number for names in part for number in names), dtype=np.int64, count=len(which)), which] = True
        parts.append(pack(mask))
    return np.ascontiguousarray(np.concatenate(parts, axis=1)), position


def _cost(catalog: Catalog, spot: int) -> int:
    cost = int(catalog.columns["cost"][spot])
    return NO_YEN if cost < 0 else min(cost, NO_YEN - 1)


def _unknown_cost(value: tuple) -> frozenset[str]:
    return frozenset(("cost?",)) if value[2] == NO_YEN else frozenset()


def _origin(listings: Sequence[Listing]) -> tuple[float, float]:
    """A point amid them, to measure small differences from."""
    points = [(one.latitude, one.longitude) for one in listings if one.latitude is not None and one.longitude is not None]
    if not points:
        return (0.0, 0.0)
    north, east = np.mean(points, axis=0).round(1)
    return float(north), float(east)


def _position(listing: Listing, origin: tuple[float, float], fact: Facts) -> tuple[float, float, int]:
    """Degrees north and east of the origin, and how far off that may be."""
    if listing.latitude is None or listing.longitude is None:
        return np.nan, np.nan, 0
    north, east, radius = listing.latitude, listing.longitude, fact.radius
    if listing.masked:
        north, east, radius = round(north, COARSE), round(east, COARSE), COARSE_RADIUS
    return north - origin[0], east - origin[1], radius


def _labels(catalog: Catalog) -> dict[str, str]:
    """Words for people, by the keys criteria use."""
    words = catalog.vocabulary
    return {
        **{f"attribute:{key}": term.label for key, term in words.attributes.items()},
        **{f"care:{key}": term.label for key, term in words.accommodations.items()},
        **{f"need:{key}": term.label for key, term in words.needs.items()},
        **{f"load:{key}": scale.label for key, scale in words.load_levels.items()},
        **{f"ask:{key}": scale.ask_host for key, scale in words.load_levels.items()},
        **{f"interest:{key}": interest.label for key, interest in words.interests.items()},
    }


__all__ = ["CandidateReader", "crossings_of", "packed", "read_candidates"]
