"""Does every visible word go through gettext, so that another language needs no change of a page?"""

import ast
import re
from pathlib import Path

import pytest

WEB = Path(__file__).parents[2] / "web"
JAPANESE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")
# Made-up data of the patterns page, the answer before the site is reached, and what the directory calls its own things.
PYTHON = sorted(path for path in WEB.rglob("*.py") if path.name not in {"patterns.py", "serving.py", "i18n.py"})
TEMPLATES = sorted((WEB / "templates").rglob("*.html"))
# What an operator reads on the command line (a raised error) stays Japanese.
# Keys of the directory's own lists, compared with and never shown.
KEYS = {"毎回", "電話", "訪問", "団体申告", "助成金書類", "連絡会", "はがき・FAX", "回覧・チラシ", "民生委員", "社協", "市", "丁目", "地域", "町"}
# Marks between words that every language of the site can do with, or that stand beside made-up data.
MARKS = re.compile(r"[・、。「」（）｜　]+")


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_no_template_holds_words_outside_gettext(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    text = re.sub(r"\{#.*?#\}", "", text, flags=re.S)
    text = re.sub(r"_\((\"[^\"]*\"|'[^']*')", "", text)
    if path.name == "patterns.html":
        text = re.sub(r"\{\{ (welcome|search_box|tag)\(.*?\) \}\}", "", text)
    assert not [line for line in text.splitlines() if JAPANESE.search(MARKS.sub("", line))]


@pytest.mark.parametrize("path", PYTHON, ids=lambda path: path.stem)
def test_no_module_holds_words_outside_gettext(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    said = {id(argument) for node in ast.walk(tree) if isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name) and node.func.id == "_" for argument in node.args}
    raised = {id(part) for node in ast.walk(tree) if isinstance(node, ast.Raise) for part in ast.walk(node)}
    documented = {id(node.body[0].value) for node in ast.walk(tree)
                  if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and node.body
                  and isinstance(node.body[0], ast.Expr)}
    left = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)
            and id(node) not in said | documented | raised and JAPANESE.search(MARKS.sub("", node.value))]
    assert not set(left) - KEYS
