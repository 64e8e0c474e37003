"""The labelled cases are complete, fair and readable."""

import re
import shutil
from collections import Counter
from pathlib import Path

import pytest
import yaml

from directory.catalog import CatalogKeeper, Place
from directory.db import make_engine, read_session
from directory.listings import DESK
from directory.vocabulary import load_vocabulary
from directory.yaml_files import InvalidYaml
from matcher.vignettes import Listed, all_listed, moment_of, read_vignettes

DATA = Path(__file__).parents[2] / "data"
FILE = DATA / "gold/vignettes.yml"
LABEL = re.compile(r"^ {6}(?P<key>[a-z]+-\d+)(#(?P<role>.+?))?: (\d|\{grade: \d, why: .+\})  # (?P<name>.+)$")
OWN = {"Y01", "Y02", "Y03"}

TOWNS = {"津田": Place("津田", 34.37, 132.19, "mainland")}
LISTED = {"a-1": Listed("id-1", {"水やり": "role-1", "札づけ": "role-2"}), "a-2": Listed("id-2", {})}
HEAD = 'status: draft\nwritten_by: x\nnow: "2026-11-24T10:00"\nvignettes:\n'


@pytest.fixture(scope="module")
def vocabulary():
    return load_vocabulary(DATA / "vocabulary")


@pytest.fixture(scope="module")
def city(tmp_path_factory, sample_file):
    engine = make_engine(f"sqlite:///{shutil.copy(sample_file, tmp_path_factory.mktemp('city'))}")
    yield engine
    engine.dispose()


@pytest.fixture(scope="module")
def cases(city, vocabulary):
    with read_session(city) as session:
        listed = all_listed(session)
    towns = CatalogKeeper(city, vocabulary, DESK).current(moment_of(FILE)).places
    return {case.id: case for case in read_vignettes(FILE, vocabulary, towns, listed).cases}


def read(tmp_path, vocabulary, rows, head=HEAD):
    path = tmp_path / "cases.yml"
    path.write_text(head + rows, "utf-8")
    return read_vignettes(path, vocabulary, TOWNS, LISTED).cases


def row(judgements="{a-1: 3}", more="", profile="{start: 津田}"):
    return f"- {{id: V99, story: 話, good: よい, trap: わな, profile: {profile}, judgements: {judgements}{more}}}\n"


def test_all_given_cases_and_three_of_our_own_are_there(cases):
    assert len(cases) == 27
    assert set(cases) >= OWN


def test_each_case_with_a_list_was_judged_over_some_forty_places(cases):
    places = {case.id: len({listing_id for listing_id, _ in case.judgements}) for case in cases.values() if not case.empty}
    assert min(places.values()) >= 36


def test_every_case_with_a_list_has_good_places_and_traps(cases):
    for case in cases.values():
        grades = Counter(case.judgements.values())
        assert case.empty or (grades[2] + grades[3] and grades[0]), case.id


def test_who_said_nothing_is_asked_first_and_who_fits_nowhere_is_told_so(cases):
    assert {case.id: case.empty for case in cases.values() if case.empty} == {"V34": "ask", "V36": "nothing_fits"}


def test_what_may_not_be_shown_for_a_hidden_reason_is_judged_harmful(cases):
    for case in cases.values():
        for listing_id in case.profile.no_contact | case.profile.excluded:
            assert case.judgements[listing_id, None] == 0


def test_wishes_are_words_of_the_vocabulary(cases, vocabulary):
    assert {wish for case in cases.values() for wish in case.profile.interests} <= set(vocabulary.interests)


def test_the_name_beside_each_judgement_is_the_name_of_that_place():
    listings = [one for path in (DATA / "sample").glob("*.yml") for one in yaml.safe_load(path.read_text("utf-8"))]
    names = {one["id"]: one["name"] for one in listings}
    lines = [line for line in FILE.read_text("utf-8").splitlines() if re.match(r"^ {6}[a-z]+-\d+", line)]
    assert [line for line in lines if not (read := LABEL.match(line)) or names[read["key"]] != read["name"]] == []


def test_a_role_is_named_or_numbered(tmp_path, vocabulary):
    (case,) = read(tmp_path, vocabulary, row("{a-1: 1, a-1#水やり: 3, 'a-1#2': {grade: 0, why: 立ち仕事}}"))
    assert case.judgements == {("id-1", None): 1, ("id-1", "role-1"): 3, ("id-1", "role-2"): 0}


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (row("{a-1: 4}"), "札は"),
        (row("{a-1: yes}"), "札は"),
        (row("{a-1: {grade: 3}}"), "why"),
        (row("{a-9: 3}"), "a-9"),
        (row("{a-1#草むしり: 3}"), "水やり、札づけ"),
        (row("{'a-1#3': 3}"), "水やり、札づけ"),
        (row("{a-1: 3, a-1#水やり: 3, 'a-1#1': 2}"), "2回"),
        (row("{a-1: 1}"), "よい場所"),
        (row("{a-1: 3}", ", empty: ask"), "empty"),
        (row("{a-1: 0}", ", empty: nobody"), "nobody"),
        (row(more=", hints: x"), "hints"),
        (row(profile="{age: old}"), "age"),
        (row(profile="{needs: {company: 1}, need: x}"), "need"),
        (row() + row(), "2回"),
    ],
)
def test_a_slip_of_the_pen_is_named_with_its_case(tmp_path, vocabulary, text, complaint):
    with pytest.raises(InvalidYaml, match="V99") as error:
        read(tmp_path, vocabulary, text)
    assert complaint in str(error.value)


def test_a_moment_that_is_none_is_refused(tmp_path, vocabulary):
    with pytest.raises(InvalidYaml, match="now"):
        read(tmp_path, vocabulary, "[]\n", head='now: "きのう"\nvignettes: ')
