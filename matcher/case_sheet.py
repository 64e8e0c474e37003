"""How does a short case sheet become a profile? One JSON object a person, its keys and words mapped by the tables here.

    {"age": 42, "gender": "m", "needs": {"ibasho": 1}, "load_ceiling": [1, 1, 0, 1, 0], "travel": {"walk": 20}, …}

What a sheet leaves open stays 「聞けなかった」: 会話 and 体力 have no place in its five loads. `id`, `ja`, `good`, `trap` are for
people. A sheet has no address: without `start` (a town of the gazetteer) ways are not tested.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from directory.errors import InvalidRecord
from directory.yaml_files import Entry
from matcher.profile_file import ProfileWords, read_profile
from matcher.ranking.profile import Profile

FOR_PEOPLE = frozenset({"id", "ja", "good", "trap"})
GENDERS = {"m": "male", "f": "female", "x": "other"}
NEEDS = {
    "ibasho": "belonging", "yakuwari": "role", "shuro_taiken": "work_experience", "shoku": "food", "manabi": "learning",
    "sodan": "consultation", "undo": "exercise",
}
LOADS = ("stimulation", "people", "obligation", "time", "responsibility")
# Word of the sheet → fields of a profile it fills. Lists are joined.
MUST: Mapping[str, Mapping[str, list[str]]] = {
    "toilet_accessible": {"required": ["accessible_toilet"]},
    "lang_ja_easy": {"required": ["easy_japanese"], "audiences": ["foreigners"]},
    "childcare": {"required": ["childcare"], "audiences": ["parents"]},
    "staff": {"required": ["host_present"]},
    "caregiver_ok": {"required": ["companion_ok"]},
}
# Somebody used to them: what would help, never a diagnosis and never a condition
SUPPORT: Mapping[str, list[str]] = {
    "mental": ["silence_ok", "leave_suddenly_ok"], "developmental": ["one_to_one", "silence_ok"],
    "dementia": ["same_story_ok", "way_finding"], "physical": ["chairs", "companion_ok"],
}
STRANGERS, STRANGERS_CEILING = "strangers_many", 3
SLOTS: Mapping[str, Sequence[str]] = {
    "平日": ["平日 00:00-24:00"], "平日午前": ["平日 00:00-12:00"], "平日午後": ["平日 12:00-18:00"],
    "平日昼": ["平日 09:00-17:00"], "平日午前・午後": ["平日 09:00-17:00"], "午前": ["毎日 00:00-12:00"],
    "午後": ["毎日 12:00-18:00"], "昼": ["毎日 09:00-17:00"], "夜": ["毎日 17:00-24:00"], "土日": ["土日 00:00-24:00"],
    "夜・土日": ["毎日 17:00-24:00", "土日 00:00-24:00"], "水曜午前": ["水 00:00-12:00"], "いつでも": [],
}
MODES = ("walk", "bike", "car", "bus")
KNOWN = FOR_PEOPLE | {"age", "gender", "needs", "interests", "load_ceiling", "travel", "zone", "slots", "must", "avoid",
                      "support", "cost_max", "no_contact", "attends"}


def profile_of_sheet(line: str, file: str, words: ProfileWords, start: str | None = None) -> Profile:
    """The profile of one sheet. Raises InvalidRecord or InvalidYaml with the field and what to do."""
    try:
        sheet = json.loads(line)
    except ValueError as error:
        raise InvalidRecord(f"{file} の1行が JSON として読めません。1人分を1行で書いてください。") from error
    unknown = sorted(set(sheet) - KNOWN)
    if unknown:
        raise InvalidRecord(f"{file} の項目「{'」「'.join(unknown)}」は使えません。")
    fields = {name: value for name, value in _fields(sheet, file, words).items() if value not in (None, [], {})}
    return read_profile(Entry(file, str(sheet.get("id", "")), fields | ({"start": start} if start else {})), words)


def _fields(sheet: Mapping[str, Any], file: str, words: ProfileWords) -> dict[str, Any]:
    """The sheet in the fields of a profile file."""
    travel = sheet.get("travel") or {}
    # Somebody walks along: the longer way counts, and the companion must be allowed to stay.
    led = travel.get("accompanied")
    fields: dict[str, Any] = {
        "age": sheet.get("age"), "gender": _one(GENDERS, sheet.get("gender"), file, "gender"),
        "needs": {_one(NEEDS, need, file, "needs"): weight for need, weight in (sheet.get("needs") or {}).items()},
        "interests": list(sheet.get("interests") or []), "ceilings": _ceilings(sheet),
        "cost_limit": sheet.get("cost_max"), "zone": sheet.get("zone"),
        "travel": {mode: travel[mode] for mode in MODES if mode in travel} | ({"walk": led} if led else {}),
        "ferry": bool(travel.get("ferry")) or None, "ferry_limit": travel.get("max"),
        "accompanied": True if led else None, "companion": True if led else None,
        "slots": list(_one(SLOTS, sheet.get("slots"), file, "slots") or []),
        "required": [], "avoided": [word for word in sheet.get("avoid") or [] if word != STRANGERS], "audiences": [],
        "helpful": list(dict.fromkeys(key for word in sheet.get("support") or []
                                      for key in _one(SUPPORT, word, file, "support"))),
        "attends": list(sheet.get("attends") or []),
        "no_contact": [key for key in sheet.get("no_contact") or [] if key in words.listings],
    }
    for word in sheet.get("must") or []:
        for name, keys in MUST.get(word, {"required": [word]}).items():
            fields[name] += [key for key in keys if key not in fields[name]]
    return fields


def _ceilings(sheet: Mapping[str, Any]) -> dict[str, int]:
    given = sheet.get("load_ceiling") or []
    levels = {load: level for load, level in zip(LOADS, given, strict=False) if level is not None}
    if STRANGERS in (sheet.get("avoid") or []):
        levels["people"] = min(levels.get("people", STRANGERS_CEILING), STRANGERS_CEILING)
    return levels


def _one(table: Mapping[str, Any], word: str | None, file: str, field: str) -> Any:
    if word is None:
        return None
    if word not in table:
        raise InvalidRecord(f"{file} の {field} の「{word}」は使えません。使えるのは {'、'.join(table)} です。")
    return table[word]
