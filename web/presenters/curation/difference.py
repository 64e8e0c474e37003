"""What differs between two texts? Their pieces, so that a page strikes out what goes and underlines what comes."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

# A word, a number, a run of one kind of letters: a change is shown in such pieces, never in single letters.
PIECES = re.compile(r"\d+|[A-Za-z]+|[\u30a1-\u30fa\u30fc]+|[\u3041-\u3096]+|[\u4e00-\u9fff\u3005]+|\s+|.", re.S)
# Less in common than this, and the whole texts are set side by side.
IN_COMMON = 0.35
# Longer texts are not compared piece by piece.
LONGEST = 4_000


@dataclass(frozen=True)
class Piece:
    """A stretch of a text; `changed`: not in the other one."""

    text: str
    changed: bool = False


def difference(before: str, after: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Both texts in pieces; joined again each is what was given."""
    olds, news = PIECES.findall(before), PIECES.findall(after)
    found = SequenceMatcher(None, olds, news, autojunk=False)
    if len(before) + len(after) > LONGEST or found.quick_ratio() < IN_COMMON or found.ratio() < IN_COMMON:
        return _whole(before), _whole(after)
    left: list[Piece] = []
    right: list[Piece] = []
    for kind, a, b, c, d in found.get_opcodes():
        left.append(Piece("".join(olds[a:b]), kind != "equal"))
        right.append(Piece("".join(news[c:d]), kind != "equal"))
    return _filled(left), _filled(right)


def _whole(text: str) -> tuple[Piece, ...]:
    return (Piece(text, changed=True),) if text else ()


def _filled(pieces: list[Piece]) -> tuple[Piece, ...]:
    return tuple(piece for piece in pieces if piece.text)
