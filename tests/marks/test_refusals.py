"""What no kind can reckon is refused with a code and the facts of a sentence."""

import ast
import re
from decimal import Decimal
from pathlib import Path

import pytest

from tests.marks.build import given, pts
from tests.marks.test_kinds import BANDED, GRADED
from thidua.marks import checks, classes, faults, tables
from thidua.marks.rules import Band, Fault, Given, Kind, Rule

MANUAL = Rule(Kind.MANUAL, pts(10))
COUNT = Rule(Kind.COUNT, pts(20), each=pts(10))
PROPORTIONAL = Rule(Kind.PROPORTIONAL, pts(100))
CLOSED = Rule(Kind.BANDED, pts(4), bands=(Band(Decimal(0), Decimal(100), pts(4)),))


def refusal(rule, what):
    with pytest.raises(Fault) as caught:
        rule.points(what)
    return caught.value.code, caught.value.facts


@pytest.mark.parametrize("value", ["NaN", "sNaN", "Infinity", "-Infinity"])
@pytest.mark.parametrize("kind", [kind for kind in Kind])
def test_what_is_no_number_is_refused_by_every_kind(kind, value):
    """A mark of “NaN” reaches no sum."""
    code, _facts = refusal(Rule(kind, pts(10), steps=GRADED.steps), given(value))

    assert code == "not_finite"


@pytest.mark.parametrize("value", ["1E+15", "1E+999999", "-1E+999999", "1E-41", "1E-999999"])
@pytest.mark.parametrize("kind", [kind for kind in Kind])
def test_what_no_figure_of_a_bloc_can_be_is_refused_before_it_fills_the_memory(kind, value):
    code, _facts = refusal(Rule(kind, pts(10), steps=GRADED.steps), given(value))

    assert code == "out_of_range"


@pytest.mark.parametrize(
    ("rule", "value", "code", "facts"),
    [
        (MANUAL, "10.01", "over_maximum", {"max": pts(10)}),
        (MANUAL, "-0.01", "below_zero", {}),
        (MANUAL, "9.999", "decimals", {}),
        (Rule(Kind.MANUAL, pts(10), step=25), "9.20", "off_step", {"step": 25}),
        (Rule(Kind.MANUAL, pts(10), step=100), "9.5", "off_step", {"step": 100}),
        (Rule(Kind.PASS_FAIL, pts(10)), "0.5", "not_yes_or_no", {}),
        (Rule(Kind.PASS_FAIL, pts(10)), "2", "not_yes_or_no", {}),
        (Rule(Kind.KNOCKOUT, 0), "-1", "not_yes_or_no", {}),
        (GRADED, "4", "no_such_step", {"count": 4}),
        (GRADED, "-1", "no_such_step", {"count": 4}),
        (GRADED, "0.5", "no_such_step", {"count": 4}),
        (CLOSED, "100", "outside_bands", {}),
        (CLOSED, "-0.1", "outside_bands", {}),
        (COUNT, "-1", "below_zero", {}),
        (COUNT, "1.5", "not_whole", {}),
        (Rule(Kind.DEDUCT, pts(10), each=100), "0.5", "not_whole", {}),
        (Rule(Kind.PENALTY, 0, each=100), "-2", "below_zero", {}),
    ],
)
def test_a_mark_that_cannot_be_is_refused(rule, value, code, facts):
    """Among them “over the maximum”, “three decimals” and “off the table's step”."""
    assert refusal(rule, given(value)) == (code, {"value": Decimal(value), **facts})


@pytest.mark.parametrize(
    ("target", "code"),
    [("0", "target_zero"), ("0.00", "target_zero"), ("-5", "target_negative")],
)
def test_nothing_is_divided_by_a_target_of_zero(target, code):
    """“a target of 0 under proportional” has a code of its own; so under leader_relative."""
    for rule in (PROPORTIONAL, Rule(Kind.LEADER_RELATIVE, pts(10))):
        assert refusal(rule, given(3, target)) == (code, {"target": Decimal(target)})


def test_a_percentage_of_nothing_for_a_point_is_refused():
    rule = Rule(Kind.PROPORTIONAL, pts(10), percent=Decimal(0))

    assert refusal(rule, given(3, 4)) == ("percent_not_positive", {"percent": Decimal(0)})


def test_a_target_of_no_use_to_the_kind_is_not_looked_at():
    assert MANUAL.points(Given(Decimal(3), target=Decimal("NaN"))) == pts(3)
    assert BANDED.points(Given(Decimal(3), target=Decimal(0))) == pts(2)


FOLDER = Path(faults.__file__).parent
TOLD = {
    "Fault": faults.__doc__,
    "Problem": f"{tables.__doc__} {checks.__doc__} {classes.__doc__}",
}


def codes(maker: str) -> set[str]:
    """Return the codes that the package makes faults or problems with."""
    return {
        code.value
        for path in FOLDER.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == maker
        for code in ast.walk(node.args[0])
        if isinstance(code, ast.Constant) and isinstance(code.value, str)
    }


@pytest.mark.parametrize("maker", ["Fault", "Problem"])
def test_every_code_stands_in_the_docstring_that_lists_them(maker):
    made = codes(maker)
    if maker == "Problem":
        source = (FOLDER / "checks.py").read_text(encoding="utf-8")
        made |= set(re.findall(r'yield "(\w+)"', source))

    assert len(made) > 8
    assert {code for code in made if f"``{code}``" not in str(TOLD[maker])} == set()
