"""Which listings do these words mean? Words to rows and scores; the only door to Whoosh.

    parsed = parse_query("水曜の午前に佐伯で体操", vocabulary, today=today)
    matches = index.match(parsed)          # rows in ascending order, and a score for each
"""

from directory.text.analysis import (
    FIELDS,
    document_terms,
    fingerprint,
    index_terms,
    key_terms,
)
from directory.text.corrections import suggestions
from directory.text.index import Document, Lexicon, TextIndex
from directory.text.meeting import Matches, Met
from directory.text.query import parse_query
from directory.text.snippets import Segment, excerpt, highlight
from directory.text.tokens import TokenCache
from directory.text.words import Chip, Group, Member, ParsedQuery, UrgentHelp

__all__ = [
    "FIELDS", "Chip", "Document", "Group", "Lexicon", "Matches", "Member", "Met", "ParsedQuery", "Segment", "TextIndex",
    "TokenCache", "UrgentHelp", "document_terms", "excerpt", "fingerprint", "highlight", "index_terms", "key_terms",
    "parse_query", "suggestions",
]
