"""Does a question sound like an emergency? Then a helpline stands above all results. Nothing is ever recorded here.

The table is the coordinators' (data/vocabulary/urgent.yml): contained phrases, カナ = かな, spaces dropped; Latin phrases as
whole words; kana of four letters or fewer only where a word begins; `not_when` is taken out first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from directory.japanese import fold, is_kana, tokens
from directory.text.words import UrgentHelp
from directory.vocabulary import UrgentGroup, Vocabulary

LONGEST = 2_000  # characters looked at; longer than any question that is searched
SHORT_KANA = 4
LATIN = re.compile(r"[0-9a-zà-ÿ\u0100-\u024f\u1e00-\u1eff' ]+")
GONE = "\n"  # stands where a harmless phrase was taken out, so that its neighbours do not join


def urgent_help(text: str, vocabulary: Vocabulary, raised: Iterable[str] = ()) -> tuple[UrgentHelp, ...]:
    """Help for every group whose phrases the text contains, in the table's order; `raised` are groups an 生活語 raises."""
    folded, also = fold(text[:LONGEST]), set(raised)
    starts = None
    found = []
    for group in vocabulary.urgent.groups.values():
        if group.key not in also:
            spaced = _without(folded, group.not_when)
            close = spaced.replace(" ", "")
            hits = [phrase for phrase in _phrases(group.phrases + group.other_languages) if _contains(phrase, spaced, close)]
            if hits and all(_needs_beginning(phrase) for phrase in hits):
                starts = _beginnings(text[:LONGEST]) if starts is None else starts
                hits = [phrase for phrase in hits if any(start.startswith(phrase) for start in starts)]
            if not hits:
                continue
        found.append(_help(group))
    return tuple(found)


@lru_cache(maxsize=64)
def _phrases(phrases: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(folded if LATIN.fullmatch(folded) else folded.replace(" ", "") for folded in map(fold, phrases))


def _without(folded: str, harmless: tuple[str, ...]) -> str:
    for phrase in _phrases(harmless):
        folded = folded.replace(phrase, GONE)
    return folded


def _contains(phrase: str, spaced: str, close: str) -> bool:
    if not LATIN.fullmatch(phrase):
        return phrase in close
    at = spaced.find(phrase)
    while at >= 0:
        around = spaced[at - 1:at] + spaced[at + len(phrase):at + len(phrase) + 1]
        if not LATIN.fullmatch(around.replace(" ", "").replace("'", "") or "。"):
            return True
        at = spaced.find(phrase, at + 1)
    return False


def _needs_beginning(phrase: str) -> bool:
    return len(phrase) <= SHORT_KANA and is_kana(phrase)


def _beginnings(text: str) -> list[str]:
    """The rest of the text from every place where a word begins, without spaces."""
    folded = fold(text)
    return [fold(text[token.start:]).replace(" ", "") for token in tokens(text)] + [folded.replace(" ", "")]


def _help(group: UrgentGroup) -> UrgentHelp:
    return UrgentHelp(group.key, group.label, group.say, group.easy, group.now, group.lines, group.children, group.local)
