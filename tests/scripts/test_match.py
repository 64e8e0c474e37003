"""Does the command print tiers a worker can read, and does wrong input end in one sentence?"""

import json

import pytest

from scripts.match import main
from tests.factories import add_listing

SHEET = '{"id": "V", "needs": {"ibasho": 1}, "age": 42, "travel": {"walk": 30}, "must": ["quiet"]}'
PROFILE = "needs: {belonging: 1}\nage: 42\nrequired: [quiet]\nstart: [34.35, 132.33]\ntravel: {walk: 30}\n"


@pytest.fixture
def city(engine, database_url):
    add_listing(engine, service={"name": "しずかな居場所", "age_state": "none", "gender_state": "none",
                                 "residency_state": "none"},
                needs=["belonging"], attributes={"quiet": "yes"}, welcome="always")
    return database_url


def run(tmp_path, capsys, city, text, *options):
    path = tmp_path / "person.txt"
    path.write_text(text, "utf-8")
    code = main([str(path), "--database", city, "--today", "2026-11-24", *options])
    told = capsys.readouterr()
    return code, told.out, told.err


@pytest.mark.parametrize("text", [SHEET, PROFILE])
def test_a_profile_in_either_form_gives_tiers_with_reasons(tmp_path, capsys, city, text):
    code, out, _ = run(tmp_path, capsys, city, text)
    assert code == 0 and "しずかな居場所" in out and "A「打診できる」 1件" in out
    assert "○ 求めている「居場所」に合います。" in out


def test_json_is_one_object_with_everything_that_was_found(tmp_path, capsys, city):
    code, out, _ = run(tmp_path, capsys, city, PROFILE, "--json")
    found = json.loads(out)
    assert code == 0 and found["counts"] == {"A": 1, "B": 0, "C": 0} and found["a"][0]["name"] == "しずかな居場所"


def test_nothing_heard_prints_the_questions(tmp_path, capsys, city):
    code, out, _ = run(tmp_path, capsys, city, "age: 58\n")
    assert code == 0 and "次に聞くこと" in out and "しずかな居場所" not in out


@pytest.mark.parametrize("text, said", [
    ("needs: {party: 1}\n", "party"), ("- a\n", "項目"), ('{"slots": "深夜"}', "深夜"),
    ("required: [pets]\navoided: [pets]\nneeds: {belonging: 1}\n", "どちらかを外してください"),
])
def test_wrong_input_ends_in_a_sentence(tmp_path, capsys, city, text, said):
    code, out, err = run(tmp_path, capsys, city, text)
    assert code == 1 and said in err and out == ""


def test_a_file_that_is_not_there_is_told_so(capsys, city):
    assert main(["nobody.yml", "--database", city]) == 1
    assert "nobody.yml を読めません" in capsys.readouterr().err
