"""The documents are part of the change: what exists in the code stands in them."""

import re
from pathlib import Path

import pytest
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


@pytest.mark.parametrize("permission", PERMISSIONS)
def test_each_permission_has_its_row(permission):
    assert f"| `{permission}` |" in _page("permissions.md")


def test_no_row_names_a_permission_that_is_gone():
    named = re.findall(r"^\| `([a-z]+\.[a-z_]+)` \|", _page("permissions.md"), re.MULTILINE)

    assert sorted(named) == PERMISSIONS


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_stands_in_operations(command):
    assert f"`manage.py {command}" in _page("operations.md")


@pytest.mark.parametrize("model", MODELS)
def test_each_model_has_its_term(model):
    assert f"`{model}`" in _page("glossary.md")
