"""How does a change made at the desk reach the words of the files? List by list, laid over what the files say.

The files stay as they are: a change names its file, its entry and its field, and stands in place of that one list.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from directory.yaml_files import InvalidYaml

NEW = "new"  # a whole 生活語 that the file does not have
MOST_WORDS, LONGEST_WORD = 300, 60


@dataclass(frozen=True)
class WordList:
    """One kind of list that can be changed: where it stands, what it is called, how an entry is named.

    `keyed`: entries are a mapping; otherwise a list whose entries are named by `name`. `within`: the part of the file.
    """

    key: str
    label: str
    file: str
    field: str
    about: str
    keyed: bool = True
    within: str = ""
    name: str = ""
    only_grows: bool = False


LISTS: Mapping[str, WordList] = {one.key: one for one in (
    WordList("kinds", "種類の言いかえ", "kinds.yml", "synonyms", "この種類をさす、ほかの言い方。"),
    WordList("needs", "求めの言いかえ", "needs.yml", "synonyms", "この求めをさす、ほかの言い方。"),
    WordList("attributes", "設備・決まりごとの言いかえ", "attributes.yml", "synonyms", "この設備や決まりごとをさす、ほかの言い方。"),
    WordList("everyday", "生活のことば", "everyday_words.yml", "also", "同じ気持ちや困りごとを言う、ほかの言い方。",
             keyed=False, name="say"),
    WordList("urgent", "緊急のことば", "urgent.yml", "phrases", "この言葉があると、結果の上に相談先が出ます。足すことだけできます。",
             within="groups", only_grows=True),
    WordList("places", "地名のまちがえやすい書き方", "place_readings.yml", "typed", "この地名のつもりで打たれる、ほかの書き方。",
             keyed=False, name="name"),
)}


@dataclass(frozen=True)
class Change:
    """One change; `value` is its JSON: a list of words, or for NEW {also, needs: {key: weight}}."""

    file: str
    entry: str
    field: str
    value: str

    @property
    def content(self) -> Any:
        """The value itself."""
        return json.loads(self.value)


def change(file: str, entry: str, field: str, content: object) -> Change:
    """A change with its value in canonical form."""
    return Change(file, entry, field, json.dumps(content, ensure_ascii=False, sort_keys=True))


def lay_over(files: dict[str, Any], changes: Iterable[Change]) -> None:
    """Write the changes into freshly read files. One whose entry the file has no more is left out."""
    for one in changes:
        if one.field == NEW:
            _add(files, one)
            continue
        row = next((each for each in LISTS.values() if (each.file, each.field) == (one.file, one.field)), None)
        entry = entry_of(files, row, one.entry) if row else None
        if entry is not None:
            entry[one.field] = list(one.content)


def entry_of(files: Mapping[str, Any], row: WordList, name: str) -> dict[str, Any] | None:
    """The raw entry of that name; of a list the first."""
    return next((content for key, content in entries_of(files, row) if key == name), None)


def entries_of(files: Mapping[str, Any], row: WordList) -> list[tuple[str, dict[str, Any]]]:
    """(name, raw entry) in file order. Two places of one name are told apart by their level."""
    whole = files[row.file][row.within] if row.within else files[row.file]
    if row.keyed:
        return list(whole.items())
    if row.key == "places":
        return [(f"{entry['name']}（{entry['level']}）", entry) for entry in whole]
    return [(entry[row.name], entry) for entry in whole]


def refuse_unfit(row: WordList, before: Iterable[str], words: list[str]) -> None:
    """Raises InvalidYaml for words that cannot stand in such a list."""
    if len(words) > MOST_WORDS or any(len(word) > LONGEST_WORD for word in words):
        raise InvalidYaml(f"1語は{LONGEST_WORD}字まで、全部で{MOST_WORDS}語までにしてください。")
    if row.only_grows and (gone := [word for word in before if word not in words]):
        raise InvalidYaml(f"緊急のことばは、この画面では消せません（{'、'.join(gone[:3])}）。もどしてから、足してください。")


def _add(files: dict[str, Any], one: Change) -> None:
    known = {entry["say"] for entry in files[one.file]}
    if one.entry not in known:
        files[one.file].append({"say": one.entry, **one.content})
