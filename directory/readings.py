"""How is each kanji of a text read? Segments for ふりがな: what is written, and its hiragana where that is sure.

Digits, dates, Latin letters and kana never get a reading; a name follows its own よみ; a place is read as the city's
vocabulary reads it; a word with two readings is left alone. Joining the bases gives the text back exactly.
"""

import re
from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import NamedTuple

from directory.japanese import STEADY_COUNTERS, TO_HIRAGANA, Token, analyser_version, compounds, vocabulary_readings
from directory.reading_words import AFTER_COMPARISON, AFTER_O, BEFORE_DIRECTION, SINGLE, SURE, UNSURE

_KANJI = "一-鿿々〆"
_HAS_KANJI = re.compile(f"[{_KANJI}]")
# 四季ヶ丘: the small ヶ between kanji is read with them.
_RUN = re.compile(f"[{_KANJI}](?:[{_KANJI}]|[ヶヵケ](?=[{_KANJI}]))*")
_HIRAGANA = re.compile("[ぁ-ゖー]+")
_LETTERS = re.compile("[0-9A-Za-z０-９Ａ-Ｚａ-ｚ]+")
_KANA = re.compile("[ぁ-ゖァ-ヺー]")
# What stands between the words of a name.
_APART = re.compile(r"([\s・（）()]+)")
_NOT_SPOKEN = re.compile("[^ぁ-ゖァ-ヺー一-鿿々〆0-9A-Za-z０-９Ａ-Ｚａ-ｚ]+")
# Raised when the rules of this module change, so that stored readings are worked out anew.
RULES = "4"
# No kanji of an ordinary word is read with more kana than this; more means that the words were cut wrongly.
MOST_KANA_A_KANJI = 5
# A longer stretch under one reading is hard to follow and cannot be broken at the end of a line.
LONGEST_AS_ONE = 6
# In a name the よみ itself proves which reading a numeral has.
NUMERALS = {"百": "ひゃく", "千": "せん", "十": "じゅう", "一": "いち", "二": "に", "三": "さん"}


class Ruby(NamedTuple):
    """A stretch of the text and its reading in hiragana; empty where it needs none or none is sure."""

    base: str
    reading: str = ""


def ruby(text: str) -> tuple[Ruby, ...]:
    """The text in segments; their bases joined are the text."""
    if not _HAS_KANJI.search(text):
        return (Ruby(text),) if text else ()
    segments, position = [], 0
    words = compounds(text)
    for index, (whole, parts) in enumerate(words):
        if whole.start < position:
            continue  # a letter that became several words was given to the first of them
        segments.append(Ruby(text[position:whole.start]))
        segments += _word(text, whole, parts, _around(words, index))
        position = whole.end
    segments.append(Ruby(text[position:]))
    return joined(segments)


def ruby_of_name(name: str, kana: str | None) -> tuple[Ruby, ...]:
    """A name read as its own よみ says; without a よみ, or where the two do not fit, without a reading."""
    if not kana or not _HAS_KANJI.search(name):
        return (Ruby(name),) if name else ()
    names, spoken = [part for part in _APART.split(name) if part], [part for part in _APART.split(kana) if part.strip()]
    # Where name and よみ have as many words (さくら会（玖島）, さくらかい くじま), each has its own part of the よみ.
    if sum(not _APART.fullmatch(part) for part in names) == sum(not _APART.fullmatch(part) for part in spoken):
        kana_of_each = iter(part for part in spoken if not _APART.fullmatch(part))
        return joined(segment for part in names for segment in (
            (Ruby(part),) if _APART.fullmatch(part) else _named(part, _spoken_only(next(kana_of_each)))))
    plain, bracket = _without_remark(name)
    if bracket and "（" not in kana and "(" not in kana:
        # 夜の数学べや（オンライン）: the よみ says the name, not the remark after it.
        return joined((*ruby_of_name(plain, kana), *ruby(bracket)))
    return joined(_named(name, _spoken_only(kana)))


def _without_remark(name: str) -> tuple[str, str]:
    found = re.fullmatch(r"(.+?)([（(][^（()）]+[)）])", name)
    return (found.group(1), found.group(2)) if found else (name, "")


def joined(segments: Iterable[Ruby]) -> tuple[Ruby, ...]:
    """Neighbours without a reading become one; empty ones go."""
    kept: list[Ruby] = []
    for segment in segments:
        if not segment.base:
            continue
        if kept and not segment.reading and not kept[-1].reading:
            kept[-1] = Ruby(kept[-1].base + segment.base)
        else:
            kept.append(segment)
    return tuple(kept)


