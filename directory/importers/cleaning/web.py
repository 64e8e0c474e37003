"""Which web and mail address is meant?"""

import re

from directory.importers.cleaning.doubts import Doubt
from directory.importers.cleaning.text import words

HOST = r"(?:[a-z0-9_-]+\.)+[a-z][a-z0-9-]*[a-z]"
ADDRESS = re.compile(rf"https?://(?:{HOST}|[^\s/?#.@]+(?:\.[^\s/?#.@]+)+)(?::\d+)?(?:[/?#]\S*)?", re.IGNORECASE)
WITHOUT_SCHEME = re.compile(rf"{HOST}(?::\d+)?(?:[/?#]\S*)?", re.IGNORECASE)
HALF_WIDTH = {code + 0xFEE0: code for code in range(0x21, 0x7F)} | {0x3000: 0x20, 0x203E: 0x7E, 0x301C: 0x7E}
GOOD_START = re.compile(r"https?://(?!/)", re.IGNORECASE)
BAD_START = re.compile(r"h{0,2}[tp]{2,4}(s?)(?:[:;.]?[/∥]{1,3}|[:;]/*|:/*)(?=[\w.])", re.IGNORECASE)
MAIL = re.compile(rf"[a-z0-9.!#$%&'*+/=?^_`{{|}}~-]+@{HOST}", re.IGNORECASE)


def url(cell: object) -> tuple[str | None, Doubt | None]:
    """An http(s) address; one without a scheme gets http://. Anything else is None with a doubt."""
    text = words(cell)
    if text is None or text.lower().rstrip("/:") in ("http", "https"):
        return None, None
    plain = _half_width(text).split()[0]
    if not GOOD_START.match(plain):
        # http//, htp://, http;//, ttps:// : what a hand makes of it
        plain = BAD_START.sub(lambda match: f"http{'s' if match[1] else ''}://", plain, count=1)
    if ADDRESS.fullmatch(plain):
        return plain, None
    if inside := ADDRESS.search(_half_width(text)):
        return inside.group().rstrip("）)。、"), None
    if WITHOUT_SCHEME.fullmatch(plain) and "@" not in plain:
        return f"http://{plain}", None
    return None, Doubt(f"「{text[:80]}」はウェブの住所として読めません。", "http:// か https:// で始まる住所を入れてください。")


def email(cell: object) -> tuple[str | None, Doubt | None]:
    """A mail address, None with a doubt when it is none."""
    text = words(cell)
    if text is None:
        return None, None
    plain = _half_width(text).strip().removeprefix("mailto:")
    if MAIL.fullmatch(plain):
        return plain, None
    return None, Doubt(f"「{text[:80]}」はメールアドレスとして読めません。", "アドレスを確かめて入力してください。")


def _half_width(text: str) -> str:
    """Full-width letters as half-width; the overline a Shift_JIS tilde becomes is a tilde again."""
    return text.translate(HALF_WIDTH)
