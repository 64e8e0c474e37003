"""Does every format of the registry import its fixture whole? A new format is tested by itself."""

import json

import pytest
from sqlalchemy import select

from directory.importers.cleaning.fees import fees
from directory.importers.cleaning.phones import numbers
from directory.importers.cleaning.text import NOTHING, fold, kana, verbatim
from directory.importers.cleaning.times import clock, day, day_words
from directory.importers.parts.place import HOME
from directory.importers.reading.file import read_file
from directory.importers.registry import all_formats
from directory.models import SourceRecord
from tests.directory.importers.conftest import FIXTURES, digest


def fixture_of(key: str):
    found = list(FIXTURES.glob(f"{key}.*"))
    assert len(found) == 1, f"a format needs exactly one fixture named {key}.* in {FIXTURES}"
    return found[0]


@pytest.mark.parametrize("key", all_formats())
def test_a_format_is_recognised_and_every_row_accounted_for(key, run):
    report = run(fixture_of(key))
    assert report.format == key
    assert report.rows > 0
    assert report.insert + report.reject == report.rows


@pytest.mark.parametrize("key", all_formats())
def test_a_second_import_is_all_noop(key, run, engine):
    first = run(fixture_of(key))
    before = digest(engine)
    second = run(fixture_of(key))
    assert (second.insert, second.update, second.noop, second.missing) == (0, 0, first.insert, 0)
    assert digest(engine) == before


@pytest.mark.parametrize("key", [key for key, entry in all_formats().items() if entry.tables is None])
def test_no_cell_is_lost(key, run, engine):
    """Every filled cell of a listing's row stands somewhere in what was imported, or says nothing."""
    run(fixture_of(key))
    wanted = select(SourceRecord.row_number, SourceRecord.key, SourceRecord.values)
    with engine.connect() as connection:
        said = {
            number: fold(key + json.dumps(values, ensure_ascii=False) + _address(values)).replace("\\n", "")
            for number, key, values in connection.execute(wanted)
        }
    rows = [row for sheet in read_file(fixture_of(key)).sheets for row in sheet.rows if row[0] in said]
    for number, cells in rows:
        for cell in filter(None, map(verbatim, cells)):
            assert NOTHING.fullmatch(cell) or _stands_in(cell, said[number]), (number, cell, said[number])


def _address(values: dict) -> str:
    parts = ("prefecture", "municipality", "town", "address_rest", "building")
    return "".join(values.get(f"location.{part}") or "" for part in parts)


def _stands_in(cell: str, kept: str) -> bool:
    """True when the words of a cell are kept: as they are, as hiragana, or as the number, fee or day they mean."""
    written = [cell, kana(cell), clock(cell), *numbers(cell), cell.rstrip("0"), cell[:8]]
    if found := day(cell):
        written.append(day_words(found))
    state, rows = fees(cell)
    if state == "none" and '"none"' in kept or rows and all(
        f",{row.yen}," in kept for row in rows if row.yen is not None
    ):
        return True
    small_numbers = cell.isdecimal() and len(cell) < 5
    weekdays = not set(cell) - set("月火水木金土日")
    return small_numbers or weekdays or bool(HOME.search(cell)) or any(fold(word) in kept for word in written if word)
