"""Which rows meet the words of a question, and how well?

One sparse term × row matrix (compressed columns) holds, for each term and row, the sum over fields of weight ×
BM25, so a query is the sum of a few columns. BM25 is Whoosh's, with its byte-quantised field lengths: Whoosh is the
reference the tests compare with. Nothing here changes after it is built; a new edition is assembled from encoded
documents, of which only the edited ones are encoded anew. """

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from scipy import sparse
from whoosh.util.numeric import byte_to_length, length_to_byte

from directory.japanese import fold
from directory.text.analysis import FIELDS
from directory.text.meeting import Matches, Met
from directory.text.words import Group, ParsedQuery

K1 = 1.2
NO_TERMS: tuple[str, ...] = ()
LONGEST = 106_374  # lengths Whoosh still tells apart
WEIGHTS = np.array([field.weight for field in FIELDS])
LENGTH_NORMS = np.array([field.b for field in FIELDS])


class Lexicon(dict[str, int]):
    """Numbers for terms, given out in order of appearance. Only grows, so editions of the index may share one."""

    def __missing__(self, term: str) -> int:
        number = self[term] = len(self)
        return number

    def numbers(self, terms: Iterable[str]) -> array[int]:
        """The numbers of these terms, in their order."""
        return array("i", map(self.__getitem__, terms))


class ReadableText:
    """Everything a person can read in a row. It is folded when a phrase first asks for it; most rows are never asked."""

    __slots__ = ("_is_folded", "_text")

    def __init__(self, text: str) -> None:
        self._text, self._is_folded = text, not text

    def holds(self, phrase: str) -> bool:
        """Does the folded phrase stand in it?"""
        if not self._is_folded:
            self._text, self._is_folded = fold(self._text), True
        return phrase in self._text


@dataclass(frozen=True, slots=True)
class Document:
    """One row, encoded: numbers of its terms field after field, how many each field has, and its text."""

    terms: array[int]
    lengths: tuple[int, ...]
    text: ReadableText

    @classmethod
    def encode(cls, lexicon: Lexicon, terms: Mapping[str, Sequence[str]], text: str = "") -> Document:
        """`text` is what phrases are verified on: everything a person can read in the row."""
        fields = [terms.get(field.name, NO_TERMS) for field in FIELDS]
        return cls.of(lexicon.numbers(chain.from_iterable(fields)), list(map(len, fields)), text)

    @classmethod
    def of(cls, numbers: array[int], lengths: Iterable[int], text: str = "") -> Document:
        """From the numbers of the terms, field after field in the order of FIELDS, and how many each field has."""
        return cls(numbers, tuple(lengths), ReadableText(text))


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class TextIndex:
    """starts[t]:starts[t + 1] is the slice of `rows` and `impacts` for the term numbered t."""

    lexicon: Lexicon
    starts: np.ndarray
    rows: np.ndarray
    impacts: np.ndarray
    texts: tuple[ReadableText, ...]

    @classmethod
    def build(cls, documents: Iterable[Mapping[str, Sequence[str]]], texts: Iterable[str] = ()) -> TextIndex:
        """From the terms of each field of each row; see `document_terms`."""
        lexicon = Lexicon()
        given = list(texts)
        return cls.assemble(lexicon, [
            Document.encode(lexicon, terms, given[row] if row < len(given) else "")
            for row, terms in enumerate(documents)
        ])

    @classmethod
    def assemble(cls, lexicon: Lexicon, documents: Sequence[Document]) -> TextIndex:
        """From encoded rows: linear work in numpy, so reassembling everything after an edit is cheap."""
        counts, lengths = _counts(len(lexicon), documents)
        starts, rows, impacts = _impacts(counts, lengths, len(documents))
        return cls(lexicon, starts, rows, impacts, tuple(document.text for document in documents))

    @property
    def size(self) -> int:
        return len(self.texts)

    def postings(self, term: str) -> tuple[np.ndarray, np.ndarray]:
        """Rows that hold the term, ascending, and its score in each."""
        number = self.lexicon.get(term, len(self.starts))
        if number + 1 >= len(self.starts):
            return self.rows[:0], self.impacts[:0]
        span = slice(self.starts[number], self.starts[number + 1])
        return self.rows[span], self.impacts[span]

    def match(self, query: ParsedQuery, partial: bool = False) -> Matches:
        """Rows that meet every required group and phrase and no exclusion, with their scores; see `Met`."""
        return Met(self).matches(query, partial)

    def meet(self, group: Group) -> tuple[np.ndarray, np.ndarray]:
        """Rows that meet a group, ascending, and the score of its best member in each."""
        return Met(self).group(group)


def _counts(terms: int, documents: Sequence[Document]) -> tuple[sparse.csc_array, np.ndarray]:
    """How often each term stands in each field of each row ((row × field) × term), and the length of each field."""
    lengths = np.array([document.lengths for document in documents], np.int32).reshape(-1, len(FIELDS))
    columns = np.frombuffer(b"".join([document.terms.tobytes() for document in documents]), np.int32)
    slots = np.repeat(np.arange(lengths.size, dtype=np.int32), lengths.ravel())
    entries = np.ones(len(columns), np.float32)
    return sparse.coo_array((entries, (slots, columns)), shape=(max(lengths.size, 1), terms)).tocsc(), lengths


def _impacts(counts: sparse.csc_array, lengths: np.ndarray, size: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Σ fields weight × BM25 for every (term, row), as compressed columns."""
    terms, fields = counts.shape[1], len(FIELDS)
    rows, field = np.divmod(counts.indices, np.int32(fields))
    term = np.repeat(np.arange(terms, dtype=np.int64), np.diff(counts.indptr))
    in_documents = np.bincount(term * fields + field, minlength=terms * fields)
    rarity = (np.log(max(size, 1) / (in_documents + 1)) + 1) * np.tile(WEIGHTS, terms)
    frequency = counts.data.astype(np.float64)
    discount = _discounts(lengths, size).ravel()[counts.indices]
    score = rarity[term * fields + field] * frequency * (K1 + 1) / (frequency + discount)
    return _merge_fields(term, rows, score, terms)


def _discounts(lengths: np.ndarray, size: int) -> np.ndarray:
    """K1 × (1 − b + b × length ÷ average length) for every field of every row, lengths quantised as Whoosh does."""
    average = lengths.sum(axis=0) / max(size, 1)
    average[average == 0] = 1
    longest = min(lengths.max(initial=0), LONGEST)
    table = np.array([byte_to_length(length_to_byte(length)) for length in range(longest + 1)])
    quantised = table[np.minimum(lengths, LONGEST)]
    return K1 * ((1 - LENGTH_NORMS) + LENGTH_NORMS * quantised / average)


def _merge_fields(
    term: np.ndarray, rows: np.ndarray, score: np.ndarray, terms: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Add up the fields of one row: they stand side by side within a term."""
    if not len(rows):
        return np.zeros(terms + 1, np.int64), np.empty(0, np.intp), np.empty(0, np.float32)
    first = np.flatnonzero(np.r_[True, (rows[1:] != rows[:-1]) | (term[1:] != term[:-1])])
    impacts = np.add.reduceat(score, first).astype(np.float32)
    starts = np.searchsorted(term[first], np.arange(terms + 1))
    return starts, rows[first].astype(np.intp), impacts
