"""Which records does a file hold? Its tables are found, mapped and cleaned; every row ends as a record or a finding."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from directory.errors import ImportRefused
from directory.importers.cleaning.codes import identifier
from directory.importers.cleaning.text import line, verbatim
from directory.importers.facts import YES
from directory.importers.keys import assign_keys, choose_key
from directory.importers.reading.file import FileContent
from directory.importers.recognising import ColumnMapping, check_overrides, is_known, map_columns
from directory.importers.records import Record, Rejected, Surroundings, record_of
from directory.importers.registry import Format, all_formats, recognise, tables_in
from directory.importers.report import REJECT, REPEATED, Outcome, Report, TableMap
from directory.importers.special import refuse_other_kinds
from directory.importers.tables import Table, table_of

Progress = Callable[[Iterable, int], Iterable]


@dataclass
class Choices:
    """What the caller decides about reading: a format by key, overrides of the map, and what was decided before."""

    format: str | None = None
    overrides: Mapping[str, str | None] = field(default_factory=dict)
    key: tuple[str, ...] | None = None
    kind: str | None = None


def gather(
    content: FileContent, around: Surroundings, choices: Choices, report: Report, progress: Progress
) -> list[Record]:
    """The records of a file in the order of their keys; the report gets maps, rejects, warnings and counts."""
    report.encoding = content.encoding
    tables = tables_of(content, choices, report)
    report.format = "、".join(dict.fromkeys(chosen.key for _, chosen in tables))
    check_overrides(choices.overrides)
    _check_map_is_used(tables, choices)
    records: list[Record] = []
    for table, chosen in tables:
        mapping = map_columns(table, chosen, choices.overrides)
        answers = _answer_titles(table)
        settings = replace(
            around, fixed_kind=choices.kind or chosen.kind, public_contact=_publishes_contacts(chosen, mapping),
            context=(table.heading, table.name, content.path.name.partition(".")[0]),
        )
        records += _records(table, chosen, mapping, settings, answers, report, progress)
        report.maps.append(TableMap(
            table.name, chosen.key, chosen.label, {title: name for name, title in mapping.titles.items()},
            mapping.unmapped, (),
        ))
        report.not_data.update(table.skipped)
    key = choose_key(records, tables[0][1].row_key, choices.key)
    for each in report.maps:
        each.key = key
    again = assign_keys(records, key)
    repeated = {id(record) for record in again}
    if repeated:
        report.others["まったく同じ行のくりかえし"] += len(repeated)
    report.outcomes += [Outcome(REPEATED, one.table, one.row, one.unit, name=one.name) for one in again]
    kept = [record for record in records if id(record) not in repeated]
    report.warnings += [finding for record in kept for finding in record.findings]
    return sorted(kept, key=lambda record: record.key)


def tables_of(content: FileContent, choices: Choices, report: Report) -> list[tuple[Table, Format]]:
    """Every table of the file with its format. Raises ImportRefused when there is none."""
    forced = _forced(choices.format)
    if content.document is not None:
        found = tables_in(content.document)
        refuse_other_kinds(content, ())
        if found is None or forced and forced.tables is not None and forced is not found[0]:
            raise ImportRefused(
                "JSON の中に、取り込める一覧が見つかりません。"
                "HSDS 3.0、GeoJSON（点）、または同じ項目を持つデータの並び（リスト）にしてください。"
            )
        return [(table, found[0]) for table in found[1]]
    tables = []
    for sheet in content.sheets:
        table = None if sheet.hidden else table_of(
            sheet, lambda title: title in choices.overrides.values() or is_known(title)
        )
        if table is not None and table.rows:
            refuse_other_kinds(content, table.titles)
            tables.append((table, forced or recognise(table)))
        elif sheet.rows:
            reason = "非表示のシート" if sheet.hidden else "見出しの分からないシート"
            report.not_data[f"{reason}「{sheet.name}」の行"] += len(sheet.rows)
            report.notes.append(f"{reason}「{sheet.name}」（{len(sheet.rows)} 行）は取り込みません。")
    if not tables:
        raise ImportRefused(_nothing_known(content))
    return tables


def _forced(key: str | None) -> Format | None:
    if key is None:
        return None
    if key not in all_formats():
        raise ImportRefused(f"--format の「{key}」という形式はありません。使える形式: {'、'.join(sorted(all_formats()))}。")
    return all_formats()[key]


def _nothing_known(content: FileContent) -> str:
    first = next((cells for sheet in content.sheets for _, cells in sheet.rows), [])
    seen = "、".join(filter(None, (line(cell) for cell in first[:12])))[:200] or "なし"
    if not any(sheet.rows for sheet in content.sheets):
        return "表にデータの行がありません。中身のあるファイルを選びなおしてください。"
    return (
        f"どの行が列の見出しか分かりません（最初の行: {seen}）。名称・住所・電話番号などの見出しの行を表の上に入れるか、"
        "--map で {\"name\": \"列の見出し\", …} のように教えてください。"
    )


def _check_map_is_used(tables: list[tuple[Table, Format]], choices: Choices) -> None:
    titles = {title for table, _ in tables for title in table.titles}
    for name, title in choices.overrides.items():
        if title is not None and title not in titles:
            raise ImportRefused(
                f"--map の「{name}」にある列「{title}」が見つかりません。見出しは次のとおりです: {'、'.join(sorted(titles)[:40])}。"
            )


def _answer_titles(table: Table) -> frozenset[str]:
    """Columns in which なし is an answer, because あり stands there too."""
    return frozenset(
        title for row in table.rows for title, cell in row.cells.items() if isinstance(cell, str) and cell in YES
    )


def _publishes_contacts(chosen: Format, mapping: ColumnMapping) -> bool:
    """A list that names contact persons may hold their home numbers: those stay with the staff."""
    return chosen.public_contact or not {"representative", "mobile"} & set(mapping.titles)


def _records(
    table: Table, chosen: Format, mapping: ColumnMapping, around: Surroundings, answers: frozenset[str],
    report: Report, progress: Progress,
) -> list[Record]:
    records = []
    for row in progress(table.rows, len(table.rows)):
        report.rows += 1
        cells = mapping.cells(row)
        if chosen.adjust:
            chosen.adjust(cells, row)
        try:
            record = record_of(row, cells, mapping.titles, mapping.rest(row), around, table.name, table.unit, answers)
        except Rejected as rejected:
            report.reject += 1
            report.rejects.append(rejected.finding)
            report.outcomes.append(Outcome(REJECT, table.name, row.number, table.unit, findings=(rejected.finding,)))
            continue
        record.identity = _identity(cells, record)
        records.append(record)
    return records


def _identity(cells: Mapping[str, object], record: Record) -> dict[str, str | None]:
    values = record.values
    address = "".join(
        filter(None, (values["location.municipality"], values["location.town"], values["location.address_rest"]))
    )
    return {
        "id": identifier(cells.get("id")), "name": str(values["service.name"]), "address": address,
        "kind": verbatim(cells.get("kind")), "table": record.table, "place": line(cells.get("place_name")),
        "schedule": " ".join(values["schedules"]),
    }