def fingerprint() -> str:
    """Changes whenever a stored reading may be out of date."""
    tables = repr((RULES, sorted(SURE.items()), sorted(SINGLE.items()), sorted(UNSURE), analyser_version()))
    return sha256(tables.encode()).hexdigest()[:32]


def align(written: str, spoken: str) -> tuple[Ruby, ...] | None:
    """食べ物, たべもの → 食[た]べ物[もの]. None when the two do not fit; the whole word where it is not clear how."""
    pieces = _pieces(written)
    pattern = "".join(f"({{0}}{literal})" if literal is not None else "([ぁ-ゖー]+{0})" for _piece, literal in pieces)
    lazy, greedy = (re.fullmatch(_filled(pattern, mark), spoken) for mark in ("?", ""))
    if lazy is None or greedy is None:
        return None
    if lazy.groups() != greedy.groups():
        return _as_one(pieces, spoken)
    found = tuple(Ruby(piece, reading if literal is None and _HAS_KANJI.match(piece) else "")
                  for (piece, literal), reading in zip(pieces, lazy.groups(), strict=True))
    # Fewer kana than kanji, or very many: two texts that do not belong together.
    fits = all(not part.reading or len(part.base) <= len(part.reading) <= MOST_KANA_A_KANJI * len(part.base) for part in found)
    return found if fits else None


def _filled(pattern: str, mark: str) -> str:
    return pattern.replace("+{0}", f"+{mark}").replace("{0}", "")


def _pieces(written: str) -> list[tuple[str, str | None]]:
    """Runs of kanji, or of digits and letters, with None; runs of kana with the hiragana they sound like."""
    found: list[tuple[str, str | None]] = []
    position = 0
    while position < len(written):
        run = _RUN.match(written, position) or _LETTERS.match(written, position)
        piece = run.group() if run else written[position]
        found.append((piece, None if run else _literal(piece)))
        position += len(piece)
    return found


def _literal(letter: str) -> str:
    return letter.translate(TO_HIRAGANA) if _KANA.match(letter) else ""


def _as_one(pieces: Sequence[tuple[str, str | None]], spoken: str) -> tuple[Ruby, ...] | None:
    """One reading over everything between the first and the last kanji; none where digits stand there."""
    written = "".join(piece for piece, _literal_ in pieces)
    first, last = (next(i for i in order if _HAS_KANJI.match(written[i]))
                   for order in (range(len(written)), range(len(written) - 1, -1, -1)))
    if _LETTERS.search(written):
        return None
    before, after = _spoken_only(written[:first]), _spoken_only(written[last + 1:])
    if not (spoken.startswith(before) and spoken.endswith(after)):
        return None
    if last + 1 - first > LONGEST_AS_ONE or re.search(r"\s", written[first:last + 1]):
        return None
    middle = spoken[len(before):len(spoken) - len(after)]
    return Ruby(written[:first]), Ruby(written[first:last + 1], middle), Ruby(written[last + 1:])


def _spoken_only(kana: str) -> str:
    return _NOT_SPOKEN.sub("", kana).translate(TO_HIRAGANA)


def _word(text: str, whole: Token, parts: Sequence[Token], around: tuple[str, str, str]) -> Iterable[Ruby]:
    """The segments of one word: by its shortest units where their readings add up to the word's own."""
    written = text[whole.start:whole.end]
    if not _HAS_KANJI.search(written):
        return (Ruby(written),)
    if _is_proper(whole) and (end := _end_of_name(written, whole.reading)):
        # 町 alone may be まち or ちょう.
        rest = written[end:]
        return *_read(written[:end], whole.reading), *(ruby(rest) if len(rest) > 1 else (Ruby(rest),))
    adds_up = len(parts) > 1 and "".join(part.reading for part in parts) == whole.reading
    if not adds_up or written in SURE or written in UNSURE:
        return _read(written, _sure_reading(written, whole, around))
    if _is_proper(whole) and vocabulary_readings().get(written) != whole.reading:
        return (Ruby(written),)
    return [segment for part in parts
            for segment in _read(text[part.start:part.end], _reading_within(text[part.start:part.end], part))]


def _end_of_name(written: str, spoken: str) -> int | None:
    """佐伯地域 is known as another way to write 佐伯, and sounds like it: where the name ends in it."""
    names = vocabulary_readings()
    return next((end for end in range(len(written) - 1, 0, -1) if names.get(written[:end]) == spoken), None)


def _reading_within(written: str, part: Token) -> str | None:
    """In a longer word a part is read as the longer word says: 参加費, 高齢者, 廿日市市."""
    if part.part[1:2] == ("数詞",) or (len(written) > 1 and written in UNSURE):
        return None
    return SURE.get(written, part.reading)


