"""Which words of a phrase speak of time? The phrase is cut into tokens by the table of the lexicon."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from directory.schedules.lexicon import ROWS
from directory.schedules.model import WEEKDAY_KANJI

TEXT = "text"


class Token(NamedTuple):
    """A kind of the lexicon, its value, and where it stands in the folded text."""

    kind: str
    value: Any
    start: int
    end: int


PATTERNS = [re.compile(row.pattern) for row in ROWS]
ANY_ROW = re.compile("|".join(f"(?P<row{number}>{row.pattern})" for number, row in enumerate(ROWS)))
# A single 月 … 日 is a weekday only beside what a list of days is made of; 木工, 金額 and 雨の日 are not.
BEFORE_WEEKDAY = re.compile(
    r"[月火水木金土日曜祝週\s、,。・/~()\[\]【】:;※と及びは毎\-①-⑳\d第かの半分時中]$|^$|および$"
)
AFTER_WEEKDAY = re.compile(
    r"[月火水木金土日曜祝祭\s、,。・/~()\[\]【】:;※とのはをもにかだ以及並第毎休定除正午朝昼夕夜各で隔早\-①-⑳\d開営利]|$|および|除|全"
)
BESIDE_SUNDAY = re.compile(
    r"(?:[月火水木金土祝曜]日?|祝日)\s?(?:[・、,/~と\-]|及び|および|から)?\s?$|[第週]\s?$|第\s?[1-5一二三四五]\s?$"
)
SUNDAY_BESIDE = re.compile(r"日(?:曜|祝|祭|[・、,/と~\-]\s?(?:[月火水木金土祝]|第))")


def tokenize(text: str) -> list[Token]:
    """Cut the folded text into tokens; whatever no row knows is text."""
    tokens: list[Token] = []
    position = 0
    while position < len(text):
        token = _weekday(text, position) or _row(text, position) or Token(TEXT, None, position, position + 1)
        if token.kind == TEXT and tokens and tokens[-1].kind == TEXT:
            token = Token(TEXT, None, tokens.pop().start, token.end)
        tokens.append(token)
        position = token.end
    return tokens


def _row(text: str, position: int) -> Token | None:
    match = ANY_ROW.match(text, position)
    if match is None or match.end() == position:
        return None
    number = int(str(match.lastgroup).removeprefix("row"))
    inner = PATTERNS[number].match(text, position)
    assert inner is not None
    row = ROWS[number]
    return Token(row.kind, row.value(inner) if callable(row.value) else row.value, position, match.end())


WEEKDAY = re.compile(r"\s?([月火水木金土日])曜日?|\(\s?([月火水木金土日])曜?日?\s?\)|([月火水木金土日])")
NOT_A_WEEKDAY = re.compile(
    r"月(?:\s?に?\s?[\d一二三四五六七八九十数]{1,2}\s?(?:[~、,\-]\s?\d\s?)?[回度]|の(?:第|最終)|末|初|曜会|会|額|例)|日(?:時|程|中|の出|没|祝日|により)"
)


def _weekday(text: str, position: int) -> Token | None:
    """月曜日, 月曜,（月）, or a single 月 in a list of days."""
    match = WEEKDAY.match(text, position)
    if match is None:
        return None
    named, bracketed, kanji = match.groups()
    if named or bracketed:
        return Token("weekday", WEEKDAY_KANJI.index(named or bracketed), position, match.end())
    before = text[max(0, position - 12) : position]
    if NOT_A_WEEKDAY.match(text, position) and not SUNDAY_BESIDE.match(text, position):
        return None
    if not BEFORE_WEEKDAY.search(before[-3:]) or not AFTER_WEEKDAY.match(text, match.end()):
        return None
    if kanji == "日" and not (BESIDE_SUNDAY.search(before) or SUNDAY_BESIDE.match(text, position)):
        return None
    return Token("weekday", WEEKDAY_KANJI.index(kanji), position, match.end())
