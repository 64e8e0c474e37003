"""Which places fit what the reader asks for? One query in, one page of results out.

    query = read_parameters([("q", "水曜 午前 佐伯 体操")], catalog)
    page = search(catalog, query, now)

The steps, each in its own module: words (directory.text) → screening by filters → chips, facets, order, cards, advice.
"""

from directory.search.finding import count, matching, search
from directory.search.query import PAGE_SIZE, SORTS, SearchQuery
from directory.search.reading import read_parameters
from directory.search.results import (
    ActiveChip, Advice, Facet, Hit, Option, Relaxation, SearchPage,
)

__all__ = [
    "ActiveChip", "Advice", "Facet", "Hit", "Option", "PAGE_SIZE", "Relaxation", "SORTS", "SearchPage", "SearchQuery",
    "count", "matching", "read_parameters", "search",
]
