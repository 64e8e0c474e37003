"""「情報が違います」: what can be wrong, and which change of the listing follows from it by itself? One row a choice."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from directory.importers.cleaning.phones import is_mobile, numbers
from directory.schedules import parse

LONGEST_WORDS, LONGEST_CONTACT = 500, 100
Values = dict[str, object]


def _nothing(_words: str) -> Values:
    return {}


def _ended(_words: str) -> Values:
    return {"status": "closed"}


def _time(words: str) -> Values:
    """Only what is nothing but a phrase that reads without a question; everything else is for a person to read."""
    schedule = parse(words)
    return {"schedules": [words]} if schedule.state == "regular" and not schedule.remarks else {}


def _phone(words: str) -> Values:
    found = [number for number in numbers(words) if number.startswith("0")]
    return {"listing.phone": found[0]} if len(found) == 1 and not is_mobile(found[0]) else {}


@dataclass(frozen=True)
class About:
    """`label`: as the resident presses it; `proposes`: the change that follows from the words without a guess."""

    label: str
    proposes: Callable[[str], Values] = _nothing


ABOUT: Mapping[str, About] = {
    "ended": About("もうやっていない", _ended),
    "time": About("曜日・時間が違う", _time),
    "place": About("場所が違う"),
    "phone": About("電話番号が違う", _phone),
    "other": About("そのほか"),
}


def values_of(about: str, words: str) -> Values:
    """Importer's value name → proposed value; empty when a person has to read it."""
    return ABOUT[about].proposes(words) if about in ABOUT else {}
