"""How is a listing laid out for whoever looks after it? In sections, each shown in words and edited by itself."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from directory.curation.fields import GROUPS, RECORDS, Field
from directory.vocabulary import Vocabulary
from web.presenters.curation.controls import fields_of, hideable
from web.presenters.curation.saying import said

# What a section shows of itself even while nobody has asked.
ALWAYS = frozenset((
    "service.name", "service.kind", "service.summary", "schedules", "location.name", "location.town", "listing.welcome",
    "service.fees_state", "listing.phone", "organization.name", "listing.visibility", "listing.consent_given",
    "service.age_state", "service.application", "areas", "attributes", "roles"))


@dataclass(frozen=True)
class Line:
    """One field in words. `hidden`: kept from the public of this listing; `doubt`: somebody should confirm it."""

    label: str
    words: str
    staff: bool
    hidden: bool
    doubt: bool


@dataclass(frozen=True)
class Section:
    """A part of the listing: its lines, and how many fields nobody has asked about yet."""

    key: str
    label: str
    lines: tuple[Line, ...]
    unknown: int


@dataclass(frozen=True)
class Stored:
    """A listing as the directory has it now; `shared`: record → on how many listings it is shown."""

    listing_id: str
    name: str
    version: int
    status: str
    values: Mapping[str, Any]
    shared: Mapping[str, int]
    doubts: Collection[str]

    @property
    def hidden(self) -> frozenset[str]:
        """What the public of this listing does not see."""
        return frozenset(self.values.get("listing.staff_fields") or ())


def sections(stored: Stored, vocabulary: Vocabulary, zones: Mapping[str, str]) -> list[Section]:
    """Every section in its order. zones: key → what the city calls its islands and the land."""
    return [_section(key, label, stored, vocabulary, zones) for key, label in GROUPS.items()]


def _section(key: str, label: str, stored: Stored, vocabulary: Vocabulary, zones: Mapping[str, str]) -> Section:
    lines, unknown = [], 0
    for field in fields_of(key):
        value = stored.values.get(field.key)
        words = zones.get(value, "") if field.key == "location.zone" else said(field.key, value, vocabulary)
        unknown += not words
        if words or field.key in ALWAYS:
            lines.append(Line(field.label, words, field.staff, hideable(field) in stored.hidden and bool(hideable(field)),
                              field.key in stored.doubts))
    return Section(key, label, tuple(lines), unknown)


@dataclass(frozen=True)
class SharedRecord:
    """A record of this section that other listings show as well."""

    key: str
    label: str
    count: int


def shared_in(fields: Collection[Field], stored: Stored) -> list[SharedRecord]:
    """「80か所に反映」: the records of these fields that are not this listing's alone."""
    records = dict.fromkeys(field.record for field in fields)
    return [SharedRecord(record, RECORDS[record], stored.shared[record])
            for record in records if stored.shared.get(record, 1) > 1]
