"""Does the page of patterns show every component there is?"""

from pathlib import Path

import jinja2.runtime
import pytest

from tests.web.conftest import Site
from web import create_app

COMPONENTS = Path(__file__).parents[2] / "web/templates/components"


def macros() -> set[tuple[str, str]]:
    """Every macro of every component: its file and its name."""
    environment = jinja2.Environment(autoescape=True)
    return {
        (path.name, macro.name) for path in COMPONENTS.glob("*.html")
        for macro in environment.parse(path.read_text(encoding="utf-8")).find_all(jinja2.nodes.Macro)
    }


def test_every_macro_of_every_component_is_shown(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: set[tuple[str, str]] = set()
    invoke = jinja2.runtime.Macro._invoke

    def watched(macro: jinja2.runtime.Macro, arguments: tuple, autoescape: bool) -> str:
        shown.add((Path(macro._func.__code__.co_filename).name, macro.name))
        return invoke(macro, arguments, autoescape)

    monkeypatch.setattr(jinja2.runtime.Macro, "_invoke", watched)
    assert create_app(site.settings, "all").test_client().get("/patterns").status_code == 200
    assert len(macros()) > 40
    assert macros() - shown == set()


def test_every_component_is_imported_by_the_page_or_its_frame() -> None:
    templates = COMPONENTS.parent
    text = "".join((templates / name).read_text(encoding="utf-8") for name in ("patterns.html", "base.html"))
    assert [path.name for path in COMPONENTS.glob("*.html") if f'"components/{path.name}"' not in text] == []
