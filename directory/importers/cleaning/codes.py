"""Is this code right, and which zeros did a spreadsheet take away?"""

import re

from directory.importers.cleaning.doubts import Doubt
from directory.importers.cleaning.text import digits_and_dashes, words

BETWEEN_DIGITS = re.compile(r"[\s\-']")
PREFECTURES = (
    "北海道 青森県 岩手県 宮城県 秋田県 山形県 福島県 茨城県 栃木県 群馬県 埼玉県 千葉県 東京都 神奈川県 新潟県 富山県 石川県 福井県 山梨県 "
    "長野県 岐阜県 静岡県 愛知県 三重県 滋賀県 京都府 大阪府 兵庫県 奈良県 和歌山県 鳥取県 島根県 岡山県 広島県 山口県 徳島県 香川県 愛媛県 "
    "高知県 福岡県 佐賀県 長崎県 熊本県 大分県 宮崎県 鹿児島県 沖縄県"
).split()


def municipality_code(cell: object, prefecture: str | None = None) -> tuple[str | None, Doubt | None]:
    """The six digits of a 全国地方公共団体コード. A lost zero or a missing check digit is restored when only one reading fits."""
    text = _digits(cell)
    if text is None:
        return None, None
    readings = [code for code in _readings(text) if _check_digit(code[:5]) == code[5] and _fits(code, prefecture)]
    if len(readings) == 1:
        return readings[0], None
    return None, Doubt(
        f"全国地方公共団体コード「{text}」は、検査数字が合わないか桁が足りません。",
        "コードを 6 桁の文字列で書きなおしてください。住所はそのまま取り込みました。",
    )


def corporate_number(cell: object) -> tuple[str | None, Doubt | None]:
    """The thirteen digits of a 法人番号, whose first digit checks the rest."""
    text = _digits(cell)
    if text is None or not text.strip("0"):
        return None, None
    if len(text) == 13 and text.isdecimal():
        # 国税庁: 9 − (Σ Pn × Qn mod 9), Qn = 1 for odd, 2 for even places counted from the right.
        total = sum(int(digit) * (2 if place % 2 else 1) for place, digit in enumerate(reversed(text[1:])))
        if int(text[0]) == 9 - total % 9:
            return text, None
    return None, Doubt(
        f"法人番号「{text}」は 13 桁でないか、検査数字が合いません。",
        "国税庁の法人番号公表サイトで確かめてください。団体は名前で照合しました。",
    )


def postal_code(cell: object) -> str | None:
    """NNN-NNNN; None when it has not seven digits."""
    text = _digits(cell)
    text = text.zfill(7) if text and len(text) == 6 else text
    return f"{text[:3]}-{text[3:]}" if text and re.fullmatch(r"\d{7}", text) else None


def identifier(cell: object) -> str | None:
    """An id exactly as written, in half width; an Excel number without its .0."""
    text = words(cell)
    return digits_and_dashes(text).strip() if text else None


def _digits(cell: object) -> str | None:
    text = words(cell)
    if text is None:
        return None
    plain = digits_and_dashes(text).removesuffix(".0").lstrip("〒T")
    return plain if plain.isdecimal() else BETWEEN_DIGITS.sub("", plain) or None


def _readings(text: str) -> set[str]:
    if not text.isdecimal():
        return set()
    readings = {text} if len(text) == 6 else set()
    if len(text) == 5:
        readings |= {f"0{text}", text + _check_digit(text)}
    if len(text) == 4:
        readings.add(f"0{text}" + _check_digit(f"0{text}"))
    return readings


def _check_digit(five: str) -> str:
    total = sum(int(digit) * weight for digit, weight in zip(five, (6, 5, 4, 3, 2), strict=True))
    return str((11 - total % 11) % 10)


def _fits(code: str, prefecture: str | None) -> bool:
    number = int(code[:2])
    if not 1 <= number <= len(PREFECTURES):
        return False
    return prefecture is None or prefecture not in PREFECTURES or PREFECTURES[number - 1] == prefecture
