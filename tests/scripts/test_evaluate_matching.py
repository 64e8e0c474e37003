"""The figures of the matching come from a real match over the sample city, and say what they leave out."""

import io
import json
import shutil
from contextlib import nullcontext, redirect_stdout
from datetime import datetime
from pathlib import Path

import pytest

from directory.db import make_engine
from directory.evaluating import sample_city
from scripts import evaluate_matching
from scripts.evaluate_matching import city_of, hide_attributes, main

DATA = Path(__file__).parents[2] / "data"
NOW = datetime(2026, 11, 24, 10)

CASES = """\
status: draft
now: "2026-11-24T10:00"
vignettes:
  - id: V91
    story: 動物の世話がしたい
    good: 畑
    trap: 店
    profile: {age: 24, needs: {role: 1}, interests: [animals], avoided: [phone_duty], start: 六本松一丁目, travel: {bike: 20}}
    judgements: {city-006: 3, city-007: 0, city-016: 2}
  - {id: V92, story: まだ何も聞いていない, good: 聞く, trap: 出す, empty: ask, profile: {age: 58}, judgements: {city-006: 0}}
"""


@pytest.fixture(scope="module")
def copies(tmp_path_factory):
    """The sample city, and two copies of it that may be spoiled."""
    folder = tmp_path_factory.mktemp("cities")
    with sample_city(DATA, NOW) as city:
        city.dispose()  # the last to leave writes the log into the file
        engines = [make_engine(f"sqlite:///{shutil.copy(city.url.database, folder / f'{number}.db')}") for number in range(3)]
    yield engines
    for engine in engines:
        engine.dispose()


@pytest.fixture(scope="module")
def cases(tmp_path_factory):
    """A file of two cases."""
    path = tmp_path_factory.mktemp("cases") / "cases.yml"
    path.write_text(CASES, "utf-8")
    return path


@pytest.fixture(scope="module")
def report(cases, copies):
    """What a whole run prints over the first copy, which loses part of its attributes on the way."""
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(io.StringIO()) as printed:
        patch.setattr(evaluate_matching, "sample_city", lambda data, now: nullcontext(copies[0]))
        assert main(["--json", "--gold", str(cases)]) == 0
    return printed.getvalue().splitlines()


@pytest.fixture
def over_a_city_already_loaded(monkeypatch, copies):
    monkeypatch.setattr(evaluate_matching, "sample_city", lambda data, now: nullcontext(copies[2]))


def test_the_last_line_is_one_json_object_with_ours_beside_the_best_plain_ranking(report):
    row = json.loads(report[-1])
    assert row["cases"] == 2
    assert row["hit_at_3"] == 1
    assert row["ndcg_at_5"] > row["best_baseline_ndcg_at_5"] == max(row["baselines"].values())
    assert (row["harmful_in_top5"], row["violations"], row["hidden_lost"]) == (0, 0, 0)


def test_a_line_a_case_shows_the_grades_in_their_order(report):
    assert "◎" in next(line for line in report if line.startswith("V91"))
    assert " 1.000 ・・・・・ " in next(line for line in report if line.startswith("V92"))


def test_one_case_is_shown_place_by_place_with_what_is_missing(capsys, cases, over_a_city_already_loaded):
    assert main(["--case", "V91", "--gold", str(cases)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert any(line.startswith("◎") and "city-006" in line for line in lines)
    assert not any("city-007" in line for line in lines)


def test_a_case_that_does_not_exist_is_told_in_a_sentence(capsys, cases, over_a_city_already_loaded):
    assert main(["--case", "V99", "--gold", str(cases)]) == 1
    assert "V91、V92" in capsys.readouterr().err


def test_the_same_attributes_are_forgotten_every_time(report, copies):
    """The whole run hid them in the first copy already."""
    hide_attributes(copies[1], evaluate_matching.HIDDEN_SHARE, evaluate_matching.SEED)
    known = [
        [one.attributes for one in catalog.cards.get(catalog.ids)]
        for catalog in (city_of(engine, DATA, NOW).catalog for engine in copies)
    ]
    assert known[0] == known[1]
    assert 0.6 < sum(map(len, known[0])) / sum(map(len, known[2])) < 0.8


def test_a_missing_file_is_told_in_a_sentence(capsys, tmp_path):
    assert main(["--gold", str(tmp_path / "none.yml")]) == 1
    assert "読めません" in capsys.readouterr().err
