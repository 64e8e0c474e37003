"""What does a question consist of once it is read? The frozen records parser, index and pages exchange."""

from __future__ import annotations

from dataclasses import dataclass

from directory.vocabulary import HelpLine


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


@dataclass(frozen=True, slots=True)
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
