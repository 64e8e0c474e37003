"""The figures of the search come from a real search over the sample city, and say what they leave out."""

import json
from contextlib import nullcontext
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace

import pytest

from directory.gold import LabelledQuery
from scripts import evaluate_search
from scripts.evaluate_search import main, outcome, sample_search, table

DATA = Path(__file__).parents[2] / "data"

HEAD = 'now: "2026-11-24T10:00"\nqueries:\n'
QUERIES = """\
- {q: ナガスタ, group: 会の名前, part: tuning, judgements: {saeki-002: 3}}
- {q: 水曜 午前 佐伯 体操, group: 場所と曜日, part: held_out, judgements: {saeki-001: 3, saeki-032: 2}}
- {q: 理容みなかみ, group: 答えなし, part: tuning, judgements: {}}
"""


def page(*keys, total=None):
    hits = [SimpleNamespace(listing=SimpleNamespace(source_key=key)) for key in keys]
    return SimpleNamespace(hits=hits, total=len(keys) if total is None else total)


@pytest.fixture
def labelled():
    return LabelledQuery("畑", "一語", "tuning", {"ono-053": 3, "saeki-010": 2})


@pytest.fixture(scope="module")
def find():
    """The public search over the sample city, loaded once for all tests."""
    with sample_search(DATA, datetime(2026, 11, 24, 10)) as find:
        yield find


@pytest.fixture
def evaluated(tmp_path, monkeypatch, find):
    """A file of three queries, evaluated over the city that is loaded already."""
    monkeypatch.setattr(evaluate_search, "sample_search", lambda data, now: nullcontext(find))
    path = tmp_path / "queries.yml"
    path.write_text(HEAD + QUERIES, "utf-8")
    return path


def printed(capsys, *arguments):
    assert main(list(arguments)) == 0
    return capsys.readouterr().out.splitlines()


def test_only_the_first_ten_places_are_looked_at(labelled):
    assert len(outcome(labelled, page(*(f"ono-{n:03}" for n in range(20)))).ranking) == 10


def test_a_line_shows_the_grade_of_each_place_in_its_order(labelled):
    line = list(table([outcome(labelled, page("saeki-010", "city-001", "ono-053"))]))[-1]
    assert "○　◎" in line
    assert "畑" in line


def test_a_query_that_found_nothing_is_marked(labelled):
    assert "無" in list(table([outcome(labelled, page())]))[-1]


def test_the_last_line_is_one_json_object_with_the_figures_of_both_parts(capsys, evaluated):
    lines = printed(capsys, "--json", "--gold", str(evaluated))
    row = json.loads(lines[-1])
    assert (row["queries"], row["unanswerable"]) == (2, 1)
    assert row["tuning"]["queries"] == row["held_out"]["queries"] == 1
    assert row["tuning"]["ndcg_at_10"] == 1
    assert row["zero_result_rate"] == 0


def test_a_place_kept_for_workers_is_found_by_nobody(capsys, evaluated):
    assert printed(capsys, "--query", "理容みなかみ", "--gold", str(evaluated))[0].startswith("0件")
    assert not any("city-065" in line for line in printed(capsys, "--query", "喫茶ひなた豆", "--gold", str(evaluated)))


def test_held_out_queries_are_counted_but_not_shown(capsys, evaluated):
    lines = printed(capsys, "--gold", str(evaluated))
    assert not any("水曜 午前 佐伯 体操" in line for line in lines)
    assert any("水曜 午前 佐伯 体操" in line for line in printed(capsys, "--held-out", "--gold", str(evaluated)))


def test_one_query_is_shown_place_by_place(capsys, evaluated):
    lines = printed(capsys, "--query", "ナガスタ", "--gold", str(evaluated))
    assert any("◎" in line and "saeki-002" in line for line in lines)


def test_a_missing_file_is_told_in_a_sentence(capsys, tmp_path):
    assert main(["--gold", str(tmp_path / "none.yml")]) == 1
    assert "読めません" in capsys.readouterr().err
