"""Each name that is given to `later`, anywhere in the source, is the name of work that exists."""

import ast
from importlib import import_module
from pathlib import Path

from thidua.jobs.register import works

SOURCE = Path(__file__).parents[2] / "thidua"


def _calls() -> list[tuple[str, ast.Call]]:
    found = []
    for path in sorted(SOURCE.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        found += [
            (f"{path.relative_to(SOURCE)}:{node.lineno}", node)
            for node in ast.walk(ast.parse(text if "later(" in text else ""))
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "later"
        ]
    return found


def _name(place: str, argument: ast.expr) -> str:
    """Return the name: written there, or a constant of the module."""
    if isinstance(argument, ast.Constant):
        return str(argument.value)
    assert isinstance(argument, ast.Name), "the name is a constant, so that it can be found"
    module = place.partition(".py:")[0].replace("/", ".").removesuffix(".__init__")
    return str(getattr(import_module(f"thidua.{module}"), argument.id))


def _strange_to_it(place: str, call: ast.Call) -> set[str | None]:
    """Return what is given to the work that ``call`` asks for, and that it does not take."""
    work = works().get(_name(place, call.args[0]))
    if work is None:
        return {"no such work"}
    code = work.function.__code__
    takes = set(code.co_varnames[: code.co_argcount + code.co_kwonlyargcount])
    return {keyword.arg for keyword in call.keywords} - takes


def test_what_is_asked_for_later_exists_and_takes_what_it_is_given():
    calls = [call for call in _calls() if not call[0].startswith("jobs/")]
    strange = {place: _strange_to_it(place, call) for place, call in calls}
    assert len(strange) > 3
    assert {place: names for place, names in strange.items() if names} == {}


def test_scheduled_work_needs_nothing_to_be_told():
    for work in works().values():
        code = work.function.__code__
        if work.every:
            needed = code.co_argcount - len(work.function.__defaults__ or ())
            assert needed == 0, work.name
