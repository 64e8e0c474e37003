"""How does one search run from words to page? The whole story in a few lines; each step is a module of its own."""

from dataclasses import replace
from datetime import datetime

from directory.catalog import Catalog
from directory.search.advice import advice
from directory.search.answer import find, matching
from directory.search.asked import asked_terms
from directory.search.cards import cards
from directory.search.chips import taken_off
from directory.search.facets import facets
from directory.search.heading import heading
from directory.search.opening import moments
from directory.search.query import PAGE_SIZE, SearchQuery
from directory.search.results import ActiveChip, Relaxation, SearchPage
from directory.text import ParsedQuery, parse_query, suggestions

FEW = 3


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


def count(catalog: Catalog, query: SearchQuery, now: datetime) -> int:
    """How many places fit the words and filters exactly as written, and nothing else of the page."""
    return len(matching(catalog, query, now)[0])


def _as_written(catalog: Catalog, query: SearchQuery, now: datetime) -> SearchPage:
    """The page for exactly these words."""
    parsed = parse_query(query.q, catalog.vocabulary, today=now.date())
    found = find(catalog, query, parsed, now)
    view, effective, filters = found.screening.view, found.screening.query, found.screening.filters
    return SearchPage(
        query=replace(query, page=found.page),
        heading=heading(effective, _plain_words(parsed), filters, catalog, _excluded_words(parsed)),
        total=found.total, pages=found.pages,
        hits=cards(view, parsed, found.rows, found.scores, (found.page - 1) * PAGE_SIZE + 1, moments(view, effective)),
        chips=tuple(ActiveChip(it.label, left, taken_off(query, it), it.words) for it, left in found.without.items()),
        facets=facets(found.screening, query, parsed.chips),
        unmapped=found.screening.unmapped,
        aloud=parsed.aloud, partial=found.partial, urgent=parsed.urgent,
        corrections=_corrections(catalog, query, parsed, now) if found.total < FEW or found.partial else (),
        advice=None if found.total else advice(found.screening, query, list(found.without), found.without),
        near=view.origin.label if view.origin else None, asked=asked_terms(effective, parsed, filters, catalog),
        ignored=_ignored(effective, parsed, found.unknown_place),
    )


def _plain_words(parsed: ParsedQuery) -> str:
    return " ".join(dict.fromkeys([*(group.words for group in parsed.required), *parsed.phrases]))


def _excluded_words(parsed: ParsedQuery) -> str:
    return " ".join(dict.fromkeys(group.words for group in parsed.exclusions))


def _corrections(
    catalog: Catalog, query: SearchQuery, parsed: ParsedQuery, now: datetime
) -> tuple[Relaxation, ...]:
    """もしかして: other spellings that find something."""
    tried = [query.with_words(words) for words in suggestions(parsed, catalog.text, catalog.vocabulary)]
    counted = [Relaxation(other.q, count(catalog, other, now), other) for other in tried]
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
