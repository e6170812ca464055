"""All that is wrong with a table is told at once, at the node it concerns."""

import time
from decimal import Decimal

import pytest

from tests.marks.build import card, given, group, manual, penalty, pts, relative, table, yes_no
from thidua.marks.cards import Scheme
from thidua.marks.rules import Band, Fault, GradedStep, Kind, Rounding, Rule
from thidua.marks.tables import Group, Leaf, Problem, Table, maximum_of, problems


def bands(*bounds, most=10):
    """Return a banded criterion from (at_least, below) pairs as text or None."""
    made = tuple(
        Band(low and Decimal(low), high and Decimal(high), pts(most)) for low, high in bounds
    )
    return Leaf("A", Rule(Kind.BANDED, pts(most), bands=made))


def told(*children, **more):
    return [(p.code, p.node, p.facts) for p in problems(table(*children, **more))]


def test_a_table_without_a_fault_has_no_problem():
    assert told(group("I", manual("I.1", 10), yes_no("I.2", 5, -8)), penalty("P", 8), cap=5) == []


def test_two_criteria_with_one_code_are_told_at_each_of_them():
    """“two criteria with one code”: within one group or far apart, or a group and a criterion."""
    found = told(group("I", manual("I.1", 5)), group("II", manual("I.1", 5), manual("II", 5)))

    assert found == [
        ("code_twice", "I.1", {"count": 2}),
        ("code_twice", "II", {"count": 2}),
        ("code_twice", "I.1", {"count": 2}),
        ("code_twice", "II", {"count": 2}),
    ]


def test_a_table_with_one_code_twice_scores_nothing():
    with pytest.raises(Fault) as caught:
        Scheme(table(manual("A", 5), manual("A", 5)))

    assert (caught.value.code, caught.value.facts) == ("code_twice", {"criterion": "A"})


@pytest.mark.parametrize("most", [0, -5])
def test_a_criterion_without_anything_to_reach_is_told(most):
    """“maximum 0 or negative”."""
    assert told(manual("A", most)) == [("max_not_positive", "A", {"max": pts(most)})]


def test_penalties_and_knockouts_need_no_maximum():
    assert told(manual("A", 5), penalty("P", 8), Leaf("K", Rule(Kind.KNOCKOUT, 0))) == []


@pytest.mark.parametrize("wrote", [10, 8])
def test_children_sum_to_what_the_author_wrote(wrote):
    leaves = (manual("I.1", 5), manual("I.2", 4), manual("B", 7, is_bonus=True), penalty("P", 2))
    found = problems(Table(Group("", (Group("I", leaves, None, pts(wrote)),), None, pts(9))))

    assert found == [Problem("group_sum", "I", {"written": pts(wrote), "sum": pts(9)})]


def test_an_empty_group_is_told():
    assert told(group("I")) == [("group_empty", "I", {})]
    assert told() == [("group_empty", "", {})]


@pytest.mark.parametrize(
    ("bounds", "code", "low", "high"),
    [
        ([("80", None), ("60", "79"), (None, "60")], "bands_gap", "79", "80"),
        ([("80", None), ("60", "80")], "bands_gap", None, "60"),
        ([("80", "100"), (None, "80")], "bands_gap", "100", None),  # 100 % itself has no band
        ([("80", None), ("60", "85"), (None, "60")], "bands_overlap", "80", "85"),
        ([("80", None), ("60", None), (None, "60")], "bands_overlap", "80", None),
        ([(None, "80"), (None, "60"), ("80", None)], "bands_overlap", None, "60"),
        ([("80", None), ("60", "70"), ("0", "80")], "bands_overlap", "60", "70"),
        ([("80", None), ("80", "80"), (None, "80")], "band_empty", "80", "80"),
        ([("80", "60"), (None, None)], "band_empty", "80", "60"),
    ],
)
def test_bands_reach_from_nothing_to_everything_once(bounds, code, low, high):
    """“bands that overlap or leave 79.5 % out”: 79.5 lies in the gap from 79 to 80."""
    found = told(bands(*bounds))

    facts = {"from": low and Decimal(low), "to": high and Decimal(high)}
    assert [f for f in found if f[0] == code] == [(code, "A", facts)]


