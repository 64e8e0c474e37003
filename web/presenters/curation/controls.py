"""How is a field of a listing asked for in a form? One control a field, filled with its value or with what was typed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from directory.curation.fields import FIELDS, HIDEABLE, RECORDS, Field, choices_of, offered_of
from web.i18n import gettext as _
from web.presenters.curation.control_rows import PARTS, Around, Option, Part, control_id

# More than this many choices are a list to open, fewer are laid out.
LAID_OUT = 7


@dataclass(frozen=True)
class Control:
    """A field as the page draws it. `shown`: whether the public sees it, None where that is not asked."""

    key: str
    id: str
    name: str
    label: str
    record: str
    kind: str
    value: str = ""
    options: tuple[Option, ...] = ()
    parts: tuple[Part, ...] = ()
    hint: str = ""
    error: str = ""
    must: bool = False
    staff: bool = False
    shown: bool | None = None
    hides: str = ""
    doubt: bool = False
    longest: int = 0
    rows: int = 0


def hideable(field: Field) -> str:
    """The name under which a curator keeps this field from the public; empty where it cannot be."""
    other = {"location.name": "place_name", "schedules": "meetings"}.get(field.key, field.column)
    belongs = not field.key.startswith("organization.") and field.key != "listing.name"
    return other if other in HIDEABLE and not field.staff and belongs else ""


def control(field: Field, value: Any, around: Around) -> Control:
    """The control of one field with `value` in it: a plain value of the directory, or text as it was typed."""
    name = around.prefix + field.key
    hides = hideable(field) if around.asks_who_sees else ""
    kind = _kind(field, around)
    parts = PARTS[kind](field, name, value, around) if kind in PARTS else ()
    options = _options(field, value, around) if kind in ("choice", "yes_no", "select", "checks") else ()
    return Control(
        key=field.key, id=control_id(name), name=name, label=field.label, record=RECORDS[field.record], kind=kind,
        value="" if options or parts else _text(field, value), options=options, parts=tuple(parts),
        hint=_hints().get(field.key, ""), error=around.errors.get(field.key, ""), must=field.required, staff=field.staff,
        shown=(hides not in around.hidden) if hides else None, hides=hides, doubt=field.key in around.doubts,
        longest=field.longest, rows=3 if field.longest > 400 or field.kind in ("list", "notes") else 0)


def _kind(field: Field, around: Around) -> str:
    if field.kind == "choice":
        many = len(choices_of(field, around.vocabulary)) > LAID_OUT
        return "select" if many else "choice"
    if field.key == "location.zone":
        return "select"
    return {
        "kana": "text", "url": "text", "mail": "text", "phone": "text", "decimal": "number", "point": "number",
        "list": "lines", "notes": "lines", "choices": "checks", "areas": "checks", "attributes": "tri",
        "closures": "rows", "fees": "rows", "roles": "rows",
    }.get(field.kind, field.kind)


def _text(field: Field, value: Any) -> str:
    if value is None:
        return ""
    if field.kind == "list":
        return "\n".join(map(str, value)) if not isinstance(value, str) else value
    if field.kind == "notes":
        return "\n".join(f"{key}：{words}" for key, words in value.items()) if isinstance(value, Mapping) else str(value)
    return str(value)


def _options(field: Field, value: Any, around: Around) -> tuple[Option, ...]:
    if field.kind == "yes_no":
        said = {True: "yes", False: "no"}.get(value, value or "")
        rows = [("yes", _("はい")), ("no", _("いいえ"))] + ([] if field.required else [("", _("未確認"))])
        return tuple(Option(key, label, key == said) for key, label in rows)
    if field.kind == "areas":
        mine = {tuple(one) for one in value or ()}
        offered = dict.fromkeys([*around.areas, *sorted(mine)])
        return tuple(Option("|".join(one), f"{one[1]}（{one[0]}）", one in mine) for one in offered)
    known = dict(around.zones if field.key == "location.zone" else offered_of(field, around.vocabulary, value))
    if field.kind == "choices":
        return tuple(Option(key, label, key in (value or ())) for key, label in known.items())
    if value and value not in known:
        known[str(value)] = str(value)
    none = {} if field.required and value else {"": _("未確認")}
    return tuple(Option(key, label, key == (value or "")) for key, label in {**known, **none}.items())


def _hints() -> dict[str, str]:
    return {
        "service.summary": _("80字まで。一覧のカードに出ます。"),
        "service.easy_description": _("短い文で、むずかしい言葉を使わずに。"),
        "schedules": _("聞いたとおりに書いてください。例：第2・4火曜 10時～11時半（8月は休み）"),
        "service.steps": _("1行に1つ。はじめての人が、順にすること。"),
        "listing.steps": _("1行に1つ。ここだけの手順があるとき。"),
        "listing.keywords": _("1行に1つ。ページには出ず、探すときだけに使います。"),
        "service.languages": _("1行に1つ。"),
        "listing.loads": _("見て確かめたことだけを。受け入れ先にも本人にも見せません。"),
        "location.masked": _("個人の家や、場所を知られると困る所。地域の名前のほかは、どこにも出ません。"),
        "listing.contact_public": _("「いいえ」のときは「相談窓口が取り次ぎます」と出ます。"),
        "listing.representative": _("ページにも紙にも出ません。"),
    }


def fields_of(group: str) -> list[Field]:
    """The fields of one section of the form; whom a field is shown to is asked beside the field itself."""
    return [field for field in FIELDS.values()
            if field.group == group and field.kind != "link" and field.key != "listing.staff_fields"]
