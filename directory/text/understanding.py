"""Which words of a question mean a filter, a need, a kind or a place? The longest match wins.

A filter understood wrongly hides places, so the rules are strict: short words count only where a word begins and ends,
「火」 only beside another sign, and never inside a longer saying the vocabulary knows (「夜がさびしい」 is no filter 夜).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from directory.japanese import Token, is_kana
from directory.text.analysis import FULL_VOWELS
from directory.text.dates import dates_in, filled
from directory.text.phrasebook import Meaning, Phrasebook, normal_forms
from directory.text.words import Chip

SHORT_KANA, SHORT_OTHER = 4, 2  # letters; shorter ones must be whole words
NEARBY = re.compile("(?:の|から)?(?:近く|近所|ちかく|付近|周辺|そば|あたり|まわり|周り)(?:の|で|に)?")
# 「火」 is a weekday after these, and an area or a place stands before these.
NTH_SIGN = re.compile("第[1-5一二三四五](?:[・,、と]第?[1-5一二三四五])*")
SIGN_BEFORE = re.compile(f"(?:毎週|隔週|{NTH_SIGN.pattern}週?[の ]?)$")
NTH = re.compile("[1-5]")
KANJI_DIGITS = str.maketrans("一二三四五", "12345")
SIGN_AFTER = re.compile("(?:で|の|に|から|へ|を|は|が|も|まで|方面|あたり|周辺|地域|地区|支所)")
LIST_MARKS = "・,、と/&"
PLACE_GROUPS = frozenset({"area"})


@dataclass(frozen=True, slots=True)
class Found:
    """A stretch of the folded question and what it means; the chips are filled in already."""

    start: int
    end: int
    meanings: tuple[Meaning, ...] = ()
    chips: tuple[Chip, ...] = ()

    @property
    def in_words(self) -> bool:
        """Is it said in words of the vocabulary, not in figures (13時から, 11月25日)?"""
        return any(meaning.pattern is None or meaning.pattern.regex is None for meaning in self.meanings)

    @property
    def rank(self) -> tuple[int, int, int]:
        """Longest first; a filter before other meanings of the same letters; then as written."""
        return self.start - self.end, not self.chips, self.start


@dataclass(frozen=True, slots=True)
class Question:
    """A question ready to be understood: the normalised and the folded text (of one length), its shortest words, and
    where its longest words begin and end (茶道 is no お茶)."""

    normalised: str
    folded: str
    tokens: tuple[Token, ...]
    edges: frozenset[int]

    @property
    def starts(self) -> frozenset[int]:
        """Where the shortest words begin."""
        return frozenset(token.start for token in self.tokens)


def understand(question: Question, book: Phrasebook, today: date) -> list[Found]:
    """The stretches of a question that mean something, in reading order, none overlapping."""
    candidates = [*_spelled(question, book), *_inflected(question, book), *_by_pattern(question, book, today)]
    taken: list[Found] = []
    for found in sorted(candidates, key=lambda one: one.rank):
        same = next((other for other in taken if (other.start, other.end) == (found.start, found.end)), None)
        if same is not None:
            taken[taken.index(same)] = _merge(same, found)
        elif all(found.end <= other.start or other.end <= found.start for other in taken):
            taken.append(found)
    return sorted(taken, key=lambda one: one.start)


def _merge(one: Found, other: Found) -> Found:
    meanings = tuple(dict.fromkeys((*one.meanings, *other.meanings)))
    return Found(one.start, one.end, meanings, one.chips or other.chips)


def _spelled(question: Question, book: Phrasebook) -> Iterator[Found]:
    text = question.folded.translate(FULL_VOWELS)
    for start in range(len(text)):
        for length in book.spelling_lengths.get(text[start], ()):
            end = start + length
            meanings = book.spellings.get(text[start:end], ()) if end <= len(text) else ()
            if not meanings or not _may_stand(question, start, end):
                continue
            meant = tuple(one for one in meanings if _counts(one, question, book, start, end))
            if meant:
                yield _found(question, _with_sign(meant, text, start), end, meant)


def _found(question: Question, start: int, end: int, meanings: tuple[Meaning, ...]) -> Found:
    words = question.normalised[start:end]
    chips = tuple(_nth(Chip(one.pattern.parameter, one.pattern.values, one.pattern.chip, words))
                  for one in meanings if one.pattern is not None)
    place = next((one.place for one in meanings if one.place is not None), None)
    near = NEARBY.match(question.folded, end) if place is not None and place.level != "city" else None
    if place is not None and near is not None:
        chips = (Chip("near", (place.name,), f"{place.name}の近く", question.normalised[start:near.end()]),)
        return Found(start, near.end(), meanings, chips)
    return Found(start, end, meanings, chips)


def _nth(chip: Chip) -> Chip:
    """「第2・4火曜」 means the second and the fourth Tuesday of a month: tue2, tue4."""
    numbers = NTH.findall(chip.words.translate(KANJI_DIGITS)) if NTH_SIGN.match(chip.words) else []
    if not numbers:
        return chip
    values = tuple(f"{value}{number}" for value in chip.values for number in dict.fromkeys(numbers))
    return replace(chip, values=values, label=f"第{'・'.join(dict.fromkeys(numbers))}{chip.label}")


def _inflected(question: Question, book: Phrasebook) -> Iterator[Found]:
    """Sayings in another form: 「介護で疲れています」 for 「介護に疲れた」."""
    words = normal_forms(question.tokens)
    for at, first in enumerate(words):
        for length in book.inflected_lengths.get(first.normal, ()):
            part = words[at:at + length]
            meanings = book.inflected.get(tuple(word.normal for word in part), ())
            if meanings and {first.start, part[-1].end} <= question.edges:
                yield _found(question, first.start, part[-1].end, meanings)


def _by_pattern(question: Question, book: Phrasebook, today: date) -> Iterator[Found]:
    for pattern in book.patterns:
        for match in re.finditer(pattern.regex or "", question.normalised):
            chip = filled(pattern, match)
            if chip is not None:
                yield Found(match.start(), match.end(), (Meaning(pattern),), (chip,))
    for start, end, chip in dates_in(question.normalised, today):
        yield Found(start, end, (), (chip,))


def _counts(meaning: Meaning, question: Question, book: Phrasebook, start: int, end: int) -> bool:
    if meaning.pattern is not None and _blocked(question.folded, book.blocked.get(meaning.pattern.key, ()), start, end):
        return False
    return not meaning.needs_sign or _has_sign(meaning, question.folded, book, start, end)


def _blocked(text: str, longer: Iterable[str], start: int, end: int) -> bool:
    """Does a text in which the word does not count (朝ごはん for 朝) cover part of it?"""
    for other in longer:
        at = text.find(other)
        while at >= 0:
            if at < end and start < at + len(other):
                return True
            at = text.find(other, at + 1)
    return False


def _has_sign(meaning: Meaning, text: str, book: Phrasebook, start: int, end: int) -> bool:
    before, after = text[:start], text[end:]
    if (not before or before[-1] in " (") and (not after or after[0] in " )"):
        return True
    if meaning.place is not None or (meaning.pattern is not None and meaning.pattern.group in PLACE_GROUPS):
        return SIGN_AFTER.match(after) is not None
    return SIGN_BEFORE.search(before) is not None or _in_list(meaning, text, book, start, end)


def _with_sign(meanings: tuple[Meaning, ...], text: str, start: int) -> int:
    """「毎週火」 and 「第2火」 are one stretch."""
    is_day = any(one.pattern is not None and one.pattern.parameter == "day" for one in meanings)
    sign = SIGN_BEFORE.search(text[:start]) if is_day else None
    return sign.start() if sign else start


def _in_list(meaning: Meaning, text: str, book: Phrasebook, start: int, end: int) -> bool:
    """「火・木」: a list mark and beyond it a word of the same group."""
    beside = []
    if end + 1 < len(text) and text[end] in LIST_MARKS:
        beside.append(text[end + 1])
    if start >= 2 and text[start - 1] in LIST_MARKS:
        beside.append(text[start - 2])
    group = meaning.pattern.group if meaning.pattern else ""
    return any(other.pattern is not None and other.pattern.group == group
               for letter in beside for other in book.spellings.get(letter, ()))


def _may_stand(question: Question, start: int, end: int) -> bool:
    """May a word be read here? Latin letters and digits only as whole words, short words only as whole words."""
    if _joined(question.folded, start) or _joined(question.folded, end):
        return False
    form = question.folded[start:end]
    if len(form) <= (SHORT_KANA if is_kana(form) else SHORT_OTHER):
        return {start, end} <= question.edges
    # Long kana may be cut wrongly; of anything else the beginning must begin a word (料金がない is not 金がない).
    return is_kana(form) or start in question.starts


def _joined(text: str, at: int) -> bool:
    """Would reading from here cut a Latin word or a number in two?"""
    if not 0 < at < len(text):
        return False
    before, after = text[at - 1], text[at]
    return before.isascii() and after.isascii() and (
        (before.isalpha() and after.isalpha()) or (before.isdigit() and after.isdigit()))
