"""Does everything the matching says go through gettext, so that another language needs no change of a criterion?"""

import ast
import re
from gettext import NullTranslations
from pathlib import Path

import pytest

from directory.i18n import gettext, use_language
from matcher.ranking.criteria import hard_criteria
from matcher.ranking.profile import Profile
from tests.matcher.ranking.town import town

MATCHER = Path(__file__).parents[2] / "matcher"
JAPANESE = re.compile(r"[\u3040-\u30fa\u4e00-\u9fff]")
SPEAKING = [MATCHER / "telling.py", MATCHER / "matching.py", *sorted((MATCHER / "ranking" / "criteria").glob("*.py"))]


@pytest.mark.parametrize("path", SPEAKING, ids=lambda path: path.stem)
def test_no_sentence_is_said_without_gettext(path: Path) -> None:
    """Tables of words stand outside functions and are read through gettext where they are said."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    within = [part for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.Lambda)
              for statement in (node.body if isinstance(node, ast.FunctionDef) else [node.body])
              for part in ast.walk(statement)]
    said = {id(argument) for node in ast.walk(tree) if isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name) and node.func.id == "_" for argument in node.args}
    kept = {id(part) for node in ast.walk(tree)
            if isinstance(node, ast.Raise) or (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))
            for part in ast.walk(node)}
    assert not [part.value for part in within if isinstance(part, ast.Constant) and isinstance(part.value, str)
                and JAPANESE.search(part.value) and id(part) not in said | kept]


class Marked(NullTranslations):
    """A language in which every sentence begins with a mark."""

    def gettext(self, message: str) -> str:
        return f"§{message}"


def test_a_catalogue_of_translations_changes_what_a_criterion_says():
    candidates, profile = town(1).candidates, Profile(age=40)
    age = next(one for one in hard_criteria() if one.key == "age")
    try:
        use_language(Marked())
        assert age.fails(candidates, profile, "age").startswith("§") and gettext("%(n)s人", n=3) == "§3人"
    finally:
        use_language(NullTranslations())
    assert age.fails(candidates, profile, "age") == "対象の年齢に当たりません。"
