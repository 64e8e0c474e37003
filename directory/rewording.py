"""How do the words stand now, entry by entry, and which change is it that somebody at the desk asks for?"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine

from directory.db import read_session
from directory.errors import InvalidRecord
from directory.models.columns import new_id
from directory.urgency import CORE_STANDS
from directory.vocabulary import Vocabulary
from directory.vocabulary.changing import (
    CHANGED, GONE, INTO, NEW, RETIRED, Change, change, entries_of, entry_of, lay_over, name_of, with_one,
)
from directory.vocabulary.entering import differing, merge_targets, namesake, problems
from directory.vocabulary.lists import WORDS, WordList
from directory.vocabulary.loading import read_files
from directory.wording import KINDS, NEEDS, holding, read_changes

# What can be asked for beside other fields: button → the right a list needs for it, and the marks the entry gets.
DROP, RETIRE, OFFER, MERGE = "drop", "retire", "offer", "merge"
MARKS: Mapping[str, Mapping[str, Any]] = {
    DROP: {GONE: True}, RETIRE: {RETIRED: True}, OFFER: {RETIRED: False, INTO: None}, MERGE: {RETIRED: True},
}
Entry = dict[str, Any]


@dataclass(frozen=True)
class Row:
    """One entry as a list of the desk shows it; `held`: how many listings bear it (None where none can)."""

    name: str
    entry: Entry
    words: tuple[str, ...]
    changed: bool
    into: str
    held: int | None

    @property
    def retired(self) -> bool:
        """It is not offered any more."""
        return bool(self.entry.get(RETIRED))


@dataclass(frozen=True)
class Standing:
    """The changes in force, the files with them, and by file how many listings hold each term."""

    base: Vocabulary
    changes: tuple[Change, ...]
    files: dict[str, Any]
    held: Mapping[str, Mapping[str, int]]

    def entry(self, row: WordList, name: str) -> Entry | None:
        """The raw entry as it stands now."""
        return entry_of(self.files, row, name)

    def rows(self, row: WordList) -> list[Row]:
        """Every entry of a list."""
        mine = {one.entry for one in self.changes if one.file == row.file}
        lists = [field.name for field in row.fields if field.kind == WORDS]
        entries = entries_of(self.files, row)
        labels = {name: str(entry.get("label", name)) for name, entry in entries}
        return [Row(
            name, entry, tuple(str(word) for field in lists for word in entry.get(field) or ()), name in mine,
            labels.get(entry.get(INTO) or "", ""), self.holding(row, name) if row.retires else None)
            for name, entry in entries]

    def holding(self, row: WordList, name: str) -> int:
        """How many listings bear a term."""
        return self.held.get(row.file, {}).get(name, 0)

    def with_one(self, made: Change) -> Entry | None:
        """The raw entry of a change as it would be with it."""
        return entry_of(_files(self.base, with_one(self.changes, made)), made.list, made.entry)

    def asked(self, row: WordList, name: str, values: Mapping[str, Any]) -> tuple[Change | None, dict[str, str]]:
        """The change these values are, or field → what is wrong with them; neither when nothing differs."""
        entry = self.entry(row, name) if name else None
        wrong = problems(row, values, new=entry is None)
        named = "label" if row.is_terms else row.name
        label = str(values.get("label") or "") if row.is_terms else name_of(row, values) if entry is None and not wrong else ""
        if label and (other := namesake(self.files, row, label, name)):
            wrong.setdefault(named, f"「{other}」は、もうあります。一覧から開いて、直してください。")
        if row.key == "urgent" and entry and (core := [word for word in entry["core"] if word not in values["phrases"]]):
            wrong.setdefault("phrases", CORE_STANDS.format(words="、".join(core)))
        if wrong:
            return None, wrong
        if entry is None:
            return _new(row, values), {}
        changed = differing(row, entry, values)
        return (self._over(row, name, changed) if changed else None), {}

    def marked(self, row: WordList, name: str, mark: str, into: str = "") -> Change | None:
        """The change a button beside the fields asks for; None where the list knows no such button.

        Raises InvalidRecord for a merge into nothing.
        """
        allowed = {DROP: row.drops, RETIRE: row.retires, OFFER: row.retires, MERGE: row.merges}
        if not allowed.get(mark):
            return None
        if mark == MERGE and into not in merge_targets(self.files, row, name):
            raise InvalidRecord("まとめる先の種類を選んでください。")
        return self._over(row, name, {**MARKS[mark], **({INTO: into} if mark == MERGE else {})})

    def _over(self, row: WordList, name: str, fields: Mapping[str, Any]) -> Change:
        """These fields over what the desk changed of the entry before."""
        before = next((one for one in self.changes if (one.file, one.entry) == (row.file, name)), None)
        whole = {**(before.content if before else {}), **fields}
        return change(row.file, name, before.field if before else CHANGED,
                      {key: value for key, value in whole.items() if value is not None})


def standing(engine: Engine, base: Vocabulary) -> Standing:
    """How the words of the files stand with the changes of this database."""
    with read_session(engine) as session:
        changes = read_changes(session)
        held = {file: holding(session, file) for file in (KINDS, NEEDS)}
    return Standing(base, changes, _files(base, changes), held)


def _files(base: Vocabulary, changes: tuple[Change, ...]) -> dict[str, Any]:
    if base.folder is None:
        raise InvalidRecord("用語のもとの表がどこにあるかわからないので、変えられません。")
    files = read_files(base.folder)
    lay_over(files, changes, carry=False)
    return files


def _new(row: WordList, values: Mapping[str, Any]) -> Change:
    content = {key: value for key, value in values.items() if value}
    if row.key == "places":
        content["sure"] = True
    return change(row.file, f"own_{new_id()[:8]}" if row.keyed else name_of(row, content), NEW, content)
