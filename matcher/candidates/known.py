"""What was read off a listing need not be read again while the listing stays as it is: one edit reads one listing anew.

An edition of the catalog hands on the very object of every listing nobody has touched, so what was read is kept with that
object; the public's listing and the desk's are two.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from directory.catalog import Catalog
from directory.listing import Listing
from directory.vocabulary import Vocabulary
from matcher.candidates.facts import Facts, facts

MOST_KEPT = 20_000
SHORTEST_NAMED = 2
# Behind another kanji a word is the end of a longer one: 表計算 is no 計算
KANJI = "[一-鿿]"


@dataclass(frozen=True)
class Read:
    """Of one listing: the facts as a place to come to and of each role, and the interests each role names itself."""

    listing: Listing
    vocabulary: Vocabulary
    day: date
    facts: tuple[Facts, ...]
    named: tuple[frozenset[str], ...]


class ListingReader:
    """Reads listings off for one catalog, those that are known from before without reading."""

    def __init__(self, catalog: Catalog) -> None:
        self._audience, self._day, self._vocabulary = catalog.audience, catalog.timetable.day, catalog.vocabulary
        self._areas = tuple(area.name for area in self._vocabulary.areas)
        self._naming = {key: naming(said) for key, said in interest_words(self._vocabulary).items()}

    def read(self, listing: Listing) -> Read:
        """Everything read off this listing."""
        place = self._audience, listing.id
        found = _KEPT.get(place)
        if found is None or found.listing is not listing or found.vocabulary is not self._vocabulary or found.day != self._day:
            found = self._anew(listing)
            if len(_KEPT) >= MOST_KEPT:
                _KEPT.clear()
            _KEPT[place] = found
        return found

    def _anew(self, listing: Listing) -> Read:
        told = [f"{role.name} {role.what or ''}" for role in listing.roles]
        return Read(
            listing, self._vocabulary, self._day,
            tuple(facts(listing, role, self._areas, self._day) for role in (None, *listing.roles)),
            tuple(frozenset(key for key, pattern in self._naming.items() if pattern.search(text)) for text in told))


def interest_words(vocabulary: Vocabulary) -> Mapping[str, tuple[str, ...]]:
    """Interest → the words that stand for it."""
    return {key: tuple(dict.fromkeys((interest.label.split("・")[0], interest.label, *interest.synonyms)))
            for key, interest in vocabulary.interests.items()}


def naming(words: tuple[str, ...]) -> re.Pattern[str]:
    """Any of these words, standing by itself."""
    return re.compile("|".join(f"(?<!{KANJI}){re.escape(word)}" for word in words if len(word) >= SHORTEST_NAMED) or "(?!)")


_KEPT: dict[tuple[str, str], Read] = {}
