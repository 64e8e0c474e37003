"""How much is each place about what people like? TF-IDF over the catalog's own tokens, one list an interest.

An interest counts by its best word: all parts of the word stand in the text, and the rarer they are and the shorter the
text, the more. A role that names the interest itself is about it.
"""

import re
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from scipy import sparse
from sklearn.feature_extraction.text import TfidfTransformer

from directory.catalog import Catalog
from directory.listing import Listing
from directory.text import TextIndex, index_terms
from directory.vocabulary import Vocabulary
from matcher.ranking.columns import Candidates, Interests
from matcher.ranking.weights import ABOUT_IT

WHOLE = 255
# A role says it itself, or only its listing does
NAMED, BY_ITS_PLACE = 0.9, 0.7
WORD = "w:"
SHORTEST_NAMED = 2
# Behind another kanji a word is the end of a longer one: 表計算 is no 計算
KANJI = "[一-鿿]"


def interests_of(catalog: Catalog, listings: Sequence[Listing], first: np.ndarray) -> Interests:
    """How much each row is about each interest of the vocabulary."""
    rarity = catalog.once(word_weights)
    words = {key: (interest.label.split("・")[0], interest.label, *interest.synonyms)
             for key, interest in catalog.vocabulary.interests.items()}
    spots = _spots(catalog, [listing.id for listing in listings])
    return Interests.of({key: _rows(catalog, rarity, said, listings, spots, first) for key, said in words.items()})


def word_rows(
    catalog: Catalog, candidates: Candidates, word: str
) -> tuple[np.ndarray, np.ndarray]:
    """The same for a free word somebody typed: rows of the candidates, and how much each is about it."""
    listings = catalog.cards.get(candidates.ids)
    spots = _spots(catalog, [listing.id for listing in listings])
    return _rows(catalog, catalog.once(word_weights), (word,), listings, spots, candidates.first)


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


def _rows(
    catalog: Catalog, rarity: sparse.csc_array, words: Iterable[str], listings: Sequence[Listing], spots: np.ndarray,
    first: np.ndarray,
) -> tuple[np.ndarray, np.ndarray]:
    """Rows about any of the words, and how much."""
    words = tuple(dict.fromkeys(words))
    everywhere = np.zeros(catalog.size, dtype=np.float32)
    for word in words:
        everywhere = np.maximum(everywhere, _of_word(rarity, catalog.text, word))
    about = everywhere[spots]
    worth = np.zeros(int(first[-1]), dtype=np.float32)
    named = re.compile(
        "|".join(f"(?<!{KANJI}){re.escape(word)}" for word in words if len(word) >= SHORTEST_NAMED) or "(?!)")
    for spot, listing in enumerate(listings):
        start = int(first[spot])
        worth[start] = about[spot]
        for number, role in enumerate(listing.roles, start + 1):
            told = f"{role.name} {role.what or ''}"
            worth[number] = max(BY_ITS_PLACE * about[spot], NAMED if named.search(told) else 0)
    rows = np.flatnonzero(worth > 0)
    return rows, np.ceil(worth[rows] * WHOLE).astype(np.uint8)


def _spots(catalog: Catalog, ids: Sequence[str]) -> np.ndarray:
    """Where each of these listings stands in the catalog; some of the catalog may be left out."""
    if len(ids) == catalog.size:
        return catalog.all_rows
    position = {listing_id: spot for spot, listing_id in enumerate(catalog.ids)}
    return np.array([position[listing_id] for listing_id in ids], dtype=np.int64)


def _of_word(rarity: sparse.csc_array, text: TextIndex, word: str) -> np.ndarray:
    """float [listings] 0–1: how much each is about one word, all of whose parts it must hold."""
    numbers = [text.lexicon.get(term, rarity.shape[1]) for term in dict.fromkeys(index_terms(word, False))
               if term.startswith(WORD)]
    if not numbers or max(numbers) >= rarity.shape[1]:
        return np.zeros(rarity.shape[0], dtype=np.float32)
    columns = rarity[:, numbers].toarray()
    together = np.where((columns > 0).all(axis=1), columns.sum(axis=1) / np.sqrt(len(numbers)), 0)
    return np.minimum(together / ABOUT_IT, 1).astype(np.float32)
