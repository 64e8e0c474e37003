"""What was ticked? The answers of one request, held no longer than the request; what is not on the lists is not read."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from web.presenters.for_me.questions import OTHER, TICKS, Field, Question

# More pairs than the form has boxes are no form of ours
MOST_PAIRS = 400
OFF = "-"


@dataclass(frozen=True)
class Answers:
    """Field name → what was chosen there, in the order of the page. `odd`: something sent was on no list."""

    chosen: Mapping[str, tuple[str, ...]]
    odd: bool = False

    def many(self, name: str) -> tuple[str, ...]:
        """Everything ticked of one list."""
        return self.chosen.get(name, ())

    def one(self, name: str) -> str:
        """The one answer of a list, or "" where none was given."""
        return next(iter(self.many(name)), "")

    def has(self, name: str, value: str = "yes") -> bool:
        """Was this ticked?"""
        return value in self.many(name)

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """The answers as hidden fields of a form."""
        return tuple((name, value) for name, values in self.chosen.items() for value in values)

    @property
    def wishes(self) -> bool:
        """Was anything chosen of what would be good to have or to do?"""
        return bool(self.many("need") or self.many("like"))


def read_answers(given: Iterable[tuple[str, str]], fields: Iterable[Field]) -> Answers:
    """The answers among the pairs of a form. Of a list with one answer the last counts, as a pressed button comes last."""
    pairs = list(given)[:MOST_PAIRS]
    chosen, read = {}, 0
    for field in fields:
        known = [option.value for option in field.options]
        sent = [value for name, value in pairs if name == field.name and value]
        good = [value for value in sent if value in known]
        read += len(sent) - len(good)
        if good:
            chosen[field.name] = tuple(one for one in known if one in good) if field.kind == TICKS else (good[-1],)
    return Answers(chosen, odd=read > 0)


def changed(answers: Answers, change: str, fields: Iterable[Field]) -> Answers:
    """The answers with one of them put differently: `minutes=40`, `care=-wheelchair`, `day=` for any day."""
    name, _equals, value = change.partition("=")
    field = next((field for field in fields if field.name == name), None)
    if field is None or value.removeprefix(OFF) not in ("", *(option.value for option in field.options)):
        return replace(answers, odd=True) if change else answers
    kept = tuple(one for one in answers.many(name) if one != value.removeprefix(OFF)) if value else ()
    if value and not value.startswith(OFF):
        kept = (*kept, value) if field.kind == TICKS else (value,)
    return replace(answers, chosen={**answers.chosen, name: kept})


def told(answers: Answers, asked: Iterable[Question]) -> list[tuple[str, str]]:
    """What was answered, for the reader to see again: (question, words)."""
    other = answers.one("who") == OTHER
    found = []
    for question in asked:
        words = [option.label for field in question.fields for option in field.options
                 if option.value in answers.many(field.name)]
        if words:
            found.append((question.title_other if other else question.title, "、".join(words)))
    return found
