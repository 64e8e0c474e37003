"""What do people look for, and where? Terms of the vocabulary by 地域 and day — never the words somebody typed."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from threading import Lock

from directory.search import SearchPage

AREA = "area"
# The row of a day and 地域 that counts all its searches.
ALL = ("", "")
NO_AREA = ""
CELLS_A_LETTER = 800


class DemandCounter:
    """Collects counts in memory; `take` hands them over. Safe with many threads."""

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        """Forget what was not handed over: it belongs to the process this one was forked from."""
        self._lock = Lock()
        self._counts: dict[tuple[str, str, str, str], list[int]] = defaultdict(lambda: [0, 0])

    def searched(self, day: date, page: SearchPage) -> None:
        """Count one search. Not a further page of it, no mere look at everything, never one with urgent words."""
        query = page.query
        if page.urgent or query.page > 1 or not (query.q or query.values):
            return
        areas = [value for parameter, value in page.asked if parameter == AREA] or [NO_AREA]
        terms = [pair for pair in page.asked if pair[0] != AREA]
        with self._lock:
            for area in areas:
                for parameter, term in (ALL, *terms):
                    count = self._counts[day.isoformat(), area, parameter, term]
                    count[0] += 1
                    count[1] += page.total == 0

    def take(self) -> list[dict[str, object]]:
        """Hand over the counts, as bodies of letters of the kind `demand`."""
        with self._lock:
            taken = self._counts
            self._counts = defaultdict(lambda: [0, 0])
        days: dict[str, list[list[object]]] = defaultdict(list)
        for (day, *term), counts in sorted(taken.items()):
            days[day].append([*term, *counts])
        return [{"day": day, "cells": part} for day, cells in days.items() for part in _parts(cells)]

    def give_back(self, bodies: Iterable[dict]) -> None:
        """What could not be handed over is counted with the next."""
        with self._lock:
            for body in bodies:
                for area, parameter, term, searches, empty in body["cells"]:
                    count = self._counts[body["day"], area, parameter, term]
                    count[0] += searches
                    count[1] += empty


def _parts(cells: Sequence[list[object]]) -> list[Sequence[list[object]]]:
    return [cells[start:start + CELLS_A_LETTER] for start in range(0, len(cells), CELLS_A_LETTER)]
