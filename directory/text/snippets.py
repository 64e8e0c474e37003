"""Which parts of a text did the question find? Segments of the text as it was written, some of them marked.

Whoosh does the highlighting: its analysis chain around our words (character offsets into the original), its choice of the
best stretch, and a formatter that returns segments instead of markup, so a page escapes them like any other text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from whoosh.analysis import Filter, Token, Tokenizer
from whoosh.highlight import (
    ContextFragmenter,
    Formatter,
    Fragment,
    Fragmenter,
    WholeFragmenter,
)
from whoosh.highlight import highlight as whoosh_highlight

from directory.japanese import (
    compounds,
    fold,
    fold_normalised,
    normalise_with_offsets,
    original_span,
)
from directory.text.analysis import carries_meaning, compound, sound, word
from directory.text.words import Group, ParsedQuery

GAP = "…"
BEFORE = 0.4  # how much of an excerpt may stand before the first word found
SHORTEST_LITERAL = 2
LITERAL = "literal"  # stands in for a term where the question's own letters occur
MARKED = frozenset({"w:", "c:", "r:"})
ONE_LETTER = 3  # length of such a term, with its prefix
NOT_ASKED, NOWHERE = "", -1


class Segment(NamedTuple):
    """A piece of text; matched pieces are marked on the page."""

    text: str
    matched: bool


class JapaneseTokenizer(Tokenizer):
    """The shortest words of a text with their places in it; `terms` are all index terms they have a part in."""

    def __call__(self, value: str, **_options: Any) -> Iterator[Token]:
        token = Token(chars=True, removestops=False)
        for position, (start, end, terms) in enumerate(_stream(value)):
            token.text, token.terms, token.pos = terms[0] if terms else "", terms, position
            token.startchar, token.endchar, token.boost, token.stopped = start, end, 1.0, False
            yield token


class AskedFilter(Filter):
    """Gives a word the term it was asked by, or `LITERAL` where the question's own letters stand.

    A part of one letter (歳, 者) is everywhere: it counts only right after another word found (百 → 歳).
    """

    def __init__(self, terms: frozenset[str], weak: frozenset[str], spans: tuple[tuple[int, int], ...]) -> None:
        self.terms, self.weak, self.spans = terms, weak, spans

    def __call__(self, tokens: Iterable[Token]) -> Iterator[Token]:
        after = NOWHERE
        for token in tokens:
            asked = next((term for term in token.terms if term in self.terms), None)
            if any(start < token.endchar and token.startchar < end for start, end in self.spans):
                asked = LITERAL
            if asked is not None and (asked not in self.weak or token.startchar == after):
                token.text, after = asked, token.endchar
            else:
                token.text = NOT_ASKED
            yield token


class SegmentFormatter(Formatter):
    """Segments instead of a string; neighbouring marked words become one segment."""

    def format(self, fragments: list[Fragment], replace: bool = False) -> tuple[Segment, ...]:
        return tuple(segment for fragment in fragments for segment in _segments(fragment))


def highlight(text: str, parsed: ParsedQuery) -> tuple[Segment, ...]:
    """The whole text in segments."""
    return _run(text, parsed, WholeFragmenter(charlimit=None)) if text else ()


def excerpt(text: str, parsed: ParsedQuery, length: int = 80) -> tuple[Segment, ...]:
    """About `length` characters around the first words found, or the beginning when none was; … marks what is left out."""
    if len(text) <= length:
        return highlight(text, parsed)
    return _run(text, parsed, ContextFragmenter(length, int(length * BEFORE), None)) or (Segment(text[:length] + GAP, False),)


def _run(text: str, parsed: ParsedQuery, fragmenter: Fragmenter) -> tuple[Segment, ...]:
    terms, weak, literals = _asked(parsed.groups)
    chain = JapaneseTokenizer() | AskedFilter(terms, weak, _spans(text, (*literals, *parsed.phrases)))
    return whoosh_highlight(text, terms | {LITERAL}, chain, fragmenter, SegmentFormatter(), top=1, minscore=0)


@lru_cache(maxsize=256)
def _asked(groups: tuple[Group, ...]) -> tuple[frozenset[str], frozenset[str], tuple[str, ...]]:
    """The index terms to mark, those of them that are one letter of a longer word, and the words as they were typed."""
    alone = {member.terms[0] for group in groups for member in group.members if len(member.terms) == 1}
    terms = {term for group in groups for term in _marked(group)}
    weak = {term for term in terms - alone if len(term) == ONE_LETTER}
    literals = {fold(group.words) for group in groups}
    return frozenset(terms), frozenset(weak), tuple(sorted(word for word in literals if len(word) >= SHORTEST_LITERAL))


def _marked(group: Group) -> Iterator[str]:
    """A compound is marked whole (車椅子, not every 椅子); of other words the parts."""
    single = [member.terms[0] for member in group.members if len(member.terms) == 1 and member.terms[0][:2] in MARKED]
    yield from single
    if not any(term.startswith("c:") for term in single):
        yield from (term for member in group.members for term in member.terms if term[:2] in MARKED)


def _spans(text: str, literals: tuple[str, ...]) -> tuple[tuple[int, int], ...]:
    """Where the folded literals stand in the text as it was written."""
    normalised, offsets = normalise_with_offsets(text)
    folded = fold_normalised(normalised)
    spans = []
    for literal in literals:
        at = folded.find(literal)
        while at >= 0:
            spans.append(original_span(offsets, at, at + len(literal)))
            at = folded.find(literal, at + len(literal))
    return tuple(spans)


@lru_cache(maxsize=4_096)
def _stream(text: str) -> tuple[tuple[int, int, tuple[str, ...]], ...]:
    """(start, end, terms) of every shortest word; the compound it belongs to counts as one of its terms."""
    stream = []
    for whole, parts in compounds(text):
        shared = (compound(whole), sound(whole)) if len(parts) > 1 and carries_meaning(whole) else ()
        for part in parts:
            own = (word(part), sound(part)) if carries_meaning(part) else ()
            stream.append((part.start, part.end, (*own, *shared)))
    return tuple(stream)


def _segments(fragment: Fragment) -> Iterator[Segment]:
    text, at = fragment.text, fragment.startchar
    if at > 0:
        yield Segment(GAP, False)
    for start, end in _joined(fragment.matches):
        if start > at:
            yield Segment(text[at:start], False)
        yield Segment(text[start:end], True)
        at = end
    if at < fragment.endchar:
        yield Segment(text[at:fragment.endchar], False)
    if fragment.endchar < len(text):
        yield Segment(GAP, False)


def _joined(matches: Iterable[Token]) -> list[tuple[int, int]]:
    """Marked stretches: words that touch are one."""
    joined: list[tuple[int, int]] = []
    for match in matches:
        if joined and match.startchar <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], match.endchar))
        else:
            joined.append((match.startchar, match.endchar))
    return joined
