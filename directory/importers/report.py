"""What happened to every row of the file? insert + update + noop + reject + what else is named here = rows."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

FINDINGS_IN_JSON = 500


@dataclass(frozen=True)
class Finding:
    """One thing wrong with one cell, as a person finds and mends it. `unit` is 行目 in a sheet, 件目 in a list."""

    table: str
    row: int
    unit: str
    column: str
    value: str
    problem: str
    what_to_do: str

    @property
    def sentence(self) -> str:
        """One line: where, what is wrong, what to do."""
        where = f"「{self.table}」の " if self.table else ""
        return f"{where}{self.row} {self.unit}・{self.column}: {self.problem}{self.what_to_do}"

    def as_json(self) -> dict[str, object]:
        """The finding for --json."""
        return {
            "table": self.table, "row": self.row, "column": self.column, "value": self.value,
            "problem": self.problem, "what_to_do": self.what_to_do,
        }


@dataclass
class TableMap:
    """How one table was understood: column title → our field's label, and the titles kept as they are."""

    table: str
    format: str
    label: str
    columns: Mapping[str, str]
    kept: tuple[str, ...]
    key: tuple[str, ...]


@dataclass
class Report:
    """The outcome of one import. `others` counts rows that are neither listing nor reject, by name."""

    source: str
    format: str = ""
    encoding: str = ""
    dry_run: bool = False
    rows: int = 0
    insert: int = 0
    update: int = 0
    noop: int = 0
    reject: int = 0
    missing: int = 0
    asked: int = 0
    others: Counter = field(default_factory=Counter)
    # Rows of the file that are no data at all: titles, blank rows, notes.
    not_data: Counter = field(default_factory=Counter)
    maps: list[TableMap] = field(default_factory=list)
    rejects: list[Finding] = field(default_factory=list)
    warnings: list[Finding] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def accounted(self) -> bool:
        """True when every data row ended somewhere."""
        return self.rows == self.insert + self.update + self.noop + self.reject + sum(self.others.values())

    def as_json(self) -> dict[str, object]:
        """One JSON object; long lists of warnings are cut and counted."""
        return {
            "source": self.source, "format": self.format, "encoding": self.encoding, "dry_run": self.dry_run,
            "rows": self.rows, "insert": self.insert, "update": self.update, "noop": self.noop, "missing": self.missing,
            "reject": self.reject, "others": dict(self.others), "asked": self.asked, "not_data": dict(+self.not_data),
            "map": [
                {"table": each.table, "format": each.format, "columns": dict(each.columns),
                 "kept_as_facts": list(each.kept), "key": list(each.key)}
                for each in self.maps
            ],
            "rejects": [finding.as_json() for finding in self.rejects],
            "warnings": [finding.as_json() for finding in self.warnings[:FINDINGS_IN_JSON]],
            "warnings_total": len(self.warnings), "notes": self.notes,
        }
