"""How is a phrase folded before it is read? Full width, dashes, circled weekdays and decoration, keeping every offset."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

FOLDS = {
    **dict.fromkeys("〜∼∽～", "~"),
    **dict.fromkeys("‐‑‒–—―−－─━", "-"),
    **dict.fromkeys("､，", "、"),
    **dict.fromkeys("／", "/"),
    **dict.fromkeys("\u200b\u200c\u200d\ufeff\u00ad", ""),
    # Decoration and the dagger dirt of copied footnotes say nothing of days.
    **dict.fromkeys("†‡*＊★☆■□◆◇♪♡♥\r\t\v\f", " "),
}
# As a bullet at the head of a line they are decoration; elsewhere (月○火△) they may mean something.
LINE_BULLETS = re.compile(r"(?m)^([ ]*)[●○◎◯▲△▼▽・•▪](?=[^月日時年 ])")
CIRCLED_NUMBERS = frozenset("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")


@dataclass(frozen=True)
class Folded:
    """The folded text, and for each of its characters (and its end) the offset in the phrase as written."""

    phrase: str
    text: str
    offsets: tuple[int, ...]

    def verbatim(self, start: int, end: int) -> str:
        """What was written between two positions of the folded text, line breaks as spaces."""
        return " ".join(self.phrase[self.offsets[start] : self.offsets[end]].split())


def fold(phrase: str) -> Folded:
    """Fold each character by itself, so that what is quoted later is quoted as written."""
    pieces: list[str] = []
    offsets: list[int] = []
    for offset, character in enumerate(phrase):
        piece = _folded(character)
        pieces.append(piece)
        offsets.extend([offset] * len(piece))
    text = LINE_BULLETS.sub(lambda match: " " * len(match.group()), "".join(pieces))
    return Folded(phrase, text, (*offsets, len(phrase)))


def _folded(character: str) -> str:
    if character in FOLDS:
        return FOLDS[character]
    if character in CIRCLED_NUMBERS or character == "\n":
        return character
    folded = unicodedata.normalize("NFKC", character)
    return "".join(FOLDS.get(part, part) for part in folded)
