"""What may somebody be typing? Up to eight words that find something: kinds, needs, 生活語, places, names of groups.

Worked out once an edition of the catalog, of published listings only, so that no suggestion leads to an empty page.
Urgent words are never suggested: whoever types them is answered, not completed.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from directory.catalog import Catalog
from directory.japanese import fold
from directory.listing import Listing
from directory.search.screening import KIND_LEFT_OUT
from directory.text.phrasebook import FINDS
from directory.vocabulary import EverydayWord, Term, Vocabulary

MOST = 8
LONGEST = 40
# How many of a group are shown as long as other groups have something too.
SHARES: Mapping[str, int] = {"kind": 2, "need": 1, "word": 2, "place": 2, "name": 4}
# A single letter within a word says nothing.
SHORTEST_WITHIN = 2
MOST_LOOKED_AT = 40
# The letter of an unfinished かな: 「さろn」
HALF_TYPED = re.compile("(?<=[ぁ-ゖー])[a-z]{1,2}$")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Words to put in the box, and which group of SHARES they are from."""

    text: str
    group: str


class Suggestions:
    """All words of one edition, ready to be looked up."""

    def __init__(self, groups: Mapping[str, Iterable[tuple[str, Iterable[str]]]]) -> None:
        """`groups`: for each group its words, better ones first, with the spellings that find them, the reading first."""
        self._groups = {group: _Spellings(words) for group, words in groups.items()}

    @classmethod
    def of(cls, catalog: Catalog) -> "Suggestions":
        """The suggestions of this edition; keep them with `catalog.once(Suggestions.of)`."""
        vocabulary = catalog.vocabulary
        cards = [card for card in catalog.cards.get(catalog.ids) if card.kind != KIND_LEFT_OUT]
        kinds = {card.kind for card in cards}
        needs = {need for card in cards for need in (*card.needs_primary, *card.needs_secondary)}
        return cls({
            "kind": _terms(vocabulary.kinds, kinds),
            "need": _terms(vocabulary.needs, needs),
            "word": [(word.say, word.words) for word in vocabulary.everyday
                     if not word.urgent and _is_met(word, kinds | needs)],
            "place": _places(vocabulary, cards),
            "name": _names(cards),
        })

    def complete(self, typed: str) -> tuple[Suggestion, ...]:
        """What may be meant by the words so far; the last word is completed, those before it stay as they are."""
        words = typed[-LONGEST:] if len(typed) > LONGEST else typed
        whole = self._find(words)
        before, _space, last = " ".join(words.split()).rpartition(" ")
        if not before or len(whole) == MOST:
            return whole
        more = [Suggestion(f"{before} {it.text}", it.group) for it in self._find(last)]
        return tuple(dict.fromkeys((*whole, *more)))[:MOST]

    def _find(self, typed: str) -> tuple[Suggestion, ...]:
        needle = HALF_TYPED.sub("", " ".join(fold(typed).split()))
        if not needle:
            return ()
        found = [[Suggestion(text, group) for text in spellings.find(needle)]
                 for group, spellings in self._groups.items()]
        shares = [few[:SHARES[few[0].group]] for few in found if few]
        rest = [it for few in found if few for it in few[SHARES[few[0].group]:]]
        once = {it.text: it for it in reversed([*(it for few in shares for it in few), *rest])}
        chosen = list(reversed(once.values()))[:MOST]
        order = list(self._groups)
        return tuple(sorted(chosen, key=lambda it: order.index(it.group)))


class _Spellings:
    """The spellings of one group in one text, a line each: a search through it is one call and no index is needed."""

    def __init__(self, words: Iterable[tuple[str, Iterable[str]]]) -> None:
        self._texts: list[str] = []
        self._own: list[str] = []
        self._owners: list[int] = []
        self._starts: list[int] = []
        lines, length = [], 0
        for text, spellings in words:
            spellings = tuple(spellings)
            self._own.append(" ".join(map(fold, (text, *spellings[:1]))))
            for line in dict.fromkeys(filter(None, _lines(text, *spellings))):
                lines.append("\n" + line)
                self._starts.append(length)
                self._owners.append(len(self._texts))
                length += len(line) + 1
            self._texts.append(text)
        self._blob = "".join(lines)

    def find(self, needle: str) -> list[str]:
        """Up to MOST words: those that begin with `needle` in any spelling, then those that hold it in their own."""
        found = dict.fromkeys(islice(self._owners_of("\n" + needle), MOST))
        if len(needle) >= SHORTEST_WITHIN and len(found) < MOST:
            found |= dict.fromkeys(owner for owner in self._owners_of(needle) if needle in self._own[owner])
        return [self._texts[owner] for owner in found][:MOST]

    def _owners_of(self, needle: str) -> Iterator[int]:
        seen: set[int] = set()
        at = self._blob.find(needle)
        while at >= 0 and len(seen) < MOST_LOOKED_AT:
            line = bisect_right(self._starts, at) - 1
            if self._owners[line] not in seen:
                seen.add(self._owners[line])
                yield self._owners[line]
            following = self._starts[line + 1] if line + 1 < len(self._starts) else len(self._blob)
            at = self._blob.find(needle, following)


def _lines(*spellings: str) -> Iterator[str]:
    """Each spelling folded, and what begins at each of its words."""
    for spelling in spellings:
        words = fold(spelling).split()
        yield from (" ".join(words[first:]) for first in range(len(words)))


def _is_met(word: EverydayWord, present: set[str]) -> bool:
    """Is there a listing of a kind or need the word is near enough to that it is found by it?"""
    return any(key in present for key, weight in [*word.kinds.items(), *word.needs.items()] if weight >= FINDS)


def _terms(terms: Mapping[str, Term], present: set[str]) -> list[tuple[str, Iterable[str]]]:
    return [(term.label, (term.kana, *term.synonyms)) for key, term in terms.items() if key in present]


def _places(vocabulary: Vocabulary, cards: Sequence[Listing]) -> list[tuple[str, Iterable[str]]]:
    """地域 in their order, then the towns with the most listings."""
    readings = {place.name: (place.kana, *place.also_kana, *place.typed) for place in vocabulary.place_readings}
    with_listings = {name for card in cards for name in card.area_names()}
    areas = [area.name for area in vocabulary.areas if area.name in with_listings]
    towns = Counter(card.town for card in cards if card.town)
    ordered = sorted(towns, key=lambda name: (-towns[name], name))
    return [(name, readings.get(name, ())) for name in dict.fromkeys([*areas, *ordered])]


def _names(cards: Sequence[Listing]) -> list[tuple[str, Sequence[str]]]:
    """Names of the listings and of those who offer them, by reading."""
    spellings: dict[str, set[str]] = {}
    for card in cards:
        spellings.setdefault(card.name, set()).update(filter(None, (card.kana,)))
        spellings.setdefault(card.organization_name, set()).update(filter(None, (card.organization_kana,)))
    return sorted(((name, sorted(kana)) for name, kana in spellings.items()), key=lambda it: (it[1][:1], it[0]))
