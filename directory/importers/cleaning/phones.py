"""Which telephone number is meant, and is it somebody's mobile?"""

import re

from directory.importers.cleaning.doubts import Doubt
from directory.importers.cleaning.text import digits_and_dashes, words

NUMBER = re.compile(
    r"(?<!\d)0\d{1,3}[-\s]\d{6,8}(?!\d)|"
    r"(?<!\d)(?:\(?0\d{1,4}\)?[-\s]?)?\d{1,4}[-\s]\d{3,4}(?!\d)|(?<!\d)0\d{9,10}(?!\d)"
)
ORDINARY = re.compile(r"0\d{1,4}-\d{1,4}-\d{3,4}")
ABROAD = re.compile(r"\+(?!81)\d{1,3}[\d\s\-]{5,20}")
MOBILE = re.compile(r"0[6789]0")
AREA_CODE_IN_BRACKETS = re.compile(r"\(?(0\d{1,4})\)\s*-?\s*")
AFTER_AREA_CODE = re.compile(r"(0\d{1,4})\s*\(\s*(\d{1,4})\s*\)\s*-?\s*")


def phone(cell: object) -> tuple[str | None, Doubt | None]:
    """One number as 0829-00-1234. A number without its area code is kept and doubted; what holds none gives None."""
    text = words(cell)
    if text is None:
        return None, None
    if ORDINARY.fullmatch(text):
        return text, None
    if ABROAD.fullmatch(digits_and_dashes(text).strip('"')):
        return digits_and_dashes(text).strip('"'), None
    plain = _plain(text)
    bare = re.sub(r"[\s\-.]", "", plain.removesuffix(".0"))
    if re.fullmatch(r"[1-9]\d{8,9}", bare) and "-" not in plain:
        return f"0{bare}", Doubt(f"電話番号「{text}」の先頭の 0 が消えていたため補いました。", "番号を確かめてください。")
    found = numbers(text)
    if not found:
        return None, Doubt(f"電話番号の列の「{text}」は番号として読めません。", "番号を確かめて入力してください。前からある番号は消さずに残します。")
    if not found[0].startswith("0"):
        return found[0], Doubt(f"電話番号「{found[0]}」に市外局番がありません。", "市外局番を足してください。")
    return found[0], None


def numbers(text: str) -> list[str]:
    """Every telephone number in a text, in order."""
    return [
        re.sub(r"\s+", "-", match.group().replace("(", "").replace(")", "-")) for match in NUMBER.finditer(_plain(text))
    ]


def is_mobile(number: str | None) -> bool:
    """True for 060, 070, 080, 090: never public unless a person says so."""
    return bool(number and MOBILE.match(number))


def _plain(text: str) -> str:
    """Half width, brackets around the area code turned into dashes, international prefix dropped."""
    plain = re.sub(r"\+81[-\s]?(?:\(0\))?", "0", digits_and_dashes(text))
    plain = AREA_CODE_IN_BRACKETS.sub(r"\1-", AFTER_AREA_CODE.sub(r"\1-\2-", plain))
    return re.sub(r"(?<=\d)\s*-\s*(?=\d)", "-", plain)
