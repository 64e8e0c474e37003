"""What does the file hold, and which column is what? Read in the limited child, proposed for a person to look at."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.importers.cleaning.text import verbatim
from directory.importers.gathering import Choices, tables_of
from directory.importers.reading.file import read_file
from directory.importers.recognising import proposed_titles
from directory.importers.registry import Format
from directory.importers.report import Report
from directory.importers.tables import Table
from directory.models import ColumnMap, Source

EXAMPLES, LONGEST_EXAMPLE = 3, 60
LOOKED_THROUGH = 40
MOST_COLUMNS = 200


def found_in(path: Path, remembered: Mapping[str, str | None]) -> dict[str, Any]:
    """Tables, titles with examples, and the field proposed for each title. Raises ImportRefused for the whole file."""
    report = Report("")
    tables = tables_of(read_file(path), Choices(overrides=remembered), report)
    return {
        "encoding": report.encoding, "notes": report.notes,
        "tables": [_table(table, chosen, remembered) for table, chosen in tables],
    }


def remembered_columns(session: Session, source_name: str) -> dict[str, str | None]:
    """Our field → column title, as last chosen for this source; {} for a new one."""
    kept = session.scalar(select(ColumnMap.columns).join(Source).where(Source.name == source_name))
    return dict((kept or {}).get("columns", {}))


def overrides_of(
    found: Mapping[str, Any], remembered: Mapping[str, str | None], wanted: Mapping[str, str]
) -> dict[str, str | None]:
    """What to tell the importer, for a person who chose `wanted`: column title → our field, "" for none.

    Where the choice is what the titles say by themselves nothing is told, so a later file with other titles still works.
    """
    titles = {column["title"]: column["field"] for table in found["tables"] for column in table["columns"]}
    told = {name: title for name, title in remembered.items() if title is None or titles.get(title) == name}
    for title, proposed in titles.items():
        chosen = wanted.get(title, proposed)
        if chosen != proposed and proposed and told.get(proposed, title) == title:
            told[proposed] = None
    for title, proposed in titles.items():
        chosen = wanted.get(title, proposed)
        if chosen and chosen != proposed:
            told[chosen] = title
    return told


def twice(found: Mapping[str, Any], wanted: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """(field, title, title) where one table gives the same field to two columns."""
    clashes = []
    for table in found["tables"]:
        seen: dict[str, str] = {}
        for column in table["columns"]:
            chosen = wanted.get(column["title"], column["field"])
            if chosen and chosen in seen:
                clashes.append((chosen, seen[chosen], column["title"]))
            seen.setdefault(chosen, column["title"])
    return clashes


def nameless(found: Mapping[str, Any], wanted: Mapping[str, str]) -> list[str]:
    """Names of the tables in which no column says what the places are called."""
    names = ("name", "organization", "place_name")
    return [
        table["name"] for table in found["tables"]
        if not any(wanted.get(column["title"], column["field"]) in names for column in table["columns"])
    ]


def _table(table: Table, chosen: Format, remembered: Mapping[str, str | None]) -> dict[str, Any]:
    fields = {title: name for name, title in proposed_titles(table, chosen, remembered).items()}
    return {
        "name": table.name, "label": chosen.label, "rows": len(table.rows),
        "columns": [
            {"title": title, "field": fields.get(title, ""), "examples": _examples(table, title)}
            for title in table.titles[:MOST_COLUMNS]
        ],
    }


def _examples(table: Table, title: str) -> list[str]:
    texts = (verbatim(row.cells.get(title)) for row in table.rows[:LOOKED_THROUGH])
    return [text[:LONGEST_EXAMPLE] for text in dict.fromkeys(filter(None, texts))][:EXAMPLES]
