"""What may a resident's wish say? A few words about a place; nothing by which anybody could be found or called."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from directory.inbox.kinds import SHORT, UNWRITABLE

LONGEST = SHORT

# What names or reaches a person, as it is written in Japan; looked for after NFKC.
PERSONAL: Mapping[str, re.Pattern[str]] = {
    "telephone": re.compile(r"(?<!\d)(?:\+81|0)(?:[\s()‐-―ー−-]*\d){8,10}(?!\d)"),
    "mail": re.compile(r"[^\s@]+@[^\s@]+"),
    "address": re.compile(r"\d\s*番地|\d\s*丁目\s*\d|番\s*\d+\s*号"),
}


@dataclass(frozen=True)
class Wish:
    """The words a resident wants the city to hear, and the 地域 it is about ("": anywhere)."""

    words: str
    area: str = ""

    @property
    def body(self) -> dict[str, object]:
        """As the inbox holds it."""
        return {"words": self.words, "area": self.area} if self.area else {"words": self.words}


def tidy(text: str) -> str:
    """The words on one line, without letters that no database can hold."""
    return " ".join(UNWRITABLE.sub("", text).split())


def problem_of(words: str) -> str | None:
    """Why these words cannot be sent, as a key: empty, long, or personal; None when they can."""
    if not words:
        return "empty"
    if len(words) > LONGEST:
        return "long"
    plain = unicodedata.normalize("NFKC", words)
    return "personal" if any(pattern.search(plain) for pattern in PERSONAL.values()) else None
