"""How is the value of a field said in words? One line or a few; nothing where nobody has asked yet."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from directory.curation.fields import FIELDS, PER, STAGES, Field, choices_of
from directory.curation.parts import Wrong
from directory.curation.timetables import lines_of_plan
from directory.curation.values import shaped
from directory.vocabulary import Vocabulary
from web.i18n import gettext as _
from web.presenters.dates import full_date
from web.presenters.facts import yen

LONGEST = 4_000
Say = Callable[[Any, Field, Vocabulary], str]


def said(key: str, value: Any, vocabulary: Vocabulary) -> str:
    """The value in words. A key or a value of another kind than the form's (an old import's) is said as it stands."""
    field = FIELDS.get(key)
    if key == "status":
        return statuses().get(value, _plainly(value))
    if field is None or value is None:
        return _plainly(value)
    try:
        return SAYERS.get(field.kind, _plain)(shaped(key, value), field, vocabulary)[:LONGEST]
    except (Wrong, TypeError, ValueError, KeyError, AttributeError):
        return _plainly(value)


def statuses() -> dict[str, str]:
    """Key → label of every state a listing may be in."""
    return {"published": _("掲載中"), "review": _("確認中"), "draft": _("下書き"), "paused": _("休止中"), "closed": _("終了")}


def _plainly(value: Any) -> str:
    if value is None or value in ("", [], {}):
        return ""
    if isinstance(value, bool):
        return _("はい") if value else _("いいえ")
    if isinstance(value, Mapping):
        return "\n".join(f"{key}：{_plainly(one)}" for key, one in value.items())[:LONGEST]
    if isinstance(value, (list, tuple)):
        return "\n".join(_plainly(one) for one in value)[:LONGEST]
    return str(value)[:LONGEST]


def _plain(value: Any, _field: Field, _vocabulary: Vocabulary) -> str:
    return str(value)


def _choice(value: Any, field: Field, vocabulary: Vocabulary) -> str:
    return choices_of(field, vocabulary).get(value, str(value))


def _choices(value: Any, field: Field, vocabulary: Vocabulary) -> str:
    labels = choices_of(field, vocabulary)
    return "、".join(labels.get(one, str(one)) for one in value)


def _yes_no(value: Any, _field: Field, _vocabulary: Vocabulary) -> str:
    return _("はい") if value else _("いいえ")


def _date(value: Any, _field: Field, _vocabulary: Vocabulary) -> str:
    return full_date(date.fromisoformat(value))


def _list(value: Any, _field: Field, _vocabulary: Vocabulary) -> str:
    return "\n".join(value)


def _facts(value: Any, field: Field, vocabulary: Vocabulary) -> str:
    labels = choices_of(field, vocabulary)
    return "\n".join(f"{labels.get(key, key)}：{words}" for key, words in value.items())


def _levels(value: Any, _field: Field, vocabulary: Vocabulary) -> str:
    scales = vocabulary.load_levels
    return "\n".join(f"{scales[key].label} {level}　{scales[key].levels[level]}" for key, level in value.items() if key in scales)


def _attributes(value: Any, field: Field, vocabulary: Vocabulary) -> str:
    labels, answers = choices_of(field, vocabulary), {"yes": _("はい"), "no": _("いいえ"), "unknown": _("聞いたが不明")}
    return "\n".join(f"{labels.get(term, term)}：{answers[answer]}" for term, answer in value.items())


def _schedules(value: Any, _field: Field, _vocabulary: Vocabulary) -> str:
    return "\n".join("　".join(filter(None, (
        lines_of_plan(row["plan"]) if row["plan"] else row["phrase"], row["note"],
        _("（%(start)s～%(end)s）", start=row["valid_from"] or "", end=row["valid_to"] or "")
        if row["valid_from"] or row["valid_to"] else ""))) for row in value)


def _closures(value: Any, _field: Field, _vocabulary: Vocabulary) -> str:
    return "\n".join(f"{full_date(date.fromisoformat(day))}　{why}" for day, why in value.items())


def _fees(value: Any, _field: Field, _vocabulary: Vocabulary) -> str:
    return "\n".join("　".join(filter(None, (
        PER.get(row["per"], row["per"]), row["for_whom"], yen(row["yen"]), f"（{row['note']}）" if row["note"] else "",
        _("初回無料") if row["first_free"] else ""))) for row in value)


def _roles(value: Any, _field: Field, _vocabulary: Vocabulary) -> str:
    return "\n".join("　".join(filter(None, (
        row["name"], row["what"], row["times"], _("%(count)s人", count=row["wanted"]) if row["wanted"] else "",
        STAGES.get(row["stage"] or "", "")))) for row in value)


def _areas(value: Any, _field: Field, _vocabulary: Vocabulary) -> str:
    return "、".join(f"{name}（{kind}）" for kind, name in value)


SAYERS: Mapping[str, Say] = {
    "choice": _choice, "choices": _choices, "yes_no": _yes_no, "date": _date, "list": _list, "facts": _facts,
    "levels": _levels, "attributes": _attributes, "schedules": _schedules, "closures": _closures, "fees": _fees,
    "roles": _roles, "areas": _areas, "notes": lambda value, _field, _vocabulary: _plainly(value),
}
