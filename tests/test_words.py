"""Words of ours that officers don't use never reach a screen: they stand in addresses and in the code alone."""

import ast
import re
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
OURS = re.compile(r"\b(perkara|etalase|p90|byte demi byte)\b", re.IGNORECASE)
# Where one of them is meant: a part of an address, the demo's password, the page that explains the words.
MEANT = {"perkara/<slug:number>/", settings.DEMO_PASSWORD}
EXPLAINS = {"ppid/glossary.py", "ppid/shelf/apps.py"}
READS = {"ppid/desk/find/asked.py"}  # what people may type all the same


def templates():
    return [path for path in sorted((ROOT / "templates").rglob("*")) if path.is_file()]


def modules():
    found = (path for room in ("ppid", "sop") for path in (ROOT / room).rglob("*.py") if "migrations" not in path.parts)
    return [path for path in sorted(found) if str(path.relative_to(ROOT)) not in EXPLAINS | READS]


def texts_of(path: Path) -> list[str]:
    """Return the texts of a module that may reach a screen: its strings, without docstrings."""
    tree = ast.parse(path.read_text())
    documented = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef
    notes = {id(node.body[0].value) for node in ast.walk(tree) if isinstance(node, documented) and _has_note(node)}
    strings = (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str))
    return [node.value for node in strings if id(node) not in notes]


def _has_note(node) -> bool:
    return bool(node.body) and isinstance(node.body[0], ast.Expr) and isinstance(node.body[0].value, ast.Constant)


@pytest.mark.parametrize("path", templates(), ids=lambda path: str(path.relative_to(ROOT)))
def test_no_template_says_a_word_that_officers_do_not_use(path):
    shown = re.sub(r"{#.*?#}|{%.*?url.*?%}", "", path.read_text(errors="replace"), flags=re.DOTALL)
    assert not OURS.findall(shown)


def test_no_sentence_of_the_code_says_one():
    said = [(str(path.relative_to(ROOT)), text) for path in modules() for text in texts_of(path)]
    assert [each for each in said if OURS.search(each[1]) and each[1] not in MEANT] == []
