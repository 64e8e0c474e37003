"""Which words does this city use, and what do they mean? (kinds, needs, attributes, 生活語, query words, urgent words)

    from directory.vocabulary import load_vocabulary
    vocabulary = load_vocabulary(Path("data/vocabulary"))
"""

from directory.vocabulary.loading import load_vocabulary
from directory.vocabulary.records import (
    Area,
    EverydayWord,
    HelpLine,
    Interest,
    LoadScale,
    PlaceReading,
    QueryPattern,
    Term,
    UrgentGroup,
    UrgentWords,
    Vocabulary,
    offered,
)

__all__ = [
    "Area",
    "EverydayWord",
    "HelpLine",
    "Interest",
    "LoadScale",
    "PlaceReading",
    "QueryPattern",
    "Term",
    "UrgentGroup",
    "UrgentWords",
    "Vocabulary",
    "load_vocabulary",
    "offered",
]
