"""The labelled queries are complete, fair and readable."""

import re
from collections import Counter
from pathlib import Path

import pytest
import yaml

from directory.gold import UNANSWERABLE, read_gold
from directory.yaml_files import InvalidYaml

ROOT = Path(__file__).parents[2]
FILE = ROOT / "data/gold/search_queries.yml"
SAMPLE = ROOT / "data/sample"
LABEL = re.compile(r"^ {6}(?P<key>[a-z]+-\d+): \d  # (?P<name>.+)（[^（）]+）$")

HEAD = 'status: draft\nwritten_by: x\nnow: "2026-11-24T10:00"\nqueries:\n'


@pytest.fixture(scope="module")
def gold():
    return read_gold(FILE)


@pytest.fixture(scope="module")
def sample():
    """Every listing of the sample city by its key."""
    listings = [row for path in sorted(SAMPLE.glob("*.yml")) for row in yaml.safe_load(path.read_text("utf-8"))]
    return {row["id"]: row for row in listings}


def read(tmp_path, queries, head=HEAD):
    path = tmp_path / "queries.yml"
    path.write_text(head + queries, "utf-8")
    return read_gold(path)


def test_there_are_enough_queries_of_every_kind(gold):
    kinds = Counter(query.group for query in gold.queries)
    assert sum(kinds.values()) - kinds[UNANSWERABLE] >= 180
    assert kinds[UNANSWERABLE] >= 15
    assert min(kinds.values()) >= 5


def test_about_a_third_of_the_queries_is_held_out(gold):
    held_out = sum(query.part == "held_out" for query in gold.queries)
    assert 0.25 <= held_out / len(gold.queries) <= 0.4


def test_another_spelling_is_held_out_together_with_its_labels(gold):
    parts = {}
    for query in gold.queries:
        parts.setdefault(id(query.judgements), set()).add(query.part)
    shared = [part for part in parts.values() if len(part) > 1]
    assert len(shared) <= 1  # the unanswerable ones share the empty labels and nothing else


def test_every_answer_is_a_place_the_public_search_may_show(gold, sample):
    keys = {key for query in gold.queries for key in query.judgements}
    hidden = {
        key for key in keys
        if (sample[key]["visibility"], sample[key]["status"]) != ("public", "published") or sample[key]["kind"] == "care_provider"
    }
    assert not hidden


def test_the_name_beside_each_label_is_the_name_of_that_place(sample):
    lines = [LABEL.match(line) for line in FILE.read_text("utf-8").splitlines() if re.match(r"^ {6}[a-z]+-\d+:", line)]
    assert all(lines)
    assert [line["key"] for line in lines if line["name"] != sample[line["key"]]["name"]] == []


def test_another_spelling_has_the_labels_of_the_query_it_names(tmp_path):
    gold = read(tmp_path, "- {q: 囲碁, group: 一語, part: tuning, judgements: {a-1: 3}}\n"
                          "- {q: いご, group: かな, part: tuning, same_as: 囲碁}\n")
    assert gold.queries[0].judgements == gold.queries[1].judgements == {"a-1": 3}


@pytest.mark.parametrize(
    ("row", "complaint"),
    [
        ("{q: 碁, group: 一語, part: tuning, judgements: {a-1: 4}}", "札は"),
        ("{q: 碁, group: 一語, part: tuning, judgements: {}}", "答えなし"),
        ("{q: 碁, group: 答えなし, part: tuning, judgements: {a-1: 3}}", "答えなし"),
        ("{q: 碁, group: 一語, part: training, judgements: {a-1: 3}}", "training"),
        ("{q: 碁, group: 一語, part: tuning, same_as: 将棋}", "将棋"),
        ("{q: 碁, group: 一語, part: tuning, judgments: {a-1: 3}}", "judg"),
        ("{q: 碁, group: 一語, part: tuning, judgements: [a-1]}", "掲載の番号"),
    ],
)
def test_a_slip_of_the_pen_is_named_with_its_query(tmp_path, row, complaint):
    with pytest.raises(InvalidYaml, match="碁") as error:
        read(tmp_path, f"- {row}\n")
    assert complaint in str(error.value)


def test_the_same_query_twice_is_refused(tmp_path):
    row = "- {q: 碁, group: 一語, part: tuning, judgements: {a-1: 3}}\n"
    with pytest.raises(InvalidYaml, match="2回"):
        read(tmp_path, row + row)


def test_a_moment_that_is_none_is_refused(tmp_path):
    with pytest.raises(InvalidYaml, match="now"):
        read(tmp_path, "[]\n", head='now: "きのう"\nqueries: ')
