"""Does a question sound like an emergency? Then a helpline stands above all results. Nothing is ever recorded here.

The table is the coordinators' (data/vocabulary/urgent.yml): contained phrases, カナ = かな, spaces dropped; Latin
phrases as whole words; kana of four letters or fewer only where a word begins; `not_when` is taken out first. """

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from directory.japanese import fold, is_kana, tokens
from directory.text.analysis import key_terms
from directory.text.meanings import WEIGHTS, scaled
from directory.text.words import Group, Member, UrgentHelp
from directory.vocabulary import UrgentGroup, Vocabulary

LONGEST = 2_000  # characters looked at; longer than any question that is searched
SHORT_KANA = 4
LATIN = re.compile(r"[0-9a-zà-ÿ\u0100-\u024f\u1e00-\u1eff' ]+")
GONE = "\n"  # stands where a harmless phrase was taken out, so that its neighbours do not join


def urgent_help(text: str, vocabulary: Vocabulary, raised: Iterable[str] = ()) -> tuple[UrgentHelp, ...]:
    """Help for every group whose phrases the text contains, in the table's order; `raised` are groups an 生活語 raises."""
    text, also = text[:LONGEST], set(raised)
    folded, beginnings = fold(text), _Beginnings(text)
    return tuple(
        _help(group) for group in vocabulary.urgent.groups.values()
        if group.key in also or _sounds_like(_phrases(group), folded, beginnings)
    )


@dataclass(frozen=True, slots=True)
class _Phrases:
    """The folded phrases of a group by the way they are looked for."""

    harmless: tuple[str, ...]
    anywhere: tuple[str, ...]
    at_beginning: tuple[str, ...]
    whole_words: tuple[str, ...]


def _phrases(group: UrgentGroup) -> _Phrases:
    return _sorted_phrases(group.phrases + group.other_languages, group.not_when)


@lru_cache(maxsize=64)
def _sorted_phrases(phrases: tuple[str, ...], harmless: tuple[str, ...]) -> _Phrases:
    folded = [fold(phrase) for phrase in phrases]
    latin = [phrase for phrase in folded if LATIN.fullmatch(phrase)]
    close = [phrase.replace(" ", "") for phrase in folded if phrase not in latin]
    short = [phrase for phrase in close if len(phrase) <= SHORT_KANA and is_kana(phrase)]
    anywhere = [phrase for phrase in close if phrase not in short]
    return _Phrases(tuple(map(fold, harmless)), tuple(anywhere), tuple(short), tuple(latin))


class _Beginnings:
    """The rest of a text from every place where a word begins; cut into words only when it is asked for."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def rests(self) -> list[str]:
        """Folded and without spaces."""
        starts = {0, *(token.start for token in tokens(self._text))}
        return [fold(self._text[start:]).replace(" ", "") for start in starts]


def _sounds_like(phrases: _Phrases, folded: str, beginnings: _Beginnings) -> bool:
    for phrase in phrases.harmless:
        folded = folded.replace(phrase, GONE)
    close = folded.replace(" ", "")
    if any(phrase in close for phrase in phrases.anywhere):
        return True
    if any(phrase in folded and _stands_alone(phrase, folded) for phrase in phrases.whole_words):
        return True
    short = [phrase for phrase in phrases.at_beginning if phrase in close]
    return bool(short) and any(rest.startswith(phrase) for phrase in short for rest in beginnings.rests)


def _stands_alone(phrase: str, folded: str) -> bool:
    """No Latin letter or digit touches it."""
    at = folded.find(phrase)
    while at >= 0:
        around = folded[max(at - 1, 0):at] + folded[at + len(phrase):at + len(phrase) + 1]
        if not LATIN.search(around.replace(" ", "").replace("'", "")):
            return True
        at = folded.find(phrase, at + 1)
    return False


def _help(group: UrgentGroup) -> UrgentHelp:
    return UrgentHelp(
        group.key, group.label, group.say, group.easy, group.now, group.lines, group.children, group.local,
        (*key_terms("need", group.also_needs), *key_terms("kind", group.also_kinds)), group.help_only)


def helped(groups: Sequence[Group], urgent: Sequence[UrgentHelp]) -> list[Group]:
    """The groups of a question, and the needs and kinds that an urgent group is also searched by.

    When nothing in the question was understood otherwise, they find as well: no text says 「電気を止められそう」.
    """
    keys = dict.fromkeys((key,) for one in urgent for key in one.keys)
    required = [group for group in groups if group.required]
    ways = [member for group in required for member in group.members]
    words = " ".join(group.words for group in required)
    understood = any(member.terms[0].startswith("k:") for member in ways)
    if not understood and any(one.help_only for one in urgent):
        return [Group(words, ())]
    if not keys:
        return list(groups)
    helping = [Group(key[0], (Member(key, WEIGHTS["need"]),), False) for key in keys]
    if understood:
        return [*groups, *helping]
    finding = scaled([*ways, *(Member(key, 1.0) for key in keys)], WEIGHTS["finds"])
    return [Group(words, finding), *(replace(group, required=False) for group in groups), *helping]
