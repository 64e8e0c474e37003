"""Which words does a cell hold, if any?"""

import re
import unicodedata
from collections.abc import Mapping

# Characters no database or page can carry: control characters, lone surrogates, byte-order marks.
UNUSABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufeff\ufffe\uffff]|_x000D_")
LINE_BREAKS = re.compile(r"（改行）|\(改行\)|\r\n?|<br\s*/?>", re.IGNORECASE)
# Seven dashes people type for one another, and the long vowel mark.
DASHES = "-‐‑‒–—―−－ー─"
NOTHING = re.compile(
    rf"[{DASHES}\s・.。/／*＊×]*|(?:現在|いま)?(?:特に|とくに|特別に)?(?:なし|無し|無|ない|無い|ありません|ございません)(?:です)?。?|"
    r"(?:特記事項|備考|該当)(?:は|事項)?(?:なし|無し|ありません)。?|n/?a|null|none|nan|未定|不明|未記入|空欄",
    re.IGNORECASE,
)
HIRAGANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}
LONGEST_NOTHING = 30
SPACES = re.compile(r"[ \t\u3000\xa0]+")
ANY_SPACE, ANY_DASH = re.compile(r"\s+"), re.compile(f"[{DASHES}]")
DASH_IN_NUMBER = re.compile(r"[‐‑‒–—―−－─]|(?<=\d)[ーｰ](?=\d)")
AROUND_LINES = re.compile(r" *\n\s*")


def words(cell: object) -> str | None:
    """The text of any cell with its line breaks, None when it says nothing (「特になし」「-」…)."""
    text = None if cell is None else verbatim(cell)
    return None if text is None or len(text) <= LONGEST_NOTHING and NOTHING.fullmatch(text) else text


def line(cell: object) -> str | None:
    """The same on one line: for names and addresses."""
    text = None if cell is None else words(cell)
    return text.replace("\n", " ") if text else None


def verbatim(cell: object) -> str | None:
    """The text of any cell, 「なし」 included: for columns where no is an answer."""
    if cell is None or cell == "":
        return None
    text = cell if isinstance(cell, str) else _written(cell)
    if _is_clean(text):
        return text
    text = UNUSABLE.sub("", LINE_BREAKS.sub("\n", text))
    return AROUND_LINES.sub("\n", SPACES.sub(" ", text)).strip() or None


def kana(cell: object) -> str | None:
    """A reading in hiragana, as the directory writes them: カタカナ and ｶﾀｶﾅ become かたかな."""
    text = line(cell)
    return line(unicodedata.normalize("NFKC", text).translate(HIRAGANA)) if text else None


def fold(text: str) -> str:
    """One spelling for comparing: NFKC, lower case, one kind of dash, no spaces."""
    return ANY_DASH.sub("-", ANY_SPACE.sub("", unicodedata.normalize("NFKC", text).casefold()))


def digits_and_dashes(text: str) -> str:
    """Full-width digits and letters as half-width, every dash as -."""
    return text if text.isascii() else DASH_IN_NUMBER.sub("-", unicodedata.normalize("NFKC", text))


def _is_clean(text: str) -> bool:
    """True for most cells, which then cost nothing more (isprintable knows every odd space and control character)."""
    return (
        text.isprintable() and text[:1] != " " and text[-1:] != " " and "  " not in text and "改行" not in text
        and "<" not in text and "_x000D_" not in text
    )


def _written(cell: object) -> str:
    """How a person would write a cell of any type."""
    if isinstance(cell, bool):
        return "あり" if cell else "なし"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, Mapping):
        from directory.importers.cleaning.times import written
        return written(cell)
    if isinstance(cell, (list, tuple)):
        return "、".join(filter(None, (verbatim(item) for item in cell)))
    return str(cell)
