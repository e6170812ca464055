"""What the second database repeats: every statement of a page, by as few tests as may be."""

import random
from collections import deque
from contextlib import suppress
from datetime import date
from functools import partial
from types import FunctionType, SimpleNamespace
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from tests.repeats import EACH, Noted, Notes, Writer, leave_out
from thidua.house.models import House
from thidua.organizations.models import Bloc, Organization

DAY = date(2026, 1, 1)
PAGE = "tests/web/test_a.py::test_"
UNLIKE = ["", "D", "Đ" * 101, "Đ" * 1001, "Đ\n", "Đ\x07", "Đ\\", "1.5", "-1.5", "2026-01-01"]


def some_tests(seed: int) -> dict[str, Noted]:
    """Draw tests, each with statements and seconds."""
    draw = random.Random(seed)
    return {
        f"{PAGE}{number}": Noted(
            set(draw.sample(range(30), draw.randrange(6))), draw.random(), draw.random() < 0.1
        )
        for number in range(40)
    }


def statements_of(tests: dict[str, Noted]) -> set[int]:
    """Return every statement that these tests send."""
    return set[int]().union(*(noted.statements for noted in tests.values()))


@pytest.mark.parametrize("seed", range(20))
def test_those_that_remain_send_every_statement(seed):
    tests = some_tests(seed)

    left_out, count = leave_out(tests)

    remain = {name: noted for name, noted in tests.items() if name not in left_out}
    assert left_out
    assert statements_of(tests) == statements_of(remain)
    assert count == len(statements_of(tests))


@pytest.mark.parametrize("seed", range(20))
def test_none_remains_whose_statements_the_others_send_but_for_a_cause(seed):
    tests = some_tests(seed)
    left_out, _count = leave_out(tests)
    remain = {name: noted for name, noted in tests.items() if name not in left_out}

    for name, noted in remain.items():
        others = statements_of({n: t for n, t in remain.items() if n != name})
        assert noted.always or not noted.statements or noted.statements - others


@pytest.mark.parametrize("seed", range(20))
def test_those_that_remain_cost_no_more_than_the_worthiest_one_after_the_other(seed):
    tests = some_tests(seed)
    left_out, _count = leave_out(tests)

    optional = {name: tests[name] for name in tests if tests[name].statements}
    optional = {name: noted for name, noted in optional.items() if not noted.always}
    missing = statements_of(tests)
    missing -= statements_of({n: t for n, t in tests.items() if n not in optional})
    while missing:
        best = max(
            optional,
            key=lambda name: (
                len(optional[name].statements & missing) / (optional[name].seconds + EACH)
            ),
        )
        missing -= optional.pop(best).statements

    assert set(left_out) >= set(optional)
    assert leave_out(dict(reversed(tests.items())))[0] == left_out


def test_who_is_marked_and_who_sent_nothing_that_was_seen_is_repeated():
    tests = {f"{PAGE}1": Noted({1, 2}, 0.1), f"{PAGE}2": Noted({1}, always=True)}
    tests |= {f"{PAGE}3": Noted({1, 2}, 9.0), f"{PAGE}4": Noted()}

    assert leave_out(tests) == ([f"{PAGE}3"], 2)


def test_what_is_sent_anyway_needs_no_other_test():
    tests = {f"{PAGE}1": Noted({1, 2}), f"{PAGE}2": Noted({3}), f"{PAGE}3": Noted({1, 2}, 0, True)}

    assert leave_out(tests) == ([f"{PAGE}1"], 3)


def noted_of(call: Any, module: str = "thidua.asking") -> tuple[list[str], bool]:
    """Return what is noted when ``module`` does this, and whether it is repeated anyway."""
    writer = Writer()
    writer.running = Noted()
    asked: Any = FunctionType(doing.__code__, {"__name__": module})
    with connection.execute_wrapper(writer._note):
        asked(call)
    return list(writer.numbers), writer.running.always


def doing(call: Any) -> None:
    """Stand for a function of any module."""
    call()


def answered(writer: Writer) -> str:
    """The same, of who asks which database it is."""
    return writer.ask(connection)  # type: ignore[arg-type]


def a_house_too_many() -> None:
    """Be refused by the database."""
    with suppress(IntegrityError), transaction.atomic():
        House.objects.create(pk=2)


def blocs(**facts: Any) -> Any:
    return Bloc.objects.filter(**facts)


def names_of(*pks: int) -> Any:
    return Organization.objects.filter(pk__in=pks).values_list("name")


