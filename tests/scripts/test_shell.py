"""Do the shell scripts behave on a machine that lacks something, and on one where all is in place?"""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SHELL_SCRIPTS = ["scripts/lock", "scripts/run", "scripts/setup", "scripts/test", ".ci/run"]
ON_EVERY_CORE = "--numprocesses auto --dist loadfile --no-loadscope-reorder"
STUB = '#!/bin/sh\necho "$(basename "$0") $*" >> calls\n'


@pytest.mark.parametrize("name", SHELL_SCRIPTS)
def test_a_shell_script_can_be_run_is_valid_and_says_what_it_answers(name):
    script = ROOT / name
    first, second, *_ = script.read_text().splitlines()
    assert os.access(script, os.X_OK)
    assert second.startswith("# ") and "?" in second
    subprocess.run([first.removeprefix("#!").split()[-1], "-n", script], check=True)


def test_every_shell_script_is_in_the_list_above():
    shells = {f"scripts/{path.name}" for path in (ROOT / "scripts").iterdir() if path.is_file() and not path.suffix}
    assert shells | {".ci/run"} == set(SHELL_SCRIPTS)


@pytest.fixture
def bare_machine(tmp_path):
    """A copy of the scripts, and a PATH on which only the simplest programs exist."""
    shutil.copytree(ROOT / "scripts", tmp_path / "scripts", ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    for name in ("requirements.txt", "setup.cfg", "pyproject.toml", "package.json", "package-lock.json"):
        shutil.copy(ROOT / name, tmp_path)
    (tmp_path / "bin").mkdir()
    for program in ("sh", "cat", "cksum", "dirname", "basename"):
        (tmp_path / "bin" / program).symlink_to(shutil.which(program))
    return tmp_path


def run(folder, script, *arguments, **environment):
    command = [folder / script, *arguments]
    environment = {"PATH": str(folder / "bin"), "LC_ALL": "C.UTF-8", **environment}
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60)


def stub(folder, *names):
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(STUB)
        path.chmod(0o755)


def calls(folder):
    return (folder / "calls").read_text().splitlines()


def test_setup_without_python_says_in_japanese_what_to_install(bare_machine):
    result = run(bare_machine, "scripts/setup")
    assert result.returncode == 1
    assert "apt-get install python3 python3-venv" in result.stderr
    assert "見つかりません" in result.stderr


def test_setup_installs_once_and_again_only_when_a_lock_file_changes(bare_machine):
    stub(bare_machine, ".venv/bin/python")

    def installs():
        before = len(calls(bare_machine)) if (bare_machine / "calls").exists() else 0
        assert run(bare_machine, "scripts/setup").returncode == 0
        return [call for call in calls(bare_machine)[before:] if "pip install" in call]

    assert len(installs()) == 2  # the locked packages, then this project in place
    assert installs() == []
    with (bare_machine / "requirements.txt").open("a") as lock:
        lock.write("# changed\n")
    assert len(installs()) == 2


def test_setup_without_npm_goes_on_and_says_so(bare_machine):
    stub(bare_machine, ".venv/bin/python")
    result = run(bare_machine, "scripts/setup")
    assert result.returncode == 0
    assert "npm がない" in result.stdout


def test_run_prepares_the_database_and_the_sample_before_it_serves(bare_machine):
    stub(bare_machine, "scripts/setup", ".venv/bin/python")
    assert run(bare_machine, "scripts/run", "--reset").returncode == 0
    steps = ["python -m scripts.migrate up", "python -m scripts.load_sample --reset", "python -m scripts.serve"]
    assert calls(bare_machine) == ["setup ", *steps]


@pytest.fixture
def tested_machine(bare_machine):
    """All programs of scripts/test succeed and do nothing; Chromium and the front-end packages are missing."""
    stub(bare_machine, "scripts/setup", *(f".venv/bin/{name}" for name in ("python", "ruff", "mypy", "lint-imports")))
    return bare_machine


def test_without_a_browser_the_rest_is_tested_and_the_end_says_what_was_not(tested_machine):
    result = run(tested_machine, "scripts/test", "tests/web")
    assert result.returncode == 0
    assert calls(tested_machine)[-1] == f"python -m pytest -m not long and not browser {ON_EVERY_CORE} tests/web"
    assert "apt-get install chromium" in result.stdout.split("▶")[-1]


def test_in_continuous_integration_a_missing_tool_is_a_failure(tested_machine):
    assert run(tested_machine, "scripts/test", CI="true").returncode == 1


def test_with_every_tool_nothing_is_left_out(tested_machine):
    stub(tested_machine, "bin/chromium", "node_modules/axe-core/axe.min.js")
    result = run(tested_machine, "scripts/test", "--long", CI="true")
    assert result.returncode == 0
    assert calls(tested_machine)[-1] == f"python -m pytest -m  {ON_EVERY_CORE}"


def test_one_failing_check_fails_the_whole_but_stops_nothing(tested_machine):
    (tested_machine / ".venv/bin/ruff").write_text("#!/bin/sh\nexit 1\n")
    result = run(tested_machine, "scripts/test")
    assert result.returncode == 1
    assert "pytest" in calls(tested_machine)[-1]
