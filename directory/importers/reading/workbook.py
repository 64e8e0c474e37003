"""Which sheets and rows does an Excel workbook (.xlsx) hold?"""

import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import BinaryIO

from directory.errors import ImportRefused
from directory.importers.reading.delimited import without_apostrophe
from directory.importers.reading.inspection import inspect
from directory.importers.reading.limits import Limits


def read_workbook(stream: BinaryIO, size: int, limits: Limits) -> Iterator[dict]:
    """Messages for a workbook that has first been looked through without building anything from it."""
    try:
        with zipfile.ZipFile(stream) as package:
            inspect(package, size, limits)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError) as error:
        raise ImportRefused(
            "Excel ファイルが途中で切れているか壊れているため開けません。"
            "Excel で開けるか確かめ、別の名前で保存しなおしてください。"
        ) from error
    stream.seek(0)
    yield from _sheets(stream)


def _sheets(stream: BinaryIO) -> Iterator[dict]:
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    workbook = CalamineWorkbook.from_filelike(stream)
    yield {"encoding": "xlsx", "format": "xlsx"}
    for entry in workbook.sheets_metadata:
        if entry.typ != SheetTypeEnum.WorkSheet:
            continue
        sheet = workbook.get_sheet_by_name(entry.name)
        merged = [[*first, *last] for first, last in sheet.merged_cell_ranges or ()]
        yield {"sheet": entry.name, "hidden": entry.visible != SheetVisibleEnum.Visible, "merged": merged}
        for number, cells in enumerate(sheet.to_python(skip_empty_area=False), start=1):
            if any(cell not in ("", None) for cell in cells):
                yield {"row": [number, [_plain(cell) for cell in cells]]}


def _plain(cell: object) -> object:
    """The cell as JSON can carry it; midnight and 0 stay what they are."""
    if isinstance(cell, datetime):
        return {"datetime": cell.isoformat(timespec="minutes")}
    if isinstance(cell, date):
        return {"date": cell.isoformat()}
    if isinstance(cell, time):
        return {"time": cell.isoformat(timespec="minutes")}
    if isinstance(cell, timedelta):
        return {"minutes": round(cell.total_seconds() / 60)}
    return without_apostrophe(cell) if isinstance(cell, str) else cell
