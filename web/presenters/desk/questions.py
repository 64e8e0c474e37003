"""How is one question drawn? A control with its options, what stands there, and what has to be put right."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from directory.vocabulary import Vocabulary, offered
from matcher.casework import NOT_HEARD, VALUE, Heard
from matcher.casework.fields import CEILING, COMFORT, Field
from web.answer_forms import UNHEARD, WEIGHTS, Said
from web.i18n import gettext as _
from web.presenters.desk.saying import DAY_MINUTES, slot, unit

# Parts of a day as the matching counts them (ranking/hours.py)
BANDS = ((0, 720), (720, 1020), (1020, 1140), (1140, DAY_MINUTES))
RADIO = ("yes_no", "one_of")


@dataclass(frozen=True)
class Option:
    """One answer to choose; `number` stands before the words of a level."""

    value: str
    label: str
    chosen: bool
    number: str = ""


@dataclass(frozen=True)
class Control:
    """One question as the template draws it. `kind`: levels, radio, checks, words, weights, slots, place, number, …"""

    key: str
    kind: str
    label: str
    version: int
    not_heard: bool
    answered: bool
    options: tuple[Option, ...] = ()
    value: str = ""
    unit: str = ""
    rows: tuple[tuple[str, tuple[Option, ...]], ...] = ()
    error: str = ""


def controls(
    asked: Iterable[Field], heard: Mapping[str, Heard], vocabulary: Vocabulary, *, names: Mapping[str, str],
    said: Mapping[str, Said] | None = None, errors: Mapping[str, str] | None = None,
) -> list[Control]:
    """The questions of a screen. `said` is what a form that was refused said, `errors` why, by field."""
    found = []
    for field in asked:
        stands = heard[field.key]
        if said and field.key in said:
            stands = replace(stands, state=said[field.key].state, value=said[field.key].value)
        control = _control(field, stands, vocabulary, names)
        found.append(replace(control, error=(errors or {}).get(field.key, "")))
    return found


def _control(field: Field, heard: Heard, vocabulary: Vocabulary, names: Mapping[str, str]) -> Control:
    value: Any = heard.value if heard.state == VALUE else None
    control = Control(field.key, field.kind, field.label, heard.version, heard.state == NOT_HEARD,
                      heard.state in (VALUE, NOT_HEARD))
    if field.key.startswith((CEILING, COMFORT)):
        return replace(control, kind="levels", options=_levels(field, control, value, vocabulary), label=_half(field))
    if field.kind in RADIO:
        return replace(control, kind="radio", options=_radio(field, control, value, vocabulary))
    if field.kind in ("many_of", "words"):
        return _checks(control, field, value or [], vocabulary)
    if field.kind == "listings":
        return replace(control, kind="checks", options=tuple(
            Option(one, names.get(one, _("取り下げられた場所")), True) for one in value or ()))
    if field.kind == "weights":
        return replace(control, rows=_weights(field, value or {}, vocabulary))
    if field.kind == "slots":
        return replace(control, rows=_week(value or []), options=_odd_times(value or []))
    if field.kind == "place":
        return replace(control, value=value["town"] if isinstance(value, Mapping) else value or "")
    return replace(control, value="" if value is None else str(value), unit=unit(field))


def _half(field: Field) -> str:
    return _("ここまでなら大丈夫（上限）") if field.key.startswith(CEILING) else _("いちばん楽なのは")


def _open_end(control: Control) -> tuple[Option, ...]:
    """聞けなかった is always allowed; what was answered can be taken back."""
    rows = (Option(UNHEARD, _("聞けなかった"), control.not_heard),)
    return (*rows, Option("", _("答えを消す"), False)) if control.answered else rows


def _levels(field: Field, control: Control, value: object, vocabulary: Vocabulary) -> tuple[Option, ...]:
    scale = vocabulary.load_levels[field.key.partition("_")[2]]
    rows = [Option(str(level), words, value == level, str(level)) for level, words in enumerate(scale.levels)]
    return (*rows, *_open_end(control))


def _radio(field: Field, control: Control, value: object, vocabulary: Vocabulary) -> tuple[Option, ...]:
    if field.kind == "yes_no":
        rows = [Option("yes", _("はい"), value is True), Option("no", _("いいえ"), value is False)]
    else:
        rows = [Option(key, label, key == value) for key, label in field.options(vocabulary).items()]
    return (*rows, *_open_end(control))


def _checks(control: Control, field: Field, value: list[str], vocabulary: Vocabulary) -> Control:
    labels = field.options(vocabulary)
    options = tuple(Option(key, label, key in value) for key, label in labels.items())
    own = [one for one in value if one not in labels]
    return replace(control, kind="words" if field.kind == "words" else "checks", options=options, value="、".join(own))


def _weights(
    field: Field, value: Mapping[str, float], vocabulary: Vocabulary
) -> tuple[tuple[str, tuple[Option, ...]], ...]:
    """One row a need: いちばん, ほしい, いまはいい; a weight of another size stays as it is."""
    rows = []
    terms = offered(vocabulary.needs, value)
    for key, label in field.options(vocabulary).items():
        if key not in terms:
            continue
        weight = value.get(key, 0.0)
        near = "" if not weight else "most" if weight >= WEIGHTS["most"] else "some"
        kept = near if not weight or weight in WEIGHTS.values() else str(weight)
        words = {"most": _("いちばん"), "some": _("ほしい"), "": _("いまはいい")}
        rows.append((label, tuple(
            Option(kept if worth == near else worth, text, worth == near, key) for worth, text in words.items())))
    return tuple(rows)


def _week(value: list[list[int]]) -> tuple[tuple[str, tuple[Option, ...]], ...]:
    """Weekday × part of the day."""
    labels = (_("午前"), _("午後"), _("夕方"), _("夜"))
    return tuple(
        (slot(day, 0, DAY_MINUTES).partition(" ")[0], tuple(
            Option(f"{day}-{start}-{end}", label, [day, start, end] in value)
            for (start, end), label in zip(BANDS, labels, strict=True)))
        for day in range(7))


def _odd_times(value: list[list[int]]) -> tuple[Option, ...]:
    """Times that are no whole part of a day."""
    return tuple(Option(f"{day}-{start}-{end}", slot(day, start, end), True)
                 for day, start, end in value if (start, end) not in BANDS)
