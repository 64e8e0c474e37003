"""What is the address of a search? Equal questions have equal addresses, so a page can be shared and kept."""

from functools import lru_cache
from urllib.parse import quote_plus
from uuid import UUID

from directory.search import SearchQuery

# Filter names and values are few and come back on every page; the words somebody typed are never kept.
_quoted = lru_cache(maxsize=4096)(quote_plus)


def search_url(query: SearchQuery, page: str = "") -> str:
    """The address of a question: relative to the search page, or from `page`."""
    parts = [f"{name}={quote_plus(value) if name == 'q' else _quoted(value)}" for name, value in query.parameters()]
    return f"{page}?{'&'.join(parts)}"


def is_identifier(text: str) -> bool:
    """Can this be the id of a listing, written as we write it?"""
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False
