"""When two listings become one, whose word counts in each field? What differs, what may be taken, and what we propose.

A place and an organisation are taken whole, as links: half of an address is no address. Lists may also be put together.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from directory.curation.fields import EXISTS, FIELDS, LOCATION, ORGANIZATION, label_of
from directory.curation.values import differs

WINNER, LOSER, BOTH = "winner", "loser", "both"
# Taken whole by linking the record the other listing has: link → (label, record).
WHOLE: Mapping[str, tuple[str, str]] = {
    "listing.location_id": ("会場と住所", LOCATION), "service.organization_id": ("団体", ORGANIZATION),
}
NEVER = frozenset((EXISTS, "listing.service_id"))
# What is put together unless somebody decides otherwise: nothing of it contradicts anything.
TOGETHER = frozenset((
    "listing.keywords", "areas", "attributes", "closures", "listing.other_facts", "listing.usual", "listing.first_day",
    "listing.accommodations", "listing.loads", "listing.staff_fields", "service.needs_secondary", "roles",
))
CAN_BE_BOTH = TOGETHER | {"service.needs", "service.languages", "schedules", "service.fees"}
# Whether these may be public was agreed for one listing only: they are never taken over by themselves.
AGREED = frozenset((
    "listing.contact_public", "listing.phone", "listing.phone_extension", "listing.phone_hours", "listing.email",
    "listing.visibility", "listing.consent_given", "listing.consent_by", "listing.consent_date", "listing.consent_fields",
))
NOT_ASKED = (None, "", "unknown", [], {})


@dataclass(frozen=True)
class FieldChoice:
    """One field in which the two differ: both values, what may be chosen, and what is chosen unless somebody says otherwise."""

    key: str
    label: str
    winner: Any
    loser: Any
    options: tuple[str, ...]
    proposed: str


def field_choices(winner: Mapping[str, Any], loser: Mapping[str, Any]) -> list[FieldChoice]:
    """Every field in which two listings (values of `directory.curation.values_of`) differ."""
    private = winner["listing.visibility"] == "public" and loser["listing.visibility"] != "public"
    found = [_whole(key, winner, loser, private) for key in WHOLE if _differs_whole(key, winner, loser)]
    for key, field in FIELDS.items():
        if key in WHOLE or key in NEVER or field.record in (ORGANIZATION, LOCATION):
            continue
        if differs(key, winner[key], loser[key]):
            options = (WINNER, LOSER, BOTH) if key in CAN_BE_BOTH else (WINNER, LOSER)
            found.append(FieldChoice(key, label_of(key), winner[key], loser[key], options,
                                     _proposed(key, winner[key], loser[key], private)))
    return found


def merged_values(
    winner: Mapping[str, Any], loser: Mapping[str, Any], choices: Mapping[str, str]
) -> dict[str, Any]:
    """What the winner is to say: field → value, for every field that the choices change; others as proposed."""
    values = {}
    for field in field_choices(winner, loser):
        choice = choices.get(field.key, field.proposed)
        if choice not in field.options:
            choice = field.proposed
        if choice == LOSER:
            values[field.key] = loser[field.key]
        elif choice == BOTH:
            values[field.key] = together(winner[field.key], loser[field.key])
    return values


def together(winner: Any, loser: Any) -> Any:
    """Both lists or mappings as one; where both say something of the same thing, the winner's word stays."""
    if isinstance(winner, Mapping) or isinstance(loser, Mapping):
        return {**(loser or {}), **(winner or {})}
    told = [_without_id(item) for item in winner]
    added = [_without_id(item) for item in loser if _without_id(item) not in told]
    return [*winner, *added]


def _without_id(item: Any) -> Any:
    return {key: value for key, value in item.items() if key != "id"} if isinstance(item, Mapping) else item


def _whole(key: str, winner: Mapping[str, Any], loser: Mapping[str, Any], private: bool) -> FieldChoice:
    label, record = WHOLE[key]
    one, other = (_texts(values, record) for values in (winner, loser))
    proposed = LOSER if not one and other and not private else WINNER
    return FieldChoice(key, label, one, other, (WINNER, LOSER), proposed)


def _differs_whole(key: str, winner: Mapping[str, Any], loser: Mapping[str, Any]) -> bool:
    return winner[key] != loser[key] and _texts(winner, WHOLE[key][1]) != _texts(loser, WHOLE[key][1])


def _texts(values: Mapping[str, Any], record: str) -> list[str]:
    """What a page shows of a place or an organisation."""
    keys = ("name", "postal_code", "municipality", "town", "address_rest", "building") if record == LOCATION else ("name", "kind")
    return [str(values[f"{record}.{key}"]) for key in keys if values.get(f"{record}.{key}")]


def _proposed(key: str, winner: Any, loser: Any, private: bool) -> str:
    if key == "listing.staff_fields":
        return BOTH  # what one of them kept from the public stays kept
    if private or key in AGREED:
        return WINNER
    if key in TOGETHER:
        return BOTH
    return LOSER if winner in NOT_ASKED and loser not in NOT_ASKED else WINNER
