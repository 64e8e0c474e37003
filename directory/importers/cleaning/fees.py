"""What does it cost, as far as the cell says so in numbers?"""

import re
import unicodedata
from dataclasses import dataclass

from directory.importers.cleaning.text import NOTHING, verbatim

FREE = re.compile(r"(?:参加費|料金|費用|入場|受講料)?[は:]?\s*(?:無料|0円|¥0|いりません|不要)(?:です)?。?")
PART = re.compile(
    r"(?P<who>(?:[^\d、,¥()]|\([^)]*\))*?)\s*(?:¥\s*)?(?P<yen>\d{1,3}(?:,\d{3})+|\d+)\s*円?\s*"
    r"(?P<note>(?:\([^)]*\)|[^、,;\n\d])*)"
)
# A sum inside a long sentence may be of anything.
LONGEST_PART = 60
OTHER_MONEY = re.compile(r"[£$€]|ドル|ユーロ|ポンド")
SEPARATOR = re.compile(r"(?:[、;\n]|,(?!\d{3}))(?![^(]*\))")
FREE_PART = re.compile(r"(?P<who>[^\d、,]+?)\s*(?:は)?無料(?P<note>(?:\([^)]*\))?)")
PERIODS = (("年会費", "年"), ("年額", "年"), ("年", "年"), ("月会費", "月"), ("月額", "月"), ("月", "月"), ("材料", "材料"),
           ("食", "食事"), ("保険", "保険"))
CLASSES = re.compile(
    r"(?:一般|大人|おとな|子ども|こども|子供|小人|幼児|乳幼児|未就学児?|小学生(?:以下)?|中学生(?:以下)?|高校生(?:以下)?|中高生|小中学生|大学生|学生|"
    r"\d*歳以上|\d*歳未満|高齢者|会員|非会員|市内|市外|その他)(?:\([^)]*\))?"
)


@dataclass(frozen=True)
class Fee:
    """One fee row as the directory keeps it; yen None = the sum is not known."""

    per: str
    yen: int | None
    for_whom: str | None
    note: str | None


def fees(cell: object, for_whom: str | None = None) -> tuple[str, tuple[Fee, ...]]:
    """(state, rows): ("none", ()) only for plain 無料; what cannot be split into sums is one row with the words."""
    text = verbatim(cell)
    if text is None or NOTHING.fullmatch(text) and not re.fullmatch(r"0|無料", text):
        return "unknown", ()
    plain = unicodedata.normalize("NFKC", text)
    if re.fullmatch(r"0|0円", plain) or FREE.fullmatch(plain):
        return ("stated", (Fee("毎回", 0, for_whom, None),)) if for_whom else ("none", ())
    rows = _rows(plain, for_whom)
    return "stated", rows or (Fee(_period(plain), None, for_whom, text),)


def _rows(plain: str, for_whom: str | None) -> tuple[Fee, ...]:
    """A row for each part that is a class of people and a sum; () when any part is something else."""
    rows = []
    for part in _parts(plain):
        free = FREE_PART.fullmatch(part)
        match = free or PART.fullmatch(part)
        if not match or len(part) > LONGEST_PART or OTHER_MONEY.search(part):
            return ()
        yen = 0 if free else int(match["yen"].replace(",", ""))
        label, note = match["who"].strip(" :は"), match["note"].strip()
        who = label if CLASSES.fullmatch(label) else None
        if free and not who:
            return ()
        label = "" if who or label in {word for word, _ in PERIODS} else label
        words = " ".join(filter(None, (label, note.strip(" ").removeprefix("(").removesuffix(")")))) or None
        rows.append(Fee(_period(part), yen, who or for_whom, words))
    return tuple(rows)


def _parts(plain: str) -> list[str]:
    """The text cut at commas and line ends outside brackets; 「受講料」 alone on a line belongs to the sum below it."""
    joined = re.sub(r"\n\s*(?=\()", "", re.sub(r"(?:1|一)回(?:につき)?\s*(?=\d)", "", plain))
    joined = re.sub(r"(?m)^((?!.*無料)[^\d\n]+)\n(?=\s*\d)", r"\1 ", joined)
    return [part.strip() for part in SEPARATOR.split(joined) if part.strip()]


def _period(text: str) -> str:
    return next((per for word, per in PERIODS if word in text), "毎回")
