"""Which words of this city's vocabulary can stand in a question, and what does each of them mean?

Compiled once per vocabulary: every spelling, folded, and — for words that inflect (さみしくて, 疲れました) — every sequence
of normal forms, each with its meanings.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from directory.japanese import Token, fold, tokens
from directory.text.analysis import ASKING, FULL_VOWELS, GENERAL, carries_meaning, key_terms, word
from directory.vocabulary import PlaceReading, QueryPattern, Term, Vocabulary

NOUNS = frozenset({"名詞", "接尾辞", "形状詞"})
NEGATIONS = frozenset({"ない", "無い", "ず", "ぬ", "ん"})
# A key of an 生活語 with at least this weight is a way to find a row; a lighter one only moves it up.
FINDS = 0.6
# What the label itself, another name of it, or a bare attribute is worth beside the words as typed.
LABEL, SYNONYM = 1.0, 0.8


@dataclass(frozen=True, slots=True)
class Meaning:
    """What one spelling stands for: a filter (pattern), vocabulary keys (terms with weights), or a place.

    siblings: the nouns of the same entry (手芸: 編み物, 刺しゅう), each as its index terms; they are searched as well.
    topics: terms of the nouns in its sayings (病院に行く足がない: 病院, 通院); a place that names them stands higher.
    near: words of places that help (家に帰りたくない: 夜, 若者), as typed in the vocabulary; they are evidence of fit.
    needs_sign: the spelling counts only beside another sign (「火」 in 「火・木」). aloud: of an 生活語, what to say was
    searched too ("": the word itself).
    """

    pattern: QueryPattern | None = None
    needs_sign: bool = False
    terms: tuple[tuple[str, float], ...] = ()
    aloud: str | None = None
    siblings: tuple[tuple[str, ...], ...] = ()
    topics: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    place: PlaceReading | None = None
    urgent: str | None = None


@dataclass(frozen=True, slots=True)
class Phrasebook:
    """spellings: folded text → meanings. inflected: normal forms → meanings. lengths: of the entries, by beginning."""

    spellings: Mapping[str, tuple[Meaning, ...]]
    inflected: Mapping[tuple[str, ...], tuple[Meaning, ...]]
    spelling_lengths: Mapping[str, tuple[int, ...]]
    inflected_lengths: Mapping[str, tuple[int, ...]]
    blocked: Mapping[str, tuple[str, ...]]  # pattern key → folded texts in which it does not count
    patterns: tuple[QueryPattern, ...]  # those read by a regular expression


def phrasebook(vocabulary: Vocabulary) -> Phrasebook:
    """The phrasebook of a vocabulary, compiled when it is first asked for."""
    return _compile(ByVersion(vocabulary))


def normal_forms(found: Iterable[Token]) -> list[Token]:
    """The tokens that make a saying recognisable whatever their endings: content words and negations (as 無い)."""
    kept = []
    for token in found:
        if token.normal in NEGATIONS:
            kept.append(token._replace(normal="無い"))
        elif carries_meaning(token):
            kept.append(token)
    return kept


class ByVersion:
    """A vocabulary as a cache key: the same version is the same vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary

    def __hash__(self) -> int:
        return hash(self.vocabulary.version)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ByVersion) and other.vocabulary.version == self.vocabulary.version


@lru_cache(maxsize=4)
def _compile(key: ByVersion) -> Phrasebook:
    vocabulary = key.vocabulary
    spellings: dict[str, list[Meaning]] = {}
    inflected: dict[tuple[str, ...], list[Meaning]] = {}
    for form, meaning in _meanings(vocabulary):
        _add(spellings.setdefault(fold(form).translate(FULL_VOWELS), []), meaning)
        if meaning.terms:
            sequence = _sequence(form, meaning)
            if not (ASKING | GENERAL).issuperset(sequence):
                _add(inflected.setdefault(sequence, []), meaning)
    patterns = vocabulary.query_patterns
    return Phrasebook(
        spellings={form: tuple(meanings) for form, meanings in spellings.items() if form},
        inflected={sequence: tuple(meanings) for sequence, meanings in inflected.items()},
        spelling_lengths=_lengths(spellings),
        inflected_lengths=_lengths(inflected),
        blocked={pattern.key: tuple(map(fold, pattern.not_when)) for pattern in patterns if pattern.not_when},
        patterns=tuple(pattern for pattern in patterns if pattern.regex),
    )


