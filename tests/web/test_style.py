"""Do the looks hold together: one macro and one style sheet a component, tokens only, within 25 KB?"""

import re
from pathlib import Path

import pytest

from directory.uploads.rows import ORDER
from web.assets import staff_stylesheet, stylesheet

ROOT = Path(__file__).parents[2]
CSS = ROOT / "web/static/css"
COMPONENTS = ROOT / "web/templates/components"
TOKENS = ROOT / "node_modules/@digital-go-jp/design-tokens/dist/tokens.css"


def without_comments(css: str) -> str:
    return re.sub(r"/\*.*?\*/", "", css, flags=re.S)


def test_all_style_together_is_small() -> None:
    assert len(stylesheet()) <= 25_000


def test_what_the_desks_wear_besides_is_small_too() -> None:
    assert len(staff_stylesheet()) <= 26_000


def test_every_component_has_one_macro_file_and_one_style_sheet() -> None:
    macros = {path.stem for path in COMPONENTS.glob("*.html")}
    assert macros == {path.stem for path in (CSS / "components").glob("*.css")}
    assert {path.stem for path in (COMPONENTS / "staff").glob("*.html")} == {path.stem for path in (CSS / "staff").glob("*.css")}


def test_colours_and_letter_sizes_stand_only_among_the_tokens() -> None:
    for path in [*CSS.glob("components/*.css"), *CSS.glob("staff/*.css"), CSS / "base.css", CSS / "layout.css"]:
        css = without_comments(path.read_text(encoding="utf-8"))
        assert not re.search(r"#[0-9a-f]{3,8}\b|rgb|hsl", css, re.I), path.name
        sizes = re.findall(r"font-size:\s*([^;}]+)", css)
        # Points are for paper.
        assert all(re.search(r"var\(--t|clamp|pt$", size) for size in sizes), path.name


def test_every_class_of_the_style_sheets_is_used_by_a_page() -> None:
    css = without_comments((stylesheet() + staff_stylesheet()).decode())
    files = [*(ROOT / "web/templates").rglob("*.html"), *(ROOT / "web/static/js").rglob("*.js")]
    pages = "".join(path.read_text(encoding="utf-8") for path in files)
    built = {"tag-ask", "tag-fill", "tag-ok", "tag-bad", "note-ask", "unknown", "yes", *(f"sheet-{kind}" for kind in ORDER)}
    unused = {name for name in re.findall(r"\.([a-z][a-z0-9-]*)", re.sub(r"\{[^{}]*\}", "{}", css))
              if not re.search(rf"(?<![\w-]){name}(?![\w-])", pages) and name not in built}
    assert not unused


@pytest.mark.browser
def test_tokens_have_the_values_of_the_design_system() -> None:
    published = dict(re.findall(r"--([\w-]+):\s*([^;]+);", TOKENS.read_text(encoding="utf-8")))
    ours = re.findall(r"--[\w-]+:\s*([^;]+);\s*/\*\s*((?:color|font-size|border-radius)[\w-]+)\s*\*/",
                      (CSS / "tokens.css").read_text(encoding="utf-8"))
    assert len(ours) >= 20
    for value, name in ours:
        assert _plain(value) == _plain(published[name]), name


def _plain(value: str) -> str:
    """#ccc = #cccccc, .25rem = 0.25rem."""
    value = re.sub(r"^#(\w)(\w)(\w)$", r"#\1\1\2\2\3\3", value.strip().lower())
    return re.sub(r"^\.", "0.", value)
