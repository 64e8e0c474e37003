"""What does a question ask for? Words, "phrases", -exclusions, filters understood, urgent words.

A small parser of our own: no text can make it fail, and none takes longer than its 200 characters. Recognised words
(understanding.py) become chips or expansions; of the rest, function words are dropped and every run of content words
becomes a group with all the ways to meet it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from directory.japanese import (
    Token,
    compounds,
    fold_normalised,
    is_kana,
    normalise_with_offsets,
    original_span,
)
from directory.text.analysis import ASKING, carries_meaning
from directory.text.members import SHORTEST_FOR_PAIRS, Unit, members_of, members_of_run
from directory.text.phrasebook import FINDS, NOUNS, Meaning, normal_forms, phrasebook
from directory.text.understanding import Found, Question, understand
from directory.text.urgent import urgent_help
from directory.text.words import Chip, Group, Member, ParsedQuery
from directory.vocabulary import Vocabulary

LONGEST, MOST_WORDS = 200, 20
PHRASE = re.compile(r'"([^"]*)"|「([^」]*)」|『([^』]*)』')
EXCLUSION = re.compile(r"(?:^|(?<= ))-(?=[^\s\-])(\S+)")
MARKS = re.compile(r"[\"「」『』]")

# How much each further way to meet a word counts beside the word itself (members.py).
SIBLING, SAYING, EXPANDED, PLACE = 0.3, 0.3, 0.3, 0.9
# Words that need not be there: filters understood, the rest of a sentence, what a saying is about.
HELPING, TOPIC, NEAR = 0.2, 0.1, 0.3
WORDS_OF_A_SENTENCE = 3
NOUN, NUMERAL, COUNTER = "名詞", "数詞", "助数詞可能"


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
    for one in found[:MOST_WORDS]:
        _take(one, _written(text, offsets, one), question, not_filters, read)
    others = _rest_groups(rest, units, found)
    others += [replace(group, required=False) for phrase in phrases for group in _plain_groups(phrase)]
    room = max(0, MOST_WORDS - len(found))
    read.groups += others[:room]
    return ParsedQuery(
        text=text,
        groups=_settle(read, bool(phrases), units),
        phrases=tuple(folded for folded in map(fold_normalised, phrases) if folded),
        exclusions=tuple(group for words in exclusions for group in _excluded(words)),
        chips=tuple(dict.fromkeys(read.chips)),
        plain=tuple(dict.fromkeys(read.plain)),
        aloud=tuple(dict.fromkeys(read.aloud)),
        urgent=urgent_help(q, vocabulary, read.urgent),
        truncated=len(q) > LONGEST or len(others) > room,
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


def _take(found: Found, words: str, question: Question, not_filters: frozenset[str], read: _Reading) -> None:
    """A recognised stretch: its chips become filters, unless the resident wants the words; the rest expands them."""
    plain = [chip for chip in found.chips if chip.key in not_filters]
    chips = [chip for chip in found.chips if chip.key not in not_filters]
    read.plain += [replace(chip, words=words) for chip in plain]
    read.chips += [replace(chip, words=words) for chip in chips]
    whole_city = any(meaning.place is not None and meaning.place.level == "city" for meaning in found.meanings)
    required = not chips and not whole_city
    terms = _heaviest(found.meanings)
    literal = _said(question.normalised[found.start:found.end], found) if found.in_words else ()
    members = (*literal, *_place_members(found.meanings, literal), *_sibling_members(found.meanings), *_finding(terms))
    if members:
        read.groups.append(Group(words, members) if required else _helping(Group(words, members)))
    read.groups += [Group(words, (Member((key,), weight * EXPANDED),), False) for key, weight in _extra(terms)]
    topics = dict.fromkeys(topic for meaning in found.meanings for topic in meaning.topics)
    read.groups += [Group(words, (Member((topic,), TOPIC),), False) for topic in topics]
    read.groups += [_near_group(word) for word in dict.fromkeys(near for one in found.meanings for near in one.near)]
    sayings = [meaning for meaning in found.meanings if meaning.aloud is not None]
    read.aloud += [meaning.aloud or words for meaning in sayings]
    read.urgent += [meaning.urgent for meaning in sayings if meaning.urgent]


def _near_group(word: str) -> Group:
    """A word of places that help: it lifts them, however they came to be found."""
    return Group(word, tuple(replace(member, weight=member.weight * NEAR) for member in members_of(word)), False)


def _helping(group: Group) -> Group:
    """The group as one that only adds to the score, and less than what is asked for."""
    return Group(group.words, tuple(replace(member, weight=member.weight * HELPING) for member in group.members), False)


def _said(words: str, found: Found) -> tuple[Member, ...]:
    """The words themselves. Those of a saying with a verb (家に帰りたくない) stand in many texts by chance."""
    literal = members_of(words)
    if any(meaning.aloud is not None for meaning in found.meanings) and not all(map(_is_name, _content(words))):
        return tuple(replace(member, weight=member.weight * SAYING) for member in literal)
    return literal


def _content(words: str) -> list[Token]:
    """The content words and negations of a text."""
    return normal_forms([part for _, parts in compounds(words) for part in parts])


def _sibling_members(meanings: Iterable[Meaning]) -> list[Member]:
    return [Member(terms, SIBLING) for meaning in meanings for terms in meaning.siblings]


def _heaviest(meanings: Iterable[Meaning]) -> list[tuple[str, float]]:
    weights: dict[str, float] = {}
    for key, weight in (term for meaning in meanings for term in meaning.terms):
        weights[key] = max(weight, weights.get(key, 0.0))
    return list(weights.items())


def _finding(terms: list[tuple[str, float]]) -> list[Member]:
    """Keys heavy enough to find rows by; when none is, the heaviest."""
    heaviest = max((weight for _, weight in terms), default=0.0)
    return [Member((key,), weight * EXPANDED) for key, weight in terms if weight >= min(FINDS, heaviest)]


def _extra(terms: list[tuple[str, float]]) -> list[tuple[str, float]]:
    """A row that meets several keys of a saying stands above one that meets one: each also scores by itself."""
    return terms if len(terms) > 1 else []


def _place_members(meanings: Iterable[Meaning], literal: tuple[Member, ...]) -> list[Member]:
    """The right name of a place written another way."""
    names = {meaning.place.name for meaning in meanings if meaning.place is not None}
    known = {member.terms for member in literal}
    right = [replace(member, weight=PLACE) for name in sorted(names) for member in members_of(name)[:1]]
    return [member for member in right if member.terms not in known]


def _rest_groups(rest: str, units: list[Unit], found: list[Found]) -> list[Group]:
    """Groups for everything no part of the vocabulary explained."""
    groups = []
    for chunk in re.finditer(r"\S+", rest):
        inside = [one for one in found if one.start < chunk.end() and chunk.start() < one.end]
        if not inside and is_kana(chunk.group()):
            groups += _kana_group(chunk.group())
            continue
        groups += _sentence_groups(rest, chunk, units, inside)
    return groups


def _sentence_groups(rest: str, chunk: re.Match[str], units: list[Unit], inside: list[Found]) -> list[Group]:
    """The words of a chunk that nothing explained: required, unless the chunk is a sentence that said enough."""
    groups = []
    for run in _runs(units, chunk.start(), chunk.end(), inside):
        words = rest[run[0][0].start:run[-1][0].end]
        alone = not inside and words == chunk.group()
        groups.append(Group(words, members_of_run(words, run), alone or _names_something(run)))
    if any(meaning.terms for one in inside for meaning in one.meanings):
        return list(map(_helping, groups))
    if len(groups) >= WORDS_OF_A_SENTENCE and not inside:
        return [_any_of(groups, chunk.group()), *(replace(group, required=False) for group in groups)]
    return groups


def _any_of(groups: list[Group], words: str) -> Group:
    """A long sentence in words nobody foresaw: any of them will do, and the more the better."""
    return Group(words, tuple(member for group in groups for member in group.members))


def _runs(units: list[Unit], start: int, end: int, inside: list[Found]) -> Iterator[list[Unit]]:
    """Neighbouring content words of a chunk; function words and recognised stretches part them."""
    run: list[Unit] = []
    for whole, parts in units:
        explained = any(whole.start < one.end and one.start < whole.end for one in inside)
        dropped = whole.start < start or whole.end > end or explained or not _asks_something(whole)
        if run and (dropped or _is_name(whole) != _is_name(run[-1][0])):
            yield run
            run = []
        if not dropped:
            run.append((whole, parts))
    if run:
        yield run


def _asks_something(whole: Token) -> bool:
    return carries_meaning(whole) and whole.normal not in ASKING


def _is_name(whole: Token) -> bool:
    """楽しく卓球: the noun and what is said of it are two words."""
    return whole.part[0] in NOUNS


def _names_something(run: list[Unit]) -> bool:
    """Nouns must be met; verbs, adjectives and bare numbers of a sentence only help."""
    return any(whole.part[0] == NOUN and whole.part[1] != NUMERAL and whole.part[2:3] != (COUNTER,) for whole, _ in run)


def _kana_group(chunk: str) -> list[Group]:
    """A word typed in kana may be cut wrongly (流す + た), so it is also looked up as it sounds."""
    units = compounds(chunk)
    kept = [unit for unit in units if _asks_something(unit[0])]
    if not kept and len(chunk) < SHORTEST_FOR_PAIRS and any(whole.normal in ASKING for whole, _ in units):
        return []
    members = members_of_run(chunk, kept)
    return [Group(chunk, members)] if members else []


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
    return tuple(replace(group, required=True) for group in groups)
