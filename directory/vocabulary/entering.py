"""What did a person enter for an entry of a list, and may it stand there? A sentence for each field that may not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from directory.vocabulary.changing import INTO, RETIRED, entries_of
from directory.vocabulary.lists import KANA, LABELS, LANGUAGES, LEVEL, LEVELS, TEXT, WEIGHTS, WITHIN, WORDS, WordField, WordList
from directory.yaml_files import HIRAGANA

MOST_WORDS, LONGEST_WORD, LONGEST_NAME, LONGEST_TEXT = 300, 60, 40, 120
# How near: what can be chosen. A weight of 0.6 or more finds a place by itself (text.phrasebook.FINDS).
WEIGHTS_OFFERED: Mapping[str, str] = {
    "1.0": "とても近い（1.0）", "0.9": "とても近い（0.9）", "0.8": "近い（0.8）", "0.7": "近い（0.7）", "0.6": "近い（0.6）",
    "0.5": "少し近い（0.5）", "0.4": "少し近い（0.4）", "0.3": "少し近い（0.3）",
}


def plain(row: WordList, entry: Mapping[str, Any]) -> dict[str, Any]:
    """What an entry says in each field of its list, in the form a change holds it."""
    return {field.name: _said(field, entry.get(field.name)) for field in row.fields}


def entered(row: WordList, given: Mapping[str, str], new: bool) -> dict[str, Any]:
    """The fields of a form. Controls are called by their field; weights and languages by field.key."""
    return {field.name: _read(field, given) for field in row.fields if new or not field.new_only}


def problems(row: WordList, values: Mapping[str, Any], new: bool) -> dict[str, str]:
    """Field → what is wrong with it, taken by itself."""
    asked = [field for field in row.fields if new or not field.new_only]
    found = {field.name: _wrong(field, values[field.name]) for field in asked}
    if row.key == "everyday" and not any(values[field.name] for field in asked if field.kind == WEIGHTS):
        found["needs"] = "近い求め・種類・設備を、1つは選んでください。"
    return {name: sentence for name, sentence in found.items() if sentence}


def differing(row: WordList, entry: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that say something else than the entry does."""
    said = plain(row, entry)
    return {name: value for name, value in values.items() if value != said[name]}


def namesake(files: Mapping[str, Any], row: WordList, label: str, own: str = "") -> str:
    """The entry another one of this list may not be called like; "" when the name is free."""
    others = ((name, str(entry.get("label") or name)) for name, entry in entries_of(files, row) if name != own)
    return next((said for _name, said in others if said == label), "")


def merge_targets(files: Mapping[str, Any], row: WordList, own: str) -> dict[str, str]:
    """Key → label of the entries an entry can go into: those that are still offered."""
    return {key: entry["label"] for key, entry in entries_of(files, row)
            if key != own and not entry.get(RETIRED) and not entry.get(INTO)}


def words_in(text: str) -> list[str]:
    """One word a line, without repeats."""
    lines = (" ".join(_clean(line).split()) for line in text.splitlines())
    return list(dict.fromkeys(line for line in lines if line))


def _said(field: WordField, value: Any) -> Any:
    if field.kind == WORDS:
        return [str(word) for word in value or ()]
    if field.kind == WEIGHTS:
        return {key: float(weight) for key, weight in (value or {}).items()}
    if field.kind == LABELS:
        return {key: str((value or {}).get(key, "")) for key in LANGUAGES}
    return str(value or "")


def _read(field: WordField, given: Mapping[str, str]) -> Any:
    if field.kind == WORDS:
        return words_in(given.get(field.name, ""))
    if field.kind == WEIGHTS:
        begins = f"{field.name}."
        chosen = {name[len(begins):]: value for name, value in given.items() if name.startswith(begins) and value}
        return {key: _number(value) for key, value in chosen.items()}
    if field.kind == LABELS:
        return {key: _line(given.get(f"{field.name}.{key}", "")) for key in LANGUAGES}
    return _line(given.get(field.name, ""))


def _wrong(field: WordField, value: Any) -> str:
    if field.required and not value:
        return f"「{field.label}」を入れてください。" if field.kind not in (LEVEL, WITHIN) else f"「{field.label}」を選んでください。"
    if field.kind == WORDS and (len(value) > MOST_WORDS or _too_long(value, LONGEST_WORD)):
        return f"1語は{LONGEST_WORD}字まで、全部で{MOST_WORDS}語までにしてください。"
    if field.kind == WEIGHTS and any(not 0 < weight <= 1 for weight in value.values()):
        return "近さは、一覧から選んでください。"
    if field.kind == KANA and not HIRAGANA.fullmatch(value):
        return "よみは、ひらがなだけで入れてください。"
    if field.kind == LEVEL and value not in LEVELS:
        return f"「{field.label}」を選んでください。"
    names = value.values() if field.kind == LABELS else [value] if field.kind in (TEXT, KANA) else ()
    most = LONGEST_NAME if field.name in ("label", "kana", "name", "labels") else LONGEST_TEXT
    return f"{most}字までで入れてください。" if _too_long(names, most) else ""


def _too_long(texts: Iterable[str], most: int) -> bool:
    return any(len(text) > most for text in texts)


def _number(value: str) -> float:
    try:
        return round(float(value), 2)
    except ValueError:
        return 0.0


def _line(text: str) -> str:
    return " ".join(_clean(text).split())


def _clean(text: str) -> str:
    """Without what no database and no page can bear."""
    return "".join(letter if letter.isprintable() else " " for letter in text)
