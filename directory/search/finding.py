"""How does one search run from words to page? The whole story in a few lines; each step is a module of its own."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from math import ceil

import numpy as np

from directory.catalog import Catalog
from directory.catalog.edition import Place
from directory.search.advice import advice
from directory.search.asked import asked_terms
from directory.search.bitsets import pack
from directory.search.cards import cards
from directory.search.chips import Condition, conditions, in_force, taken_off
from directory.search.facets import facets
from directory.search.filters import filters_of
from directory.search.heading import heading
from directory.search.ordering import ORDERS, best
from directory.search.query import PAGE_SIZE, SearchQuery
from directory.search.results import ActiveChip, Relaxation, SearchPage
from directory.search.screening import KIND_LEFT_OUT, Screening
from directory.search.view import Origin, View
from directory.text import Matches, ParsedQuery, parse_query, suggestions

FEW = 3
MAINLAND = "mainland"


def search(catalog: Catalog, query: SearchQuery, now: datetime) -> SearchPage:
    """The page of places that fit `query` at `now`. Never raises for any query.

    When nothing fits and another spelling finds something, its places are shown and `corrected` says so.
    """
    page = _as_written(catalog, query, now)
    if page.total or page.urgent or not page.corrections:
        return page
    other = page.corrections[0].query
    found = _as_written(catalog, other, now)
    return replace(found, query=replace(found.query, q=query.q), corrected=other.q, corrections=page.corrections[1:])


def _as_written(catalog: Catalog, query: SearchQuery, now: datetime) -> SearchPage:
    """The page for exactly these words."""
    parsed = parse_query(query.q, catalog.vocabulary, today=now.date())
    filters = filters_of(catalog.vocabulary)
    effective = in_force(query, parsed.chips, filters)
    origin, unknown_place = _origin(catalog, effective)
    matches = _matches(catalog, parsed)
    view = View(catalog, now, origin)
    screening = Screening(view, _worded(catalog, matches), effective, _asks_for_care(parsed))
    rows = screening.rows(screening.found)
    scores = ORDERS[query.sort](view, rows, _scores(catalog, matches)[rows])
    pages = max(1, ceil(len(rows) / PAGE_SIZE))
    page = min(query.page, pages)
    shown = best(scores, page * PAGE_SIZE)[(page - 1) * PAGE_SIZE:]
    removable = [*conditions(effective, parsed.chips, filters, catalog), *_word_conditions(query, parsed, matches)]
    without = {condition: _count_without(screening, parsed, condition) for condition in removable}
    return SearchPage(
        query=replace(query, page=page),
        heading=heading(effective, _plain_words(parsed), filters, catalog),
        total=len(rows), pages=pages,
        hits=cards(view, parsed, rows[shown], scores[shown], (page - 1) * PAGE_SIZE + 1),
        chips=tuple(ActiveChip(it.label, without[it], taken_off(query, it), it.words) for it in removable),
        facets=facets(screening, query, parsed.chips),
        unmapped=int(np.count_nonzero(np.isnan(catalog.columns["latitude"][rows]))),
        aloud=parsed.aloud, partial=matches.partial, urgent=parsed.urgent,
        corrections=_corrections(catalog, query, parsed, now) if len(rows) < FEW or matches.partial else (),
        advice=None if len(rows) else advice(screening, query, removable, without),
        near=origin.label if origin else None, asked=asked_terms(effective, parsed, filters, catalog),
        ignored=_ignored(effective, parsed, unknown_place),
    )


def _worded(catalog: Catalog, matches: Matches) -> np.ndarray:
    """The rows the words leave, as a set."""
    mask = np.zeros(catalog.size, dtype=bool)
    mask[matches.rows] = True
    return pack(mask)


def _scores(catalog: Catalog, matches: Matches) -> np.ndarray:
    """The words' score of every row."""
    scores = np.zeros(catalog.size, dtype=np.float32)
    scores[matches.rows] = matches.scores
    return scores


def _matches(catalog: Catalog, parsed: ParsedQuery) -> Matches:
    """Rows that meet all words; when there is none, rows that meet as many words as any row does."""
    matches = catalog.text.match(parsed)
    return matches if len(matches.rows) or not parsed.required else catalog.text.match(parsed, partial=True)


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
    """A town by its name, else the first whose name the given one begins or is contained in."""
    if name in places:
        return places[name]
    return next((place for key, place in places.items() if key.startswith(name) or key in name), None)


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


def _count_without(screening: Screening, parsed: ParsedQuery, condition: Condition) -> int:
    if not condition.parameter:
        catalog = screening.view.catalog
        fewer = replace(parsed, groups=tuple(
            group for group in parsed.groups if not (group.required and group.words == condition.words)))
        return screening.count_among(_worded(catalog, catalog.text.match(fewer)))
    query = screening.query
    for value in condition.values:
        query = query.removing(condition.parameter, value)
    return screening.count(query)


def _plain_words(parsed: ParsedQuery) -> str:
    return " ".join(dict.fromkeys([*(group.words for group in parsed.required), *parsed.phrases]))


def matching(catalog: Catalog, query: SearchQuery, now: datetime) -> tuple[np.ndarray, SearchQuery]:
    """All rows that have the words and pass the filters, ascending, and the query with what its words mean."""
    parsed = parse_query(query.q, catalog.vocabulary, today=now.date())
    filters = filters_of(catalog.vocabulary)
    effective = in_force(query, parsed.chips, filters)
    view = View(catalog, now, _origin(catalog, effective)[0])
    worded = _worded(catalog, catalog.text.match(parsed))
    screening = Screening(view, worded, effective, _asks_for_care(parsed))
    return screening.rows(screening.found), effective


def _count(catalog: Catalog, query: SearchQuery, now: datetime) -> int:
    """How many places another query finds, nothing else."""
    return len(matching(catalog, query, now)[0])


def _corrections(
    catalog: Catalog, query: SearchQuery, parsed: ParsedQuery, now: datetime
) -> tuple[Relaxation, ...]:
    """もしかして: other spellings that find something."""
    tried = [query.with_words(words) for words in suggestions(parsed, catalog.text, catalog.vocabulary)]
    counted = [Relaxation(other.q, _count(catalog, other, now), other) for other in tried]
    return tuple(found for found in counted if found.count)


def _ignored(query: SearchQuery, parsed: ParsedQuery, unknown_place: str | None) -> tuple[str, ...]:
    sentences = list(query.ignored)
    if parsed.truncated:
        sentences.append("言葉が長いので、はじめの200文字（20語）まででさがしました。")
    if unknown_place:
        sentences.append(unknown_place)
    elif query.sort == "near" and not (query.get("near") or query.get("at")):
        sentences.append("近い順にならべるには、町の名前を入れてください。いまはおすすめ順です。")
    return tuple(sentences)
