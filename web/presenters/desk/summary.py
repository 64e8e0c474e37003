"""How do all answers look on one page? By group, each with its screen; and what nobody has heard yet."""

from collections.abc import Mapping
from dataclasses import dataclass

from directory.vocabulary import Vocabulary
from matcher.casework import EMPTY, NOT_HEARD, UNASKED, Heard
from web.presenters.desk.saying import said
from web.presenters.desk.steps import Step, fields_of, parts_of_a_visit, steps


@dataclass(frozen=True)
class Line:
    """One question and what was said; `state` is that of the answer."""

    label: str
    words: str
    state: str


@dataclass(frozen=True)
class Screen:
    """The answers of one screen."""

    step: Step
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Group:
    """The screens of one group."""

    key: str
    label: str
    screens: tuple[Screen, ...]


def groups(heard: Mapping[str, Heard], vocabulary: Vocabulary, names: Mapping[str, str]) -> list[Group]:
    """Every answer, in the order of a visit."""
    known = steps(vocabulary).values()
    return [Group(key, label, tuple(_screen(step, heard, vocabulary, names) for step in known if step.group == key))
            for key, label in parts_of_a_visit().items()]


def _screen(step: Step, heard: Mapping[str, Heard], vocabulary: Vocabulary, names: Mapping[str, str]) -> Screen:
    asked = fields_of(vocabulary, step)
    lines = [Line(field.label.partition("：")[2] or field.label, said(heard[field.key], field, vocabulary, names),
                  heard[field.key].state) for field in asked]
    open_ones = [line for line in lines if line.state in (UNASKED, EMPTY)]
    kept = [line for line in lines if line.state not in (UNASKED, EMPTY)]
    return Screen(step, tuple(kept or open_ones[:1]))


def unheard(heard: Mapping[str, Heard], vocabulary: Vocabulary) -> list[tuple[Step, bool]]:
    """Screens with nothing but open questions; True: it was asked and stayed open (聞けなかった)."""
    found = []
    for step in steps(vocabulary).values():
        states = {heard[key].state for key in step.keys}
        if states <= {UNASKED, EMPTY, NOT_HEARD}:
            found.append((step, NOT_HEARD in states))
    return found
