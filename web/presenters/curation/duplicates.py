"""How do two listings that may be one stand side by side? What speaks for it, what against, and whose word is kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from directory.curation.fields import FIELDS, RECORDS
from directory.duplicates.choices import BOTH, LOSER, WHOLE, WINNER, FieldChoice, field_choices
from directory.duplicates.searching import WaitingPair
from directory.listing import Listing
from directory.vocabulary import Vocabulary
from web.i18n import gettext as _
from web.presenters.curation.saying import said
from web.presenters.curation.states import statuses
from web.presenters.dates import full_date
from web.presenters.desk.saying import moment

# What stands before the key of a field in the name of its boxes.
CHOICE = "c:"
TOLD = 3  # reasons a row of the list has room for


@dataclass(frozen=True)
class PairRow:
    """One pair of the list."""

    url: str
    names: tuple[str, str]
    places: tuple[str, str]
    likely: bool
    told: tuple[str, ...]


@dataclass(frozen=True)
class Side:
    """One of the two, as a coordinator knows it: (label, text) rows."""

    listing_id: str
    name: str
    kana: str
    version: int
    rows: tuple[tuple[str, str], ...]
    public: bool


@dataclass(frozen=True)
class Option:
    """One way to decide a field: whose word, said in full."""

    value: str
    label: str
    text: str
    chosen: bool


@dataclass(frozen=True)
class FieldRow:
    """One field in which the two differ."""

    key: str
    label: str
    record: str
    staff: bool
    options: tuple[Option, ...]


@dataclass(frozen=True)
class PairPage:
    """Everything the page prints. `keep`: the one that stays; `other`: the one that goes into it."""

    keep: Side
    other: Side
    likely: bool
    speaks_for: tuple[str, ...]
    against: tuple[str, ...]
    fields: tuple[FieldRow, ...]
    same: int
    hidden: bool


@dataclass(frozen=True)
class MergeRow:
    """One merge in force."""

    id: str
    winner_id: str
    names: tuple[str, str]
    at: str
    by: str


def pair_row(pair: WaitingPair, listings: Mapping[str, Listing], url: str) -> PairRow:
    """A pair in the list."""
    both = listings[pair.first_id], listings[pair.second_id]
    return PairRow(
        url, (both[0].name, both[1].name), (_place(both[0]), _place(both[1])), pair.likely,
        tuple(sentence for sentence, speaks_for in pair.told if speaks_for)[:TOLD])


def side(listing: Listing, version: int, sources: Sequence[str]) -> Side:
    """What tells one listing from another at a glance."""
    facts = listing.staff
    times = "\n".join(meeting.schedule.phrase for meeting in listing.meetings)
    rows = (
        (_("状態"), statuses().get(listing.status, listing.status)), (_("日時"), times), (_("場所"), _place(listing)),
        (_("団体"), listing.organization_name), (_("電話"), listing.phone or ""),
        (_("代表者"), facts.representative or "" if facts else ""),
        (_("最終確認日"), full_date(listing.assured_date) if listing.assured_date else ""), (_("もとの一覧"), "、".join(sources)),
    )
    return Side(listing.id, listing.name, listing.kana or "", version, rows, listing.status == "published")


def pair_page(
    keep: Side, other: Side, values: tuple[Mapping[str, Any], Mapping[str, Any]], pair: WaitingPair | None,
    vocabulary: Vocabulary, chosen: Mapping[str, str],
) -> PairPage:
    """The page; `chosen` are the choices of a form that came back."""
    told = pair.told if pair else ()
    fields = field_choices(*values)
    return PairPage(
        keep, other, bool(pair and pair.likely), tuple(words for words, speaks_for in told if speaks_for),
        tuple(words for words, speaks_for in told if not speaks_for),
        tuple(_field_row(field, vocabulary, chosen.get(field.key, field.proposed)) for field in fields),
        len(values[0]) - len(fields),
        values[0]["listing.visibility"] == "public" and values[1]["listing.visibility"] != "public")


def merge_row(made_at: datetime, by: str, merge_id: str, winner: Listing, loser_name: str) -> MergeRow:
    """A merge in the list of those that can be taken apart."""
    return MergeRow(merge_id, winner.id, (winner.name, loser_name), moment(made_at), by)


def _place(listing: Listing) -> str:
    address = "".join(filter(None, (listing.town, listing.address_rest)))
    return "　".join(filter(None, (listing.place_name, address))) or listing.service_area or ""


def _field_row(field: FieldChoice, vocabulary: Vocabulary, chosen: str) -> FieldRow:
    told = FIELDS[field.key]
    labels = {WINNER: _("残すほう"), LOSER: _("まとめるほう"), BOTH: _("両方を合わせる")}
    texts = {WINNER: _text(field, field.winner, vocabulary), LOSER: _text(field, field.loser, vocabulary), BOTH: ""}
    options = tuple(Option(value, labels[value], texts[value], value == chosen) for value in field.options)
    return FieldRow(field.key, field.label, RECORDS[told.record], told.staff, options)


def _text(field: FieldChoice, value: Any, vocabulary: Vocabulary) -> str:
    return "　".join(value) if field.key in WHOLE else said(field.key, value, vocabulary)
