"""What goes back to the department? Their own list as Excel, each row with what becomes of it and what to mend.

Rows keep their numbers and cells their texts, neutralised: put on the desk again, the copy gives the same table.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from directory.exporters.workbook import Sheet as Written, workbook
from directory.importers.cleaning.text import verbatim
from directory.importers.gathering import Choices, tables_of
from directory.importers.reading.file import FileContent, Sheet, read_file
from directory.importers.registry import tables_in
from directory.importers.report import (
    ASKED, IGNORED, INSERT, MERGED, MISSING, NOOP, REJECT, RENAMED, REPEATED, UPDATE, Report,
)
from directory.importers.tables import OUR_SHEET, OUR_TITLES, Table, section_title
from directory.uploads.rows import LIKELY

VERDICTS: Mapping[str, str] = {
    REJECT: "取り込めません", LIKELY: "重複かもしれません", RENAMED: "名前か住所が変わった？", ASKED: "人が直した内容と違います", MISSING: "消えた行",
    UPDATE: "更新", INSERT: "新規", MERGED: "いまある掲載にまとめる", IGNORED: "取り込まない", REPEATED: "同じ行のくりかえし", NOOP: "変化なし",
}
NOTED = (REJECT, LIKELY, RENAMED, ASKED)
MISSING_SHEET = "消えた行"
OUR_WIDTHS = (18, 48)
SAMPLE_ROWS = 50


@dataclass(frozen=True)
class Note:
    """What stands beside a row; `marked`: it is to be looked at."""

    verdict: str
    words: str
    marked: bool


def annotated(
    path: Path, overrides: Mapping[str, str | None], rows: Iterable[Any], named: Mapping[str, str]
) -> bytes:
    """The list at `path` as Excel with two more columns. `rows`: UploadRow; `named`: what a value of a row is called."""
    content = read_file(path)
    notes: dict[tuple[str, int], Note] = {}
    gone = []
    for row in rows:
        if row.kind == MISSING:
            gone.append((row.name, row.row_number))
        elif row.row_number is not None:
            marked = row.kind in NOTED or bool(row.findings)
            notes[row.sheet, row.row_number] = Note(VERDICTS.get(row.kind, ""), sentence(row, named), marked)
    written = [_with_notes(*each, notes) for each in _sheets(content, overrides)]
    if gone:
        head = (1, ["名称", "前の行番号", OUR_TITLES[1]])
        lines = [(line, [*one, "新しい一覧にありません。終わったのか、確かめてください。"]) for line, one in enumerate(gone, start=2)]
        written.append(Written(MISSING_SHEET, [head, *lines], heads={1}, widths={0: 30, 1: 12, 2: 48}, hidden=True))
    return workbook(written)


def sentence(row: Any, named: Mapping[str, str]) -> str:
    """What to tell about one row, on as many lines as it takes."""
    lines = [f"{column}: {problem}{advice}" for column, _value, problem, advice in row.findings]
    lines += [f"いまある掲載「{name}」（{place}）と同じかもしれません（{'、'.join(why)}）。" for _id, name, place, why in row.likely]
    for name, (current, said) in row.asks.items():
        if name in named:
            lines.append(f"{named[name]}: いまは「{_short(current)}」、この行は「{_short(said)}」です。")
    for name, (current, said) in row.writes.items():
        if name in named:
            lines.append(f"{named[name]}: 「{_short(current)}」→「{_short(said)}」")
    return "\n".join(lines)


def _sheets(content: FileContent, overrides: Mapping[str, str | None]) -> Iterator[tuple[Sheet, str, int, int]]:
    """Every sheet as it came, the name its rows go by, its row of titles, and how much lower its rows stand here."""
    if content.document is not None:
        chosen, lists = tables_in(content.document) or (None, [])
        yield from (_sheet_of(table, chosen.label) for table in lists if chosen)
        return
    # Finding the tables fills merged areas.
    asked = replace(content, sheets=[
        replace(sheet, rows=[(number, list(cells)) for number, cells in sheet.rows]) if sheet.merged else sheet
        for sheet in content.sheets
    ])
    tables = tables_of(asked, Choices(overrides=overrides), Report(""))
    heads = {table.name: table.title_row for table, _ in tables}
    for sheet in content.sheets:
        name = "" if sheet.name == OUR_SHEET and OUR_SHEET not in heads else sheet.name
        yield sheet, name, heads.get(name, 0), 0


def _sheet_of(table: Table, label: str) -> tuple[Sheet, str, int, int]:
    """A list of a JSON document as a sheet: its source above the titles, the section of each entry in a column of ours."""
    above = [(1, [table.heading])] if table.heading else []
    head = len(above) + 1
    lines = [(row.number + head, [*(row.cells.get(title) for title in table.titles), row.section]) for row in table.rows]
    return Sheet(table.name, False, [], [*above, (head, [*table.titles, section_title(label)]), *lines]), table.name, head, head


def _with_notes(
    sheet: Sheet, name: str, head: int, lower: int, notes: Mapping[tuple[str, int], Note]
) -> Written:
    found = [(number, _plain(cells)) for number, cells in sheet.rows]
    last = max((len(cells) for _, cells in found), default=0)
    rows, marked = [], set()
    for number, cells in found:
        note = notes.get((name, number - lower))
        if head and number == head:
            cells = [*cells, *[None] * (last - len(cells)), *OUR_TITLES]
        elif note:
            cells = [*cells, *[None] * (last - len(cells)), note.verdict, note.words]
            marked |= {number} if note.marked else set()
        rows.append((number, cells))
    widths = {column: _width(rows, column) for column in range(last)}
    widths |= {last + place: width for place, width in enumerate(OUR_WIDTHS)} if head else {}
    return Written(
        sheet.name or OUR_SHEET, rows, heads={head} if head else (), marked=marked, merged=sheet.merged, widths=widths,
        hidden=sheet.hidden, freeze_below=head)


def _plain(cells: list) -> list[str | None]:
    """The texts of a row as the importer reads them, without what an earlier copy of ours added, up to the last one."""
    texts = [None if text in OUR_TITLES else text for text in map(verbatim, cells)]
    while texts and texts[-1] is None:
        texts.pop()
    return texts


def _width(rows: list, column: int) -> float:
    """About as wide as the texts of the first rows; Japanese letters take two places."""
    texts = (str(cells[column]) for _, cells in rows[:SAMPLE_ROWS] if column < len(cells) and cells[column])
    return max((sum(2 if letter > "ÿ" else 1 for letter in text.split("\n")[0][:40]) for text in texts), default=6) + 2


def _short(value: object) -> str:
    text = verbatim(value) if not isinstance(value, dict) else "、".join(f"{key} {one}" for key, one in value.items())
    return (text or "なし")[:300]
