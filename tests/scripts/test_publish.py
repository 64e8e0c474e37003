"""Does `python -m scripts.publish` give the public site the very pages the whole site has?"""

from datetime import date
from pathlib import Path

import pytest

from directory.db import make_engine
from directory.settings import Settings
from scripts import publish
from tests.directory.published_town import build_town
from web import create_app

DATA = Path(__file__).parents[2] / "data"
QUESTIONS = (
    "", "?q=体操", "?q=まぼろし", "?area=佐伯", "?q=死にたい", "?sort=next", "?chairs=yes", "?q=ころばん体操", "?near=津田&sort=near",
)


@pytest.fixture
def directory(sqlite_url):
    engine = make_engine(sqlite_url)
    yield engine
    engine.dispose()


def client(url, instance):
    settings = Settings(url, "sqlite://", data=DATA, instance=instance, today=date(2026, 11, 24))
    return create_app(settings, "public").test_client()


def test_every_public_page_is_the_same_on_the_snapshot(directory, sqlite_url, tmp_path, capsys):
    town = build_town(directory)
    public_url = f"sqlite:///{tmp_path / 'public.db'}"
    assert publish.main([public_url, "--database", sqlite_url]) == 0
    assert "公開しました: 掲載 5件、終わった場所 1件、まとめた先への案内 2件" in capsys.readouterr().out
    full, public = client(sqlite_url, tmp_path / "one"), client(public_url, tmp_path / "two")
    rules = [rule for rule in full.application.url_map.iter_rules() if not rule.arguments and "GET" in rule.methods]
    listings = [f"/listings/{listing_id}" for listing_id in town.values()]
    paths = [*map(str, rules), *(f"/search{question}" for question in QUESTIONS), *listings]
    different = []
    for path in paths:
        first, second = full.get(path), public.get(path)
        if (first.status_code, first.headers.get("Location"), first.data) != (
                second.status_code, second.headers.get("Location"), second.data):
            different.append(path)
    assert different == []
    answers = {name: public.get(f"/listings/{listing_id}").status_code for name, listing_id in town.items()}
    assert {name for name, status in answers.items() if status == 404} == {
        "lost", *(name for name in town if name.startswith("hidden"))}
    assert (answers["merged"], answers["twice"], answers["closed"]) == (301, 301, 200)


def test_a_second_run_says_that_nothing_changed(directory, sqlite_url, tmp_path, capsys):
    build_town(directory)
    for _ in range(2):
        publish.main([f"sqlite:///{tmp_path / 'public.db'}", "--database", sqlite_url])
    assert "前回から変わった掲載: 0件" in capsys.readouterr().out


def test_the_directory_itself_is_refused_as_a_target(directory, sqlite_url, capsys):
    build_town(directory)
    assert publish.main([sqlite_url, "--database", sqlite_url]) == 1
    assert "何も書きませんでした" in capsys.readouterr().err


@pytest.mark.parametrize("target", ["nosuch://x", "sqlite:////proc/nowhere/public.db", "words"])
def test_a_target_that_cannot_be_written_is_told_in_one_sentence(sqlite_url, target, capsys):
    assert publish.main([target, "--database", sqlite_url]) == 1
    error = capsys.readouterr().err
    assert error.count("\n") == 1
    assert "Traceback" not in error


def test_a_directory_without_tables_is_told_in_one_sentence(tmp_path, capsys):
    target = tmp_path / "public.db"
    assert publish.main([f"sqlite:///{target}", "--database", f"sqlite:///{tmp_path / 'empty.db'}"]) == 1
    assert "scripts.migrate up" in capsys.readouterr().err
