"""Which rows does a CSV or TSV hold?"""

import csv
import io
import re
from collections.abc import Iterator
from itertools import islice

from directory.errors import ImportRefused
from directory.importers.reading.limits import Limits

# A cell a spreadsheet would calculate: =…, +cmd|…, @SUM(… in half or full width.
# ="0829" is only Excel's way to keep a zero.
FORMULA = re.compile(r'[\s\ufeff]*(?:[=＝](?![=＝\s"“]|$)|[+\-＋－][A-Za-z_.]+[(|!]|[@＠][A-Z]{2,}\()')
QUOTED_TEXT = re.compile(r'="([^"]*)"')
SAMPLE_LINES = 50
NEUTRALISED = tuple("=+-@\t\r\n＝＋－＠")


def read_delimited(text: str, encoding: str, limits: Limits) -> Iterator[dict]:
    """Messages for delimited text. Raises ImportRefused for what is no table."""
    delimiter = _delimiter(text)
    yield {"encoding": encoding, "format": "tsv" if delimiter == "\t" else "csv"}
    yield {"sheet": "", "hidden": False, "merged": []}
    csv.field_size_limit(limits.cell_characters)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    number = begins = ends = 0
    try:
        for cells in reader:
            number, begins, ends = number + 1, ends, reader.line_num
            _check(cells, number, limits)
            if any(cells):
                yield {"row": [number, [_plain(cell) for cell in cells]]}
    except csv.Error as error:
        raise ImportRefused(
            f"{number + 1} 行目を読めません。1 つのセルが {limits.cell_characters:,} 文字を超えているか、"
            "引用符（\"）が閉じていません。そのセルを直してください。"
        ) from error
    _check_closed("".join(islice(io.StringIO(text, newline=""), begins, None)), delimiter, number)


def _check_closed(last: str, delimiter: str, number: int) -> None:
    """A quote nobody closed would take every later row into its own cell: the last row, as written, tells."""
    if last.count('"') % 2 and (last.startswith('"') or f'{delimiter}"' in last):
        raise ImportRefused(
            f"{number} 行目の引用符（\"）が閉じていません。このままでは、そのあとの行がすべて 1 つのセルに入ってしまいます。"
            "その行の引用符を直してください。"
        )


def _delimiter(text: str) -> str:
    """Comma or tab, whichever the first lines hold more of."""
    sample = "\n".join(text[:200_000].splitlines()[:SAMPLE_LINES])
    if "," not in sample and "\t" not in sample:
        raise ImportRefused(
            "列の区切り（コンマかタブ）が見つからないため、表として読めません。"
            "1 行目に列の見出しがある CSV か Excel（.xlsx）で保存しなおしてください。"
        )
    return "\t" if sample.count("\t") > sample.count(",") else ","


def _check(cells: list[str], number: int, limits: Limits) -> None:
    if number > limits.rows:
        raise ImportRefused(f"行が多すぎます（上限は {limits.rows:,} 行）。表を分けて取り込んでください。")
    if len(cells) > limits.columns:
        raise ImportRefused(
            f"{number} 行目の列が多すぎます（{len(cells):,} 列。上限は {limits.columns} 列）。"
            "区切りの文字か引用符が崩れていないか確かめてください。"
        )
    for position, cell in enumerate(cells, start=1):
        if cell and cell[0] in "=＝+＋-－@＠ \t\r\n\ufeff" and FORMULA.match(cell) and not QUOTED_TEXT.fullmatch(cell):
            raise ImportRefused(
                f"{number} 行目の {position} 列目に計算式（= などで始まるセル）があります。"
                "計算式は取り込みません。値だけにして保存しなおしてください。"
            )


def _plain(cell: str) -> str:
    literal = QUOTED_TEXT.fullmatch(cell)
    return literal.group(1) if literal else without_apostrophe(cell)


def without_apostrophe(text: str) -> str:
    """A text whose apostrophe only kept a spreadsheet from running it (directory/exporters/cells.py), as it was."""
    return text[1:] if text[:1] == "'" and text.lstrip("'")[:1] in NEUTRALISED else text
