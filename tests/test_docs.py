"""Is what the README says true? Its commands exist, its paths lead somewhere, and nothing important is left out."""

import re
from pathlib import Path

import pytest

from tests.test_architecture import dependencies

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
MOST_LINES = 120


def commands(text):
    """(file, option) of each command shown: `python -m scripts.x --y` or `scripts/x --y`."""
    for name, options in re.findall(r"python -m (scripts\.\w+)((?: [^`\n]+)?)", text):
        yield name.replace(".", "/") + ".py", re.findall(r"--[\w-]+", options)
    for name, options in re.findall(r"(scripts/[a-z]+)(?![\w./])((?: [^`\n|]+)?)", text):
        yield name, re.findall(r"--[\w-]+", options)


def wrong_commands(text):
    for name, options in commands(text):
        path = ROOT / name
        if not path.is_file():
            yield name
        elif path.suffix:
            yield from (f"{name} {option}" for option in options if option not in path.read_text(encoding="utf-8"))


def broken_paths(text):
    """Links, pictures and `folder/file` names that lead nowhere."""
    linked = re.findall(r"\]\((?!https?:)([^)#]+)", text)
    named = re.findall(r"`((?:[\w.-]+/)+[\w.-]*|[\w-]+\.(?:txt|cfg|md|py))`", text)
    return [path for path in linked + named if not (ROOT / path).exists()]


def unnamed(text, names):
    return {name for name in names if not re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text)}


def scripts():
    for path in (ROOT / "scripts").iterdir():
        if path.is_file() and path.stem != "__init__":
            yield f"scripts.{path.stem}" if path.suffix else f"scripts/{path.name}"


def test_the_readme_is_short():
    assert len(README.splitlines()) <= MOST_LINES


def test_every_command_shown_exists_with_its_options():
    assert list(wrong_commands(README)) == []


def test_every_link_and_path_leads_somewhere():
    assert broken_paths(README) == []


def test_every_script_is_named():
    assert unnamed(README, scripts()) == set()


def test_every_dependency_is_named_with_its_reason():
    table = "\n".join(line for line in README.split("## Every dependency")[1].splitlines() if line.startswith("|"))
    assert unnamed(table, dependencies()) == set()


def test_nothing_is_left_to_be_filled_in():
    assert re.findall(r"\(LEAD|paste|TBD|XXX", README) == []


@pytest.mark.parametrize(
    ("guard", "text"),
    [
        (wrong_commands, "`python -m scripts.no_such`"),
        (wrong_commands, "`python -m scripts.migrate up --no-such-option`"),
        (wrong_commands, "`scripts/no`"),
        (broken_paths, "[here](docs/no-such.md)"),
        (broken_paths, "`directory/no_such.py`"),
        (lambda text: unnamed(text, ["whoosh"]), "| whoosh-reloaded | a fork |"),
    ],
)
def test_each_guard_notices_a_fault(guard, text):
    assert list(guard(text))