@pytest.mark.parametrize(
    "bounds",
    [
        [(None, None)],
        [("0", None)],
        [("80", None), ("60", "80"), (None, "60")],
        [("0", "60"), ("79.5", None), ("60", "79.5")],  # in any order
    ],
)
def test_bands_that_meet_are_no_problem(bounds):
    assert told(bands(*bounds)) == []


def test_bands_and_steps_stay_within_the_maximum():
    over = Leaf("B", Rule(Kind.BANDED, pts(4), bands=(Band(None, None, pts(5)),)))
    steps = (GradedStep("tốt", pts(9)), GradedStep("khá", pts(6)))
    graded = Leaf("G", Rule(Kind.GRADED, pts(8), steps=steps))

    assert told(over, graded) == [
        ("points_over_max", "B", {"points": pts(5), "max": pts(4)}),
        ("points_over_max", "G", {"label": "tốt", "points": pts(9), "max": pts(8)}),
    ]


@pytest.mark.parametrize(
    ("rule", "cap", "unit"),
    [
        (Rule(Kind.COUNT, pts(20), each=pts(10), cap=pts(9)), 9, 10),
        (Rule(Kind.COUNT, pts(20), each=pts(10), cap=0), 0, 10),
        (Rule(Kind.PENALTY, 0, each=pts(8), cap=pts(7.99)), 7.99, 8),
        (Rule(Kind.PROPORTIONAL, pts(10), rounding=Rounding.DOWN, cap=pts(0.5)), 0.5, 1),
        (Rule(Kind.PROPORTIONAL, pts(10), cap=0), 0, 0.01),
    ],
)
def test_a_cap_pays_at_least_one_unit(rule, cap, unit):
    """“a cap under one unit”: one occurrence, or one whole point."""
    facts = {"cap": pts(cap), "unit": pts(unit)}

    assert told(Leaf("A", rule)) == [("cap_under_unit", "A", facts)]


def test_a_cap_of_exactly_one_unit_is_no_problem():
    assert told(Leaf("A", Rule(Kind.COUNT, pts(20), each=pts(10), cap=pts(10)))) == []


def test_a_bonus_cap_pays_at_least_one_unit_of_what_is_counted_below_it():
    """“a cap under one unit”, here of a group: one model is 10 points, the group stops at 5."""
    models = Leaf("B.1", Rule(Kind.COUNT, pts(30), each=pts(10)), is_bonus=True)
    found = told(manual("A", 5), group("B", models, cap=5), cap=10)

    assert found == [("cap_under_unit", "B", {"cap": pts(5), "unit": pts(10)})]


@pytest.mark.parametrize(
    ("leaf", "code", "facts"),
    [
        (manual("A", 5, owner=""), "no_owner", {}),
        (Leaf("A", Rule(Kind.PENALTY, 0, each=5), is_bonus=True), "bonus_kind", {}),
        (yes_no("A", 5, -8, is_bonus=True), "bonus_negative", {"points": pts(-8)}),
        (yes_no("A", 5, 8), "failed_positive", {"points": pts(8)}),
        (Leaf("A", Rule(Kind.GRADED, 500)), "steps_none", {}),
        (Leaf("A", Rule(Kind.BANDED, 500)), "bands_none", {}),
        (Leaf("A", Rule(Kind.COUNT, 500)), "each_not_positive", {"each": 0}),
        (Leaf("A", Rule(Kind.DEDUCT, 500, each=-1)), "each_not_positive", {"each": -1}),
        (
            Leaf("A", Rule(Kind.DEDUCT, 500, each=100, floor=600)),
            "floor_over_max",
            {"floor": 600, "max": 500},
        ),
        (
            Leaf("A", Rule(Kind.COUNT, 500, each=100, cap=600)),
            "cap_over_max",
            {"cap": 600, "max": 500},
        ),
        (
            Leaf("A", Rule(Kind.PROPORTIONAL, 500, percent=Decimal(0))),
            "percent_not_positive",
            {"percent": Decimal(0)},
        ),
        (Leaf("A", Rule(Kind.MANUAL, 500, step=30)), "step_not_allowed", {"step": 30}),
        (manual("", 5), "no_code", {}),
    ],
)
def test_what_is_wrong_with_one_criterion(leaf, code, facts):
    assert told(leaf) == [(code, leaf.code, facts)]


