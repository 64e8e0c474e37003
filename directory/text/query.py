"""What does a question ask for? Words, "phrases", -exclusions, filters understood, urgent words.

A small parser of our own: no text can make it fail, and none takes longer than its 200 characters. Recognised words
(understanding.py) become chips or expansions; of the rest, function words are dropped and every run of content words
becomes a group with all the ways to meet it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date

from directory.japanese import (
    compounds,
    fold_normalised,
    normalise_with_offsets,
    original_span,
)
from directory.text.analysis import carries_meaning
from directory.text.meanings import groups_of
from directory.text.members import Unit, members_of
from directory.text.phrasebook import phrasebook
from directory.text.sentences import all_groups, loosened
from directory.text.understanding import Found, Question, understand
from directory.text.urgent import helped, urgent_help
from directory.text.words import Chip, Group, ParsedQuery
from directory.vocabulary import Vocabulary

LONGEST, MOST_WORDS = 200, 20
PHRASE = re.compile(r'"([^"]*)"|「([^」]*)」|『([^』]*)』')
EXCLUSION = re.compile(r"(?:^|(?<= ))-(?=[^\s\-])(\S+)")
MARKS = re.compile(r"[\"「」『』]")


@dataclass
class _Reading:
    """What has been found so far."""

    groups: list[Group] = field(default_factory=list)
    chips: list[Chip] = field(default_factory=list)
    plain: list[Chip] = field(default_factory=list)
    aloud: list[str] = field(default_factory=list)
    urgent: list[str] = field(default_factory=list)


def parse_query(
    q: str, vocabulary: Vocabulary, *, today: date, not_filters: frozenset[str] = frozenset()
) -> ParsedQuery:
    """Read a question. not_filters: keys of chips (`day:wed`) whose words are to be searched instead (`plain=`)."""
    text = q[:LONGEST]
    normalised, offsets = normalise_with_offsets(text)
    phrases, exclusions, rest = _take_marked(normalised)
    units = compounds(rest)
    question = _question(rest, units)
    found = understand(question, phrasebook(vocabulary), today)
    read = _Reading()
    taken = [(one, _take(one, _written(text, offsets, one), question, not_filters, read)) for one in found[:MOST_WORDS]]
    read.groups, left_out = all_groups(rest, units, taken, MOST_WORDS - len(taken))
    read.groups += [replace(group, required=False) for phrase in phrases for group in _plain_groups(phrase)]
    urgent = urgent_help(q, vocabulary, read.urgent)
    return ParsedQuery(
        text=text,
        groups=tuple(helped(_settle(read, bool(phrases), units), urgent)),
        phrases=tuple(folded for folded in map(fold_normalised, phrases) if folded),
        exclusions=tuple(group for words in exclusions for group in _excluded(words)),
        chips=tuple(dict.fromkeys(read.chips)),
        plain=tuple(dict.fromkeys(read.plain)),
        aloud=tuple(dict.fromkeys(read.aloud)),
        urgent=urgent,
        truncated=len(q) > LONGEST or len(found) > MOST_WORDS or left_out,
    )


def _take_marked(normalised: str) -> tuple[list[str], list[str], str]:
    """Phrases, exclusions, and the question without them — blanked, so that every place keeps its number."""
    phrases = [" ".join("".join(filter(None, match.groups())).split()) for match in PHRASE.finditer(normalised)]
    rest = PHRASE.sub(_blank, normalised)
    exclusions = [match.group(1) for match in EXCLUSION.finditer(rest)]
    rest = MARKS.sub(" ", EXCLUSION.sub(_blank, rest))
    return list(filter(None, phrases))[:MOST_WORDS], exclusions[:MOST_WORDS], rest


def _question(rest: str, units: list[Unit]) -> Question:
    edges = {0, len(rest)} | {at for whole, _ in units for at in (whole.start, whole.end)}
    return Question(rest, fold_normalised(rest), tuple(part for _, parts in units for part in parts), frozenset(edges))


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


def _written(text: str, offsets: list[int], found: Found) -> str:
    start, end = original_span(offsets, found.start, found.end)
    return text[start:end]


def _take(
    found: Found, words: str, question: Question, not_filters: frozenset[str], read: _Reading
) -> list[Group]:
    """A recognised stretch: its chips become filters, unless the resident wants the words; the rest expands them."""
    plain = [chip for chip in found.chips if chip.key in not_filters]
    chips = [chip for chip in found.chips if chip.key not in not_filters]
    read.plain += [replace(chip, words=words) for chip in plain]
    read.chips += [replace(chip, words=words) for chip in chips]
    sayings = [meaning for meaning in found.meanings if meaning.aloud is not None]
    read.aloud += [meaning.aloud or words for meaning in sayings]
    read.urgent += [meaning.urgent for meaning in sayings if meaning.urgent]
    return groups_of(found, words, question.normalised[found.start:found.end], bool(chips))


def _plain_groups(text: str) -> list[Group]:
    return [Group(part, ways) for part in text.split() if (ways := members_of(part))]


def _excluded(words: str) -> list[Group]:
    """Rows with the word itself or its compound, or its sound when typed in kana; no guesses."""
    exact = tuple(member for member in members_of(words) if not member.terms[0].startswith("b:"))
    return [Group(words, exact)] if exact else []


def _settle(read: _Reading, has_phrases: bool, units: list[Unit]) -> tuple[Group, ...]:
    """A question of helping words only still asks for them; one of nothing but asking words asks for those."""
    groups = read.groups
    if any(group.required for group in groups) or read.chips or has_phrases:
        return tuple(groups)
    if not groups:
        groups = [Group(whole.surface, ways) for whole, _ in units[:MOST_WORDS]
                  if carries_meaning(whole) and (ways := members_of(whole.surface))]
    asked = [replace(group, required=True) for group in groups]
    return tuple(loosened(asked, asked[0].words) if read.groups else asked)
