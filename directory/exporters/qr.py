"""How does a printed sheet lead back to its page? An address as a QR code, drawn as one path; the only door to segno.

The template draws it, so no markup is made here and nothing needs an inline style:
`<svg viewBox="0 0 {{ qr.size }} {{ qr.size }}" role="img" aria-label="…"><path d="{{ qr.path }}"/></svg>`
"""

from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from itertools import groupby

import segno

# Up to version 20 (97 modules) a telephone reads 4 cm of office print; a longer address is better typed or shared.
LARGEST_VERSION = 20
QUIET_ZONE = 4


@dataclass(frozen=True)
class QrCode:
    """A square of `size` × `size` units with its white border; `path` fills the dark modules."""

    size: int
    path: str


def qr_code(address: str) -> QrCode | None:
    """The code of an address; None when it is too long to be read from paper."""
    try:
        code = segno.make_qr(address, error="m")
    except segno.DataOverflowError:
        return None
    if int(code.version) > LARGEST_VERSION:
        return None
    rows = [list(row) for row in code.matrix_iter(border=QUIET_ZONE)]
    return QrCode(len(rows), "".join(run for top, row in enumerate(rows) for run in _runs(row, top)))


def terminal_qr(address: str) -> str:
    """The code of an address as lines of half blocks, for whoever sits before a terminal."""
    drawn = StringIO()
    segno.make_qr(address, error="m").terminal(drawn, border=2, compact=True)
    return drawn.getvalue()


def _runs(row: list[int], top: int) -> Iterator[str]:
    """Each run of dark modules as one rectangle, one unit high."""
    left = 0
    for dark, modules in groupby(row, key=bool):
        width = len(list(modules))
        if dark:
            yield f"M{left} {top}h{width}v1h-{width}z"
        left += width
