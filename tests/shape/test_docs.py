"""The documents are part of the change: what exists in the code stands in them."""

import re
from pathlib import Path

import rules
from django.apps import apps
from django.core.management import get_commands

ROOT = Path(__file__).parents[2]
PERMISSIONS = sorted(name for name in rules.permissions.permissions)
COMMANDS = sorted(n for n, app in get_commands().items() if str(app).startswith("thidua."))
MODELS = sorted(
    model.__name__ for model in apps.get_models() if model.__module__.startswith("thidua.")
)


def _page(name: str) -> str:
    return (ROOT / "docs" / name).read_text(encoding="utf-8")


def test_each_permission_has_its_row():
    page = _page("permissions.md")
    assert [name for name in PERMISSIONS if f"| `{name}` |" not in page] == []


def test_no_row_names_a_permission_that_is_gone():
    named = re.findall(r"^\| `([a-z]+\.[a-z_]+)` \|", _page("permissions.md"), re.MULTILINE)

    assert sorted(named) == PERMISSIONS


def test_each_command_stands_in_operations():
    page = _page("operations.md")
    assert [name for name in COMMANDS if f"`manage.py {name}" not in page] == []


def test_each_model_has_its_term():
    page = _page("glossary.md")
    assert [name for name in MODELS if f"`{name}`" not in page] == []
