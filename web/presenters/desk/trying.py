"""Which limits can be tried beside the list, and what does a tried limit change? Nothing tried is ever kept by itself.

The form beside 候補 has the names of the visit's questions; a change that the matching offers sets some of them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlencode

from werkzeug.datastructures import MultiDict

from directory.vocabulary import Vocabulary
from matcher.answer import Change
from matcher.casework import EMPTY, NOT_HEARD, VALUE, Heard, profile_from
from matcher.casework.fields import CEILING, TRAVEL, Field, checked, fields
from matcher.ranking.profile import MODES, Profile
from web.answer_forms import Said, Words, read
from web.i18n import gettext as _
from web.presenters.desk.saying import value_in_words

TRIED = (*(f"{TRAVEL}{mode}" for mode in MODES), "ferry", "cost_limit", "accompanied", "required", "avoided",
         "accommodations", "slots", "waits")
CHANGE = "change"
Pairs = list[tuple[str, str]]


@dataclass(frozen=True)
class Edit:
    """One limit as it is tried: what stands in the record, and what is tried instead."""

    field: Field
    said: Said
    stands: str
    tried: str


@dataclass(frozen=True)
class Trial:
    """What is tried: the values the profile is made of, and how they differ from the record."""

    values: Mapping[str, object]
    edits: tuple[Edit, ...] = ()

    @property
    def is_trial(self) -> bool:
        """Does anything differ from the record?"""
        return bool(self.edits)

    def profile(self, saved: Profile, vocabulary: Vocabulary) -> Profile:
        """The profile to match; whom not to meet comes from the record and is never in a form."""
        return profile_from(self.values, vocabulary, saved.no_contact, saved.attends)


def tried_fields(vocabulary: Vocabulary) -> list[Field]:
    """The questions beside the list, in their order."""
    known = fields(vocabulary)
    return [known[key] for key in (*TRIED, *(key for key in known if key.startswith(CEILING)))]


def values_of(heard: Mapping[str, Heard]) -> dict[str, Any]:
    """What was heard, by field."""
    return {key: one.value for key, one in heard.items() if one.state == VALUE}


def as_recorded(heard: Mapping[str, Heard]) -> Trial:
    """Nothing tried."""
    return Trial(values_of(heard))


def trial(form: MultiDict[str, str], heard: Mapping[str, Heard], words: Words) -> Trial:
    """What the form tries. Raises InvalidRecord for what cannot be read."""
    form = _with_change(form)
    values, edits = values_of(heard), []
    for field in tried_fields(words.vocabulary):
        said = read(form, field, words)
        if said.state == VALUE:
            said = Said(VALUE, checked(field, said.value, words.vocabulary))
        if _is_tried(said, heard[field.key]):
            edits.append(_edit(field, said, heard[field.key], words.vocabulary))
            values.pop(field.key, None)
            if said.state == VALUE:
                values[field.key] = said.value
    return Trial(values, tuple(edits))


def _with_change(form: MultiDict[str, str]) -> MultiDict[str, str]:
    """The form after the change whose button was pressed."""
    changed = MultiDict(form)
    for name, given in parse_qs(form.get(CHANGE, ""), keep_blank_values=True).items():
        changed.setlist(name, [one for one in given if one])
    return changed


def _is_tried(said: Said, heard: Heard) -> bool:
    if said.state == VALUE:
        return heard.state != VALUE or said.value != heard.value
    # 聞けなかった and nothing weigh the same here
    return heard.state == VALUE and said.state in (EMPTY, NOT_HEARD)


def _edit(field: Field, said: Said, heard: Heard, vocabulary: Vocabulary) -> Edit:
    def words(state: str, value: object) -> str:
        return value_in_words(value, field, vocabulary) if state == VALUE else _("なし")

    return Edit(field, said, words(heard.state, heard.value), words(said.state, said.value))


def change_button(change: Change, profile: Profile) -> str:
    """What a button of this change sends: the names and values of the form it sets; "" when there is none."""
    if change.into is None:
        return ""
    into: Any = change.into
    pairs = [pair for name, tell in TELLERS.items() if getattr(into, name) != getattr(profile, name)
             for pair in tell(getattr(profile, name), getattr(into, name))]
    return urlencode(pairs)


def _mapping(prefix: str) -> Callable[[Mapping, Mapping], Pairs]:
    return lambda before, after: [
        (f"{prefix}{key}", str(value)) for key, value in after.items() if before.get(key) != value]


def _list(name: str) -> Callable[[tuple, tuple], Pairs]:
    return lambda _before, after: [(name, key) for key in after] or [(name, "")]


def _slots(_before: tuple, after: tuple) -> Pairs:
    return [("slots", f"{slot.weekday}-{slot.from_minute}-{slot.until_minute}") for slot in after]


# Field of the profile a change may loosen → the controls it sets
TELLERS: Mapping[str, Callable[[Any, Any], Pairs]] = {
    "travel": _mapping(TRAVEL),
    "ceilings": _mapping(CEILING),
    "cost_limit": lambda _before, after: [("cost_limit", str(after))],
    "ferry": lambda _before, after: [("ferry", "yes" if after else "no")],
    "required": _list("required"),
    "avoided": _list("avoided"),
    "accommodations": _list("accommodations"),
    "slots": _slots,
    "waits": lambda _before, after: [("waits", "yes" if after else "no")],
}
