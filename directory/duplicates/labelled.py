"""Which rows of the five messy lists are the same gathering? The labelled set of data/gold/duplicates, read strictly."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from directory.evaluation import PARTS
from directory.yaml_files import Entry, entries, read_yaml

LABELS = "labels.yml"


@dataclass(frozen=True)
class MessyList:
    """One list and the columns whose titles the importer does not know: field → title."""

    name: str
    path: Path
    columns: Mapping[str, str]


@dataclass(frozen=True)
class Labelled:
    """The lists, and row (「一覧/番号」) → (part, entity)."""

    municipality: str
    lists: tuple[MessyList, ...]
    rows: Mapping[str, tuple[str, str]]

    def same(self, part: str) -> frozenset[tuple[str, str]]:
        """The pairs of rows of a part that are one gathering."""
        groups: dict[str, list[str]] = {}
        for row, (of_part, entity) in self.rows.items():
            if of_part == part:
                groups.setdefault(entity, []).append(row)
        return frozenset(pair for rows in groups.values() for pair in combinations(sorted(rows), 2))

    def in_part(self, part: str) -> frozenset[str]:
        """The rows of a part."""
        return frozenset(row for row, (of_part, _entity) in self.rows.items() if of_part == part)


def read_labelled(folder: Path) -> Labelled:
    """The labelled set of a folder; InvalidYaml says which entry is wrong and what to do."""
    head = Entry(LABELS, "", read_yaml(folder / LABELS))
    for key in ("status", "written_by", "reviewed_by", "changes"):  # for the people who read and correct the file
        head.value(key)
    lists = []
    for row in entries(LABELS, head.value("lists"), "list"):
        name = row.text("list")
        lists.append(MessyList(name, folder / f"{name}.csv", row.value("columns", {})))
        row.done()
    rows: dict[str, tuple[str, str]] = {}
    for entry in entries(LABELS, head.value("entities"), "entity"):
        entity, part = entry.text("entity"), entry.text("part")
        entry.must_be_known("part", part, dict.fromkeys(PARTS))
        for key in entry.texts("rows"):
            if key in rows:
                raise entry.wrong("rows", f"「{key}」は {rows[key][1]} にもあります。どちらか1つにしてください")
            rows[key] = (part, entity)
        entry.done()
    labelled = Labelled(head.text("municipality"), tuple(lists), rows)
    head.done()
    return labelled