@lru_cache(maxsize=16_384)
def _tokens(form: str) -> tuple[Token, ...]:
    """The shortest words of a form: when the words of a city change, most of its forms stay."""
    return tuple(tokens(form))


def _sequence(form: str, meaning: Meaning) -> tuple[str, ...]:
    """The normal forms by which a form is recognised; () when they say too little (「何か作りたい」 is not any 作る)."""
    found = _tokens(form)
    kept = normal_forms(found)
    if len(kept) == 1 and (meaning.aloud is None or kept[0].start != found[0].start):
        return ()
    return tuple(token.normal for token in kept)


def _add(meanings: list[Meaning], meaning: Meaning) -> None:
    if meaning not in meanings:
        meanings.append(meaning)


def _lengths(entries: Mapping) -> dict[str, tuple[int, ...]]:
    by_beginning: dict[str, set[int]] = {}
    for entry in entries:
        if entry:
            by_beginning.setdefault(entry[0], set()).add(len(entry))
    return {beginning: tuple(sorted(lengths, reverse=True)) for beginning, lengths in by_beginning.items()}


def _meanings(vocabulary: Vocabulary) -> Iterator[tuple[str, Meaning]]:
    for pattern in vocabulary.query_patterns:
        yield from ((form, Meaning(pattern)) for form in pattern.forms)
        yield from ((form, Meaning(pattern, needs_sign=True)) for form in pattern.careful)
        yield from _labels_of(pattern, vocabulary)
    listed = {"kind": vocabulary.kinds, "need": vocabulary.needs, "attribute": vocabulary.attributes}
    for parameter, terms in listed.items():
        for term in terms.values():
            yield from _term_meanings(parameter, term)
    for saying in vocabulary.everyday:
        weights = [*_weighted("need", saying.needs), *_weighted("kind", saying.kinds),
                   *_weighted("attribute", saying.attributes)]
        meaning = Meaning(terms=tuple(weights), aloud=saying.aloud or "", siblings=_nouns(saying.words),
                          topics=_topics(saying.words), near=saying.near, urgent=saying.urgent)
        yield from ((form, meaning) for form in saying.words)
    for interest in vocabulary.interests.values():
        forms = (*interest.label.split("・"), *interest.synonyms)
        yield from ((form, Meaning(siblings=_nouns(forms))) for form in forms)
    for place in vocabulary.place_readings:
        yield from ((form, Meaning(place=place, needs_sign=place.careful))
                    for form in {place.name, place.kana, *place.also_kana, *place.typed})


def _term_meanings(parameter: str, term: Term) -> Iterator[tuple[str, Meaning]]:
    key, = key_terms(parameter, [term.key])
    for form in {term.label, term.kana, *term.label.split("・"), *term.kana.split("・")}:
        yield form, Meaning(terms=((key, LABEL),))
    for form in term.synonyms:
        yield form, Meaning(terms=((key, SYNONYM),))


def _nouns(forms: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    """Those of the forms that are nouns, as index terms; sayings with verbs or negations are no help in a text."""
    found = []
    for form in forms:
        kept = normal_forms(_tokens(form))
        if kept and all(token.part[0] in NOUNS for token in kept):
            found.append(tuple(dict.fromkeys(map(word, kept))))
    return tuple(dict.fromkeys(found))


def _topics(forms: Iterable[str]) -> tuple[str, ...]:
    nouns = [token for form in forms for token in normal_forms(_tokens(form))
             if token.part[0] == "名詞" and len(token.surface) > 1 and token.normal not in ASKING | GENERAL]
    return tuple(dict.fromkeys(map(word, nouns)))


def _labels_of(pattern: QueryPattern, vocabulary: Vocabulary) -> Iterator[tuple[str, Meaning]]:
    """The label of an attribute means its filter too when it holds one of its words: 車いすで入れる, 車いす."""
    term = vocabulary.attributes.get(pattern.parameter)
    if term is not None and pattern.values == ("yes",) and any(form in term.label for form in pattern.forms):
        yield term.label, Meaning(pattern, terms=((key_terms("attribute", [term.key])[0], LABEL),))


def _weighted(parameter: str, weights: Mapping[str, float]) -> Iterator[tuple[str, float]]:
    return ((key_terms(parameter, [key])[0], weight) for key, weight in weights.items())
