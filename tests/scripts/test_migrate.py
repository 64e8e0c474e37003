"""Does `python -m scripts.migrate` bring a database up, and say where it is?"""

import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import inspect

from directory.db import make_engine
from directory.migrations import newest

ROOT = Path(__file__).parents[2]


def run(url, *arguments):
    command = [sys.executable, "-m", "scripts.migrate", "--database", url, *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)


def migrate(url, *arguments):
    result = run(url, *arguments)
    assert result.returncode == 0, result.stderr
    return result.stdout


def test_up_makes_the_tables_and_says_the_version(tmp_path):
    url = f"sqlite:///{tmp_path / 'new.db'}"
    assert f"データベースの版: {newest()}" in migrate(url, "up")
    assert "service_at_location" in inspect(make_engine(url)).get_table_names()


def test_status_of_an_empty_database_is_empty(tmp_path):
    assert "空" in migrate(f"sqlite:///{tmp_path / 'new.db'}", "status")


def test_down_takes_everything_away_again(database_url):
    assert "空" in migrate(database_url, "down", "base")


UNREACHABLE = ["nonsense", "nosuch://x", "sqlite:///{file}", "sqlite:///{file}/x.db", "postgresql://127.0.0.1:1/x"]


@pytest.mark.parametrize("url", UNREACHABLE)
def test_a_database_that_cannot_be_reached_is_told_in_one_sentence(url, tmp_path):
    file = tmp_path / "no-database"
    file.write_text("This is a letter. " * 100)
    result = run(url.format(file=file), "up")
    assert result.returncode == 1
    assert "データベースにつながりません" in result.stderr and "Traceback" not in result.stderr


def test_an_unknown_revision_is_told_in_one_sentence(sqlite_url):
    result = run(sqlite_url, "down", "none-such")
    assert result.returncode == 1
    assert "none-such" in result.stderr and "Traceback" not in result.stderr
