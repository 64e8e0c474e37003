"""What does a question ask for? A small parser of our own: words, "phrases", -exclusions, chips, urgent words."""

from __future__ import annotations

from datetime import date

from directory.japanese import tokens
from directory.text.analysis import carries_meaning, word
from directory.text.words import Group, Member, ParsedQuery
from directory.vocabulary import Vocabulary

LONGEST, MOST_WORDS = 200, 20


def parse_query(
    q: str, vocabulary: Vocabulary, *, today: date, not_filters: frozenset[str] = frozenset()
) -> ParsedQuery:
    """Read a question. not_filters: keys of chips (`day:wed`) whose words are to be searched instead (`plain=`)."""
    text = q[:LONGEST]
    found = [token for token in tokens(text) if carries_meaning(token)][:MOST_WORDS]
    groups = tuple(Group(token.surface, (Member((word(token),), 1.0),)) for token in found)
    return ParsedQuery(text, groups, truncated=len(q) > LONGEST)
