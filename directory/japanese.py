"""How is a Japanese text spelled, cut into words and read aloud? The only door to SudachiPy.

Every spelling of a word must meet every other: 子ども and 子供, 車いす and 車椅子, ﾊﾝｶｸ and はんかく. `normalise` makes
spellings equal for people (NFKC, case, dashes), `fold` for comparison (katakana = hiragana, old forms of kanji), and
the analyser's normal forms do the rest. Offsets always point into the text as it was written.

The city's place names (廿日市市 is no「にじゅうにち」) come from data/vocabulary and are compiled at first use; see
`directory.place_dictionary`.
"""

import os
import re
import threading
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

import sudachipy

from directory.place_dictionary import compiled_places, place_names
from directory.settings import Settings

DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−─", "-") | dict.fromkeys("〜∼", "~"))
QUOTES = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "„": '"', "·": "・", "•": "・"})
# Old and alternative shapes of kanji seen in names of people and places; one character for one character.
KANJI_SHAPES = str.maketrans("髙﨑齋斎齊澤嶋嶌濱廣櫻嚴巌峯邊邉國學會體處藝龍淵渕", "高崎斉斉斉沢島島浜広桜厳厳峰辺辺国学会体処芸竜渕渕")
TO_HIRAGANA = str.maketrans({chr(code): chr(code - 0x60) for code in range(ord("ァ"), ord("ヶ") + 1)})
_FOLDED_LETTERS = {chr(letter): other if isinstance(other, str) else chr(other)
                   for letter, other in (TO_HIRAGANA | KANJI_SHAPES).items()}
_TO_FOLD = re.compile(f"[{''.join(_FOLDED_LETTERS)}]")
# A combining mark, a half-width voicing mark or a following Hangul jamo belongs to the letter before it.
_JOINING = "\u0300-\u036f\u3099\u309a\uff9e\uff9f\u1160-\u11ff"
_CLUSTER = re.compile(f"[^{_JOINING}]?[{_JOINING}]*", re.DOTALL)
# Letters `normalise` leaves alone; everything else, and whatever a mark joins, is looked at.
_TO_NORMALISE = re.compile(f"[^{_JOINING}]?[{_JOINING}]+|[^ぁ-ゖァ-ヺー一-鿋々、。・a-z0-9 {_JOINING}]", re.DOTALL)
_DASH_AFTER_KANA = re.compile("(?<=[ぁ-ゖァ-ヺー])-")
_LONG_VOWEL_AFTER_OTHER = re.compile("(?<![ぁ-ゖァ-ヺー])ー")
_KE_BETWEEN_KANJI = re.compile("(?<=[一-鿿々])[ヶケゖ](?=[一-鿿])")
_TO_CUT = re.compile(r"(?<=[。！？!?\n])")
_LONGEST_PIECE = 8_000  # characters; Sudachi refuses inputs above 49,149 bytes

# Kana numerals, which the analyser leaves as words: いきいきひゃくさい体操 is いきいき100歳体操.
KANA_NUMERALS = {"百": "100", "千": "1000", "十": "10", "一": "1", "二": "2", "三": "3"}
# Counters read the same after every number. Others (分 日 人 本 月 …) change, so their reading is left unsaid.
STEADY_COUNTERS = {"歳": "さい", "才": "さい", "円": "えん", "年": "ねん", "名": "めい", "回": "かい", "台": "だい",
                   "番": "ばん", "時": "じ", "度": "ど", "枚": "まい", "番地": "ばんち", "丁目": "ちょうめ", "世代": "せだい"}
# Spellings the core dictionary keeps apart.
NORMAL_FORMS = {"ヒキコモリ": "引き籠もり", "障碍": "障害", "障がい": "障害", "才": "歳", "淋しい": "寂しい"}


class Token(NamedTuple):
    """One word: as written, its normal form, its reading in hiragana (digits stay digits), its place in the text."""

    surface: str
    normal: str
    reading: str
    start: int
    end: int
    part: tuple[str, ...]