def listed(query: Any) -> Any:
    """Return what asks the database, without a frame of the tests in between."""
    return query.__len__


@pytest.mark.django_db
def test_how_many_are_named_makes_no_other_statement():
    assert noted_of(listed(names_of(1, 2))) == noted_of(listed(names_of(1, 2, 3, 4)))
    assert noted_of(listed(blocs()[:3])) == noted_of(listed(blocs()[:7]))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("one", "other"),
    [
        (listed(blocs()), listed(blocs().select_for_update())),
        (listed(blocs()), partial(deque, blocs().iterator())),
        (partial(blocs().update, decision_on=None), partial(blocs().update, decision_on=DAY)),
        *((listed(blocs(kind="Đ")), listed(blocs(kind=text))) for text in UNLIKE),
        *((listed(blocs(pk=1)), listed(blocs(pk=pk))) for pk in (-1, 2**15, 2**31)),
    ],
)
def test_what_only_the_other_database_minds_makes_another(one, other):
    assert set(noted_of(one)[0]) ^ set(noted_of(other)[0])


@pytest.mark.django_db
def test_a_kind_of_value_is_told_at_its_place_and_not_with_all_others():
    def told(place: str, kind: str) -> set[str]:
        return set(noted_of(listed(blocs(place=place, kind=kind)))[0])

    assert told("", "x" * 101) <= told("", "x") | told("x", "x" * 101)
    assert not told("", "x") <= told("x", "") | told("x", "x")


@pytest.mark.django_db
def test_what_a_test_asks_by_itself_is_not_told_and_what_it_is_refused_is():
    assert noted_of(listed(blocs()), "tests.asking")[0] == []
    told = noted_of(a_house_too_many, "tests.asking")[0]
    assert any("REFUSED" in thing and "one_house" in thing for thing in told)


@pytest.mark.django_db
def test_whether_there_was_anything_to_sort_is_told():
    few = noted_of(listed(blocs()))[0]
    unit = Organization.objects.create(name="Một", kind="department", level="province")
    for number in ("98", "99"):
        Bloc.objects.create(kind="khoi", number=number, level="province", managing_body=unit)
    assert set(noted_of(listed(blocs()))[0]) - set(few) == {f"{few[0]} SEVERAL"}
    assert not any("SEVERAL" in thing for thing in noted_of(listed(blocs().order_by()))[0])


def test_who_is_told_which_database_it_is_is_repeated():
    writer = Writer()
    writer.running = Noted()
    assert writer.ask(connection) == connection.vendor
    assert writer.running.always is False

    asked: Any = FunctionType(
        answered.__code__, {"__name__": "thidua.asking", "connection": connection}
    )
    assert asked(writer) == connection.vendor
    assert writer.running.always is True


def items_of(names: str, once: str = "") -> Any:
    """Return what stands for tests with these names; those in ``once`` ask no database."""
    return [
        SimpleNamespace(
            nodeid=f"{PAGE}{name}", get_closest_marker=lambda _marker, is_once=name in once: is_once
        )
        for name in names
    ]


def told_by(*statements: str) -> dict[str, Any]:
    """Return what one process tells that ran one test, named after its first statement."""
    writer = Writer()
    writer.numbers = {text: number for number, text in enumerate(statements)}
    writer.tests = {f"{PAGE}{statements[0]}": Noted(set(range(len(statements))), 0.5)}
    return writer.told()


def test_what_two_processes_noted_is_put_together():
    notes = Notes()
    for statements in (("a", "b"), ("b", "c"), ("d", "a", "b", "c")):
        notes.add(told_by(*statements))
    notes.add(None)  # of a process that noted nothing

    again, line = notes.repeated(items_of("abd"), failed=False)

    assert again == [2]
    assert "1 of 3 tests" in line
    assert "4 statements" in line


def test_only_what_was_noted_is_left_out_and_nothing_that_asks_no_database_is_repeated():
    notes = Notes()
    notes.add(told_by("a", "b"))
    notes.add(told_by("z", "a", "b"))

    assert notes.repeated(items_of("axyz", once="y"), failed=False)[0] == [1, 3]


def test_after_a_run_that_failed_all_that_asks_a_database_is_repeated():
    notes = Notes()
    notes.add(told_by("a", "b"))
    notes.add(told_by("z", "a", "b"))

    assert notes.repeated(items_of("axyz", once="y"), failed=True)[0] == [0, 1, 3]
