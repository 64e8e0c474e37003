"""How does the desk show an entry of the vocabulary: its controls, what a change does to it, and what was decided before?"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from directory.vocabulary import Vocabulary, offered
from directory.vocabulary.changing import GONE, INTO, NEW, RETIRED
from directory.vocabulary.entering import WEIGHTS_OFFERED, plain
from directory.vocabulary.lists import LABELS, LANGUAGES, LEVELS, LIST_OF, WEIGHTS, WITHIN, WORDS, WordField, WordList
from directory.vocabulary.lists import LEVEL as LEVEL_KIND
from directory.wording import Act
from web.i18n import gettext as _


@dataclass(frozen=True)
class Choice:
    """One value of a select."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True)
class Control:
    """One control of the form. kind: line, lines, select, or many (a group: `parts`, and in `value` what is chosen)."""

    id: str
    name: str
    label: str
    kind: str
    hint: str = ""
    value: str = ""
    must: bool = False
    wrong: str = ""
    rows: int = 8
    most: int = 120
    choices: tuple[Choice, ...] = ()
    parts: tuple["Control", ...] = ()


@dataclass(frozen=True)
class Difference:
    """One field that says something else: for lists what comes and goes, otherwise both texts."""

    label: str
    before: str = ""
    after: str = ""
    added: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()


@dataclass(frozen=True)
class Decision:
    """One row of the history."""

    act: Act
    list_label: str
    what: str


def controls(
    row: WordList, values: Mapping[str, Any], wrong: Mapping[str, str], words: Vocabulary, new: bool
) -> list[Control]:
    """The form of an entry with these values."""
    return [_control(field, values.get(field.name), wrong.get(field.name, ""), words)
            for field in row.fields if new or not field.new_only]


def differences(row: WordList, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None, words: Vocabulary) -> list[
        Difference]:
    """What is other in an entry; an entry that is not there has nothing in any field."""
    before, after = before or {}, after or {}
    marks = _marks(before, after, words)
    if before.get(INTO) != after.get(INTO):
        return marks  # its words only go where it goes
    left, right = plain(row, before), plain(row, after)
    return [*(_difference(field, left[field.name], right[field.name], words)
              for field in row.fields if left[field.name] != right[field.name]), *marks]


def decisions(acts: list[Act]) -> list[Decision]:
    """The history as the desk tells it."""
    return [Decision(act, LIST_OF[act.file].label if act.file in LIST_OF else act.file, _what(act)) for act in acts]


def title_of(row: WordList, name: str, entry: Mapping[str, Any]) -> str:
    """What an entry is called on pages."""
    if row.key == "places":
        level = str(entry.get("level", ""))
        return _("%(name)s（%(level)s）", name=entry.get("name", name), level=LEVELS.get(level) or _levels().get(level, level))
    return str(entry.get("label") or name)


def _levels() -> dict[str, str]:
    return {"city": _("市"), "area": _("地域")}


def _control(field: WordField, value: Any, wrong: str, words: Vocabulary) -> Control:
    most = 40 if field.name in ("label", "kana", "name") else 120
    common = {"id": f"w-{field.name}", "name": field.name, "label": field.label, "hint": field.hint, "must": field.required,
              "wrong": wrong, "most": most}
    if field.kind == WORDS:
        lines = list(value or ())
        return Control(**common, kind="lines", value="\n".join(lines), rows=min(max(5, len(lines) + 2), 24))
    if field.kind == LABELS:
        return Control(**common, kind="many", parts=tuple(
            Control(f"w-labels-{key}", f"labels.{key}", language, "line", value=(value or {}).get(key, ""), most=40)
            for key, language in LANGUAGES.items()))
    if field.kind == WEIGHTS:
        terms = offered(getattr(words, field.of), value or {})
        chosen = _("、").join(f"{term.label} {value[key]}" for key, term in terms.items() if key in (value or {}))
        return Control(**common, kind="many", value=chosen, parts=tuple(
            Control(f"w-{field.name}-{key}", f"{field.name}.{key}", term.label, "select",
                    choices=_weights((value or {}).get(key))) for key, term in terms.items() if not term.into))
    if field.kind in (LEVEL_KIND, WITHIN):
        named = LEVELS if field.kind == LEVEL_KIND else {area.name: area.name for area in words.areas}
        rows = {"": _("選んでください") if field.required else _("決めない"), **named}
        return Control(**common, kind="select", choices=tuple(Choice(key, said, key == value) for key, said in rows.items()))
    return Control(**common, kind="line", value=str(value or ""))


def _weights(weight: float | None) -> tuple[Choice, ...]:
    rows = {"": _("ちがう"), **WEIGHTS_OFFERED}
    chosen = "" if weight is None else str(float(weight))
    if chosen not in rows:
        rows[chosen] = chosen
    return tuple(Choice(key, label, key == chosen) for key, label in rows.items())


def _difference(field: WordField, before: Any, after: Any, words: Vocabulary) -> Difference:
    if field.kind == WORDS:
        return Difference(
            field.label.split("（")[0], added=tuple(word for word in after if word not in before),
            gone=tuple(word for word in before if word not in after))
    if field.kind == WEIGHTS:
        labels = {key: term.label for key, term in getattr(words, field.of).items()}
        one, other = (_("、").join(f"{labels.get(key, key)} {weight}" for key, weight in sorted(given.items()))
                      for given in (before, after))
        return Difference(field.label, one, other)
    if field.kind == LABELS:
        one, other = (_("、").join(f"{LANGUAGES[key]} {said}" for key, said in given.items() if said)
                      for given in (before, after))
        return Difference(field.label, one, other)
    return Difference(field.label, str(before), str(after))


def _marks(before: Mapping[str, Any], after: Mapping[str, Any], words: Vocabulary) -> list[Difference]:
    """Being offered in forms, and having gone into another."""
    found = []
    if before.get(RETIRED, False) != after.get(RETIRED, False) and before and after:
        said = {False: _("選べる"), True: _("選べない")}
        found.append(Difference(_("掲載や相談の画面で"), said[before.get(RETIRED, False)], said[after.get(RETIRED, False)]))
    if before.get(INTO) != after.get(INTO):
        labels = {key: term.label for key, term in words.kinds.items()}
        one, other = (labels.get(each.get(INTO) or "", _("まとめない")) for each in (before, after))
        found.append(Difference(_("まとめる先"), one, other))
    return found


def _what(act: Act) -> str:
    before, after = (kept or {} for kept in (act.before, act.after))
    former, now = before.get("value") or {}, after.get("value") or {}
    if act.is_undoing:
        return _("取り消して、前の内容にもどした")
    if now.get(GONE):
        return _("一覧から外した")
    if now.get(INTO) and now.get(INTO) != former.get(INTO):
        return _("ほかの種類にまとめた（活動%(count)s件）", count=act.moved)
    if now.get(RETIRED, False) != former.get(RETIRED, False):
        return _("選べなくした") if now.get(RETIRED) else _("また選べるようにした")
    if after.get("field") == NEW and not before:
        return _("新しく加えた")
    row = LIST_OF[act.file]
    names = {field.name: field.label.split("（")[0] for field in row.fields}
    changed = [names[name] for name in names if now.get(name) != former.get(name)]
    return _("%(fields)sを変えた", fields=_("、").join(changed)) if changed else _("内容を変えた")