def normalise(text: str) -> str:
    """One spelling for full and half width, upper and lower case, dashes, quotes and spaces; no control characters."""
    return _mend_dashes(_TO_NORMALISE.sub(lambda match: _normal_cluster(match.group()), text))


def normalise_with_offsets(text: str) -> tuple[str, list[int]]:
    """`normalise(text)` and where in `text` each of its characters came from; len(text) ends the list."""
    pieces, offsets = [], []
    for match in _CLUSTER.finditer(text):
        piece = _normal_cluster(match.group())
        pieces.append(piece)
        offsets.extend([match.start()] * len(piece))
    offsets.append(len(text))
    return _mend_dashes("".join(pieces)), offsets


def original_span(offsets: Sequence[int], start: int, end: int) -> tuple[int, int]:
    """Where normalised[start:end] stands in the original text; a letter that became several is taken whole."""
    last = offsets[end - 1] if end > start else offsets[start]
    while end < len(offsets) - 1 and offsets[end] == last:
        end += 1
    return offsets[start], offsets[end]


def fold(text: str) -> str:
    """`normalise`, and カナ = かな, 四季ヶ丘 = 四季が丘, 嚴島 = 厳島. As long as the normalised text."""
    return fold_normalised(normalise(text))


def fold_normalised(normalised: str) -> str:
    """`fold` of a text that `normalise` has already seen."""
    return _TO_FOLD.sub(lambda match: _FOLDED_LETTERS[match.group()], _KE_BETWEEN_KANJI.sub("が", normalised))


def tokens(text: str, mode: str = "A") -> list[Token]:
    """The words of a text: mode A the shortest units (認知, 症), mode C the longest (認知症)."""
    if mode == "C":
        return [whole for whole, _ in compounds(text)]
    return [part for _, parts in compounds(text) for part in parts]


def compounds(text: str) -> list[tuple[Token, tuple[Token, ...]]]:
    """Each longest unit of a text with the shortest units it is made of."""
    normalised, offsets = normalise_with_offsets(text)
    tokenizer, short = _tokenizer(), sudachipy.SplitMode.A
    found, base, after_number = [], 0, False
    for piece in _pieces(normalised):
        for morpheme in tokenizer.tokenize(piece, sudachipy.SplitMode.C):
            whole = _token(morpheme, base, offsets, after_number)
            parts = _place_parts(whole)
            for part in () if parts else morpheme.split(short):
                parts += (_token(part, base, offsets, after_number),)
                after_number = _is_number(parts[-1])
            parts = parts or (whole,)
            after_number = _is_number(parts[-1])
            found.append((_reread(whole, parts), parts))
        base += len(piece)
    return found


def reading(text: str) -> str:
    """How a text is read, in hiragana; digits stay digits because 15日 and 1人 are easily read wrongly."""
    return "".join(token.reading for token in tokens(text, "A"))


def is_dictionary_word(text: str) -> bool:
    """Is the whole text one word that the dictionary or the city's own lists know?"""
    found = list(_tokenizer().tokenize(normalise(text), sudachipy.SplitMode.C))
    return len(found) == 1 and not found[0].is_oov()


def vocabulary_readings() -> Mapping[str, str]:
    """The names the city's vocabulary knows how to read, and their kana."""
    return _places().readings


def is_kana(text: str) -> bool:
    """Is it written in hiragana and katakana only?"""
    return bool(text) and all("ぁ" <= letter <= "ゖ" or "ァ" <= letter <= "ヺ" or letter == "ー" for letter in text)


def analyser_version() -> str:
    """Versions of everything that decides how a text is cut: a change makes stored tokens stale."""
    parts = (sudachipy.__version__, _dictionary_version(), unicodedata.unidata_version, _places().version)
    return "sudachi {} dictionary {} unicode {} places {}".format(*parts)


@lru_cache(maxsize=16_384)
def _normal_cluster(cluster: str) -> str:
    plain = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", cluster).casefold())
    return "".join(_clean(letter) for letter in plain).translate(DASHES).translate(QUOTES)


