"""Is a hostile or broken file refused within a second, with a clear sentence, and the directory unchanged?"""

import resource
import time
from pathlib import Path

import pytest

from directory.errors import ImportRefused
from directory.importers.importing import ImportOptions, import_listings
from directory.importers.reading.file import read_file
from tests.directory.importers.conftest import NOW, digest
from tests.directory.importers.files import PLACE, TITLES, hostile_files, raw_xlsx

HOSTILE = hostile_files()


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_within_a_second_and_nothing_changes(name, tmp_path, sqlite_engine, vocabulary):
    file_name, content = HOSTILE[name]
    path = tmp_path / file_name
    path.write_bytes(content)
    before = digest(sqlite_engine)
    began, child_began = time.process_time(), _child_seconds()
    with pytest.raises(ImportRefused) as refused:
        import_listings(sqlite_engine, path, vocabulary, ImportOptions(), NOW)
    # Processor time: a busy machine is no failure.
    assert time.process_time() - began + _child_seconds() - child_began < 1
    assert str(refused.value).endswith("。") and len(str(refused.value)) > 20
    assert digest(sqlite_engine) == before


def test_the_same_workbook_without_the_hostile_part_is_read(tmp_path):
    path = tmp_path / "good.xlsx"
    path.write_bytes(raw_xlsx(TITLES + PLACE))
    assert [cells for _, cells in read_file(path).sheets[0].rows][1] == ["つつじサロン", "津田1989", "0829-00-0001"]


def test_a_cell_that_only_begins_like_a_formula_is_text(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text('名称,電話番号,備考\nつつじ,="0829001001",-なし\n＋1,1,@tsutsuji（公式）\n', "utf-8")
    rows = [cells for _, cells in read_file(path).sheets[0].rows]
    assert rows[1] == ["つつじ", "0829001001", "-なし"]
    assert rows[2][2] == "@tsutsuji（公式）"


@pytest.mark.parametrize("make", ["missing", "folder", "dangling link", "pipe", "unreadable name"])
def test_what_is_no_file_is_refused(make, tmp_path):
    import os
    path = tmp_path / "list.csv"
    if make == "folder":
        path.mkdir()
    elif make == "dangling link":
        path.symlink_to(tmp_path / "nowhere.csv")
    elif make == "pipe":
        os.mkfifo(path)
    elif make == "unreadable name":
        path = Path("a\x00b.csv")
    with pytest.raises(ImportRefused):
        read_file(path)


def test_a_child_that_dies_is_a_sentence_not_a_trace(tmp_path, monkeypatch):
    path = tmp_path / "list.csv"
    path.write_text("名称,住所\n", "utf-8")
    monkeypatch.setattr("directory.importers.reading.file.START", "import os; os.abort()")
    with pytest.raises(ImportRefused, match="時間かメモリ"):
        read_file(path)


def test_a_child_that_never_ends_is_stopped(tmp_path, monkeypatch):
    from dataclasses import replace

    from directory.importers.reading.limits import LIMITS
    path = tmp_path / "list.csv"
    path.write_text("名称,住所\n", "utf-8")
    monkeypatch.setattr("directory.importers.reading.file.START", "import time; time.sleep(60)")
    monkeypatch.setattr("directory.importers.reading.file.LIMITS", replace(LIMITS, wall_seconds=0.2))
    with pytest.raises(ImportRefused, match="時間かメモリ"):
        read_file(path)


def test_a_child_cannot_take_more_memory_than_its_limit():
    import subprocess
    import sys
    code = (
        "from directory.importers.reading.child import restrain; from directory.importers.reading.limits import LIMITS;"
        "restrain(LIMITS)\ntry:\n    bytearray(2 * LIMITS.memory_bytes)\nexcept MemoryError:\n    print('refused')"
    )
    told = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=Path(__file__).parents[3]
    )
    assert told.stdout == "refused\n"


def _child_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
