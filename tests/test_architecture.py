"""Does the code keep the rules of its own architecture? Each rule is a row, and is shown to notice a breach."""

import ast
import configparser
import re
import shutil
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
CODE = ("directory", "matcher", "web", "scripts")
LINT_IMPORTS = Path(sys.executable).with_name("lint-imports")

# A contract of setup.cfg by name, and an import that must break it.
BREACHES = {
    "layers": ("directory/errors.py", "import matcher"),
    "pure_ranking": ("matcher/ranking/bits.py", "import directory.errors"),
    "http": ("directory/errors.py", "import flask"),
    "sudachi": ("web/__init__.py", "import sudachipy"),
    "whoosh": ("web/__init__.py", "import whoosh.query"),
    "geopy": ("scripts/migrate.py", "from geopy import distance"),
    "holidays": ("web/__init__.py", "import jpholiday"),
    "workbooks": ("scripts/migrate.py", "import python_calamine"),
    "writing_workbooks": ("web/__init__.py", "import xlsxwriter"),
    "calendars": ("web/__init__.py", "import icalendar"),
    "qr": ("web/__init__.py", "import segno"),
    "migrations": ("directory/db.py", "import alembic"),
    "sealing": ("matcher/db.py", "import cryptography"),
    "passwords": ("matcher/db.py", "import argon2"),
    "one_time_codes": ("matcher/db.py", "import pyotp"),
    "drivers": ("directory/db.py", "import psycopg"),
}

# SQLAlchemy loads the driver by URL.
USED_WITHOUT_AN_IMPORT = {"psycopg"}


def settings() -> configparser.ConfigParser:
    parser = configparser.ConfigParser()
    parser.read(ROOT / "setup.cfg", encoding="utf-8")
    return parser


def check_imports(folder: Path) -> subprocess.CompletedProcess:
    command = [LINT_IMPORTS, "--config", "setup.cfg", "--no-logo", "--no-cache"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=300)


def test_the_import_contracts_hold():
    result = check_imports(ROOT)
    assert result.returncode == 0, result.stdout


def test_each_import_contract_notices_a_breach(tmp_path):
    shutil.copy(ROOT / "setup.cfg", tmp_path)
    for package in CODE:
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    for path, line in BREACHES.values():
        with (tmp_path / path).open("a", encoding="utf-8") as module:
            module.write(f"\n{line}\n")
    result = check_imports(tmp_path)
    names = {key: settings()[f"importlinter:contract:{key}"]["name"] for key in BREACHES}
    kept = [key for key, name in names.items() if f"{name} BROKEN" not in result.stdout]
    assert (result.returncode, kept) == (1, []), result.stdout


def test_every_import_contract_has_a_breach_above():
    prefix = "importlinter:contract:"
    assert {name.removeprefix(prefix) for name in settings().sections() if name.startswith(prefix)} == set(BREACHES)


def long_functions(text: str) -> str | None:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef) and node.end_lineno - node.lineno >= 50:
            return f"{node.name} is longer than 50 lines"
    return None


def matches(pattern: str):
    """A check that finds the first match of `pattern`."""

    def check(text: str) -> str | None:
        found = re.search(pattern, text)
        return found and found.group()

    return check


# A rule, the files it is for, what finds a breach, and a text with a breach. Breaches are spelled in two parts, so that
# this file keeps the rules itself.
RULES = {
    "a module begins by saying what it answers": (
        "*.py", lambda text: None if ast.get_docstring(ast.parse(text)) else "no docstring", "import ast\n"),
    "a module has one subject": (
        "*.py", lambda text: "more than 280 lines" if text.count("\n") > 280 else None, "x = 1\n" * 281),
    "a line has at most 130 characters": ("*.py", matches(r"(?m)^.{131,}$"), "x = 1" + " " * 130 + "\n"),
    "a function fits on a page": ("*.py", long_functions, "def f():\n" + "    x = 1\n" * 50),
    "an error is never swallowed whole": (
        "*.py", matches(r"except( Exception| BaseException)?:\s*pass\b"), "try:\n    f()\nexcept" + ":\n    pass\n"),
    "no test is skipped or expected to fail": (
        "*.py", matches(r"(mark\.|pytest\.|unittest\.)(skip|xfail)|importor" "skip"), "@pytest.mark" + ".skip\n"),
    "work left over is an issue, not a comment": ("*", matches("TO" r"DO\b|FIX" r"ME\b"), "# TO" + "DO later"),
    "a template never switches escaping off": ("*.html", matches(r"\|\s*safe\b|autoescape false"), "{{ name|safe }}"),
    "no file knows the machine it was written on": (
        "*", matches(r"(?<![\w.])/(?:work|tmp|root|home)/\w|python[h]osted|pypi\.org|registry\.npmjs"),
        "path = '/wo" + "rk/main'"),
}


