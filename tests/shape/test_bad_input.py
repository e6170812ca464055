"""Each kind of bad input that the program must meet has a test whose docstring quotes it."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LINES = [
    "Two heads signing at the same instant",
    "one signing twice",
    "signing for another organization",
    "with an ended appointment",
    "after unfreezing",
    "after the round closed",
    "a covenant text changed behind the frozen digest (every page then says that it no longer "
    "matches)",
    "TUQ. without an authorisation or outside its dates",
    "a target with no number",
    "negative where that has no sense",
    "10^30",
    "text in a number",
    "due before the year",
    '"1.234" and "12,5" (what was understood is shown back)',
    "a bloc with one member, with no deputy, with 200",
    "a member that leaves between freezing and signing",
    "a name in decomposed Unicode, of 300 letters, with markup",
    "a form sent twice",
    "a session that expired while typing (the text is there after sign-in)",
    "a wrong password 20 times",
    "a database locked or read-only",
]


def _docstrings() -> str:
    found = []
    for path in ROOT.rglob("test_*.py"):
        if path == Path(__file__):
            continue
        found += [
            " ".join((ast.get_docstring(node) or "").split())
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
        ]
    return "\n".join(found)


@pytest.fixture(scope="module")
def docstrings() -> str:
    return _docstrings()


@pytest.mark.parametrize("line", LINES)
def test_a_test_quotes_this_line(docstrings, line):
    assert line.lower() in docstrings.lower()
