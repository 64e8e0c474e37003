"""In which ways may the index hold a word? As it is, as a compound, by its sound, by its pairs of letters."""

from __future__ import annotations

from directory.japanese import Token, compounds, fold_normalised, is_kana
from directory.text.analysis import as_it_sounds, carries_meaning, compound, letter_pairs, sound, word
from directory.text.words import Member

# How much each way counts beside the word itself.
WHOLE, SOUND, PAIRS = 1.0, 0.9, 0.6
SHORTEST_FOR_PAIRS = 3  # letters; two letters are one pair, which says little

# A longest word with its shortest words.
Unit = tuple[Token, tuple[Token, ...]]


def members_of(words: str) -> tuple[Member, ...]:
    return members_of_run(words, [unit for unit in compounds(words) if carries_meaning(unit[0])])


def members_of_run(words: str, run: list[Unit]) -> tuple[Member, ...]:
    """Every way to meet a run of words: its shortest units together, its compound, its sound, its pairs of letters."""
    parts = [part for _, parts in run for part in parts if carries_meaning(part)]
    members = [Member(tuple(dict.fromkeys(map(word, parts))), WHOLE)] if parts else []
    if len(run) == 1 and len(run[0][1]) > 1:
        members.append(Member((compound(run[0][0]),), WHOLE))
    folded = fold_normalised(words)
    if is_kana(words):
        sounds = dict.fromkeys((as_it_sounds(folded), *(map(sound, [run[0][0]]) if len(run) == 1 else ())))
        members += [Member((one,), SOUND) for one in sounds]
    pairs = tuple(dict.fromkeys(letter_pairs(folded)))
    if len(folded) >= SHORTEST_FOR_PAIRS and pairs:
        members.append(Member(pairs, PAIRS / len(pairs)))
    return tuple(members)
