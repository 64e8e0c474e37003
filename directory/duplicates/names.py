"""What in a name is really the group's own, and what is only kind, place and class?

    「いきいき百歳体操 串戸四丁目（月曜組）」  own part none · topic 体操 · town 串戸 · 4丁目 · weekday 月
    「編み物サロン 猫の手」「ねこの手（あみもの）」  own part ねこのて · topic 編み物

Everything is compared by its reading, so that 潮騒, しおさい and ｼｵｻｲ are one.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from directory.duplicates.sounds import spell, unvoiced, written_out
from directory.duplicates.towns import Named, Towns
from directory.japanese import fold, is_kana
from directory.vocabulary import Vocabulary

# Kinds that say nothing of what is done there: every second name has one of their words.
PLAIN_KINDS = frozenset(("salon", "kayoinoba", "hobby_circle", "public_facility", "course_event", "free_space"))
# Letters a word for what is done there must have: 囲碁 is one, いご stands inside other words.
SHORTEST_WRITTEN, SHORTEST_SPOKEN = 2, 4
# Words between which the names of groups do not differ; longest first.
GENERIC = re.compile("|".join(sorted(map(unvoiced, (
    "ふれあいいきいきさろん", "いきいき", "さろん", "くらぶ", "さーくる", "どうこうかい", "あいこうかい", "あいこうしゃ", "ぐるーぷ", "くらす",
    "きょうしつ", "おうえんだん", "こうりゅうかい", "つどい", "ひろば", "かふぇ", "しょくどう", "よりあいしょ", "よりあいどころ", "だんたい",
    "じしゅ", "ちいきの", "みんなの", "のかい", "のぶ", "ふれあい",
)), key=len, reverse=True)))
ENDS = re.compile("(?:かい|くみ|たい|の)$")
BETWEEN = re.compile(r"[^ぁ-ゖーa-z0-9一-鿿々]+")
# What tells two classes of one group apart: (category, pattern over the folded name, value or the words matched).
MARKS: tuple[tuple[str, str, str], ...] = (
    ("number", "第([0-9一二三四五六七八九十]+)(?!月|火|水|木|金|土|日|・|回)", ""),
    ("number", "([0-9]+)$", ""),
    ("class", "(?<![a-z])([a-e])(?:くらす|組|班|$)", ""),
    ("weekday", "([月火水木金土日])曜|(?:^|[ ・(])([月火水木金土日])組", ""),
    ("daytime", "午前|朝の部|あさの部|(?<![a-z])am(?![a-z])", "am"),
    ("daytime", "午後|昼の部|ひるの部|(?<![a-z])pm(?![a-z])", "pm"),
    ("daytime", "夜の部|夜くらす|夜間|よるの部", "night"),
    ("audience", "(?:こども|子ども|子供|じゅにあ|きっず)(?!食堂|しょくどう|ごはん|の居場所|会)", "children"),
    ("audience", "れでぃーす|女性|婦人|女子|じょせい", "women"),
    ("audience", "男性|男の|男子|おとこの|だんし|めんず", "men"),
    ("level", "初級|初心者|入門", "first"), ("level", "中級|上級", "further"),
)
COMPILED_MARKS = tuple((category, re.compile(pattern), value) for category, pattern, value in MARKS)
KANJI_NUMBERS = {kanji: str(number) for number, kanji in enumerate("〇一二三四五六七八九十")}


@dataclass(frozen=True)
class Name:
    """A name in parts. `own`: readings of what is left when kind and place are taken out; empty when nothing is."""

    own: frozenset[str]
    topics: frozenset[str]
    marks: Mapping[str, str]
    named: Named


class NameReader:
    """Takes names apart with the words of the city's vocabulary and the names of its towns."""

    def __init__(self, vocabulary: Vocabulary, towns: Towns) -> None:
        self._towns = towns
        self._topics: dict[str, set[str]] = defaultdict(set)
        for word, key in _topics(vocabulary):
            self._topics[word].add(key)
        words = sorted(self._topics, key=lambda word: (-len(word), word))
        self._topic = re.compile("|".join(map(re.escape, words)) or "(?!)")

    def name(self, written: str, kana: str | None = None) -> Name:
        """The parts of a name; its よみ, where there is one, counts as a second way to read it."""
        folded = written_out(written)
        spoken = [spell(written)] + ([spell(kana)] if kana else [])
        topics = {key for text in (folded, *spoken) for word in self._topic.findall(text) for key in self._topics[word]}
        named = self._towns.named(folded, spoken[0])
        own = {part for text in spoken if (part := self._own(text, named))}
        return Name(frozenset(own), frozenset(topics), _marks(folded), named)

    def _own(self, spoken: str, named: Named) -> str:
        rest = self._topic.sub(" ", self._towns.without(spoken, named))
        rest = GENERIC.sub(" ", rest)
        parts = [ENDS.sub("", part) for part in BETWEEN.split(rest)]
        return "".join(part for part in parts if not part.isdigit())


def _topics(vocabulary: Vocabulary) -> Iterable[tuple[str, str]]:
    """Word → what it says is done there, both as written and as read; 百歳体操 names a kind and an interest."""
    interests = ((word, key) for key, interest in vocabulary.interests.items()
                 for word in (*interest.label.split("・"), *interest.synonyms))
    kinds = ((word, key) for key, term in vocabulary.kinds.items() if key not in PLAIN_KINDS
             for word in (term.label, *term.synonyms))
    for word, key in (*interests, *kinds):
        written, spoken = fold(word), spell(word)
        if len(written) >= SHORTEST_WRITTEN and not is_kana(written) or len(written) >= SHORTEST_SPOKEN:
            yield written, key
        if len(spoken) >= SHORTEST_SPOKEN:
            yield spoken, key


def _marks(folded: str) -> dict[str, str]:
    found = {}
    for category, pattern, value in COMPILED_MARKS:
        match = pattern.search(folded)
        if match and category not in found:
            found[category] = value or _number(next(filter(None, match.groups())))
    return found


def _number(text: str) -> str:
    return KANJI_NUMBERS.get(text, text)
