"""What does a question consist of once it is read? The frozen records parser, index and pages exchange."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

import numpy as np

from directory.japanese import fold
from directory.vocabulary import HelpLine

MARKED = frozenset({"w:", "c:", "r:"})  # kinds of terms that stand for a word one can see
ONE_LETTER = 3  # length of such a term of a single letter, with its prefix
SHORTEST_LITERAL = 2
Score = TypeVar("Score", float, np.ndarray)
HELPS = 7.0  # tuned on the tuning queries of data/gold


@dataclass(frozen=True, slots=True)
class Member:
    """One way to meet a group: all `terms` of the index together. Its score is their sum times `weight`."""

    terms: tuple[str, ...]
    weight: float


@dataclass(frozen=True, slots=True)
class Group:
    """One word of the question and every way to meet it; it scores its best member. `words` as the person wrote them.

    A group that is not required only adds to the score (a word that has become a filter, a verb in a sentence).
    """

    words: str
    members: tuple[Member, ...]
    required: bool = True

    def helps(self, score: Score) -> Score:
        """What a score of this group adds when it only helps: that it is met counts, how often and where hardly."""
        return HELPS * (score * max(member.weight for member in self.members)) ** 0.5


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter understood from words of the question: 「水曜」 → day=wed. `label` is shown, `words` are as written.

    Taking it off while keeping the words puts `key` into the URL parameter `plain` (`plain=day:wed`, may repeat).
    """

    parameter: str
    values: tuple[str, ...]
    label: str
    words: str

    @property
    def value(self) -> str:
        return self.values[0]

    @property
    def key(self) -> str:
        return f"{self.parameter}:{'+'.join(self.values)}"


@dataclass(frozen=True, slots=True)
class UrgentHelp:
    """Help to put above all results. A line without a number is the city's to fill in: show its name."""

    key: str
    label: str
    say: str
    easy: str
    now: str
    lines: tuple[HelpLine, ...]
    children: tuple[HelpLine, ...]  # first, when a child may be asking
    local: tuple[HelpLine, ...]
    keys: tuple[str, ...] = ()  # index terms of places that help too
    help_only: bool = False  # words nothing else explains find no places


@dataclass(frozen=True)
class Marks:
    """What a text is marked by. weak: terms of one letter, which count only right after another word found."""

    terms: frozenset[str]
    weak: frozenset[str]
    literals: tuple[str, ...]  # folded


@dataclass(frozen=True)
class ParsedQuery:
    """A question, read.

    text        as written, cut at 200 characters
    groups      words to find; required ones are ANDed, the others only score
    phrases     folded texts that must stand in a row exactly
    exclusions  groups a row must not meet
    chips       filters understood; `plain` the ones the resident took off, whose words are searched instead
    aloud       words for the sentence「◯◯に近い言葉でも探しました」
    """

    text: str
    groups: tuple[Group, ...] = ()
    phrases: tuple[str, ...] = ()
    exclusions: tuple[Group, ...] = ()
    chips: tuple[Chip, ...] = ()
    plain: tuple[Chip, ...] = ()
    aloud: tuple[str, ...] = ()
    urgent: tuple[UrgentHelp, ...] = ()
    truncated: bool = False

    @property
    def required(self) -> tuple[Group, ...]:
        return tuple(group for group in self.groups if group.required)

    @property
    def optional(self) -> tuple[Group, ...]:
        return tuple(group for group in self.groups if not group.required)

    @property
    def asks_words(self) -> bool:
        """Does it ask for words, not only for filters?"""
        return bool(self.required or self.phrases)

    @cached_property
    def marks(self) -> Marks:
        """What to mark in the texts found: worked out once a question, and gone with it."""
        alone = {member.terms[0] for group in self.groups for member in group.members if len(member.terms) == 1}
        terms = frozenset(term for group in self.groups for term in _marked(group))
        weak = frozenset(term for term in terms - alone if len(term) == ONE_LETTER)
        literals = {fold(group.words) for group in self.groups} | set(self.phrases)
        return Marks(terms, weak, tuple(sorted(word for word in literals if len(word) >= SHORTEST_LITERAL)))


def _marked(group: Group) -> Iterator[str]:
    """A compound is marked whole (車椅子, not every 椅子); of other words the parts."""
    single = [member.terms[0] for member in group.members if len(member.terms) == 1 and member.terms[0][:2] in MARKED]
    yield from single
    if not any(term.startswith("c:") for term in single):
        yield from (term for member in group.members for term in member.terms if term[:2] in MARKED)
