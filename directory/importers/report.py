"""What happened to every row of the file? insert + update + noop + reject + what else is named here = rows."""

from collections import Counter
from collections.abc import Mapping, Sequence
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


INSERT, UPDATE, NOOP, ASKED, MISSING, REJECT = "insert", "update", "noop", "asked", "missing", "reject"
RENAMED, MERGED, IGNORED, REPEATED = "renamed", "merged", "ignored", "repeated"
Pairs = Mapping[str, tuple[object, object]]


@dataclass(frozen=True)
class Outcome:
    """What becomes of one row of the file, or (MISSING) of a row the file no longer has.

    `writes` and `asks`: value name → (what the directory says, what the row says). `says`: the values of a new row.
    """

    kind: str
    table: str
    row: int | None
    unit: str
    key: str = ""
    name: str = ""
    listing_id: str | None = None
    writes: Pairs = field(default_factory=dict)
    asks: Pairs = field(default_factory=dict)
    findings: Sequence[Finding] = ()
    says: Mapping[str, object] = field(default_factory=dict)
    hash: str = ""


@dataclass(frozen=True)
class Mark:
    """How an import found one listing and left it: added, changed, missing, returned or published.

    `before` and `after`: value name → value, only what was written; `source`: the SourceRecord as it was found.
    """

    kind: str
    listing_id: str
    before: Mapping[str, object] = field(default_factory=dict)
    after: Mapping[str, object] = field(default_factory=dict)
    source: Mapping[str, object] = field(default_factory=dict)


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
    # Row by row what becomes of the file, and of each listing touched how it was found.
    outcomes: list[Outcome] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    # The fingerprint of a dry run's outcomes, for ImportOptions.agreed
    agreed: str | None = None
    # Unchanged rows whose listings --publish takes out of review
    published: list[str] = field(default_factory=list)

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
