"""Which areas and towns lie beside each other? Read off the places we know, as no table of neighbours exists.

An area lies where its listings lie; a town belongs to the area of its own name, else to that of
most of its nearest listings.
"""

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np

from directory.catalog import Catalog
from directory.catalog.edition import Place
from directory.geocoding import distances_km

NEAREST = 7


def areas_by_distance(catalog: Catalog, name: str) -> list[str]:
    """The other areas, the nearest first; those without a place on the map last."""
    centres = catalog.once(area_centres)
    others = [area for area in catalog.words.areas if area != name]
    if name not in centres:
        return others
    return sorted(others, key=lambda area: _kilometres(centres[name], centres.get(area)))


def area_centres(catalog: Catalog) -> Mapping[str, tuple[float, float]]:
    """Area → the middle (median latitude, longitude) of the listings that lie in it alone."""
    columns, centres = catalog.columns, {}
    for name, number in catalog.words.areas.items():
        there = (columns["areas"] == np.uint64(1 << number)) & ~np.isnan(columns["latitude"])
        if there.any():
            latitude, longitude = (float(np.median(columns[axis][there])) for axis in ("latitude", "longitude"))
            centres[name] = latitude, longitude
    return centres


def area_of_town(catalog: Catalog, town: Place) -> str | None:
    """The area a town is named as, else the one the listings nearest to it on this side of the water tell."""
    if town.name in catalog.words.areas:
        return town.name  # the middle of a wide one (大野) lies in the hills, nearer to other areas' places
    columns = catalog.columns
    kilometres = distances_km(town.latitude, town.longitude, columns["latitude"], columns["longitude"])
    kilometres[columns["zone"] != town.zone] = np.nan
    nearest = [row for row in np.argsort(kilometres)[:NEAREST] if not np.isnan(kilometres[row])]
    votes = Counter(name for row in nearest for name, number in catalog.words.areas.items()
                    if int(columns["areas"][row]) == 1 << number)
    return votes.most_common(1)[0][0] if votes else None


def main_towns(towns: Sequence[str]) -> tuple[str, ...]:
    """Towns without their parts: 前空 stands for 前空一丁目 …, 宮島町 for all of its quarters."""
    return tuple(name for name in towns if not any(name != other and name.startswith(other) for other in towns))


def towns_of_areas(catalog: Catalog) -> Mapping[str, tuple[str, ...]]:
    """Area → its towns in the order of the gazetteer; towns we cannot place are left out."""
    towns: dict[str, list[str]] = {name: [] for name in catalog.words.areas}
    for town in catalog.places.values():
        area = area_of_town(catalog, town)
        if area is not None:
            towns[area].append(town.name)
    return {area: tuple(names) for area, names in towns.items()}


def _kilometres(start: tuple[float, float], end: tuple[float, float] | None) -> float:
    return float(distances_km(*start, np.array([end[0]]), np.array([end[1]]))[0]) if end else float("inf")
