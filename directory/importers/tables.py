"""Where in a sheet does the table begin, which row holds the titles, and which rows are data?

Departmental sheets carry title rows above, titles over two rows with merged cells, section headings, repeated titles at
page breaks and notes below. Everything that is no data row is counted by kind, so that every row is accounted for.
"""

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from directory.importers.cleaning.text import verbatim
from directory.importers.reading.file import Sheet

TITLE_ROWS_AT_MOST = 20
NOTE_MARKS = ("※", "*", "＊", "注", "備考", "合計", "計", "小計", "出典", "（注", "(注")
SECTION_MARKS = ("【", "■", "◆", "●", "○", "〇", "＜", "<", "《", "[", "［")
BLANK = ("", None)
# How a person finds a row: in a sheet, in a JSON list.
LINE, ENTRY = "行目", "件目"
# What our own annotated copy of a list adds on its right; a copy that comes back is read as the list it was.
OUR_TITLES = ("よりどころの判定", "よりどころからの連絡")
# What the copy of a JSON list adds before them: the section of each row; the title names the form the list had.
OUR_SECTION = re.compile("よりどころの区分（(.+)）")
# What the only sheet of a list without sheets is called there.
OUR_SHEET = "よりどころの一覧"


@dataclass
class Row:
    """One data row: its number in the file, the filled cells by column title, and the section heading above it."""

    number: int
    cells: Mapping[str, object]
    section: str | None = None


@dataclass
class Table:
    """One table: its name (sheet or list), the words above its titles, its titles and its data rows.

    `unit` is how a person finds a row: 行 in a sheet, 件目 in a JSON list.
    """

    name: str
    titles: tuple[str, ...]
    rows: list[Row]
    heading: str = ""
    unit: str = LINE
    # The row that holds the titles, the lower one of two
    title_row: int = 0
    # What the form was called that the list had before we copied it into a sheet
    was: str = ""
    skipped: Counter = field(default_factory=Counter)


def table_of(sheet: Sheet, known: Callable[[str], bool]) -> Table | None:
    """The table in a sheet, None when no row looks like titles. `known` says whether a title is known."""
    fill_merged(sheet)
    found = _title_rows(sheet, known)
    if found is None:
        return None
    first, last, titles = found
    ours = set(titles) & set(OUR_TITLES)
    table = Table("" if ours and sheet.name == OUR_SHEET else sheet.name, tuple(title for title in titles if title), [])
    table.title_row = sheet.rows[last][0]
    table.heading = " ".join(_words_of(cells) for _, cells in sheet.rows[:first])
    table.skipped["表の前の行"] = first
    _take_rows(table, sheet.rows[last + 1:], titles)
    return table


def section_title(label: str) -> str:
    """The title of the column that holds the sections; `label`: of the form the list had."""
    return f"よりどころの区分（{label}）"


def fill_merged(sheet: Sheet) -> None:
    """Write the value of a merged area into each of its cells: it holds for all of them."""
    rows = dict(sheet.rows)
    for first_row, first_column, last_row, last_column in sheet.merged:
        top = rows.get(first_row + 1)
        if top is None or first_column >= len(top):
            continue
        for number in range(first_row + 1, min(last_row + 1, first_row + 2000) + 1):
            cells = rows.get(number, [])
            for column in range(first_column, last_column + 1):
                if column < len(cells) and cells[column] in BLANK:
                    cells[column] = top[first_column]


def _title_rows(sheet: Sheet, known: Callable[[str], bool]) -> tuple[int, int, list[str]] | None:
    """(first, last, titles) of the best title row or pair of rows; at least two known titles are needed."""
    best, best_score = None, 1.5
    candidates = sheet.rows[:TITLE_ROWS_AT_MOST]
    for index, (_, cells) in enumerate(candidates):
        single = [line_of(cell) for cell in cells]
        pair = _joined(single, candidates[index + 1][1], known) if index + 1 < len(candidates) else None
        for last, titles in ((index, single), (index + 1, pair)):
            # A second row of titles must earn its place: half a point less than a single row.
            # Where our copy has added its titles, there they are.
            score = sum(known(title) for title in titles or () if title) - (0.5 if last > index else 0)
            score += 2 * any(map(OUR_SECTION.fullmatch, titles or ()))
            if titles and score > best_score:
                best, best_score = (index, last, _distinct(titles)), score
    return best


def _joined(upper: list[str], lower_cells: list, known: Callable[[str], bool]) -> list[str] | None:
    """Titles over two rows: the lower one alone where it is known, else both joined; None for what is no title."""
    lower = [line_of(cell) for cell in lower_cells] + [""] * (len(upper) - len(lower_cells))
    if not any(upper) or any(len(title) > 30 for title in lower):
        return None
    titles = []
    for above, below in zip(upper, lower, strict=False):
        if not below or below == above:
            titles.append(above)
        elif not above or known(below) and not known(f"{above}_{below}"):
            titles.append(below)
        else:
            titles.append(f"{above}_{below}")
    return titles


def _distinct(titles: list[str]) -> list[str]:
    """Titles made unique: the second 電話番号 becomes 電話番号 (2), so no column hides another."""
    seen: Counter = Counter()
    distinct = []
    for title in titles:
        seen[title] += 1
        distinct.append(f"{title} ({seen[title]})" if title and seen[title] > 1 else title)
    return distinct


def _take_rows(table: Table, rows: list[tuple[int, list]], titles: list[str]) -> None:
    section = None
    titles = titles + [""] * max((len(cells) for _, cells in rows), default=0)
    ours = {index for index, title in enumerate(titles) if title in OUR_TITLES}
    for _, cells in rows if ours else ():
        cells[:] = [None if index in ours else cell for index, cell in enumerate(cells)]
    of_section = next((title for title in titles if OUR_SECTION.fullmatch(title)), "")
    table.was = OUR_SECTION.sub(r"\1", of_section)
    untitled = {index for index, title in enumerate(titles) if not title}
    for index in untitled:
        titles[index] = f"{index + 1}列目"
    table.titles = tuple(
        title for index, title in enumerate(titles) if index not in untitled | ours and title != of_section)
    for number, cells in rows:
        filled = {
            title: text for title, cell in zip(titles, cells, strict=False) if (text := verbatim(cell)) is not None
        }
        if of_section:
            # In a JSON list everything is an entry.
            kind, heading, section = None, None, filled.pop(of_section, None)
        else:
            kind, heading = _kind_of_row(filled, table.titles)
        if kind is None:
            table.rows.append(Row(number, filled, section))
        else:
            table.skipped[kind] += 1
            section = heading or section


def _kind_of_row(filled: dict[str, str], titles: tuple[str, ...]) -> tuple[str | None, str | None]:
    """(what the row is when it is no data, the section it opens)."""
    if not filled:
        return "空の行", None
    values = list(filled.values())
    if len(values) > 1 and all(" ".join(value.split()) == title for title, value in filled.items()):
        return "見出しのくりかえし", None
    if len(set(values)) == 1 and len(titles) > 2:
        if values[0].startswith(NOTE_MARKS):
            return "注記の行", None
        if len(values[0]) <= 40 and (len(values) > 1 or values[0].startswith(SECTION_MARKS)):
            # A lone text with a mark, or one text merged over all columns: 【佐伯地域】
            return "区切りの見出し", values[0]
    return None, None


def line_of(cell: object) -> str:
    """A cell as a title: on one line, "" when empty."""
    text = verbatim(cell)
    return " ".join(text.split()) if text else ""


def _words_of(cells: list) -> str:
    return " ".join(dict.fromkeys(filter(None, (line_of(cell) for cell in cells))))
