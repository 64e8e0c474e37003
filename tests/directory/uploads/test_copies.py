"""Does a list that leaves the desk as Excel come back as what it was, whatever form it had, with nothing in it that runs?"""

import json
import re
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from directory.exporters.cells import FORMULA_STARTS
from directory.importers.cleaning.text import verbatim
from directory.importers.gathering import Choices, tables_of
from directory.importers.reading.file import read_file
from directory.importers.report import Report
from directory.uploads.annotating import annotated
from tests.directory.importers.conftest import FIXTURES

NO_LISTS = ("boundary.geojson", "towns.csv")
LISTS = {path.name: path.read_bytes() for path in sorted(FIXTURES.iterdir()) if path.name not in NO_LISTS}
HOSTILE = ("=1+1", "+81", "-なし", "@だれ", "＝式", "'=1", "''＝1", "※注", "【区切り】", "つつじ\nサロン")
MADE = {
    "sections.json": json.dumps({
        "source": "=見本市", "header": {"名": "名称", "所": "住所", "電": "電  話", "元": "住所"}, "index": {"a": "佐伯地域", "b": "=大野"},
        "a": [{"名": name, "所": f"津田{number}", "電": "0829-00-0001", "元": True}
              for number, name in enumerate(HOSTILE)],
        "b": [{"名": "もみじ", "所": None, "電": 15, "元": 1.5}, {"名": "※"}, {"名": "名称", "所": "住所"}],
    }, ensure_ascii=False).encode(),
    "plain.json": json.dumps([{"name": "ひとつだけ"}, {"name": "-"}]).encode(),
    "hostile.csv": "\r\n".join(
        ["名称,住所,電話番号", *(f'"{name}",津田,-' for name in ("'=1", "''=2", "-なし", "※注", "つつじ"))]).encode(),
}
LISTED = {**LISTS, **MADE}


def copied(path: Path) -> Path:
    """The Excel that the department gets."""
    copy = path.with_name("copy.xlsx")
    copy.write_bytes(annotated(path, {}, [], {}))
    return copy


def said(path: Path) -> list:
    """What an import would be told: every table with its form, titles, heading, and the cells and section of every row."""
    return [
        (chosen.key, table.name, list(table.titles), table.heading,
         [({title: text for title, cell in row.cells.items() if (text := verbatim(cell)) is not None}, row.section)
          for row in table.rows])
        for table, chosen in tables_of(read_file(path), Choices(), Report(""))
    ]


def is_harmless(path: Path) -> bool:
    """Whether no cell is a formula, and none begins like one."""
    with zipfile.ZipFile(path) as book:
        parts = [book.read(name).decode() for name in book.namelist() if name.endswith(".xml") and "/_rels/" not in name]
    texts = [text for part in parts for text in re.findall(r"<t[^>]*>([^<]*)</t>", part)]
    return not any(re.search(r"<f[ >]", part) for part in parts) and not any(text.startswith(FORMULA_STARTS) for text in texts)


# Every form of JSON each time; of the sheets, which all go one way, the plainest.
ALWAYS = (*MADE, "free_form.csv", *(name for name in LISTS if "json" in name))


@pytest.mark.parametrize("name", [name if name in ALWAYS else pytest.param(name, marks=pytest.mark.long) for name in LISTED])
def test_a_copy_says_what_the_list_said_and_nothing_in_it_runs(name, tmp_path):
    path = tmp_path / name
    path.write_bytes(LISTED[name])
    copy = copied(path)
    assert is_harmless(copy)
    assert said(copy) == said(path)
    (tmp_path / "again").mkdir()
    again = tmp_path / "again" / "list.xlsx"
    again.write_bytes(copy.read_bytes())
    assert said(copied(again)) == said(path)


CELLS = st.one_of(
    st.none(), st.booleans(), st.integers(-10**6, 10**6), st.sampled_from(HOSTILE), st.text("あ=＋-'@1 　\n【※", max_size=8))


@pytest.mark.long
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.dictionaries(st.sampled_from(["名称", "住所", "tel", "＝式"]), CELLS).map(
    lambda entry: {**entry, "id": "x"}), min_size=1, max_size=5),
       st.sampled_from([None, "佐伯", "=1"]))
def test_whatever_stands_in_a_json_list_comes_back(tmp_path, entries, section):
    path = tmp_path / "list.json"
    path.write_text(json.dumps({"index": {"a": section}, "a": entries}), "utf-8")
    copy = copied(path)
    assert is_harmless(copy) and said(copy) == said(path)


@pytest.mark.parametrize("name", ["sections.json", *(
    pytest.param(name, marks=pytest.mark.long) for name in (
        "labelled_json.json", "geojson.geojson", "hsds.json", "mhlw_care.csv"))])
def test_a_copy_put_on_the_desk_again_gives_the_same_table(desk, name):
    first = desk.compared(LISTED[name], name)
    again = desk.compared(desk.copy(first), "copy.xlsx")
    assert desk.now(again).agreed == desk.now(first).agreed
    assert desk.kinds(again) == desk.kinds(first)
