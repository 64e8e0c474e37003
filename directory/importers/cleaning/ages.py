"""From which age to which, as far as the cell says so in numbers?"""

import re
import unicodedata
from decimal import Decimal

AGE = r"(\d{1,3})\s*(?:歳|才)\s*(?:(\d{1,2})\s*(?:か|ヶ|カ|ケ|箇)?月)?(?:児)?"
START = AGE.replace("(?:歳|才)", "(?:歳|才)?", 1)
MONTHS = r"(?:生後)?\s*(\d{1,2})\s*(?:か|ヶ|カ|ケ|箇)月(?:児)?"
FROM = re.compile(rf"(?:満|概ね|おおむね|原則)?\s*(?:{AGE}|{MONTHS})\s*(?:以上|から|より|~|-)?(?:の方|の人)?")
UNTIL = re.compile(rf"(?:満)?\s*{AGE}\s*(?:以下|まで|未満)(?:の方|の人|の子ども)?")
RANGE = re.compile(rf"(?:満|概ね|おおむね)?\s*{START}\s*(?:以上|から|~|-)\s*{AGE}\s*(?:以下|まで|未満)?(?:の方|の人|の子ども)?")
# 未満 and まで differ by a year: 3歳未満 is at most 2.
FREE_FOR_ALL = ("どなたでも", "誰でも", "だれでも", "年齢不問", "全年齢", "制限なし")


def ages(text: str | None, from_column: bool = False) -> tuple[str, Decimal | None, Decimal | None]:
    """(state, minimum, maximum) in years; `stated` with None, None when only words say it.

    from_column: the column's title says “from”, so that a bare 「1歳10か月」 is a minimum.
    """
    if not text:
        return "unknown", None, None
    plain = unicodedata.normalize("NFKC", text).strip()
    if plain in FREE_FOR_ALL:
        return "none", None, None
    if match := RANGE.fullmatch(plain):
        return "stated", years(match[1], match[2]), _highest(match[3], match[4], plain)
    if match := UNTIL.fullmatch(plain):
        return "stated", None, _highest(match[1], match[2], plain)
    match = FROM.fullmatch(plain)
    if match and (from_column or plain.rstrip("の方人").endswith(("以上", "から", "より", "~", "-"))):
        if match[3]:
            return "stated", years("0", match[3]), None
        return "stated", years(match[1], match[2]), None
    return "stated", None, None


def years(year: str, months: str | None) -> Decimal:
    """Years with months as hundredths: 1歳10か月 is 1.83."""
    return (Decimal(year) + Decimal(months or 0) / 12).quantize(Decimal("0.01"))


def _highest(year: str, months: str | None, text: str) -> Decimal:
    age = years(year, months)
    return age - 1 if "未満" in text and age >= 1 else age
