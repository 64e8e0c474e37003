"""Do all encodings, separators and kinds of file give the same rows?"""

import gzip
import io
from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.errors import ImportRefused
from directory.importers.reading.child import answers
from directory.importers.reading.file import read_file
from directory.importers.reading.limits import LIMITS
from tests.directory.importers.files import write_csv, write_xlsx

ROWS = [["名称", "住所"], ["つつじサロン", "津田 1989, 集会所"], ["髙﨑①の会", "地御前２－３"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16"])
def test_every_encoding_gives_the_same_rows(encoding, tmp_path):
    content = read_file(write_csv(tmp_path / "list.csv", ROWS, encoding))
    assert [cells for _, cells in content.sheets[0].rows] == ROWS
    assert content.encoding == encoding


def test_two_byte_order_marks_are_no_part_of_the_first_title(tmp_path):
    path = write_csv(tmp_path / "list.csv", ROWS)
    path.write_bytes(b"\xef\xbb\xbf\xef\xbb\xbf" + path.read_bytes())
    assert read_file(path).sheets[0].rows[0] == (1, ["名称", "住所"])


def test_tabs_and_gzip_are_read(tmp_path):
    path = tmp_path / "list.tsv.gz"
    path.write_bytes(gzip.compress("名称\t住所\nつつじ\t津田\n".encode()))
    assert read_file(path).format == "tsv"
    assert read_file(path).sheets[0].rows[1] == (2, ["つつじ", "津田"])


@pytest.mark.parametrize("row", ['さくら会,"津田 1', 'さくら会,"津田 1,0829\nうめ会,友田', '"さくら会,津田 1'])
def test_a_quote_nobody_closed_swallows_no_rows_in_silence(tmp_path, row):
    path = tmp_path / "list.csv"
    path.write_text(f"名称,住所\nつつじ,津田\n{row}\nもも会,原\n", encoding="utf-8")
    with pytest.raises(ImportRefused, match="3 行目の引用符"):
        read_file(path)


def test_quotes_that_are_closed_or_stand_for_themselves_are_read(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text('名称,住所\n"つつじ ""2号""",津田\n"もも\n会",原\n5"の管,"原"の奥\n27",津田', encoding="utf-8")
    assert [cells[0] for _, cells in read_file(path).sheets[0].rows] == ["名称", 'つつじ "2号"', "もも\n会", '5"の管', '27"']


def test_the_content_decides_and_not_the_name(tmp_path):
    path = write_csv(tmp_path / "list.xlsx", ROWS)
    assert read_file(path).format == "csv"


def test_a_workbook_keeps_times_merged_areas_and_hidden_sheets_apart(tmp_path):
    rows = [["名称", "開始時間"], ["つつじ", time(13, 30)], ["", time(9, 0)]]
    path = write_xlsx(tmp_path / "list.xlsx", rows, merged=("A2:A3",), hidden=("控え",))
    content = read_file(path)
    assert content.sheets[0].rows[1] == (2, ["つつじ", {"time": "13:30"}])
    assert content.sheets[0].merged == [(1, 0, 2, 0)]
    assert [(sheet.name, sheet.hidden) for sheet in content.sheets] == [("一覧", False), ("控え", True)]


def test_row_numbers_are_those_excel_shows(tmp_path):
    path = write_csv(tmp_path / "list.csv", [["名称", "住所"], ["", ""], ["つつじ", "津田"]])
    assert [number for number, _ in read_file(path).sheets[0].rows] == [1, 3]


@given(st.binary(max_size=400) | st.text(max_size=200).map(str.encode))
def test_any_bytes_end_in_an_answer(content):
    messages = list(answers(io.BytesIO(content), LIMITS))
    assert "end" in messages[-1] or messages[-1]["refused"].endswith("。")
