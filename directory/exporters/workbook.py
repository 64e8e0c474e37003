"""How is an Excel file written? Sheets of rows; every text as text, neutralised, never a formula or a link.

    content = workbook([Sheet("一覧", [(1, ["名称", "人数"]), (2, ["見本サロン", 12])], heads={1})])
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO

import xlsxwriter

from directory.exporters.cells import safe_cell

# What Excel allows in one cell, and in the name of a sheet.
LONGEST_TEXT, LONGEST_NAME = 32_767, 31
NOT_IN_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\'", "・"))
WIDEST, NARROWEST = 60, 6
MOST_MERGED = 1_000


@dataclass
class Sheet:
    """One sheet. `rows`: (row number from 1, cells), ascending. `heads`: rows of titles; `marked`: rows to be looked at.

    `merged`: first row and column, last row and column, from 0. `widths`: column from 0 → letters.
    """

    name: str
    rows: Iterable[tuple[int, Sequence[object]]]
    heads: Collection[int] = ()
    marked: Collection[int] = ()
    merged: Sequence[tuple[int, int, int, int]] = ()
    widths: Mapping[int, float] = field(default_factory=dict)
    hidden: bool = False
    freeze_below: int = 0


def workbook(sheets: Iterable[Sheet]) -> bytes:
    """The file's content. Merged areas need all rows in memory; without them a row is written and forgotten."""
    listed, content = list(sheets), BytesIO()
    settings = {
        "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True,
        "constant_memory": not any(sheet.merged for sheet in listed),
    }
    book = xlsxwriter.Workbook(content, settings)
    looks = {
        "plain": book.add_format({"text_wrap": True, "valign": "top"}),
        "head": book.add_format({"text_wrap": True, "valign": "top", "bold": True, "bg_color": "#E9F7F9", "border": 1}),
        "marked": book.add_format({"text_wrap": True, "valign": "top", "bg_color": "#FDEEEE"}),
    }
    taken: set[str] = set()
    for sheet in listed:
        _write(book.add_worksheet(_name(sheet.name, taken)), sheet, looks)
    shown = [page for page, sheet in zip(book.worksheets(), listed, strict=True) if not sheet.hidden]
    if shown:
        shown[0].activate()
        shown[0].set_first_sheet()
    book.close()
    return content.getvalue()


def _write(page: xlsxwriter.worksheet.Worksheet, sheet: Sheet, looks: Mapping[str, object]) -> None:
    for column, width in sheet.widths.items():
        page.set_column(column, column, max(NARROWEST, min(WIDEST, width)))
    if sheet.freeze_below:
        page.freeze_panes(sheet.freeze_below, 0)
    tops: dict[tuple[int, int], object] = {(area[0], area[1]): "" for area in sheet.merged}
    for number, cells in sheet.rows:
        look = looks["head" if number in sheet.heads else "marked" if number in sheet.marked else "plain"]
        for column, cell in enumerate(cells):
            if (number - 1, column) in tops:
                tops[number - 1, column] = cell
            _put(page, number - 1, column, cell, look)
    for first_row, first_column, last_row, last_column in _apart(sheet.merged):
        if (first_row, first_column) != (last_row, last_column):
            page.merge_range(first_row, first_column, last_row, last_column, "", looks["plain"])
            # Merging has emptied the top left cell, to which the words belong.
            _put(page, first_row, first_column, tops[first_row, first_column], looks["plain"])
    # Codes and telephone numbers stand there as text on purpose.
    page.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
    if sheet.hidden:
        page.hide()


def _apart(areas: Sequence[tuple[int, int, int, int]]) -> list[tuple[int, int, int, int]]:
    """Those areas that overlap none before them: Excel refuses a file in which they do."""
    kept: list[tuple[int, int, int, int]] = []
    for area in areas[:MOST_MERGED]:
        if not any(area[0] <= other[2] and other[0] <= area[2] and area[1] <= other[3] and other[1] <= area[3] for other in kept):
            kept.append(area)
    return kept


def _put(page: xlsxwriter.worksheet.Worksheet, row: int, column: int, cell: object, look: object) -> None:
    if cell is None or cell == "":
        return
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        page.write_number(row, column, cell, look)
    else:
        page.write_string(row, column, str(safe_cell(str(cell)))[:LONGEST_TEXT], look)


def _name(wanted: str, taken: set[str]) -> str:
    """A name Excel allows, of its own within the book."""
    plain = wanted.translate(NOT_IN_NAMES).strip()[:LONGEST_NAME] or "一覧"
    name, number = plain, 2
    while name.casefold() in taken or name.casefold() == "history":
        name = f"{plain[:LONGEST_NAME - 4]} ({number})"
        number += 1
    taken.add(name.casefold())
    return name
