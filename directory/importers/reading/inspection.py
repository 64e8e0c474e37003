"""Is this Excel package safe to open? Looked through as a stream, so a bomb is refused before anything is built.

Refused: members that unpack like a bomb, a DTD in any part, a formula, more rows than a list can have (1,048,576
phantom rows), cells so far apart that the rectangle between them would fill the memory, and repeated giant texts.
"""

import re
import zipfile
from xml.parsers import expat

from directory.errors import ImportRefused
from directory.importers.reading.limits import Limits

READ_AT_ONCE = 64 * 1024
SHARED_TEXTS = "xl/sharedStrings.xml"
SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
COLUMN_LETTERS = re.compile(r"[A-Z]{1,3}")
DELETE_ROWS = "表の最後の行より下をすべて選んで「行の削除」をし、保存しなおしてください。"
SAVE_AGAIN = "必要な表だけを新しいブックに値で貼り付け、保存しなおしてください。"


def inspect(package: zipfile.ZipFile, size: int, limits: Limits) -> None:
    """Raise ImportRefused unless the package is a plain, bounded workbook."""
    members = package.infolist()
    _check_members(members, size, limits)
    names = {member.filename for member in members}
    if "xl/workbook.xml" not in names:
        raise ImportRefused(
            "zip の中に Excel の表がありません。zip の場合は中のファイルを取り出し、1 つずつ取り込んでください。"
        )
    lengths = TextLengths(limits)
    # Shared texts first: the sheets only point at them.
    for member in sorted(members, key=lambda member: (member.filename != SHARED_TEXTS, member.filename)):
        if member.filename == SHARED_TEXTS:
            _parse(package, member, lengths)
        elif SHEET.fullmatch(member.filename):
            _parse(package, member, SheetShape(member.filename, lengths, limits))
        elif member.filename.endswith((".xml", ".rels", ".vml")):
            _parse(package, member, None)


def _check_members(members: list[zipfile.ZipInfo], size: int, limits: Limits) -> None:
    opened = sum(member.file_size for member in members)
    largest = max((member.file_size for member in members), default=0)
    bomb = opened > limits.opened_bytes or (
        largest > limits.ratio_matters_above
        and any(
            member.file_size > limits.ratio_matters_above
            and member.file_size > limits.packed_ratio * max(member.compress_size, 1)
            for member in members
        )
    )
    if bomb or len(members) > limits.zip_members or opened > size * 1000:
        raise ImportRefused(f"開くと極端に大きくなる Excel ファイルのため、取り込みを中止しました。{SAVE_AGAIN}")
    if any(member.flag_bits & 1 for member in members):
        raise ImportRefused("パスワードの付いたファイルです。パスワードを外してから取り込んでください。")


def _parse(package: zipfile.ZipFile, member: zipfile.ZipInfo, listener: "TextLengths | SheetShape | None") -> None:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_dtd
    parser.EntityDeclHandler = _refuse_dtd
    if listener is not None:
        parser.StartElementHandler = listener.start
        parser.EndElementHandler = listener.end
        parser.CharacterDataHandler = listener.text
    try:
        with package.open(member) as part:
            while piece := part.read(READ_AT_ONCE):
                parser.Parse(piece, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise ImportRefused(
            f"Excel ファイルの中身（{member.filename}）が壊れています。Excel で開き、保存しなおしてください。"
        ) from error


def _refuse_dtd(*_declaration: object) -> None:
    raise ImportRefused(
        f"Excel ファイルの中に、表にはありえない宣言（DTD）が入っています。安全のため取り込みません。{SAVE_AGAIN}"
    )


class TextLengths:
    """Listens to the shared texts and keeps only how long each is."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.lengths: list[int] = []

    def start(self, name: str, _attributes: dict) -> None:
        if name.rpartition(":")[2] == "si":
            self.lengths.append(0)

    def text(self, characters: str) -> None:
        if not self.lengths:
            return
        self.lengths[-1] += len(characters)
        if self.lengths[-1] > self.limits.cell_characters:
            raise ImportRefused(
                f"1 つのセルに {self.limits.cell_characters:,} 文字を超える文章があります。そのセルを短くしてください。"
            )

    def end(self, _name: str) -> None:
        pass


class SheetShape:
    """Listens to one sheet: how many rows, how far apart the cells, how much text, and is there a formula?"""

    def __init__(self, part: str, shared: TextLengths, limits: Limits) -> None:
        self.part, self.shared, self.limits = part, shared.lengths, limits
        self.rows = self.row = self.column = self.characters = 0
        self.last_row = self.last_column = self.last_filled = 0
        self.cell, self.points_at_shared, self.inside_value = "", False, False
        self.value = ""

    def start(self, name: str, attributes: dict) -> None:
        name = name.rpartition(":")[2]
        if name == "row":
            self._start_row(attributes)
        elif name == "c":
            self._start_cell(attributes)
        elif name == "f":
            raise ImportRefused(
                f"{self.part.rpartition('/')[2]} の {self.cell} セルに計算式があります。計算式は取り込みません。"
                "表を選んで「値の貼り付け」をした新しいシートを保存し、もう一度取り込んでください。"
            )
        elif name in ("v", "t"):
            self.inside_value, self.value = True, ""

    def _start_row(self, attributes: dict) -> None:
        self.rows += 1
        stated = attributes.get("r", "")
        self.row = int(stated) if stated.isdecimal() and len(stated) < 9 else self.row + 1
        self.column = 0
        if self.rows > self.limits.rows or self.row > self.limits.rows:
            raise ImportRefused(f"行が多すぎます（上限は {self.limits.rows:,} 行）。{DELETE_ROWS}")
        if self.row - self.last_filled > self.limits.empty_rows:
            raise ImportRefused(
                f"{self.last_filled:,} 行目より下に、書式だけの空の行が {self.limits.empty_rows:,} 行を超えて続いています。{DELETE_ROWS}"
            )

    def _start_cell(self, attributes: dict) -> None:
        self.cell = attributes.get("r", "")
        letters = COLUMN_LETTERS.match(self.cell)
        self.column = _column_number(letters.group()) if letters else self.column + 1
        self.points_at_shared = attributes.get("t") == "s"
        self.last_row = max(self.last_row, self.row)
        self.last_column = max(self.last_column, self.column)
        if self.last_row * self.last_column > self.limits.rectangle_cells:
            raise ImportRefused(
                f"表から遠く離れたセル（{self.cell}）に書き込みか書式があります。"
                f"離れたセルを行ごと・列ごと削除し、保存しなおしてください。"
            )

    def text(self, characters: str) -> None:
        if self.inside_value:
            self.value += characters
            if len(self.value) > self.limits.cell_characters:
                raise ImportRefused(f"{self.cell} セルの文章が長すぎます。そのセルを短くしてください。")

    def end(self, name: str) -> None:
        if not self.inside_value or name.rpartition(":")[2] not in ("v", "t"):
            return
        self.inside_value = False
        self.characters += self._length()
        self.last_filled = self.row
        if self.characters > self.limits.text_characters:
            raise ImportRefused(f"開くと極端に大きくなる Excel ファイルのため、取り込みを中止しました。{SAVE_AGAIN}")

    def _length(self) -> int:
        if self.points_at_shared and self.value.isdecimal() and int(self.value) < len(self.shared):
            return self.shared[int(self.value)]
        return len(self.value)


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
