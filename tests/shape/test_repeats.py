"""What the second database repeats: every statement of a page, by as few tests as may be."""

import json
import random
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.repeats import VARIABLE, Noted, Reader, Writer, leave_out, plugin
from thidua.organizations.models import Bloc, Organization

DAY = date(2026, 1, 1)
PAGE, OTHER = "tests/web/test_a.py::test_", "tests/targets/test_a.py::test_"


def some_tests(seed: int) -> dict[str, Noted]:
    """Draw tests of pages and others, each with statements and seconds."""
    draw = random.Random(seed)
    return {
        f"{draw.choice((PAGE, PAGE, OTHER))}{number}": Noted(
            set(draw.sample(range(30), draw.randrange(6))), draw.random(), draw.random() < 0.1
        )
        for number in range(40)
    }


def statements_of(tests: dict[str, Noted]) -> set[int]:
    """Return every statement that these tests send."""
    return set[int]().union(*(noted.statements for noted in tests.values()))


@pytest.mark.parametrize("seed", range(20))
def test_those_that_remain_send_every_statement_of_a_page(seed):
    tests = some_tests(seed)
    pages = {name: noted for name, noted in tests.items() if name.startswith("tests/web/")}

    left_out, count = leave_out(tests)

    remain = {name: noted for name, noted in tests.items() if name not in left_out}
    assert left_out
    assert set(left_out) <= set(pages)
    assert statements_of(pages) <= statements_of(remain)
    assert count == len(statements_of(pages))


@pytest.mark.parametrize("seed", range(20))
def test_none_remains_whose_statements_the_others_send_but_for_a_cause(seed):
    """Every test that was chosen brought a statement that nothing chosen before it had."""
    tests = some_tests(seed)
    left_out, _count = leave_out(tests)
    chosen = [
        noted
        for name, noted in tests.items()
        if name.startswith(PAGE) and name not in left_out and noted.statements and not noted.always
    ]
    anyway = {n: t for n, t in tests.items() if not n.startswith(PAGE) or t.always}

    assert len(chosen) <= len(statements_of(tests) - statements_of(anyway))


def test_who_is_marked_and_who_sent_nothing_that_was_seen_is_repeated():
    tests = {f"{PAGE}1": Noted({1, 2}, 0.1), f"{PAGE}2": Noted({1}, always=True)}
    tests |= {f"{PAGE}3": Noted({1, 2}, 9.0), f"{PAGE}4": Noted()}

    assert leave_out(tests) == ([f"{PAGE}3"], 2)


def test_what_another_test_sends_anyway_needs_no_page():
    tests = {f"{PAGE}1": Noted({1, 2}), f"{PAGE}2": Noted({3}), f"{OTHER}1": Noted({1, 2})}

    assert leave_out(tests) == ([f"{PAGE}1"], 3)


def noted_of(call: Any) -> tuple[list[str], bool]:
    """Return what is noted of one call, without the words of the statement."""
    writer = Writer(path=None)  # type: ignore[arg-type]
    writer.running = Noted()
    with connection.execute_wrapper(writer._note):
        call()
    return list(writer.numbers), writer.running.always


def names_of(*pks: int) -> Any:
    return lambda: list(Organization.objects.filter(pk__in=pks).values_list("name"))


def blocs(**facts: Any) -> Any:
    return Bloc.objects.filter(**facts)


@pytest.mark.django_db
def test_how_many_are_named_makes_no_other_statement():
    assert noted_of(names_of(1, 2)) == noted_of(names_of(1, 2, 3, 4))
    assert noted_of(lambda: list(Bloc.objects.all()[:3])) == noted_of(
        lambda: list(Bloc.objects.all()[:7])
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("one", "other"),
    [
        (lambda: list(blocs()), lambda: list(blocs().select_for_update())),
        (lambda: list(blocs()), lambda: list(blocs().iterator())),
        (lambda: list(blocs(place="")), lambda: list(blocs(place="x" * 101))),
        (lambda: blocs().update(decision_on=None), lambda: blocs().update(decision_on=DAY)),
    ],
    ids=["locked", "in pieces", "long", "empty"],
)
def test_what_only_the_other_database_minds_makes_another(one, other):
    assert noted_of(one)[0] != noted_of(other)[0]


@pytest.mark.django_db
def test_a_test_that_counts_statements_is_repeated():
    def counting() -> None:
        with CaptureQueriesContext(connection):
            Bloc.objects.exists()

    assert noted_of(counting)[1] is True
    assert noted_of(Bloc.objects.exists)[1] is False


def a_session(**output: Any) -> Any:
    """Stand for the session of one process; ``workeroutput`` makes it a worker's."""
    return SimpleNamespace(config=SimpleNamespace(**output))


def test_two_workers_are_put_together_and_a_run_that_failed_leaves_nothing(tmp_path):
    leader = Writer(tmp_path / "plan")
    for statements in (["a", "b"], ["b", "c"]):
        worker = Writer(tmp_path / "plan")
        worker.numbers = {text: number for number, text in enumerate(statements)}
        worker.tests = {f"{PAGE}{statements[0]}": Noted({0, 1}, 0.5)}
        output: dict[str, Any] = {}
        worker.pytest_sessionfinish(a_session(workeroutput=output), 0)
        leader.pytest_testnodedown(SimpleNamespace(workeroutput=output))
    leader.tests[f"{PAGE}all"] = Noted({0, 1, 2}, 0.5)

    leader.pytest_sessionfinish(a_session(), 1)
    assert not leader.path.exists()
    leader.pytest_sessionfinish(a_session(), 0)

    assert json.loads(leader.path.read_text()) == {
        "left_out": [f"{PAGE}a", f"{PAGE}b"],
        "pages": 3,
        "statements": 3,
    }


def test_only_what_the_file_names_is_left_out():
    reader = Reader({"left_out": [f"{PAGE}1"], "pages": 2, "statements": 9})
    items = [SimpleNamespace(nodeid=f"{PAGE}{number}") for number in (1, 2, 3)]
    gone: list[Any] = []
    hook = SimpleNamespace(pytest_deselected=lambda *, items: gone.extend(items))

    reader.pytest_collection_modifyitems(SimpleNamespace(hook=hook), items)

    assert [item.nodeid for item in items] == [f"{PAGE}2", f"{PAGE}3"]
    assert [item.nodeid for item in gone] == [f"{PAGE}1"]


def test_without_a_file_everything_runs(tmp_path):
    missing = {VARIABLE: str(tmp_path / "plan")}

    assert plugin({}) is None
    assert isinstance(plugin(missing), Writer if connection.vendor == "sqlite" else type(None))
