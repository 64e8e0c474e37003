"""Did they mean another word? 「もしかして」 by spelling and by reading, when little or nothing was found."""

from __future__ import annotations

from directory.text.index import TextIndex
from directory.text.words import ParsedQuery
from directory.vocabulary import Vocabulary


def suggestions(parsed: ParsedQuery, index: TextIndex, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Other questions that would find something, best first."""
    return ()
