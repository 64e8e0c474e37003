"""Which words of a question does nothing explain, and must a place have them?

Words typed one by one (小学生 学習支援 大野) are all asked for. Of a sentence, some words only carry it, and no place says
all of it the same way: any part that says something will do, and the more of it the better.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from directory.japanese import Token, compounds, is_kana
from directory.text.analysis import ASKING, GENERAL, carries_meaning
from directory.text.meanings import WEIGHTS, helping, scaled
from directory.text.members import SHORTEST_FOR_PAIRS, Unit, members_of_run
from directory.text.phrasebook import NOUNS
from directory.text.understanding import Found
from directory.text.words import Group

NOUN, NUMERAL, COUNTER = "名詞", "数詞", "助数詞可能"
TELLING = frozenset({"動詞", "助動詞", "形容詞", "助詞"})


def all_groups(
    rest: str, units: list[Unit], taken: list[tuple[Found, list[Group]]], room: int
) -> tuple[list[Group], bool]:
    """The groups of a question: of its understood stretches and of the words nothing explained, at most `room` of
    these; and whether any of them had to be left out."""
    groups: list[Group] = []
    left_out = False
    for chunk in re.finditer(r"\S+", rest):
        inside = [found for found, _ in taken if found.start < chunk.end() and chunk.start() < found.end]
        begun = [group for found, added in taken if chunk.start() <= found.start < chunk.end() for group in added]
        alone = not inside and is_kana(chunk.group())
        others = _kana_group(chunk.group()) if alone else _others(rest, chunk, units, inside)
        left_out = left_out or len(others) > room
        others, room = others[:max(0, room)], room - len(others)
        tells = not alone and any(_tells(whole) for whole, _ in units if chunk.start() <= whole.start < chunk.end())
        firm = [group for found, added in taken if _is_label(found) for group in added]
        groups += loosened([*begun, *others], chunk.group(), firm) if tells else [*begun, *others]
    return groups, left_out


def _others(rest: str, chunk: re.Match[str], units: list[Unit], inside: list[Found]) -> list[Group]:
    """The words of a chunk that nothing explained: required, unless the rest of it said enough."""
    groups = []
    for run in _runs(units, chunk.start(), chunk.end(), inside):
        words = rest[run[0][0].start:run[-1][0].end]
        alone = not inside and words == chunk.group()
        group = Group(words, members_of_run(words, run), alone or _names_something(run))
        general = not alone and all(whole.normal in GENERAL for whole, _ in run)
        groups.append(helping(group, WEIGHTS["general"]) if general else group)
    if any(meaning.terms for one in inside for meaning in one.meanings):
        return [helping(group, WEIGHTS["rest"]) for group in groups]
    return groups


def loosened(groups: list[Group], words: str, firm: Sequence[Group] = ()) -> list[Group]:
    """A sentence that asks for several things: any of them will do, beside the kinds and attributes it names."""
    required = [group for group in groups if group.required]
    if len(required) < 2:
        return groups
    loose = [group if group in firm else replace(group, required=False) for group in groups]
    if any(group.required for group in loose):
        return loose
    return [Group(words, tuple(way for group in required for way in scaled(group.members, WEIGHTS["finds"]))), *loose]


def _is_label(found: Found) -> bool:
    """途中で帰れるサロン: a kind or attribute called by its name is meant."""
    return any(meaning.aloud is None and key.startswith(("k:kind:", "k:attribute:"))
               for meaning in found.meanings for key, _ in meaning.terms)


def _runs(units: list[Unit], start: int, end: int, inside: list[Found]) -> Iterator[list[Unit]]:
    """Neighbouring content words of a chunk; function words and recognised stretches part them."""
    run: list[Unit] = []
    for whole, parts in units:
        explained = any(whole.start < one.end and one.start < whole.end for one in inside)
        dropped = whole.start < start or whole.end > end or explained or not asks_something(whole)
        if run and (dropped or _is_name(whole) != _is_name(run[-1][0])):
            yield run
            run = []
        if not dropped:
            run.append((whole, parts))
    if run:
        yield run


def asks_something(whole: Token) -> bool:
    return carries_meaning(whole) and whole.normal not in ASKING


def _is_name(whole: Token) -> bool:
    """楽しく卓球: the noun and what is said of it are two words."""
    return whole.part[0] in NOUNS


def _tells(whole: Token) -> bool:
    """Is it a word of sentences? 「の」 also joins nouns to a name."""
    return whole.part[0] in TELLING and whole.surface != "の"


def _names_something(run: list[Unit]) -> bool:
    """Nouns must be met; verbs, adjectives and bare numbers of a sentence only help."""
    return any(whole.part[0] == NOUN and whole.part[1] != NUMERAL and whole.part[2:3] != (COUNTER,) for whole, _ in run)


def _kana_group(chunk: str) -> list[Group]:
    """A word typed in kana may be cut wrongly (流す + た), so it is also looked up as it sounds."""
    units = compounds(chunk)
    kept = [unit for unit in units if asks_something(unit[0])]
    if not kept and len(chunk) < SHORTEST_FOR_PAIRS and any(whole.normal in ASKING for whole, _ in units):
        return []
    members = members_of_run(chunk, kept)
    return [Group(chunk, members)] if members else []
