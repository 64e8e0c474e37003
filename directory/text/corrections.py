"""Did they mean another word? 「もしかして」 by sound and by spelling, when little or nothing was found.

Whoosh's spelling machinery looks through the sounds of the vocabulary and of the words that stand in the index now,
so a suggestion never comes from a listing this reader may not see. """

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from weakref import WeakKeyDictionary

from whoosh.spelling import ListCorrector

from directory.japanese import fold, fold_normalised, is_dictionary_word, reading
from directory.text.index import TextIndex
from directory.text.phrasebook import ByVersion
from directory.text.words import Group, ParsedQuery
from directory.vocabulary import Vocabulary

MOST = 3
LONGEST, SHORTEST = 24, 2  # letters of a word worth correcting
SHORTEST_SLIPPED = 3  # letters from which one slip is forgiven
FREE_SLIP = 4  # letters from which it may stand anywhere: of three, only the last may be another
LONG_WORD = 5  # letters from which two slips are
NEAREST = 6  # candidates taken from the speller for each word


@dataclass(frozen=True, slots=True)
class _Speller:
    """Sounds in order, and how each is written."""

    sounds: ListCorrector
    written: dict[str, tuple[str, ...]]


_spellers: WeakKeyDictionary[TextIndex, _Speller] = WeakKeyDictionary()


def suggestions(parsed: ParsedQuery, index: TextIndex, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Other questions that may find something, best first: the question with one unknown word replaced."""
    speller = _speller(index, vocabulary)
    found = (
        parsed.text.replace(group.words, other, 1)
        for group in _unknown(parsed, index) for other in _others(group.words, speller)
    )
    return tuple(dict.fromkeys(question for question in found if question != parsed.text))[:MOST]


def _unknown(parsed: ParsedQuery, index: TextIndex) -> list[Group]:
    """Words no row has, or else those whose own letters no row has."""
    words = [group for group in parsed.required if SHORTEST <= len(group.words) <= LONGEST]
    nowhere = [group for group in words if not len(index.meet(group)[0])]
    return nowhere or [group for group in words if not any(_stands(index, group))]


def _stands(index: TextIndex, group: Group) -> Iterator[bool]:
    for member in group.members:
        if all(term[:2] in {"w:", "c:", "r:"} for term in member.terms):
            yield all(len(index.postings(term)[0]) for term in member.terms)


def _others(words: str, speller: _Speller) -> Iterator[str]:
    """Words that sound the same but are written otherwise, then words that sound nearly the same.

    What is a word already (フェリー) was no slip of the finger: nothing that only sounds nearly the same is meant by it.
    """
    sound, folded = fold_normalised(reading(words)), fold(words)
    slipped = () if sound in speller.written or is_dictionary_word(words) else dict.fromkeys((sound, folded))
    for nearby in (sound, *(near for spelling in slipped for near in _near(spelling, speller))):
        for other in speller.written.get(nearby, ()):
            if fold(other) != folded:
                yield other


def _near(sound: str, speller: _Speller) -> list[str]:
    if len(sound) < SHORTEST_SLIPPED:
        return []
    slips = 2 if len(sound) >= LONG_WORD else 1
    close = speller.sounds.suggest(sound, limit=NEAREST, maxdist=1, prefix=0 if len(sound) >= FREE_SLIP else len(sound) - 1)
    return close or (speller.sounds.suggest(sound, limit=NEAREST, maxdist=slips, prefix=1) if slips > 1 else [])


def _speller(index: TextIndex, vocabulary: Vocabulary) -> _Speller:
    known = _spellers.get(index)
    if known is None:
        known = _spellers[index] = _compile(index, _vocabulary_sounds(ByVersion(vocabulary)))
    return known


def _compile(index: TextIndex, vocabulary_sounds: dict[str, tuple[str, ...]]) -> _Speller:
    heard = {term[2:] for term in list(index.lexicon) if term.startswith("r:") and len(index.postings(term)[0])}
    written = {sound: (sound,) for sound in heard if len(sound) >= SHORTEST} | vocabulary_sounds
    return _Speller(ListCorrector(sorted(written)), written)


@lru_cache(maxsize=4)
def _vocabulary_sounds(key: ByVersion) -> dict[str, tuple[str, ...]]:
    """Sound → spellings of everything the vocabulary names: kinds, needs, attributes, everyday words, places."""
    sounds: dict[str, dict[str, None]] = {}
    for words, kana in _named(key.vocabulary):
        sound = fold(kana or reading(words))
        if len(sound) >= SHORTEST:
            sounds.setdefault(sound, {})[words] = None
    return {sound: tuple(spellings) for sound, spellings in sounds.items()}


def _named(vocabulary: Vocabulary) -> Iterator[tuple[str, str | None]]:
    for terms in (vocabulary.kinds, vocabulary.needs, vocabulary.attributes):
        for term in terms.values():
            yield from zip(term.label.split("・"), term.kana.split("・"), strict=False)
            yield from ((synonym, None) for synonym in term.synonyms)
    for word in vocabulary.everyday:
        if word.aloud is None and word.urgent is None:  # never suggest a word the page itself avoids saying
            yield from ((form, None) for form in word.words)
    for place in vocabulary.place_readings:
        yield from ((place.name, kana) for kana in (place.kana, *place.also_kana))
