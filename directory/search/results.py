"""What does a search give back? One frozen page of results; every link in it is a SearchQuery to follow."""

from collections.abc import Callable
from dataclasses import dataclass, field

from directory.listing import Listing
from directory.search.query import SearchQuery
from directory.schedules import Occurrence
from directory.text.snippets import Segment
from directory.text.words import UrgentHelp


@dataclass(frozen=True)
class Hit:
    """One place found. `distance_km` is a straight line; `across_water`: one has to take the ferry."""

    number: int
    listing: Listing
    score: float
    name: tuple[Segment, ...]
    summary: tuple[Segment, ...]
    next: Occurrence | None = None
    # Hall of the next date when the listing goes round several (回り持ち会場)
    next_place: str | None = None
    distance_km: float | None = None
    across_water: bool = False


@dataclass(frozen=True)
class ActiveChip:
    """A condition in force. `without` is the number of places when it is taken off; `query` takes it off."""

    label: str
    without: int
    query: SearchQuery
    # The words it was understood from; empty when the reader ticked it.
    words: str = ""


@dataclass(frozen=True)
class Option:
    """One tickable value of a facet; `count` is exact over all other filters."""

    value: str
    label: str
    count: int
    selected: bool
    # Made only when a page links to it: a search offers some eighty values.
    toggle: Callable[[], SearchQuery]

    @property
    def query(self) -> SearchQuery:
        """The query after a tick."""
        return self.toggle()


@dataclass(frozen=True)
class Facet:
    """A kind of filter with its values. `asks`: per value「ほかに要確認 n件」for places where it is unknown."""

    parameter: str
    label: str
    # False: choosing one value takes the place of another
    many: bool
    options: tuple[Option, ...]
    asks: tuple[Option, ...] = ()
    # Facets of one group stand under one heading (設備, ふんいき …)
    group: str = ""


@dataclass(frozen=True)
class Relaxation:
    """A change that would find something: its label, exactly how many places, and the query that does it."""

    label: str
    count: int
    query: SearchQuery


@dataclass(frozen=True)
class Advice:
    """What to say when nothing fits."""

    # Labels of the conditions each of which alone removes everything that was left
    removed_everything: tuple[str, ...] = ()
    relaxations: tuple[Relaxation, ...] = ()
    neighbours: tuple[Relaxation, ...] = ()


@dataclass(frozen=True)
class SearchPage:
    """Twenty places and everything the reader may do next."""

    query: SearchQuery
    heading: str
    total: int
    pages: int
    hits: tuple[Hit, ...]
    chips: tuple[ActiveChip, ...] = ()
    facets: tuple[Facet, ...] = ()
    # Places found that a map cannot show: visiting, telephone and masked ones
    unmapped: int = 0
    # 「ひとりぼっち」に近い言葉でも探しました
    aloud: tuple[str, ...] = ()
    # True: no place has all the words; these have as many of them as any place does
    partial: bool = False
    corrections: tuple[Relaxation, ...] = ()
    # Nothing had the words as typed; these places were found by this spelling
    corrected: str = ""
    urgent: tuple[UrgentHelp, ...] = ()
    advice: Advice | None = None
    # The place distances are measured from, as shown to the reader
    near: str | None = None
    # What was asked for, in terms of the vocabulary only: (parameter, value), ticked or understood from the words
    asked: tuple[tuple[str, str], ...] = ()
    # Whole sentences about parameters that were not used, and why
    ignored: tuple[str, ...] = field(default_factory=tuple)
