"""Which groups does a part of a question add once the vocabulary has explained it?

A saying (夜ひとりでいたくない) hardly stands in any text. It is looked for by evidence: the needs, kinds and attributes it
is near and the words of places that help. One of them is enough to be found; every one of them adds to the score, so a
place that meets several stands above one that meets a single coarse key.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from directory.japanese import Token, compounds, fold_normalised
from directory.text.analysis import letter_pairs
from directory.text.members import members_of
from directory.text.phrasebook import FINDS, NOUNS, Meaning, normal_forms
from directory.text.understanding import Found
from directory.text.words import Group, Member

# How much each way to meet a word counts beside the word itself as typed (1). Tuned on the tuning queries of data/gold.
WEIGHTS = {
    "saying": 0.3,  # the words of a saying with a verb: they stand in many texts by chance
    "sibling": 0.3,  # another noun of the same entry (手芸: 編み物)
    "place": 0.9,  # the right name of a place written another way
    "finds": 0.05,  # a key as a way to be found; what it is worth is counted below
    "need": 0.3, "kind": 0.3, "attribute": 0.4,  # a key of a saying, times its weight in the vocabulary
    "noun_key": 0.3,  # the same of a noun (将棋), whose own word should decide
    "near": 0.3,  # a word of places that help
    "noun_near": 0.3,
    "topic": 0.1,  # a noun of another saying of the entry
    "helping": 0.2,  # words that have become a filter
    "ordinal": 1.0,  # 第4火曜: the filter knows the day only, the schedule's words say which
    "rest": 0.2,  # a word nothing explained, in a sentence that said enough
    "general": 0.1,  # a word of a sentence that says little about which place (父, 集まり)
}

ORDINAL = re.compile("第[0-9]")


def groups_of(found: Found, words: str, normalised: str, filters: bool) -> list[Group]:
    """The groups of an understood stretch: first the way to be found, then what only adds to the score.

    normalised: its letters as `normalise` writes them. filters: part of it has become a filter.
    """
    whole_city = any(meaning.place is not None and meaning.place.level == "city" for meaning in found.meanings)
    noun = all(map(_is_name, _content(normalised)))
    terms = _heaviest(found.meanings)
    literal = _said(normalised, found, noun) if found.in_words else ()
    members = (*literal, *_place_members(found.meanings, literal), *_siblings(found.meanings), *_finding(terms))
    groups = []
    if members:
        groups.append(helping(Group(words, members)) if filters or whole_city else Group(words, members))
    if filters and ORDINAL.match(normalised):
        pairs = tuple(letter_pairs(fold_normalised(normalised)))
        groups.append(Group(words, (Member(pairs, WEIGHTS["ordinal"] / len(pairs)),), False))
    groups += [Group(words, (Member((key,), weight * _worth(key, noun)),), False) for key, weight in terms]
    topics = dict.fromkeys(topic for meaning in found.meanings for topic in meaning.topics)
    groups += [Group(words, (Member((topic,), WEIGHTS["topic"]),), False) for topic in topics if WEIGHTS["topic"]]
    known = {member.terms for member in literal}
    near = dict.fromkeys(near for one in found.meanings for near in one.near)
    return groups + [group for word in near if (group := _near_group(word, noun, known)).members]


def helping(group: Group, weight: float | None = None) -> Group:
    """The group as one that only adds to the score, and less than what is asked for."""
    factor = WEIGHTS["helping"] if weight is None else weight
    return Group(group.words, scaled(group.members, factor), False)


def scaled(members: Iterable[Member], factor: float) -> tuple[Member, ...]:
    return tuple(replace(member, weight=member.weight * factor) for member in members)


def _worth(key: str, noun: bool) -> float:
    return WEIGHTS["noun_key"] if noun else WEIGHTS[key.split(":")[1]]


def _near_group(word: str, noun: bool, known: set[tuple[str, ...]]) -> Group:
    """A word of places that help lifts them, however they came to be found; the word typed is not counted twice."""
    members = [member for member in members_of(word) if member.terms not in known]
    return Group(word, scaled(members, WEIGHTS["noun_near" if noun else "near"]), False)


def _said(words: str, found: Found, noun: bool) -> tuple[Member, ...]:
    """The words themselves."""
    literal = members_of(words)
    if any(meaning.aloud is not None for meaning in found.meanings) and not noun:
        return scaled(literal, WEIGHTS["saying"])
    return literal


def _content(words: str) -> list[Token]:
    """The content words and negations of a text."""
    return normal_forms([part for _, parts in compounds(words) for part in parts])


def _is_name(token: Token) -> bool:
    return token.part[0] in NOUNS


def _siblings(meanings: Iterable[Meaning]) -> list[Member]:
    """Other nouns of the entry; words that need not stand together (相談 … 相手) count less the more they are."""
    found = dict.fromkeys(terms for meaning in meanings for terms in meaning.siblings)
    return [Member(terms, WEIGHTS["sibling"] / len(terms)) for terms in found]


def _heaviest(meanings: Iterable[Meaning]) -> list[tuple[str, float]]:
    weights: dict[str, float] = {}
    for key, weight in (term for meaning in meanings for term in meaning.terms):
        weights[key] = max(weight, weights.get(key, 0.0))
    return list(weights.items())


def _finding(terms: list[tuple[str, float]]) -> list[Member]:
    """Keys heavy enough to find rows by; when none is, the heaviest."""
    heaviest = max((weight for _, weight in terms), default=0.0)
    return [Member((key,), weight * WEIGHTS["finds"]) for key, weight in terms if weight >= min(FINDS, heaviest)]


def _place_members(meanings: Iterable[Meaning], literal: tuple[Member, ...]) -> list[Member]:
    """The right name of a place written another way."""
    names = {meaning.place.name for meaning in meanings if meaning.place is not None}
    known = {member.terms for member in literal}
    right = [member for name in sorted(names) for member in scaled(members_of(name)[:1], WEIGHTS["place"])]
    return [member for member in right if member.terms not in known]