def files_of_the_project() -> list[Path]:
    """Every text file that is committed, or would be by the next `git add`."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\0")
    pictures = {".png", ".ico", ".jpg", ".webp", ".woff2", ".xlsx", ".gz", ".zip"}
    paths = [ROOT / name for name in listed if name]
    return [path for path in paths if path.is_file() and path.suffix not in pictures]


@pytest.mark.parametrize("rule", RULES)
def test_every_file_keeps_the_rule(rule):
    pattern, breach, _ = RULES[rule]
    paths = [path for path in files_of_the_project() if path.match(pattern)]
    found = {str(path.relative_to(ROOT)): breach(path.read_text(encoding="utf-8", errors="replace")) for path in paths}
    assert {path: problem for path, problem in found.items() if problem} == {}


@pytest.mark.parametrize("rule", RULES)
def test_the_rule_notices_a_breach(rule):
    _, breach, text = RULES[rule]
    assert breach(text)


def dependencies(extra: str = "test") -> set[str]:
    """Names of the packages that setup.cfg asks for, for running and, with an extra, for testing."""
    lines = settings()["options"]["install_requires"] + settings().get("options.extras_require", extra, fallback="")
    return {re.match(r"[\w-]+", line).group() for line in lines.split()}


def unused(names: set[str], code: str) -> set[str]:
    """Which of these packages no line of the code imports."""
    imported = set(re.findall(r"^\s*(?:import|from) (\w+)", code, re.MULTILINE))
    modules = packages_distributions()
    used = {name.lower().replace("_", "-") for module in imported for name in modules.get(module, [])}
    return {name for name in names if name.lower().replace("_", "-") not in used}


def test_every_package_the_site_runs_with_is_imported():
    code = "\n".join(path.read_text(encoding="utf-8") for folder in CODE for path in (ROOT / folder).rglob("*.py"))
    assert unused(dependencies(extra=""), code) == USED_WITHOUT_AN_IMPORT


def test_an_unused_package_is_noticed():
    assert unused({"flask", "SQLAlchemy"}, "from sqlalchemy import select\n") == {"flask"}


def uncovered(lock: str, names: set[str]) -> set[str]:
    """Which of these packages the lock does not name with an exact version and a hash."""
    locked = set(re.findall(r"^([\w-]+)(?:\[\w+\])?==\S+(?: ; .*?)? \\\n +--hash=sha256:", lock, re.MULTILINE))
    return {name for name in names if name.lower().replace("_", "-") not in locked}


def test_the_lock_covers_every_dependency_with_hashes():
    lock = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    assert uncovered(lock, dependencies()) == set()
    every_package = set(re.findall(r"^([\w-]+)", lock, re.MULTILINE))
    assert uncovered(lock, every_package) == set()


def test_a_dependency_outside_the_lock_is_noticed():
    assert uncovered("flask==3.1 \\\n    --hash=sha256:00\nwhoosh==2.7\n", {"flask", "whoosh"}) == {"whoosh"}


def test_only_setup_cfg_configures():
    assert list(tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))) == ["build-system"]
    strays = ["alembic.ini", "pytest.ini", "tox.ini", "mypy.ini", "ruff.toml", ".coveragerc", ".importlinter"]
    assert [name for name in strays if (ROOT / name).exists()] == []
