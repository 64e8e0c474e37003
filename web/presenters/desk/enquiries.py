"""How is an anonymous enquiry drawn and told? Only needs, an area, loads and times stand in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from directory.inbox.questions import Question
from directory.vocabulary import Vocabulary, offered
from matcher.casework.fields import CEILING
from web.i18n import gettext as _
from web.presenters.desk.questions import Option
from web.presenters.desk.saying import DAY_MINUTES, clock, moment, slot

HOURS = range(6, 23)


@dataclass(frozen=True)
class EnquiryForm:
    """The form, ticked with what was heard."""

    needs: tuple[Option, ...]
    areas: tuple[Option, ...]
    days: tuple[Option, ...]
    loads: tuple[tuple[str, str, tuple[Option, ...]], ...]
    hours: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class EnquiryRow:
    """One enquiry and its answer; None while the SC has not answered."""

    at: str
    words: tuple[str, ...]
    answer: tuple[str, ...] | None


def from_answers(heard: Mapping[str, Any], vocabulary: Vocabulary) -> EnquiryForm:
    """The form as the record suggests it."""
    needs, area = heard.get("needs") or {}, heard.get("home_area")
    days = {row[0] for row in heard.get("slots") or ()}
    loads = tuple(
        (f"{CEILING}{key}", scale.label, tuple(
            Option(str(level), words, heard.get(f"{CEILING}{key}") == level, str(level))
            for level, words in enumerate(scale.levels)))
        for key, scale in vocabulary.load_levels.items())
    return EnquiryForm(
        tuple(Option(key, term.label, key in needs) for key, term in offered(vocabulary.needs, needs).items()),
        tuple(Option(one.name, one.name, one.name == area) for one in vocabulary.areas),
        tuple(Option(str(day), slot(day, 0, DAY_MINUTES)[0], day in days) for day in range(7)), loads,
        tuple((str(hour), f"{hour}:00") for hour in HOURS))


def enquiry_rows(
    asked: Sequence[Question], names: Mapping[str, str], vocabulary: Vocabulary
) -> list[EnquiryRow]:
    """What was asked, newest first."""
    return [EnquiryRow(
        moment(one.made_at), tuple(_words(one.body, vocabulary)),
        None if one.answer is None else tuple(names.get(place, _("取り下げられた場所")) for place in one.answer))
        for one in asked]


def _words(body: Mapping, vocabulary: Vocabulary) -> list[str]:
    found = ["・".join(vocabulary.needs[key].label for key in body.get("needs", ()) if key in vocabulary.needs)]
    if body.get("area"):
        found.append(_("%(area)s地域", area=body["area"]))
    if body.get("weekdays"):
        found.append("・".join(slot(day, 0, DAY_MINUTES)[0] for day in body["weekdays"]))
    if body.get("from") is not None or body.get("until") is not None:
        start, end = body.get("from"), body.get("until")
        found.append(f"{clock(start) if start is not None else ''}～{clock(end) if end is not None else ''}")
    found += [_("%(load)s %(level)sまで", load=vocabulary.load_levels[key].label, level=level)
              for key, level in (body.get("loads") or {}).items() if key in vocabulary.load_levels]
    return found
