"""Which number or token proves that somebody may ask? Made at random, given away once, kept as a hash only.

A token is 128 bits: nobody finds one by trying. A reference number is typed by hand, so it has ten digits; it opens one
sentence that names nobody, and the page that takes it is limited (web/limits.py).
"""

import re
import secrets
import unicodedata
from hashlib import sha256

TOKEN_BYTES = 16
TOKEN = re.compile(r"[A-Za-z0-9_-]{22}")
DIGITS = 10
GROUPS = (3, 3, 4)
NUMBER = re.compile(rf"\d{{{DIGITS}}}", re.ASCII)


def new_token() -> str:
    """What stands in the address of a group's own link."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def new_number() -> str:
    """A reference number as it is written down: 481-205-9377."""
    return written(f"{secrets.randbelow(10 ** DIGITS):0{DIGITS}}")


def written(digits: str) -> str:
    """The digits in groups."""
    parts, start = [], 0
    for length in GROUPS:
        parts.append(digits[start:start + length])
        start += length
    return "-".join(parts)


def read_number(typed: str) -> str | None:
    """The number as it is written down, however it was typed: full-width, without hyphens. None: not one of ours."""
    digits = "".join(re.findall(r"\d", unicodedata.normalize("NFKC", typed[:80]), re.ASCII))
    return written(digits) if NUMBER.fullmatch(digits) else None


def mark_of(secret: str) -> str:
    """What is kept of a token or a number."""
    return sha256(f"yoridokoro:{secret}".encode()).hexdigest()
