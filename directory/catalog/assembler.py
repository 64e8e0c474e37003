"""How does an edition of the catalog come to be? Each listing is read off once; assembling all of them is array work.

After an edit only the changed listings are read off again, and everything is assembled anew: there is no incremental
index that could drift from the truth.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from directory.catalog.columns import AREA_KIND, Words, assemble, check_bits, column_row
from directory.catalog.documents import document_keys, document_texts, readable_text
from directory.catalog.edition import CARDS_KEPT, Cards, Catalog, Place
from directory.catalog.timetable import Expander, ScheduleSet
from directory.listing import Listing
from directory.text import FIELDS, Document, Lexicon, TextIndex, TokenCache
from directory.vocabulary import Vocabulary

SHORT = 24  # letters of a text whose terms are remembered while listings are read off


@dataclass(frozen=True, slots=True)
class Entry:
    """What the catalog keeps of one listing between editions."""

    row: tuple
    schedule: ScheduleSet
    document: Document


class Assembler:
    """Holds the entries of all listings of one audience on one day, and assembles editions from them."""

    def __init__(
        self, vocabulary: Vocabulary, day: date, audience: str, read: Callable[[Sequence[str]], Iterable[Listing]],
        tokens: TokenCache | None = None,
    ) -> None:
        self._vocabulary, self._audience, self._read = vocabulary, audience, read
        self._tokens = tokens or TokenCache()
        self._expander = Expander(day)
        self._lexicon = Lexicon()
        self._known: dict[bool, dict[str, array[int]]] = {True: {}, False: {}}
        self._words = Words.of(vocabulary)
        self._entries: dict[str, Entry] = {}
        self._cards: dict[str, Listing] = {}

    def put(self, listings: Iterable[Listing]) -> None:
        """Read these listings off; a known one is replaced."""
        for listing in listings:
            self._know_areas(listing)
            self._entries[listing.id] = Entry(
                column_row(listing, self._words), self._expander.expand(listing), self._document(listing))
            self._cards.pop(listing.id, None)
            if len(self._cards) < CARDS_KEPT:
                self._cards[listing.id] = listing

    def drop(self, ids: Iterable[str]) -> None:
        """Forget these listings."""
        for listing_id in ids:
            self._entries.pop(listing_id, None)
            self._cards.pop(listing_id, None)

    def assemble(self, revision: int, places: Mapping[str, Place]) -> Catalog:
        """One immutable edition of everything put so far."""
        ids = sorted(self._entries)
        entries = [self._entries[listing_id] for listing_id in ids]
        return Catalog(
            revision=revision, audience=self._audience, vocabulary=self._vocabulary, words=self._words, ids=ids,
            columns=assemble([entry.row for entry in entries]),
            timetable=self._expander.timetable([entry.schedule for entry in entries]),
            text=TextIndex.assemble(self._lexicon, [entry.document for entry in entries]),
            cards=Cards(self._read, self._cards), places=places,
        )

    def _document(self, listing: Listing) -> Document:
        texts, keys = document_texts(listing, self._vocabulary), document_keys(listing)
        numbers, ends = array("i"), [0]
        for field in FIELDS:
            known = self._known[field.pairs]
            for text in texts.get(field.name, ()):
                numbers.extend(known.get(text) or self._numbers(text, field.pairs))
            if field.name in keys:
                numbers.extend(self._lexicon.numbers(keys[field.name]))
            ends.append(len(numbers))
        return Document.of(numbers, [end - start for start, end in pairwise(ends)], readable_text(texts))

    def _numbers(self, text: str, pairs: bool) -> array[int]:
        """The numbers of a text's terms. Kinds, needs, areas, towns: few distinct ones, in listing after listing."""
        numbers = self._lexicon.numbers(self._tokens(text, pairs))
        if len(text) <= SHORT:
            self._known[pairs][text] = numbers
        return numbers

    def _know_areas(self, listing: Listing) -> None:
        """An area the vocabulary does not list gets the next bit; bits given out never change."""
        unknown = set(listing.area_names(AREA_KIND)) - self._words.areas.keys()
        if unknown:
            self._words = self._words.with_areas(sorted(unknown))
            check_bits(self._words)
