"""Which facts of a listing does the catalog keep as a column, and how is each read off the listing?

One row of COLUMNS a column. Numbers use -1 for 未確認; sets of vocabulary terms are bit masks in vocabulary order.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from directory.catalog.audiences import audience_bits, audience_words
from directory.errors import InvalidSettings
from directory.listing import NO, YES, Listing
from directory.vocabulary import Vocabulary

AREA_KIND = "地域"
UNASKED = -1
EPOCH = date(1970, 1, 1)
MAXIMUM_BITS = 64
# Fee rows somebody pays each time; other rows (年, 材料 …) are shown but do not decide the filter.
EACH_TIME = frozenset({"毎回", "1回", "回", "都度", "食事"})
CHILD_WORDS = ("子", "小学", "中学", "高校", "児", "学生")


@dataclass(frozen=True)
class Words:
    """The vocabulary as positions: which bit or number stands for which key."""

    kinds: Mapping[str, int]
    needs: Mapping[str, int]
    attributes: Mapping[str, int]
    welcome: Mapping[str, int]
    areas: Mapping[str, int]
    audiences: tuple[re.Pattern[str], ...]

    @classmethod
    def of(cls, vocabulary: Vocabulary) -> "Words":
        """Positions in the order of the vocabulary's files."""
        return cls(
            _positions_of_kinds(vocabulary), _positions(vocabulary.needs), _positions(vocabulary.attributes),
            _positions(vocabulary.welcome), _positions(area.name for area in vocabulary.areas),
            audience_words(vocabulary),
        )

    def with_areas(self, names: Iterable[str]) -> "Words":
        """The same positions, and new ones for areas not known so far."""
        return replace(self, areas=_positions([*self.areas, *names]))


def _positions(keys: Iterable[str]) -> dict[str, int]:
    return {key: position for position, key in enumerate(keys)}


def _positions_of_kinds(vocabulary: Vocabulary) -> dict[str, int]:
    """A kind that went into another stands where that one stands."""
    positions = _positions(vocabulary.kinds)
    return {key: positions[term.into or key] for key, term in vocabulary.kinds.items()}


def _bits(keys: Iterable[str], positions: Mapping[str, int]) -> int:
    bits = 0
    for key in keys:
        bits |= 1 << positions[key] if key in positions else 0
    return bits


def _attribute_bits(listing: Listing, words: Words, value: str) -> int:
    return _bits((entry.term for entry in listing.attributes if entry.value == value), words.attributes)


def _cost(listing: Listing, _words: Words) -> int:
    """Yen a grown-up pays each time at least; 0 for no fee; -1 when that is not known."""
    if listing.fees_state == "none":
        return 0
    if listing.fees_state != "stated" or not listing.fees:
        return UNASKED
    rows = [fee for fee in listing.fees if fee.per in EACH_TIME] or list(listing.fees)
    for_adults = [fee for fee in rows if not any(word in (fee.for_whom or "") for word in CHILD_WORDS)] or rows
    known = [fee.yen for fee in for_adults if fee.yen is not None]
    return min(known) if known else UNASKED


def _men_come(listing: Listing, _words: Words) -> bool:
    """Men were seen there: a stated, not a denying answer to 男性の参加."""
    answer = listing.usual.get("men", "")
    return bool(answer) and not any(word in answer for word in ("いない", "なし", "0人", "ほぼいません", "ゼロ"))


def _days(day: date | None) -> int:
    return UNASKED if day is None else (day - EPOCH).days


@dataclass(frozen=True)
class Column:
    """A column: its name, numpy type and how its value is read off a listing."""

    name: str
    dtype: str
    value: Callable[[Listing, Words], object]


COLUMNS: tuple[Column, ...] = (
    Column("kind", "i2", lambda it, words: words.kinds.get(it.kind, UNASKED)),
    Column("needs", "u8", lambda it, words: _bits((*it.needs_primary, *it.needs_secondary), words.needs)),
    Column("areas", "u8", lambda it, words: _bits(it.area_names(AREA_KIND), words.areas)),
    Column("audiences", "u8", lambda it, words: audience_bits(it, words.audiences)),
    Column("yes", "u8", lambda it, words: _attribute_bits(it, words, YES)),
    Column("no", "u8", lambda it, words: _attribute_bits(it, words, NO)),
    Column("welcome", "i1", lambda it, words: words.welcome.get(it.welcome, UNASKED)),
    Column("cost", "i4", _cost),
    Column("first_free", "?", lambda it, words: any(fee.is_free_at_first for fee in it.fees)),
    Column("pickup", "i1", lambda it, words: {"none": 0, "service": 1}.get(it.pickup, UNASKED)),
    Column("men", "?", _men_come),
    Column("latitude", "f4", lambda it, words: np.nan if it.latitude is None or it.masked else it.latitude),
    Column("longitude", "f4", lambda it, words: np.nan if it.longitude is None or it.masked else it.longitude),
    Column("zone", "U16", lambda it, words: it.zone),
    Column("has_place", "?", lambda it, words: it.has_place),
    Column("assured", "i4", lambda it, words: _days(it.assured_date)),
    Column("modified", "i4", lambda it, words: _days(it.last_modified.date() if it.last_modified else None)),
    Column("contact_public", "?", lambda it, words: it.contact_public),
)
ROW = np.dtype([(column.name, column.dtype) for column in COLUMNS])


def column_row(listing: Listing, words: Words) -> tuple:
    """The values of one listing in the order of COLUMNS."""
    return tuple(column.value(listing, words) for column in COLUMNS)


def assemble(rows: Sequence[tuple]) -> Mapping[str, np.ndarray]:
    """Contiguous arrays by column name, one entry a row."""
    table = np.array(list(rows), dtype=ROW)
    return {name: np.ascontiguousarray(table[name]) for name in ROW.names}


def check_bits(words: Words) -> None:
    """Raise InvalidSettings when a vocabulary or the list of areas has outgrown a 64-bit mask."""
    for label, positions in (("設備などの項目", words.attributes), ("地域", words.areas), ("ニーズ", words.needs)):
        if len(positions) > MAXIMUM_BITS:
            raise InvalidSettings(
                f"{label}が{len(positions)}件あります。{MAXIMUM_BITS}件までしか扱えません。まとめられるものをまとめてください。"
            )
