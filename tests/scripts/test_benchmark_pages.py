"""Does the pages benchmark end in one line of figures, and does every question of it get a page?"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_last_line_is_one_json_object_of_figures(sample_file: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "scripts.benchmark_pages", "--json", "--own-database",
               "--seconds", "0.1", "--residents", "5"]
    database = f"sqlite:///{shutil.copy(sample_file, tmp_path)}"
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, "DIRECTORY_DATABASE_URL": database},
                          capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    figures = json.loads(done.stdout.splitlines()[-1])
    assert figures.pop("residents_errors") == 0
    assert set(figures) == {
        "search_rps", "fixed_rps", "ratio", "home_rps", "listing_rps", "calendar_rps", "static_rps",
        "residents", "residents_requests", "residents_p95_ms", "residents_slowest_ms",
    }
    assert all(value > 0 for value in figures.values())