def _clean(letter: str) -> str:
    if letter.isspace():
        return " "
    return "" if unicodedata.category(letter) in {"Cc", "Cf", "Cs", "Co", "Cn"} else letter


def _mend_dashes(text: str) -> str:
    if "-" in text:
        text = _DASH_AFTER_KANA.sub("ー", text)
        while (mended := _DASH_AFTER_KANA.sub("ー", text)) != text:
            text = mended
    return _LONG_VOWEL_AFTER_OTHER.sub("-", text) if "ー" in text else text


def _pieces(text: str) -> list[str]:
    if len(text) <= _LONGEST_PIECE:
        return [text] if text else []
    pieces: list[str] = []
    for sentence in _TO_CUT.split(text):
        pieces += [sentence[start:start + _LONGEST_PIECE] for start in range(0, len(sentence), _LONGEST_PIECE)]
    return pieces


def _token(morpheme: sudachipy.Morpheme, base: int, offsets: list[int], after_number: bool) -> Token:
    surface, part = morpheme.surface(), morpheme.part_of_speech()
    start, end = original_span(offsets, base + morpheme.begin(), base + morpheme.end())
    normal = NORMAL_FORMS.get(morpheme.normalized_form(), morpheme.normalized_form())
    if part[1] == "数詞":
        normal = KANA_NUMERALS.get(normal, normal)
        return Token(surface, normal, normal if normal.isdigit() else surface, start, end, part[:3])
    if after_number:
        spoken = STEADY_COUNTERS.get(surface, surface.translate(TO_HIRAGANA))
        return Token(surface, normal, spoken, start, end, part[:3])
    return Token(surface, normal, _spoken(morpheme, surface), start, end, part[:3])


def _spoken(morpheme: sudachipy.Morpheme, surface: str) -> str:
    """Symbols read as「きごう」and unknown words without a reading keep their own letters."""
    spoken = morpheme.reading_form()
    if not spoken or spoken == "キゴウ":
        spoken = surface
    return spoken.translate(TO_HIRAGANA)


def _is_number(token: Token) -> bool:
    return token.part[1:2] == ("数詞",)


def _reread(whole: Token, parts: tuple[Token, ...]) -> Token:
    """A unit with a number in it (一人, 15日) is read as its parts are."""
    if len(parts) > 1 and any(map(_is_number, parts)):
        return whole._replace(reading="".join(part.reading for part in parts))
    return whole


def _place_parts(whole: Token) -> tuple[Token, ...]:
    """阿品台北 is 阿品台 and 北, so that 阿品台 finds it. Empty for every other word."""
    split = _places().parts.get(whole.surface)
    if split is None or whole.end - whole.start != len(whole.surface):
        return ()
    (name, kana), (rest, rest_kana) = split
    middle = whole.start + len(name)
    return (whole._replace(surface=name, normal=name, reading=kana, end=middle),
            whole._replace(surface=rest, normal=rest, reading=rest_kana, start=middle))


class _Thread(threading.local):
    """One tokenizer a thread: a shared one fails under concurrency."""

    def __init__(self) -> None:
        self.tokenizer = _dictionary().tokenizer()


def _tokenizer() -> sudachipy.Tokenizer:
    return _threads().tokenizer


@lru_cache(maxsize=1)
def _threads() -> _Thread:
    return _Thread()


@lru_cache(maxsize=1)
def _places():
    return place_names(Settings.from_environment(os.environ).data / "vocabulary")


@lru_cache(maxsize=1)
def _dictionary() -> sudachipy.Dictionary:
    compiled = compiled_places(_places(), Settings.from_environment(os.environ).instance)
    return sudachipy.Dictionary(config=sudachipy.Config(system="core", user=[str(compiled)] if compiled else []))


@lru_cache(maxsize=1)
def _dictionary_version() -> str:
    from importlib.metadata import version

    return version("sudachidict_core")
