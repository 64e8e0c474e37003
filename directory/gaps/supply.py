"""How many places meet a need in a 地域, and on which weekday and in which part of the day? Array work on the catalog."""

from dataclasses import dataclass

import numpy as np

from directory.catalog import Catalog
from directory.catalog.timetable import BANDS
from directory.search.screening import KIND_LEFT_OUT

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
# The margins of `slots`: on any weekday, in any band.
ANY_DAY, ANY_BAND = len(DAYS), len(BANDS)
# 今は募集していません: a place, but none for somebody new.
NOT_NOW = "closed_now"


@dataclass(frozen=True, eq=False)
class Supply:
    """Numbers of places: `places`, `welcoming`, `here_only` [areas, needs]; `slots` [areas, needs, 7 days + any, 4 bands + any].

    A place counts in every 地域 it serves, for every need it meets and in every slot one of its sessions touches; in the
    margins once; `here_only` leaves out what serves other 地域 too. What has no dates counts in `places` only; 介護事業所, as in
    the search, nowhere.
    """

    areas: tuple[str, ...]
    needs: tuple[str, ...]
    places: np.ndarray
    welcoming: np.ndarray
    here_only: np.ndarray
    slots: np.ndarray

    def count(self, weekday: int | None = None, band: int | None = None) -> np.ndarray:
        """Places [areas, needs] with a session then; without weekday and band all of them."""
        if weekday is None and band is None:
            return self.places
        return self.slots[:, :, ANY_DAY if weekday is None else weekday, ANY_BAND if band is None else band]

    @property
    def undated(self) -> np.ndarray:
        """Places [areas, needs] of which nobody can tell when they are open."""
        return self.places - self.slots[:, :, ANY_DAY, ANY_BAND]


def supply_of(catalog: Catalog) -> Supply:
    """What this edition offers."""
    words, columns = catalog.words, catalog.columns
    counted = columns["kind"] != words.kinds.get(KIND_LEFT_OUT, -2)
    areas = _bits(columns["areas"], len(words.areas))[counted]
    needs = _bits(columns["needs"], len(words.needs))[counted]
    alone = (areas.sum(axis=1) == 1)[:, None]
    welcoming = (columns["welcome"] != words.welcome.get(NOT_NOW, -2))[counted]
    slots = _slots(catalog)[counted].reshape(len(areas), -1)
    by_slot = np.stack([areas.T @ (needs * slots[:, [slot]]) for slot in range(slots.shape[1])], axis=-1)
    return Supply(
        tuple(words.areas), tuple(words.needs), areas.T @ needs, areas.T @ (needs * welcoming[:, None]),
        areas.T @ (needs * alone),
        by_slot.reshape(len(words.areas), len(words.needs), ANY_DAY + 1, ANY_BAND + 1))


def middles(catalog: Catalog) -> dict[str, tuple[float, float]]:
    """地域 → the middle (latitude, longitude) of its places that may be drawn; without any, of the town of that name."""
    areas = _bits(catalog.columns["areas"], len(catalog.words.areas)).astype(bool)
    points = np.c_[catalog.columns["latitude"], catalog.columns["longitude"]].astype(float)
    # A place that serves several 地域 lies in one of them: it tells the middle of none.
    drawn = ~np.isnan(points).any(axis=1) & (areas.sum(axis=1) == 1)
    found = {}
    for number, area in enumerate(catalog.words.areas):
        own = points[drawn & areas[:, number]]
        if len(own):
            found[area] = tuple(np.median(own, axis=0).tolist())
        elif area in catalog.places:
            found[area] = (catalog.places[area].latitude, catalog.places[area].longitude)
    return found


def listings_at(catalog: Catalog, area: str, need: str | None = None) -> list[str]:
    """Ids of the listings that serve a 地域, of those that meet the need only."""
    chosen = _has(catalog.columns["areas"], catalog.words.areas.get(area))
    if need is not None:
        chosen &= _has(catalog.columns["needs"], catalog.words.needs.get(need))
    return [catalog.ids[row] for row in np.flatnonzero(chosen).tolist()]


def _has(masks: np.ndarray, bit: int | None) -> np.ndarray:
    return np.zeros(len(masks), dtype=bool) if bit is None else (masks >> np.uint64(bit)) & np.uint64(1) == 1


def _bits(masks: np.ndarray, count: int) -> np.ndarray:
    """int64 [rows, count]: 1 where the bit is set."""
    return ((masks[:, None] >> np.arange(count, dtype=np.uint64)) & np.uint64(1)).astype(np.int64)


def _slots(catalog: Catalog) -> np.ndarray:
    """int64 [rows, 8, 5]: 1 for each slot a session of the listing touches, margins included."""
    touched = _bits(catalog.timetable.slots.astype(np.uint64), ANY_DAY * ANY_BAND)[catalog.timetable.of_row]
    slots = np.zeros((catalog.size, ANY_DAY + 1, ANY_BAND + 1), dtype=np.int64)
    slots[:, :ANY_DAY, :ANY_BAND] = touched.reshape(-1, ANY_DAY, ANY_BAND)
    slots[:, ANY_DAY, :ANY_BAND] = slots[:, :ANY_DAY, :ANY_BAND].max(axis=1)
    slots[:, :, ANY_BAND] = slots[:, :, :ANY_BAND].max(axis=2)
    return slots
