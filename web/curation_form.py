"""What did somebody type into the form of a listing? Field key → value, as `directory.curation.checking.checked` takes it.

A field stands in the form under its key; the boxes of one with several under `key:row:column`.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from werkzeug.datastructures import MultiDict

from directory.curation.fields import Field
from directory.curation.parts import Wrong
from directory.curation.timetables import typed_days
from web.presenters.curation.control_rows import columns
from web.presenters.curation.controls import hideable

Form = MultiDict[str, str]
MOST_ROWS = 60


def typed(form: Form, fields: Iterable[Field], prefix: str = "") -> dict[str, Any]:
    """Every one of `fields` as it stands in the form, still in the words it was typed in."""
    return {field.key: READERS.get(field.kind, _text)(form, prefix + field.key, field) for field in fields}


def staff_fields(form: Form, fields: Iterable[Field], before: Iterable[str]) -> list[str]:
    """What the public does not see after this form: what it asked about and was not ticked, and what it did not ask about."""
    asked = {name for field in fields if (name := hideable(field))}
    return sorted((set(before) - asked) | (asked - set(form.getlist("open"))))


def ready(values: Mapping[str, Any], halls: Mapping[str, str], today: date) -> tuple[dict[str, Any], dict[str, str]]:
    """What was typed with the lines of a 予定表 as days and halls as ids; and what is wrong with those, by field."""
    made, problems = dict(values), {}
    try:
        if "schedules" in made:
            made["schedules"] = [_schedule(row, halls, today) for row in made["schedules"]]
    except Wrong as wrong:
        problems["schedules"] = str(wrong)
        del made["schedules"]
    return made, problems


def _schedule(row: Mapping[str, str], halls: Mapping[str, str], today: date) -> dict[str, Any]:
    hall = row.get("hall", "")
    location = next((one for one, name in halls.items() if name == hall), None) if hall else None
    if hall and location is None:
        raise Wrong("日時の会場は、登録ずみの場所から選んでください。")
    typed_row = {name: row.get(name) for name in ("phrase", "note", "valid_from", "valid_to")}
    return {**typed_row, "location_id": location, "dates": typed_days(row.get("dates", ""), today)}


def _text(form: Form, name: str, _field: Field) -> str:
    return form.get(name, "")


def _many(form: Form, name: str, _field: Field) -> list[str]:
    return form.getlist(name)


def _lines(form: Form, name: str, _field: Field) -> list[str]:
    return [line.strip() for line in form.get(name, "").splitlines() if line.strip()]


def _notes(form: Form, name: str, _field: Field) -> dict[str, str]:
    pairs = (line.partition("：") for line in form.get(name, "").splitlines() if line.strip())
    return {head.strip(): words.strip() or head.strip() for head, _colon, words in pairs}


def _parts(form: Form, name: str, _field: Field) -> dict[str, str]:
    """key:part → text, those that hold something."""
    return {key.removeprefix(f"{name}:"): value for key, value in form.items() if key.startswith(f"{name}:") and value}


def _areas(form: Form, name: str, _field: Field) -> list[list[str]]:
    return [one.split("|", 1) for one in form.getlist(name) if "|" in one]


def _rows(form: Form, name: str, field: Field) -> list[dict[str, Any]]:
    """The rows in which something stands."""
    keys = [column.key for column in columns(field)]
    rows = []
    for number in _numbers(form, name):
        row: dict[str, Any] = {key: form.get(f"{name}:{number}:{key}", "") for key in keys}
        if any(row.values()):
            if field.kind == "roles":
                row |= {"id": form.get(f"{name}:{number}:id") or None,
                        "loads": _parts(form, f"{name}:{number}:loads", field)}
            rows.append(row)
    return rows


def _schedules(form: Form, name: str, _field: Field) -> list[dict[str, str]]:
    keys = ("phrase", "dates", "note", "hall", "valid_from", "valid_to")
    rows = [{key: form.get(f"{name}:{number}:{key}", "").strip() for key in keys} for number in _numbers(form, name)]
    return [row for row in rows if row["phrase"] or row["dates"]]


def _closures(form: Form, name: str, field: Field) -> dict[str, str]:
    return {row["date"]: row["reason"] for row in _rows(form, name, field)}


def _numbers(form: Form, name: str) -> list[int]:
    """The numbers of the rows, in their order."""
    found = {key.removeprefix(f"{name}:").partition(":")[0] for key in form if key.startswith(f"{name}:")}
    return sorted(int(one) for one in found if one.isascii() and one.isdigit() and len(one) < 3)[:MOST_ROWS]


READERS: Mapping[str, Callable[[Form, str, Field], Any]] = {
    "list": _lines, "choices": _many, "notes": _notes, "facts": _parts, "levels": _parts, "attributes": _parts,
    "areas": _areas, "fees": _rows, "roles": _rows, "schedules": _schedules, "closures": _closures,
}
