"""Which index terms does the public process need at its start? Those of the published texts, and of no others."""

from collections.abc import Iterable, Mapping

from directory.catalog.documents import document_texts
from directory.listing import Listing
from directory.text import TokenCache, document_terms
from directory.text.tokens import SEPARATOR, text_hash
from directory.vocabulary import Vocabulary


class UsedTokens:
    """Passes questions on to the directory's cache and remembers what was asked: hash of the text → its terms."""

    def __init__(self, cache: TokenCache) -> None:
        self._cache = cache
        self.terms: dict[str, str] = {}

    def __call__(self, text: str, pairs: bool = True) -> list[str]:
        terms = self._cache(text, pairs)
        self.terms[text_hash(text, pairs)] = SEPARATOR.join(terms)
        return terms


def terms_of(listings: Iterable[Listing], cache: TokenCache, vocabulary: Vocabulary) -> Mapping[str, str]:
    """Hash → terms for every text of the listings that can be found."""
    used = UsedTokens(cache)
    for listing in listings:
        if listing.status == "published":
            document_terms(document_texts(listing, vocabulary), used)
    return used.terms
