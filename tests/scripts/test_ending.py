"""Does a script end without a word when whoever reads its output has had enough?"""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def said(tmp_path):
    """Runs Python, reads so many bytes of what it prints and no more; gives the exit code and what it said besides."""
    phrases = tmp_path / "phrases.txt"
    phrases.write_text("毎週火曜日 10時～12時\n" * 40, encoding="utf-8")

    def said(first, *arguments):
        with phrases.open("rb") as given, subprocess.Popen(
            [sys.executable, *arguments], stdin=given, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT,
        ) as running:
            running.stdout.read(first)
            running.stdout.close()
            return running.wait(60), running.stderr.read()
    return said


@pytest.mark.parametrize("first", [0, 1])
@pytest.mark.parametrize("command", [
    ["-m", "scripts.parse_schedules", "--json"],  # more than a pipe holds
    ["-m", "scripts.evaluate_search", "--help"],  # a little, written at the very end
])
def test_nothing_is_said_when_nobody_reads_on(said, first, command):
    assert said(first, *command)[1] == b""


def test_any_other_failure_is_told(said):
    code, words = said(0, "-c", "import scripts; raise ValueError('really')")
    assert code == 1 and b"ValueError: really" in words
