"""When and from where does the reader look at the catalog? One edition seen at one moment from one place."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

import numpy as np

from directory.catalog import Catalog
from directory.geocoding import distances_km


@dataclass(frozen=True)
class Origin:
    """The point distances are measured from, and how the reader knows it."""

    label: str
    latitude: float
    longitude: float
    zone: str


@dataclass(frozen=True)
class View:
    """An edition of the catalog, the moment of the search, the origin if there is one, and the 地域 asked for."""

    catalog: Catalog
    now: datetime
    origin: Origin | None = None
    areas: tuple[str, ...] = ()

    @cached_property
    def minute(self) -> int:
        """Minutes since midnight of the catalog's day."""
        since = self.now - datetime.combine(self.catalog.timetable.day, datetime.min.time())
        return int(since.total_seconds() // 60)

    def kilometres(self, rows: np.ndarray) -> np.ndarray:
        """Straight-line distance of these rows; NaN without coordinates, and for all without an origin."""
        if self.origin is None:
            return np.full(len(rows), np.nan)
        columns = self.catalog.columns
        return distances_km(self.origin.latitude, self.origin.longitude,
                            columns["latitude"][rows], columns["longitude"][rows])

    def only_in_areas(self, rows: np.ndarray) -> np.ndarray:
        """bool: every 地域 the row serves is one of those asked for; what serves the whole city is not."""
        known = self.catalog.words.areas
        asked = np.uint64(sum(1 << known[name] for name in self.areas if name in known))
        served = self.catalog.columns["areas"][rows]
        return (served != 0) & (served & ~asked == 0)

    def across_water(self, rows: np.ndarray) -> np.ndarray:
        """bool: the row lies in another zone than the origin."""
        if self.origin is None:
            return np.zeros(len(rows), dtype=bool)
        return self.catalog.columns["zone"][rows] != self.origin.zone
