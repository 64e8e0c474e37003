"""What does one row say about a listing? Cells by field in, one flat, comparable set of values out.

`values` is what SourceRecord keeps: "organization.name", "service.kind", "location.latitude", "listing.phone",
"schedules", "attributes", "areas" … Everything is plain JSON, so two imports compare by equality.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any

from directory.addresses import Gazetteer
from directory.geocoding import OnlineGeocoder
from directory.importers.cleaning.doubts import Doubt
from directory.importers.cleaning.schedule_phrase import schedule_phrase
from directory.importers.cleaning.text import kana, line, verbatim, words
from directory.importers.facts import other_facts
from directory.importers.kinds import NEEDS, UNKNOWN_KIND, Kinds
from directory.importers.parts.contact import contact_values
from directory.importers.parts.eligibility import eligibility_values
from directory.importers.parts.organization import organization_values
from directory.importers.parts.place import place_values
from directory.importers.parts.practice import practice_values
from directory.importers.report import Finding
from directory.importers.tables import Row
from directory.importers.upsert.columns import fit

Values = dict[str, Any]
# Column → the value that is not said when its cell holds something nobody can read
UNREAD = {
    "phone": "listing.phone", "mobile": "listing.mobile", "email": "listing.email", "url": "listing.web",
    "corporate_number": "organization.corporate_number",
}


@dataclass
class Record:
    """One cleaned row. `key` names it within its source; `row` and `table` are where a person finds it."""

    table: str
    row: int
    unit: str
    values: Values
    key: str = ""
    # What may name the row: id, name, address, kind, table, place, schedule as the source wrote them.
    identity: dict[str, str | None] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    # Values whose cells could not be read: what the directory knew stays.
    unread: set[str] = field(default_factory=set)

    @property
    def name(self) -> str:
        """What the place is called."""
        return str(self.values["service.name"])

    @cached_property
    def said(self) -> Values:
        """The values the row really has: what SourceRecord keeps. A running number is kept here and nowhere else."""
        number = self.identity.get("id")
        return self._filled | ({"source.number": number} if number else {})

    @cached_property
    def hash(self) -> str:
        """Changes exactly when what the row says changes; a new running number is no change."""
        text = json.dumps(self._filled, ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()

    @cached_property
    def _filled(self) -> Values:
        return {name: value for name, value in self.values.items() if value not in (None, [], {})}


@dataclass(frozen=True)
class Surroundings:
    """What a row needs to know beyond its own cells."""

    kinds: Kinds
    gazetteer: Gazetteer
    areas_of_towns: Mapping[str, str]
    fixed_kind: str | None
    public_contact: bool
    context: tuple[str, ...]
    default_municipality: str | None = None
    geocoder: OnlineGeocoder | None = None


class Rejected(Exception):
    """This row cannot become a listing; the finding says why and what to do."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.problem)
        self.finding = finding


def record_of(
    row: Row, cells: Mapping[str, object], titles: Mapping[str, str], unmapped: Mapping[str, object],
    around: Surroundings, table: str, unit: str, answers: frozenset[str] = frozenset(),
) -> Record:
    """The record of one row. `cells` by field, `titles` field → column title. Raises Rejected without a name."""
    record = Record(table, row.number, unit, {})
    doubt = partial(_doubt, record, titles, cells)
    name = line(cells.get("name")) or line(cells.get("organization"))
    if name is None:
        raise Rejected(Finding(
            table, row.number, unit, titles.get("name", "名称"), verbatim(cells.get("name")) or "",
            "名称がありません。", "名称を入れるか、表ではない行なら消してください。",
        ))
    record.values = (
        organization_values(cells, name, doubt)
        | {"service.name": name, "service.name_kana": kana(cells.get("name_kana"))}
        | _kind_values(row, cells, (titles.get("name"), name, line(unmapped.get("備考"))), around, record, titles)
        | eligibility_values(cells)
        | place_values(cells, name, around, doubt)
        | contact_values(cells, around.public_contact, doubt)
        | practice_values(cells, doubt)
        | {"schedules": list(filter(None, [schedule_phrase(cells)]))}
    )
    record.values["listing.other_facts"] = other_facts(
        cells, titles, unmapped, record.values, row.section, answers,
    )
    fit(record.values)
    record.unread = {name for name in record.unread if record.values[name] is None}
    return record


def _kind_values(
    row: Row, cells: Mapping[str, object], names: tuple, around: Surroundings, record: Record,
    titles: Mapping[str, str],
) -> Values:
    kind = around.fixed_kind or around.kinds.first(
        (words(cells.get("kind")), *names, row.section, *around.context)
    )
    if kind is None:
        record.findings.append(Finding(
            record.table, row.number, record.unit, titles.get("kind", "種類"), verbatim(cells.get("kind")) or "",
            "活動の種類が分からないため「公共施設」としました。",
            "掲載の前に種類を選びなおすか、--kind で種類を指定して取り込みなおしてください。",
        ))
    kind = around.kinds.now_called(kind or UNKNOWN_KIND)
    return {
        "service.kind": kind, "service.description": words(cells.get("description")),
        "service.needs": list(NEEDS.get(kind, ())),
    }


def _doubt(
    record: Record, titles: Mapping[str, str], cells: Mapping[str, object], name: str, doubt: Doubt | None
) -> None:
    """Keep a cleaner's doubt with the row and column it is about."""
    if doubt:
        value = verbatim(cells.get(name)) or ""
        record.unread |= {UNREAD[name]} if name in UNREAD else set()
        record.findings.append(Finding(
            record.table, record.row, record.unit, titles.get(name, name), value[:200], doubt.problem, doubt.advice,
        ))