def _read(written: str, spoken: str | None) -> tuple[Ruby, ...]:
    if not spoken or not _HIRAGANA.fullmatch(spoken) or len(spoken) > MOST_KANA_A_KANJI * len(written):
        return (Ruby(written),)
    return align(written, spoken) or (Ruby(written),)


def _sure_reading(written: str, token: Token, around: tuple[str, str, str]) -> str | None:
    """The reading of one word, or None."""
    if written in SURE:
        return SURE[written]
    if len(written) == 1:
        return _single(written, token, around)
    if written in UNSURE or token.part[1:2] == ("数詞",) or "・" in written:
        return None
    return vocabulary_readings().get(written) if _is_proper(token) else token.reading


def _single(written: str, token: Token, around: tuple[str, str, str]) -> str | None:
    """A kanji by itself is read where its neighbours leave one reading; after a number 日, 人, 月 stay as they are."""
    _before_last, before, after = around
    if written == "方":
        return _person(around)
    if "・" in (before, after) or (token.reading == written and written not in STEADY_COUNTERS):
        return None
    if written == "日":
        return "ひ" if _KANA.match(before[-1:]) else None
    return AFTER_O.get(written, SINGLE.get(written)) if before == "お" else SINGLE.get(written)


def _is_proper(token: Token) -> bool:
    return token.part[1:2] == ("固有名詞",) and token.part[2:3] != ("一般",)


def _person(around: tuple[str, str, str]) -> str | None:
    """はじめての方へ is かた; 女性の方が, 駅の方 and 南の方 are not sure."""
    before_last, before, after = around
    if after[:1] in AFTER_COMPARISON or before_last[-1:] in BEFORE_DIRECTION or not before:
        return None
    return "かた"


def _around(words: Sequence[tuple[Token, object]], index: int) -> tuple[str, str, str]:
    """The words two and one before, and the one after."""
    def at(place: int) -> str:
        return words[place][0].surface if 0 <= place < len(words) else ""
    return at(index - 2), at(index - 1), at(index + 1)


def _named(name: str, spoken: str) -> list[Ruby]:
    """Take words that sound as expected from both ends of the よみ; the rest of it belongs to what is left between."""
    words = [(name[part.start:part.end], NUMERALS.get(part.surface, part.reading))
             for _whole, parts in compounds(name) for part in parts]
    if "".join(base for base, _spoken in words) != name:
        words = [(name, "")]
    first, last, whole = 0, len(words), spoken
    before: list[Ruby] = []
    after: list[Ruby] = []
    while first < last and (taken := _taken(words[first], spoken, str.startswith)):
        before, spoken, first = [*before, *taken], spoken[len(_sound(words[first])):], first + 1
    while first < last and (taken := _taken(words[last - 1], spoken, str.endswith)):
        sound = _sound(words[last - 1])
        after, spoken, last = [*taken, *after], spoken[:len(spoken) - len(sound)], last - 1
    left = "".join(base for base, _spoken in words[first:last])
    between = _between(left, spoken)
    if between is None:
        return list(_by_letters(name, whole, before, after))
    return [*before, *between, *after]


def _by_letters(name: str, spoken: str, before: Sequence[Ruby], after: Sequence[Ruby]) -> tuple[Ruby, ...]:
    """The name divided by its kana alone; as one where that parts a word found at either end (大野の家, おおのいえ)."""
    aligned = align(name, spoken) or (Ruby(name),)
    read, first, last = ([segment.reading for segment in part if segment.reading] for part in (aligned, before, after))
    agrees = not read or (read[0].startswith("".join(first[:1])) and read[-1].endswith("".join(last[-1:])))
    return aligned if agrees else _as_one(_pieces(name), spoken) or (Ruby(name),)


def _between(left: str, spoken: str) -> tuple[Ruby, ...] | None:
    if not left:
        return () if not spoken else None
    aligned = align(left, spoken)
    return (Ruby(left),) if aligned is None and _LETTERS.search(left) else aligned


def _sound(word: tuple[str, str]) -> str:
    base, spoken = word
    return _spoken_only(spoken) if _HAS_KANJI.search(base) else _spoken_only(base)


def _taken(word: tuple[str, str], spoken: str, fits) -> tuple[Ruby, ...] | None:
    """The segments of a word the よみ begins or ends with; None where it does not."""
    sound = _sound(word)
    if not _HIRAGANA.fullmatch(sound or "ー") or not fits(spoken, sound):
        return None
    return align(word[0], sound)
