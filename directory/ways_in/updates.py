"""A group's own update: which facts may it change by itself, and what does it propose? One row a question.

Only what a group knows best and what stands on its page already. Everything becomes a proposal; a person decides.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from directory.importers.cleaning.phones import phone
from directory.listing import Listing
from directory.vocabulary import Vocabulary

LONGEST_WORDS = 500
STATUS, CLOSED, PHONE = "status", "closed", "listing.phone"


@dataclass(frozen=True)
class Fact:
    """`kind`: line, lines (one a schedule), tel, choice, tick."""

    key: str
    label: str
    longest: int
    kind: str = "line"
    hint: str = ""


FACTS: tuple[Fact, ...] = (
    Fact("schedules", "いつ", 400, "lines", "例：毎月第2・4火曜 10時～12時。いくつかあるときは、一行にひとつ。"),
    Fact(PHONE, "のせる電話番号", 30, "tel"),
    Fact("listing.phone_hours", "電話してよい時間", 60, hint="例：平日 9時～12時"),
    Fact("listing.welcome", "新しい方の受け入れ", 60, "choice"),
    Fact(STATUS, "もう活動していない", 10, "tick"),
)


def current(listing: Listing) -> dict[str, str]:
    """What the page says now, as it is typed."""
    return {
        "schedules": "\n".join(filter(None, (meeting.schedule.phrase for meeting in listing.meetings))),
        "listing.phone": listing.phone or "", "listing.phone_hours": listing.phone_hours or "",
        "listing.welcome": listing.welcome if listing.welcome != "unknown" else "", STATUS: "",
    }


def choices(fact: Fact, vocabulary: Vocabulary) -> list[tuple[str, str]]:
    """(value, label) of a fact that is chosen."""
    if fact.key != "listing.welcome":
        return []
    return [(key, row.label) for key, row in vocabulary.welcome.items() if key != "unknown"]


def changed(listing: Listing, typed: Mapping[str, str], vocabulary: Vocabulary) -> dict[str, str]:
    """Fact → what the group says now, only where it says something else; an emptied box is said in words instead."""
    before, found = current(listing), {}
    for fact in FACTS:
        text = "\n".join(filter(None, (" ".join(line.split()) for line in typed.get(fact.key, "").splitlines())))
        known = {value for value, _label in choices(fact, vocabulary)}
        if fact.kind == "choice" and text not in known:
            continue
        if fact.kind == "tick":
            text = CLOSED if text == "1" else ""
        if text and text != before[fact.key]:
            found[fact.key] = text
    return found


def too_long(changes: Mapping[str, str]) -> list[str]:
    """Facts whose text nobody could keep."""
    return [fact.key for fact in FACTS if len(changes.get(fact.key, "")) > fact.longest]


def values_of(changes: Mapping[str, str]) -> dict[str, object]:
    """The changes by the importer's value names; anything a group may not change is left out."""
    allowed = {fact.key: fact for fact in FACTS}
    values: dict[str, object] = {key: text.splitlines() if allowed[key].kind == "lines" else text
                                 for key, text in changes.items() if key in allowed}
    number = phone(values.pop(PHONE, None))[0]
    return values | ({PHONE: number, "listing.contact_public": True} if number else {})
