"""What does a question find, in numbers? The rows in their order, and how many places every further choice would leave.

Everything exact is worked out here, as vector work over the catalog's rows; finding.py makes a page of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from math import ceil

import numpy as np

from directory.catalog import Catalog
from directory.catalog.edition import Place
from directory.search.bitsets import pack
from directory.search.chips import Condition, conditions, in_force
from directory.search.filters import filters_of
from directory.search.ordering import ORDERS, best
from directory.search.query import PAGE_SIZE, SearchQuery
from directory.search.screening import KIND_LEFT_OUT, Screening
from directory.search.view import Origin, View
from directory.text import Matches, Met, ParsedQuery, parse_query

MAINLAND = "mainland"


@dataclass(frozen=True, eq=False)
class Found:
    """What a question finds. `rows`, `scores`: those of the page asked for, in order; `total` of all pages.

    `without`: every condition that can be taken off, with the number of places then. The counts of the facets are in
    `screening.tallies`. `partial`: no row has all the words, these have as many as any row.
    """

    screening: Screening
    rows: np.ndarray
    scores: np.ndarray
    total: int
    page: int
    without: Mapping[Condition, int]
    partial: bool
    unknown_place: str | None

    @property
    def pages(self) -> int:
        """How many pages there are; an empty one at least."""
        return max(1, ceil(self.total / PAGE_SIZE))


def find(catalog: Catalog, query: SearchQuery, parsed: ParsedQuery, now: datetime) -> Found:
    """Words, filters, counts and order of one question; `parsed` is `query.q`, read."""
    effective = in_force(query, parsed.chips, filters_of(catalog.vocabulary))
    origin, unknown_place = _origin(catalog, effective)
    if unknown_place:
        effective = effective.removing("near")  # said, and no condition in force
    met = Met(catalog.text)
    matches = _matches(parsed, met)
    screening = Screening(
        View(catalog, now, origin, effective.get("area")), _set_of(catalog, matches.rows), effective, _asks_for_care(parsed))
    rows = screening.rows(screening.found)
    scores = ORDERS[query.sort](screening.view, rows, met.scores(matches, rows, parsed.optional))
    page = min(query.page, max(1, ceil(len(rows) / PAGE_SIZE)))
    shown = best(scores, page * PAGE_SIZE)[(page - 1) * PAGE_SIZE:]
    removable = [*conditions(effective, parsed.chips, screening.filters, catalog),
                 *_word_conditions(query, parsed, matches)]
    return Found(
        screening, rows[shown], scores[shown], len(rows), page,
        {condition: _count_without(screening, parsed, met, condition) for condition in removable},
        matches.partial, unknown_place,
    )


def _matches(parsed: ParsedQuery, met: Met) -> Matches:
    """Rows that meet all words; when there is none, rows that meet as many words as any row does."""
    matches = met.found(parsed)
    return matches if len(matches.rows) or not parsed.required else met.found(parsed, partial=True)


def _set_of(catalog: Catalog, rows: np.ndarray) -> np.ndarray:
    """The rows the words leave, as a set."""
    if len(rows) == catalog.size:
        return pack(np.ones(catalog.size, dtype=bool))
    mask = np.zeros(catalog.size, dtype=bool)
    mask[rows] = True
    return pack(mask)


def _asks_for_care(parsed: ParsedQuery) -> bool:
    """Do the words themselves name 介護事業所?"""
    wanted = f"k:kind:{KIND_LEFT_OUT}"
    return any(wanted in member.terms for group in parsed.groups for member in group.members)


def _origin(catalog: Catalog, query: SearchQuery) -> tuple[Origin | None, str | None]:
    """Where distances start; or no origin and the sentence that says the place is not known."""
    if at := query.first("at"):
        latitude, longitude = map(float, at.split(","))
        return Origin("いまいる所", latitude, longitude, _nearest_zone(catalog, latitude, longitude)), None
    name = query.first("near")
    if not name:
        return None, None
    if place := _place(catalog.places, name):
        return Origin(place.name, place.latitude, place.longitude, place.zone), None
    return None, f"「{name[:20]}」という町の名前が見つかりません。別の町の名前で入れてみてください。"


def _place(places: Mapping[str, Place], name: str) -> Place | None:
    """A town by its name, else the first that begins so, else the longest contained in what was typed.

    A town of one letter (原) is contained in too many other names (三原市) to be meant by them.
    """
    if name in places:
        return places[name]
    begun = next((place for key, place in places.items() if key.startswith(name)), None)
    contained = [key for key in places if len(key) > 1 and key in name]
    return begun or (places[max(contained, key=len)] if contained else None)


def _nearest_zone(catalog: Catalog, latitude: float, longitude: float) -> str:
    """The zone of the nearest town: somebody standing on the island needs no ferry there."""
    if not catalog.places:
        return MAINLAND
    return min(catalog.places.values(),
               key=lambda it: (it.latitude - latitude) ** 2 + (it.longitude - longitude) ** 2).zone


def _word_conditions(query: SearchQuery, parsed: ParsedQuery, matches: Matches) -> list[Condition]:
    """The words themselves as conditions that can be taken off, where something else would remain."""
    words = dict.fromkeys(group.words for group in parsed.required)
    alone = len(words) == 1 and not query.values and not parsed.chips
    return [] if alone or matches.partial else [Condition("", (), f"「{word}」", word) for word in words]


def _count_without(screening: Screening, parsed: ParsedQuery, met: Met, condition: Condition) -> int:
    if not condition.parameter:
        fewer = replace(parsed, groups=tuple(
            group for group in parsed.groups if not (group.required and group.words == condition.words)))
        return screening.count_among(_set_of(screening.view.catalog, met.found(fewer).rows))
    query = screening.query
    for value in condition.values:
        query = query.removing(condition.parameter, value)
    return screening.count(query)


def matching(catalog: Catalog, query: SearchQuery, now: datetime) -> tuple[np.ndarray, SearchQuery]:
    """All rows that have the words and pass the filters, ascending, and the query with what its words mean."""
    parsed = parse_query(query.q, catalog.vocabulary, today=now.date())
    effective = in_force(query, parsed.chips, filters_of(catalog.vocabulary))
    view = View(catalog, now, _origin(catalog, effective)[0])
    worded = _set_of(catalog, Met(catalog.text).found(parsed).rows)
    screening = Screening(view, worded, effective, _asks_for_care(parsed))
    return screening.rows(screening.found), effective
