"""How much is each place about what people like? TF-IDF over the catalog's own tokens, one list an interest.

An interest counts by its best word: all parts of the word stand in the text, and the rarer they are and the shorter the
text, the more. A role that names the interest itself is about it.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

import numpy as np
from scipy import sparse
from sklearn.feature_extraction.text import TfidfTransformer

from directory.catalog import Catalog
from directory.listing import Listing
from directory.text import TextIndex, index_terms
from directory.vocabulary import Vocabulary
from matcher.candidates.known import ListingReader, interest_words, naming
from matcher.ranking.columns import Candidates, Interests
from matcher.ranking.weights import ABOUT_IT

WHOLE = 255
# A role says it itself, or only its listing does
NAMED, BY_ITS_PLACE = 0.9, 0.7
WORD = "w:"


def interests_of(catalog: Catalog, listings: Sequence[Listing], first: np.ndarray) -> Interests:
    """How much each row is about each interest of the vocabulary."""
    rarity = catalog.once(word_weights)
    spots = _spots(catalog, [listing.id for listing in listings])
    reader = ListingReader(catalog)
    named = [reader.read(listing).named for listing in listings]
    return Interests.of({
        key: _rows(_about(catalog, rarity, _written_words(said))[spots],
                   [[key in role for role in roles] for roles in named], first)
        for key, said in interest_words(catalog.vocabulary).items()})


def word_rows(
    catalog: Catalog, candidates: Candidates, word: str
) -> tuple[np.ndarray, np.ndarray]:
    """The same for a free word somebody typed: rows of the candidates, and how much each is about it."""
    listings = catalog.cards.get(candidates.ids)
    spots = _spots(catalog, [listing.id for listing in listings])
    pattern = naming((word,))
    named = [[bool(pattern.search(f"{role.name} {role.what or ''}")) for role in listing.roles] for listing in listings]
    return _rows(_about(catalog, catalog.once(word_weights), (_written(word),))[spots], named, candidates.first)


def fitting_kinds(vocabulary: Vocabulary) -> Mapping[str, frozenset[int]]:
    """Interest → the numbers of the kinds that tend to have it."""
    numbers = {key: number for number, key in enumerate(vocabulary.kinds)}
    return {key: frozenset(numbers[kind] for kind in interest.kinds) for key, interest in vocabulary.interests.items()}


def word_weights(catalog: Catalog) -> sparse.csc_array:
    """TF-IDF [listings, terms] of the written words, each listing of length 1."""
    text = catalog.text
    stands = sparse.csc_array(
        (np.ones(len(text.rows), dtype=np.float32), text.rows, text.starts), shape=(text.size, len(text.starts) - 1))
    written = np.zeros(len(text.starts) - 1, dtype=np.float32)
    written[[number for term, number in text.lexicon.items() if number < len(written) and term.startswith(WORD)]] = 1
    return sparse.csc_array(TfidfTransformer().fit_transform(stands * written)) if text.size else stands


def _about(catalog: Catalog, rarity: sparse.csc_array, words: Iterable[Sequence[str]]) -> np.ndarray:
    """float [listings of the catalog] 0–1: how much each is about the best of the words, given as their terms."""
    everywhere = np.zeros(catalog.size, dtype=np.float32)
    for terms in words:
        everywhere = np.maximum(everywhere, _of_word(rarity, catalog.text, terms))
    return everywhere


def _rows(about: np.ndarray, named: Sequence[Sequence[bool]], first: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Rows about it, and how much. about [listings]; named: of each listing, which roles say it themselves."""
    worth = np.repeat(about * np.float32(BY_ITS_PLACE), np.diff(first))
    worth[first[:-1]] = about
    own = [int(start) + number for start, roles in zip(first, named, strict=False)
           for number, is_named in enumerate(roles, 1) if is_named]
    worth[own] = np.maximum(worth[own], np.float32(NAMED))
    rows = np.flatnonzero(worth > 0)
    return rows, np.ceil(worth[rows] * WHOLE).astype(np.uint8)


def _spots(catalog: Catalog, ids: Sequence[str]) -> np.ndarray:
    """Where each of these listings stands in the catalog; some of the catalog may be left out."""
    if len(ids) == catalog.size:
        return catalog.all_rows
    position = {listing_id: spot for spot, listing_id in enumerate(catalog.ids)}
    return np.array([position[listing_id] for listing_id in ids], dtype=np.int64)


def _written(word: str) -> tuple[str, ...]:
    """The written terms of a word."""
    return tuple(term for term in dict.fromkeys(index_terms(word, False)) if term.startswith(WORD))


@lru_cache(maxsize=256)
def _written_words(words: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """Those of the words of an interest, which are the same in every edition. What a person said is never kept."""
    return tuple(_written(word) for word in words)


def _of_word(rarity: sparse.csc_array, text: TextIndex, terms: Sequence[str]) -> np.ndarray:
    """float [listings] 0–1: how much each is about one word, all of whose parts it must hold."""
    numbers = [text.lexicon.get(term, rarity.shape[1]) for term in terms]
    if not numbers or max(numbers) >= rarity.shape[1]:
        return np.zeros(rarity.shape[0], dtype=np.float32)
    together, held = np.zeros(rarity.shape[0]), np.zeros(rarity.shape[0], dtype=np.int8)
    for number in numbers:
        span = slice(rarity.indptr[number], rarity.indptr[number + 1])
        together[rarity.indices[span]] += rarity.data[span]
        held[rarity.indices[span]] += 1
    whole = np.where(held == len(numbers), together / np.sqrt(len(numbers)), 0)
    return np.minimum(whole / ABOUT_IT, 1).astype(np.float32)
