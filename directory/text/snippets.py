"""Which parts of a text did the question find? Segments of the text as it was written, some of them marked.

Whoosh does the highlighting: its analysis chain around our words (character offsets into the original), its choice
of the best stretch, and a formatter that returns segments instead of markup, so a page escapes them like any other
text. """

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
    fold_normalised,
    normalise_with_offsets,
    original_span,
)
from directory.text.analysis import carries_meaning, compound, sound, word
from directory.text.words import Marks, ParsedQuery

GAP = "…"
BEFORE = 0.4  # how much of an excerpt may stand before the first word found
LITERAL = "literal"  # stands in for a term where the question's own letters occur
NOT_ASKED, NOWHERE = "", -1


class Segment(NamedTuple):
    """A piece of text; matched pieces are marked on the page."""

    text: str
    matched: bool


class JapaneseTokenizer(Tokenizer):
    """The shortest words of a text with their places in it; `terms` are all index terms they have a part in."""

    def __call__(self, value: str, **_options: Any) -> Iterator[Token]:
        token = Token(chars=True, removestops=False)
        for position, (start, end, terms) in enumerate(_read(value).words):
            token.text, token.terms, token.pos = terms[0] if terms else "", terms, position
            token.startchar, token.endchar, token.boost, token.stopped = start, end, 1.0, False
            yield token


class AskedFilter(Filter):
    """Gives a word the term it was asked by, or `LITERAL` where the question's own letters stand.

    A part of one letter (歳, 者) is everywhere: it counts only right after another word found (百 → 歳). Words not asked
    for are passed on only when a stretch has to be chosen; a whole text needs none of them.
    """

    def __init__(self, marks: Marks, spans: tuple[tuple[int, int], ...], whole: bool) -> None:
        self.terms, self.weak, self.spans, self.whole = marks.terms, marks.weak, spans, whole

    def __call__(self, tokens: Iterable[Token]) -> Iterator[Token]:
        after = NOWHERE
        for token in tokens:
            asked = None
            if not self.terms.isdisjoint(token.terms):
                asked = next(term for term in token.terms if term in self.terms)
            if self.spans and any(start < token.endchar and token.startchar < end for start, end in self.spans):
                asked = LITERAL
            if asked is not None and (asked not in self.weak or token.startchar == after):
                token.text, after = asked, token.endchar
            elif self.whole:
                continue
            else:
                token.text = NOT_ASKED
            yield token


class SegmentFormatter(Formatter):
    """Segments instead of a string; neighbouring marked words become one segment."""

    def format(self, fragments: list[Fragment], replace: bool = False) -> tuple[Segment, ...]:
        return tuple(segment for fragment in fragments for segment in _segments(fragment))


def highlight(text: str, parsed: ParsedQuery) -> tuple[Segment, ...]:
    """The whole text in segments."""
    if not text:
        return ()
    return _run(text, parsed, WholeFragmenter(charlimit=None)) or (Segment(text, False),)


def excerpt(text: str, parsed: ParsedQuery, length: int = 80) -> tuple[Segment, ...]:
    """About `length` characters around the first words found, or the beginning; … marks what is left out."""
    if len(text) <= length:
        return highlight(text, parsed)
    around = ContextFragmenter(length, int(length * BEFORE), None)
    return _run(text, parsed, around) or (Segment(text[:length] + GAP, False),)


def _run(text: str, parsed: ParsedQuery, fragmenter: Fragmenter) -> tuple[Segment, ...]:
    """The segments of the best fragment; () when nothing in the text was asked for."""
    marks, read = parsed.marks, _read(text)
    spans = _spans(read, marks.literals)
    if not spans and marks.terms.isdisjoint(read.terms):
        return ()
    chain = JapaneseTokenizer() | AskedFilter(marks, spans, isinstance(fragmenter, WholeFragmenter))
    return whoosh_highlight(text, marks.terms | {LITERAL}, chain, fragmenter, SegmentFormatter(), top=1, minscore=0)


class _Read(NamedTuple):
    """A text as it is looked at for every question: words with places and terms, all terms, folded text and offsets."""

    words: tuple[tuple[int, int, tuple[str, ...]], ...]
    terms: frozenset[str]
    folded: str
    offsets: tuple[int, ...]


@lru_cache(maxsize=16_384)
def _read(text: str) -> _Read:
    """Texts of listings, never of questions."""
    words = []
    for whole, parts in compounds(text):
        shared = (compound(whole), sound(whole)) if len(parts) > 1 and carries_meaning(whole) else ()
        for part in parts:
            own = (word(part), sound(part)) if carries_meaning(part) else ()
            words.append((part.start, part.end, (*own, *shared)))
    normalised, offsets = normalise_with_offsets(text)
    terms = frozenset(term for _, _, terms in words for term in terms)
    return _Read(tuple(words), terms, fold_normalised(normalised), tuple(offsets))


def _spans(read: _Read, literals: tuple[str, ...]) -> tuple[tuple[int, int], ...]:
    """Where the folded literals stand in the text as it was written."""
    spans = []
    for literal in literals:
        at = read.folded.find(literal)
        while at >= 0:
            spans.append(original_span(read.offsets, at, at + len(literal)))
            at = read.folded.find(literal, at + len(literal))
    return tuple(spans)


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
