"""How do tests get a file to import? Small builders for tables, workbooks and broken or hostile files."""

import gzip
import io
import zipfile
from pathlib import Path

import xlsxwriter

CONTENT_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>'
)
RELATIONS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" '
    'Target="{target}"/></Relationships>'
)
WORKBOOK = (
    '<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>'
    '<sheet name="一覧" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
SHEET = (
    '<?xml version="1.0"?>{doctype}<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    "<sheetData>{rows}</sheetData></worksheet>"
)


def write_csv(path: Path, rows: list[list[str]], encoding: str = "utf-8") -> Path:
    """A CSV with these rows."""
    text = "\r\n".join(",".join(f'"{cell}"' if set(cell) & set(',"\n') else cell for cell in row) for row in rows)
    path.write_bytes(text.encode(encoding))
    return path


def write_xlsx(
    path: Path, rows: list[list[object]], sheet: str = "一覧", merged: tuple[str, ...] = (), hidden: tuple = ()
) -> Path:
    """A workbook with these rows; times and dates become Excel's own cells."""
    book = xlsxwriter.Workbook(path, {"strings_to_formulas": False, "default_date_format": "yyyy/m/d"})
    page = book.add_worksheet(sheet)
    time_format = book.add_format({"num_format": "h:mm"})
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            if hasattr(cell, "hour") and not hasattr(cell, "year"):
                page.write_datetime(row, column, cell, time_format)
            else:
                page.write(row, column, cell)
    for area in merged:
        page.merge_range(area, page_text(rows, area))
    for name in hidden:
        book.add_worksheet(name).hide()
    book.close()
    return path


def page_text(rows: list[list[object]], area: str) -> object:
    """What stands in the first cell of an area like B1:C1."""
    first = area.partition(":")[0]
    return rows[int(first[1:]) - 1][ord(first[0]) - 65]


def raw_xlsx(rows: str = "", doctype: str = "", extra: dict[str, bytes] | None = None) -> bytes:
    """A workbook written part by part, so that a part can be hostile."""
    parts = {
        "[Content_Types].xml": CONTENT_TYPES.encode(),
        "_rels/.rels": RELATIONS.format(kind="officeDocument", target="xl/workbook.xml").encode(),
        "xl/workbook.xml": WORKBOOK.encode(),
        "xl/_rels/workbook.xml.rels": RELATIONS.format(kind="worksheet", target="worksheets/sheet1.xml").encode(),
        "xl/worksheets/sheet1.xml": SHEET.format(doctype=doctype, rows=rows).encode(),
    } | (extra or {})
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return stream.getvalue()


def text_row(number: int, *cells: str) -> str:
    """One row of a raw sheet."""
    inside = "".join(
        f'<c r="{chr(65 + column)}{number}" t="inlineStr"><is><t>{cell}</t></is></c>'
        for column, cell in enumerate(cells)
    )
    return f'<row r="{number}">{inside}</row>'


TITLES = text_row(1, "名称", "住所", "電話番号")
PLACE = text_row(2, "つつじサロン", "津田1989", "0829-00-0001")


def hostile_files() -> dict[str, tuple[str, bytes]]:
    """Name → (file name, content) of every file that must be refused."""
    good = raw_xlsx(TITLES + PLACE)
    zeros = gzip.compress(b"a,b\n" + b"0" * 60_000_000)
    shared = (
        '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>'
        + "あ" * 90_000 + "</t></si></sst>"
    ).encode()
    repeated = "".join(f'<row r="{row}"><c r="A{row}" t="s"><v>0</v></c></row>' for row in range(1, 5_000))
    return {
        "empty": ("empty.csv", b""),
        "only blanks": ("blank.csv", b"\xef\xbb\xbf \r\n\r\n"),
        "one column of prose": ("letter.csv", "拝啓\nお元気ですか\n".encode()),
        "no known titles": ("numbers.csv", b"1,2,3\n4,5,6\n7,8,9\n"),
        "pdf as csv": ("list.csv", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj"),
        "jpeg as xlsx": ("list.xlsx", b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(200)),
        "old excel": ("list.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
        "web page": ("list.csv", b"<!DOCTYPE html><html><body>404 Not Found</body></html>"),
        "random bytes": ("list.csv", bytes(range(256)) * 8),
        "neither utf-8 nor cp932": ("list.csv", "名称,住所\n".encode() + b"\xff\xfe\xfd,\x80\xa0\n"),
        "zip without a workbook": ("list.zip", _zip({"readme.txt": b"hello"})),
        "truncated xlsx": ("list.xlsx", good[: len(good) // 2]),
        "zip bomb in an xlsx": ("bomb.xlsx", raw_xlsx(TITLES + PLACE, extra={"xl/media/a.xml": b" " * 80_000_000})),
        "zip bomb in the sheet": ("bomb.xlsx", raw_xlsx(TITLES + " " * 80_000_000)),
        "1,048,576 phantom rows": ("rows.xlsx", raw_xlsx(TITLES + PLACE + "".join(
            f'<row r="{row}" s="1" ht="1{row % 7919}"/>' for row in range(3, 1_048_577)))),
        "a cell in the last corner": (
            "far.xlsx", raw_xlsx(TITLES + '<row r="9000"><c r="XFD9000"><v>1</v></c></row>')),
        "one giant text in every cell": ("text.xlsx", raw_xlsx(repeated, extra={"xl/sharedStrings.xml": shared})),
        "dtd": ("dtd.xlsx", raw_xlsx(TITLES + PLACE, doctype='<!DOCTYPE x [<!ENTITY a "aaaa">]>')),
        "external entity": ("xxe.xlsx", raw_xlsx(
            TITLES + text_row(2, "&b;", "津田", "1"), doctype='<!DOCTYPE x [<!ENTITY b SYSTEM "file:///etc/passwd">]>')),
        "formula in an xlsx": ("formula.xlsx", raw_xlsx(
            TITLES + '<row r="2"><c r="A2"><f>HYPERLINK("http://example.com")</f><v>1</v></c></row>')),
        "formula in a csv": ("formula.csv", "名称,住所,電話番号\n=HYPERLINK(1),津田,1\n".encode()),
        "command in a csv": ("command.csv", "名称,住所,電話番号\n+cmd|' /C calc'!A0,津田,1\n".encode()),
        "broken xml in an xlsx": ("broken.xlsx", raw_xlsx(TITLES + "<row r='2'><c>")),
        "gz bomb": ("bomb.csv.gz", zeros),
        "truncated gz": ("cut.csv.gz", gzip.compress("名称,住所\n".encode() * 1000)[:40]),
        "cell of 10 MB": ("cell.csv", "名称,住所,電話番号\n".encode() + b"a" * 10_000_000 + b",b,c\n"),
        "open quote": ("quote.csv", "名称,住所,電話番号\n\"".encode() + "津田,\n".encode() * 60_000),
        "too many columns": ("wide.csv", b",".join([b"a"] * 2_000) + b"\n"),
        "deep json": ("deep.json", b"[" * 100_000),
        "deep json closed": ("deep.json", b'{"a":' * 5_000 + b"1" + b"}" * 5_000),
        "NaN in json": ("nan.json", b'[{"name": "a", "latitude": NaN}]'),
        "Infinity in json": ("infinity.json", b'[{"name": "a", "latitude": -Infinity}]'),
        "cut json": ("cut.json", b'[{"name": "a"'),
        "json without a list": ("plain.json", b'{"a": 1}'),
        "number of a million digits": ("digits.json", b'[{"name": ' + b"9" * 1_000_000 + b"}]"),
    }


def _zip(parts: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return stream.getvalue()
