"""How does a change made at the desk reach the words of the files? Entry by entry, laid over what the files say.

The files stay as they are: a change names its file and its entry, and holds the fields that say something else now.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from directory.vocabulary.lists import LIST_OF, LISTS, WordList

# What a change is: fields of an entry of the file, or a whole entry that the file does not have.
CHANGED, NEW = "changed", "new"
# Marks an entry can bear beside its fields: out of the list; not offered any more; all of it is now called this.
GONE, RETIRED, INTO = "gone", "retired", "into"


@dataclass(frozen=True)
class Change:
    """One change; `value` is its JSON: field → what it says now. None takes an earlier change away."""

    file: str
    entry: str
    field: str
    value: str

    @property
    def content(self) -> Any:
        """The value itself."""
        return json.loads(self.value)

    @property
    def list(self) -> WordList:
        """The list it belongs to."""
        return LIST_OF[self.file]


def change(file: str, entry: str, field: str, content: object) -> Change:
    """A change with its value in canonical form."""
    return Change(file, entry, field, json.dumps(content, ensure_ascii=False, sort_keys=True))


def lay_over(files: dict[str, Any], changes: Iterable[Change], carry: bool = True) -> None:
    """Write the changes into freshly read files. One whose entry the file has no more is left out.

    carry: what a merged kind was called and pointed at goes to the kind it is in; a form shows each entry's own.
    """
    for one in changes:
        row = LIST_OF.get(one.file)
        if row is None:
            continue
        entry = entry_of(files, row, one.entry)
        if entry is None and one.field == NEW:
            _add(files, row, one)
        elif entry is not None:
            _update(row, entry, one.content)
    _take_out(files)
    if carry:
        _carry_merged(files)


def entry_of(files: Mapping[str, Any], row: WordList, name: str) -> dict[str, Any] | None:
    """The raw entry of that name; of a list the first."""
    return next((content for key, content in entries_of(files, row) if key == name), None)


def entries_of(files: Mapping[str, Any], row: WordList) -> list[tuple[str, dict[str, Any]]]:
    """(name, raw entry) in file order."""
    whole = files[row.file][row.within] if row.within else files[row.file]
    return list(whole.items()) if row.keyed else [(name_of(row, entry), entry) for entry in whole]


def name_of(row: WordList, entry: Mapping[str, Any]) -> str:
    """What an entry of a list is called. Two places of one name are told apart by their level."""
    return f"{entry['name']}（{entry['level']}）" if row.key == "places" else str(entry[row.name])


def stand_of(entry: Mapping[str, Any] | None) -> str:
    """Stands for what an entry says: two people who opened the same one see by it whose came first."""
    if entry is None:
        return ""
    said = json.dumps(entry, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def with_one(changes: Iterable[Change], made: Change) -> tuple[Change, ...]:
    """The changes with this one in the place of an earlier one of the same entry."""
    others = [one for one in changes if (one.file, one.entry) != (made.file, made.entry)]
    kept = [] if made.content is None else [made]
    return tuple(sorted([*others, *kept], key=lambda one: (one.file, one.entry)))


def _add(files: dict[str, Any], row: WordList, one: Change) -> None:
    if row.keyed:
        whole = files[row.file]
        first = next(iter(whole.values()))
        whole[one.entry] = {"labels": dict.fromkeys(first["labels"], one.content["label"])}
        _update(row, whole[one.entry], one.content)
    else:
        files[row.file].append(dict(one.content))


def _update(row: WordList, entry: dict[str, Any], content: Mapping[str, Any]) -> None:
    former = entry.get("label")
    entry.update({name: value for name, value in content.items() if name != "labels"})
    if row.is_terms:
        entry["labels"] = entry["labels"] | {key: said for key, said in content.get("labels", {}).items() if said}
        if former and former != entry["label"]:
            # Who knows the former name goes on finding by it.
            entry["synonyms"] = list(dict.fromkeys([*entry.get("synonyms", ()), former]))


def _take_out(files: dict[str, Any]) -> None:
    for row in LISTS.values():
        if row.drops:
            files[row.file] = [entry for entry in files[row.file] if not entry.pop(GONE, False)]


def _carry_merged(files: dict[str, Any]) -> None:
    """What pointed at a kind that went into another points at that one, and its names are names of that one."""
    kinds = files["kinds.yml"]
    ends = {key: end for key in kinds if (end := _end(kinds, key)) != key}
    for key, entry in kinds.items():
        entry.pop(INTO, None) if key not in ends else entry.update({INTO: ends[key]})
    for key, end in ends.items():
        names = [kinds[key]["label"], *kinds[key].get("synonyms", ())]
        kinds[end]["synonyms"] = list(dict.fromkeys([*kinds[end].get("synonyms", ()), *names]))
        kinds[key]["synonyms"] = []
    if ends:
        _point_elsewhere(files, ends)


def _end(kinds: Mapping[str, Any], key: str) -> str:
    """Where a chain of merges ends; a ring or a lost end is no merge."""
    seen = [key]
    while following := kinds[seen[-1]].get(INTO):
        if following in seen or following not in kinds:
            return key
        seen.append(following)
    return seen[-1]


def _point_elsewhere(files: dict[str, Any], ends: Mapping[str, str]) -> None:
    for word in files["everyday_words.yml"]:
        weights: dict[str, float] = {}
        for kind, weight in (word.get("kinds") or {}).items():
            kind = ends.get(kind, kind)
            weights[kind] = max(weight, weights.get(kind, 0))
        if weights:
            word["kinds"] = weights
    pointing = [*files["interests.yml"].values(),
                *(group.get("also_search", {}) for group in files["urgent.yml"]["groups"].values())]
    for entry in pointing:
        if entry.get("kinds"):
            entry["kinds"] = list(dict.fromkeys(ends.get(kind, kind) for kind in entry["kinds"]))
