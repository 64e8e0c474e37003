"""Which boxes has a field of several parts? Attributes, loads, facts, schedules, fees, roles, days off: a row each."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as attribute
from datetime import date
from typing import Any

from directory.curation.fields import PER, STAGES, Field, choices_of
from directory.curation.timetables import lines_of_plan
from directory.vocabulary import Vocabulary
from web.i18n import gettext as _
from web.presenters.curation.schedules import Reading, read_row

# Empty rows offered besides those that are filled.
SPARE = {"fees": 1, "schedules": 1, "roles": 1, "closures": 2}
LEVELS = range(5)


@dataclass(frozen=True)
class Option:
    """One thing that can be chosen."""

    value: str
    label: str
    chosen: bool = False
    remark: str = ""


@dataclass(frozen=True)
class Cell:
    """One box of a row."""

    name: str
    label: str
    value: str = ""
    options: tuple[Option, ...] = ()
    numeric: bool = False
    type: str = "text"


@dataclass(frozen=True)
class Part:
    """One row of a control that has several."""

    label: str
    name: str = ""
    id: str = ""
    value: str = ""
    options: tuple[Option, ...] = ()
    cells: tuple[Cell, ...] = ()
    parts: tuple["Part", ...] = ()
    read: Reading | None = None


@dataclass(frozen=True)
class Around:
    """What the controls of a form need besides their values."""

    vocabulary: Vocabulary
    today: date
    errors: Mapping[str, str] = attribute(default_factory=dict)
    hidden: frozenset[str] = frozenset()
    doubts: frozenset[str] = frozenset()
    areas: Sequence[tuple[str, str]] = ()
    zones: Mapping[str, str] = attribute(default_factory=dict)
    halls: Mapping[str, str] = attribute(default_factory=dict)
    prefix: str = ""
    asks_who_sees: bool = True


def control_id(name: str) -> str:
    """The id of the control of this name."""
    return "c-" + name.replace(".", "-").replace(":", "-")


def _attributes(field: Field, name: str, value: Any, around: Around) -> Iterable[Part]:
    answers = (("yes", _("はい")), ("no", _("いいえ")), ("unknown", _("聞いたが不明")), ("", _("未確認")))
    for term, label in choices_of(field, around.vocabulary).items():
        said = (value or {}).get(term) or ""
        yield Part(label, f"{name}:{term}", options=tuple(Option(key, words, key == said) for key, words in answers))


def _levels(field: Field, name: str, value: Any, around: Around) -> Iterable[Part]:
    for key, scale in around.vocabulary.load_levels.items():
        said = str((value or {}).get(key, ""))
        rows = [("", _("まだ見ていない"))] + [(str(level), f"{level}　{scale.levels[level]}") for level in LEVELS]
        yield Part(scale.label, f"{name}:{key}", options=tuple(Option(one, words, one == said) for one, words in rows))


def _facts(field: Field, name: str, value: Any, around: Around) -> Iterable[Part]:
    for key, label in choices_of(field, around.vocabulary).items():
        yield Part(label, f"{name}:{key}", value=str((value or {}).get(key, "")))


def _schedules(field: Field, name: str, value: Any, around: Around) -> Iterable[Part]:
    rows = [one if isinstance(one, Mapping) else {"phrase": one} for one in value or ()]
    for number, row in enumerate([*rows, *[{}] * SPARE["schedules"]]):
        here = f"{name}:{number}"
        lines = row.get("dates") if isinstance(row.get("dates"), str) else lines_of_plan(row.get("plan"))
        phrase = "" if lines else row.get("phrase") or ""
        cells = (
            Cell(f"{here}:dates", _("予定表（1行に1日）"), lines, type="lines"),
            Cell(f"{here}:note", _("そえる言葉"), row.get("note") or ""),
            Cell(f"{here}:hall", _("この日時だけの会場"), row.get("hall") or around.halls.get(row.get("location_id") or "", "")),
            Cell(f"{here}:valid_from", _("いつから"), row.get("valid_from") or "", type="date"),
            Cell(f"{here}:valid_to", _("いつまで"), row.get("valid_to") or "", type="date"),
        )
        yield Part(
            _("日時 %(number)s", number=number + 1) if row else _("日時を足す"), f"{here}:phrase", control_id(f"{here}:phrase"),
            phrase, cells=cells, read=read_row(phrase, lines, around.today))


def _rows(field: Field, name: str, value: Any, around: Around) -> Iterable[Part]:
    rows = [{"date": day, "reason": why} for day, why in value.items()] if isinstance(value, Mapping) else list(value or ())
    for number, row in enumerate([*rows, *[{}] * SPARE[field.kind]]):
        cells = [_cell(column, f"{name}:{number}:{column.key}", row) for column in columns(field)]
        yield Part(_("%(label)s %(number)s", label=field.label, number=number + 1), id=row.get("id") or "",
                   name=f"{name}:{number}:id", cells=tuple(cells), parts=_role_loads(field, f"{name}:{number}", row, around))


def _role_loads(field: Field, name: str, row: Mapping[str, Any], around: Around) -> tuple["Part", ...]:
    return tuple(_levels(field, f"{name}:loads", row.get("loads"), around)) if field.kind == "roles" else ()


@dataclass(frozen=True)
class Column:
    """One box of a row."""

    key: str
    label: str
    choices: Mapping[str, str] = attribute(default_factory=dict)
    numeric: bool = False
    type: str = "text"


def columns(field: Field) -> tuple[Column, ...]:
    """The boxes of one row of fees, roles or days off."""
    return {
        "fees": (
            Column("per", _("いつ"), {"": _("えらぶ"), **PER}), Column("yen", _("円（実費は空ける）"), numeric=True),
            Column("for_whom", _("だれが")), Column("note", _("内わけ")),
            Column("first_free", _("初回無料"), {"": _("いいえ"), "yes": _("はい")}),
        ),
        "roles": (
            Column("name", _("役割の名前")), Column("what", _("すること")), Column("times", _("いつ・どのくらい")),
            Column("wanted", _("何人ほしいか"), numeric=True),
            Column("phone_duty", _("電話番がある"), {"": _("未確認"), "yes": _("はい"), "no": _("いいえ")}),
            Column("stage", _("段階"), {"": _("未確認"), **STAGES}),
        ),
        "closures": (Column("date", _("日"), type="date"), Column("reason", _("わけ"))),
    }[field.kind]


def _cell(column: Column, name: str, row: Mapping[str, Any]) -> Cell:
    value = row.get(column.key)
    said = "" if value is None else {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)
    options = tuple(Option(key, label, key == said) for key, label in column.choices.items())
    if options and said and said not in column.choices and said != "no":
        options = (*options, Option(said, said, True))
    return Cell(name, column.label, said, options, column.numeric, column.type)


PARTS: Mapping[str, Callable[..., Iterable[Part]]] = {
    "tri": _attributes, "levels": _levels, "facts": _facts, "schedules": _schedules, "rows": _rows,
}
