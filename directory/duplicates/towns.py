"""Which towns does a text name, and with which 丁目? 「サロンひだまり地御前」「四季ヶ丘3丁目」「じごぜん神社の広場」"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from directory.addresses import kanji_number
from directory.duplicates.sounds import unvoiced
from directory.japanese import fold

SHORTEST = 2
# A reading as short as つだ or へら stands inside other words; only at an edge of the text it is a town.
SURE_READING = 4
CHOME = re.compile(r"([〇一二三四五六七八九十]+|\d+)丁目")
CHOME_SPOKEN = re.compile(r"(?:\d+|いっ|に|さん|よん|こ|ろく|なな|はっ|はち|きゅう|しゅう?(?:いっ|に)?っ?)ちょうめ")
Spelling = tuple[str, str]


@dataclass(frozen=True)
class Named:
    """What a text names: towns; regions, which reach over several towns (大野, 友和) and set nothing apart; a 丁目."""

    towns: frozenset[str] = frozenset()
    regions: frozenset[str] = frozenset()
    chome: int | None = None


class Towns:
    """The names of towns without their 丁目 and of regions, as written and as read."""

    def __init__(self, towns: Iterable[Spelling], regions: Iterable[Spelling] = ()) -> None:
        self._regions = {fold(name) for name, _kana in regions}
        self._readings: dict[str, set[str]] = {}
        for name, kana in (*towns, *regions):
            base = base_town(fold(name))
            if len(base) >= SHORTEST:
                self._readings.setdefault(base, set()).add(unvoiced(base_town(fold(kana)) or base))
        self._written = _any_of(self._readings)
        self._spoken_of = {spoken: base for base, readings in self._readings.items() for spoken in readings}
        self._long = _any_of(spoken for spoken in self._spoken_of if len(spoken) >= SURE_READING)
        short = _any_of(spoken for spoken in self._spoken_of if len(spoken) < SURE_READING).pattern
        self._edge = re.compile(f"(?:^|(?<=[^ぁ-ゖー]))(?:{short})|(?:{short})(?=$|[^ぁ-ゖー])")

    def named(self, folded: str, spoken: str) -> Named:
        """What a text names by its writing or, where that has none, by its reading."""
        found = set(self._written.findall(folded))
        if not found:
            found = {self._spoken_of[text] for text in (*self._long.findall(spoken), *self._edge.findall(spoken))}
        number = CHOME.search(folded)
        return Named(frozenset(found - self._regions), frozenset(found & self._regions), chome(number[1]) if number else None)

    def without(self, spoken: str, named: Named) -> str:
        """The reading of a text without these names and without 丁目."""
        for name in sorted(named.towns | named.regions, key=len, reverse=True):
            for text in sorted(self._readings.get(name, {name}), key=len, reverse=True):
                spoken = spoken.replace(text, " ")
        return CHOME_SPOKEN.sub(" ", spoken)


def base_town(name: str) -> str:
    """串戸四丁目 is in 串戸; くしどよんちょうめ in くしど."""
    return re.sub(f"(?:{CHOME.pattern}|{CHOME_SPOKEN.pattern}|(?:ご|じゅう?(?:いっ|に)?っ?)ちょうめ)$", "", name)


def chome(text: str) -> int:
    """四 is 4."""
    return int(text) if text.isdigit() else kanji_number(text)


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word)))) or "(?!)")