@pytest.mark.parametrize("step", [0, -1, 30, 200])
def test_a_step_divides_one_point(step):
    assert told(manual("A", 6), step=step)[0] == ("step_not_allowed", "", {"step": step})


def test_what_a_table_pays_lies_on_its_step():
    graded = Rule(Kind.GRADED, pts(5), steps=(GradedStep("khá", pts(2.25)),))

    assert told(Leaf("A", graded), step=50) == [
        ("points_off_step", "A", {"points": pts(2.25), "step": 50})
    ]
    assert told(Leaf("A", graded), step=25) == []


def test_a_negative_bonus_cap_is_told():
    assert told(manual("A", 5), cap=-1) == [("bonus_cap_negative", "", {"cap": pts(-1)})]


def test_all_faults_are_told_together():
    found = told(group("I", manual("A", 0, owner=""), bands(("80", None))), step=3)

    assert [(code, node) for code, node, _facts in found] == [
        ("step_not_allowed", ""),
        ("code_twice", "A"),
        ("no_owner", "A"),
        ("max_not_positive", "A"),
        ("code_twice", "A"),
        ("bands_gap", "A"),
    ]


def nested(levels):
    """Return a table whose only criterion lies so many levels below the table."""
    node = manual("leaf", 10, allows_na=True)
    for level in range(levels - 1, 0, -1):
        node = group(str(level), node)
    return table(node)


def test_a_deep_table_works_to_the_tenth_level():
    """“10 levels” are reckoned; an eleventh, and a thousandth, is told."""
    assert problems(nested(10)) == []
    assert Scheme(nested(10)).score(card({"leaf": 7})).lines["9"].counted == pts(7)
    assert problems(nested(11)) == [Problem("too_deep", "leaf", {"limit": 10})]
    assert [p.code for p in problems(nested(5_000))] == ["too_deep"]
    with pytest.raises(Fault) as caught:
        Scheme(nested(5_000))
    assert caught.value.code == "too_deep"


def test_a_very_long_table_is_checked_and_scored_at_once():
    """“2,000 criteria”: checked, compiled, scored and opened in far under a second."""
    parts = [
        group(f"{g}", *(manual(f"{g}.{i}", 1, allows_na=True) for i in range(1, 41)))
        for g in range(1, 51)
    ]
    its_table = table(*parts)
    started = time.process_time()

    assert problems(its_table) == []
    score = Scheme(its_table).score(card(dict.fromkeys((f"7.{i}" for i in range(1, 41)), "0.5")))

    assert (score.total, score.maximum, len(score.missing)) == (pts(20), pts(2_000), 1_960)
    assert len(score.lines) == 2_051
    assert time.process_time() - started < 2


def test_the_maximum_is_the_sum_of_what_is_standard():
    its_group = group(
        "I",
        manual("I.1", 10),
        group("I.2", manual("I.2.1", 5), relative("I.2.2", 2.5)),
        manual("I.3", 50, is_bonus=True),
        penalty("I.4", 8),
    )

    assert maximum_of(its_group) == pts(17.5)


@pytest.mark.parametrize(
    ("marks", "code", "criterion"),
    [
        ({"Z": given(1)}, "no_such_criterion", "Z"),
        ({"A": given(11)}, "over_maximum", "A"),
        ({"A": given("7.2")}, "off_step", "A"),
        ({"A": given(1).__class__(None, is_na=True)}, "na_not_allowed", "A"),
    ],
)
def test_a_card_is_refused_at_its_criterion(marks, code, criterion):
    """Also “for a criterion of another version”, which the table does not know."""
    with pytest.raises(Fault) as caught:
        Scheme(table(manual("A", 10), step=25)).score(marks)

    assert (caught.value.code, caught.value.facts["criterion"]) == (code, criterion)
