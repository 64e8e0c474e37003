"""Does the list of a whole country fit into time and memory, and does a power cut leave nothing behind?"""

import csv
import gzip
import json
import resource
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from directory.db import make_engine
from tests.directory.importers.conftest import FIXTURES, digest

ROOT = Path(__file__).parents[3]
ROWS_OF_THE_COUNTRY = 56_442


def write_country(path: Path, rows: int) -> Path:
    """A packed list in the form of mhlw_care with this many different rows."""
    with open(FIXTURES / "mhlw_care.csv", encoding="utf-8-sig", newline="") as file:
        titles, example, _ = csv.reader(file)
    with gzip.open(path, "wt", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(titles)
        for number in range(rows):
            row = dict(zip(titles, example, strict=True))
            row |= {
                "No": f"{3400000000 + number}", "事業所番号": f"{3400000000 + number}", "事業所名": f"見本事業所{number}",
                "住所": f"廿日市市平良{number // 7}-{number % 7}", "方書（ビル名等）": "", "法人番号": "",
                "法人の名称": f"見本法人{number // 3}", "緯度": f"{34 + number / 1e5:.6f}",
                "利用可能曜日特記事項": f"{number % 12 + 1}月{number % 28 + 1}日は休み" if number % 5 == 0 else "",
            }
            writer.writerow(row.values())
    return path


def run_import(path: Path, url: str) -> dict:
    command = [sys.executable, "-m", "scripts.import_listings", path, "--database", url, "--json"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])


@pytest.mark.long
def test_a_list_of_the_whole_country_takes_90_seconds_and_a_gigabyte_at_most(sqlite_url, tmp_path):
    path = write_country(tmp_path / "country.csv.gz", ROWS_OF_THE_COUNTRY)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    told = run_import(path, sqlite_url)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert told["insert"] == told["rows"] == ROWS_OF_THE_COUNTRY
    # Processor time: a busy machine is no failure.
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime <= 90
    assert after.ru_maxrss * 1024 <= 1024**3


def test_a_thousand_rows_are_imported_and_recognised_again(sqlite_url, tmp_path):
    path = write_country(tmp_path / "country.csv.gz", 1_000)
    assert run_import(path, sqlite_url)["insert"] == 1_000
    assert run_import(path, sqlite_url)["noop"] == 1_000


@pytest.mark.parametrize(("module", "moment"), [
    ("importing", "_remember"), ("upsert.carrying", "_seen_again"), ("upsert.carrying", "insert_records")])
def test_a_killed_import_leaves_the_directory_unchanged_and_can_be_repeated(module, moment, sqlite_url, tmp_path):
    path = write_country(tmp_path / "country.csv.gz", 50)
    engine = make_engine(sqlite_url)
    before = digest(engine)
    code = (
        f"import os, signal, sys\nimport directory.importers.{module} as at\nfrom scripts import import_listings\n"
        f"inner = at.{moment}\n"
        "def killed(*arguments):\n    inner(*arguments)\n    os.kill(os.getpid(), signal.SIGKILL)\n"
        f"at.{moment} = killed\nimport_listings.main(sys.argv[1:])"
    )
    command = [sys.executable, "-c", code, str(path), "--database", sqlite_url]
    assert subprocess.run(command, cwd=ROOT, capture_output=True, check=False).returncode == -signal.SIGKILL
    assert digest(engine) == before
    assert run_import(path, sqlite_url)["insert"] == 50
