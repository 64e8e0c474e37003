"""What does the vocabulary consist of? The frozen records every reader of it uses."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Term:
    """One word of a fixed list: サロン, 話し相手・仲間, 車いすで入れる."""

    key: str
    label: str
    kana: str
    sentence: str = ""
    easy: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)  # language code → label
    synonyms: tuple[str, ...] = ()
    retired: bool = False  # not offered any more; what bears it goes on bearing it
    into: str | None = None  # the term everything that bore this one bears now


def offered(terms: Mapping[str, Term], kept: Collection[str] = ()) -> dict[str, Term]:
    """The terms a form offers: those in use, and retired ones that are chosen already."""
    return {key: term for key, term in terms.items() if not term.retired or key in kept}


@dataclass(frozen=True, slots=True)
class Area:
    """One 圏域 of the city; its zone says what lies across water."""

    name: str
    kana: str
    zone: str
    about: str


@dataclass(frozen=True, slots=True)
class LoadScale:
    """One of the seven scales: a sentence for each level 0–4, and how to ask the host and the person."""

    key: str
    label: str
    kana: str
    about: str
    levels: tuple[str, str, str, str, str]
    ask_host: str
    ask_person: str


@dataclass(frozen=True, slots=True)
class EverydayWord:
    """What people say (「ひとりぼっち」) and the needs, kinds and attributes it is near, each with a weight in (0, 1]."""

    say: str
    also: tuple[str, ...]
    aloud: str | None  # said on the page in place of the word itself
    needs: Mapping[str, float]
    kinds: Mapping[str, float]
    attributes: Mapping[str, float]
    near: tuple[str, ...]  # words that stand in the texts of places that help (家に帰りたくない: 夜, 若者)
    urgent: str | None  # key of the urgent group it also raises
    who: tuple[str, ...]
    dialect: str | None

    @property
    def words(self) -> tuple[str, ...]:
        return (self.say, *self.also)


@dataclass(frozen=True, slots=True)
class QueryPattern:
    """Words of a question that mean a filter: 「水曜」 → day=wed.

    A pattern with a regex has one template as its value, "{time}" (HH:MM) or "{yen}" (digits), which the reader of the
    question fills in from the named groups (half, hour, half_past, minute, colon_minute; yen); so has its chip.
    """

    group: str
    key: str
    chip: str
    parameter: str  # URL parameter of the search page
    values: tuple[str, ...]
    forms: tuple[str, ...]
    careful: tuple[str, ...]
    not_when: tuple[str, ...]
    regex: str | None


@dataclass(frozen=True, slots=True)
class HelpLine:
    """A telephone line; number is None where the city has not entered its own yet."""

    key: str
    name: str
    number: str | None
    note: str
    scope: str
    checked: str


@dataclass(frozen=True, slots=True)
class UrgentGroup:
    """Phrases that raise help above all results, and what is said there."""

    key: str
    label: str
    phrases: tuple[str, ...]
    other_languages: tuple[str, ...]
    not_when: tuple[str, ...]
    core: tuple[str, ...]  # among the phrases whatever the desk changes: they always raise help
    say: str
    easy: str
    now: str
    care: str
    lines: tuple[HelpLine, ...]
    children: tuple[HelpLine, ...]  # shown first to a child
    local: tuple[HelpLine, ...]
    also_needs: tuple[str, ...]
    also_kinds: tuple[str, ...]
    help_only: bool  # words nothing explains find no places: unrelated names below a helpline hurt


@dataclass(frozen=True, slots=True)
class UrgentWords:
    lines: Mapping[str, HelpLine]
    local: Mapping[str, HelpLine]
    groups: Mapping[str, UrgentGroup]


@dataclass(frozen=True, slots=True)
class PlaceReading:
    """How a place name is read and mistyped. Not sure: until the city confirms it, it only helps to find."""

    name: str
    kana: str
    level: str  # city, area, town, aza, school_district, station, landmark
    sure: bool
    also_kana: tuple[str, ...]
    typed: tuple[str, ...]
    careful: bool  # also an ordinary word: a place only in an address or alone
    within: str | None


@dataclass(frozen=True, slots=True)
class Interest:
    key: str
    label: str
    synonyms: tuple[str, ...]
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Every list in file order; the order of kinds, needs and attributes is their bit position in the catalog."""

    version: str
    kinds: Mapping[str, Term]
    needs: Mapping[str, Term]
    attributes: Mapping[str, Term]
    accommodations: Mapping[str, Term]
    pickup: Mapping[str, Term]
    welcome: Mapping[str, Term]
    capacity: Mapping[str, Term]
    visibility: Mapping[str, Term]
    audiences: Mapping[str, Term]
    loads: Mapping[str, Term]
    load_levels: Mapping[str, LoadScale]
    assured_how: tuple[str, ...]
    areas: tuple[Area, ...]
    everyday: tuple[EverydayWord, ...]
    query_patterns: tuple[QueryPattern, ...]
    urgent: UrgentWords
    place_readings: tuple[PlaceReading, ...]
    interests: Mapping[str, Interest]
    reasons: Mapping[str, Mapping[str, object]] = field(repr=False)
    host_worries: Mapping[str, Mapping[str, object]] = field(repr=False)
    stages: Mapping[str, Mapping[str, object]] = field(repr=False)
    # Where its files lie, so that changes can be laid over them.
    folder: Path | None = field(default=None, repr=False, compare=False)
