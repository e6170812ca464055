"""Points relative to the cluster's best: the police formula (domain.md 4.8) worked by hand."""

from decimal import Decimal

import pytest

from tests.marks.build import NA, card, given, manual, pts, relative, table
from thidua.marks.cards import Move, Scheme, moved, relative_points, score
from thidua.marks.ranking import Contender, rank, standings
from thidua.marks.rules import Fault, Given

TEN = table(relative("A", 10, allows_na=True))


def points(figures, its_table=TEN):
    """Return the points of criterion A by unit, as on paper; figures are (actual, target)."""
    cards = {key: {"A": f if isinstance(f, Given) else given(*f)} for key, f in figures.items()}
    found = relative_points(its_table, cards)
    return {key: Decimal(its["A"]) / 100 for key, its in found.items() if its}


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        # The worked numbers of the source, M = 10.
        ({"a": (120, 100), "b": (50, 60), "c": (80, 80)}, {"a": "10", "b": "4.17", "c": "5"}),
        ({"a": (120, 100), "b": (60, 50), "c": (80, 80)}, {"a": "10", "b": "10", "c": "5"}),
        ({"a": (150,), "b": (100,), "c": (75,)}, {"a": "10", "b": "6.67", "c": "5"}),
        # Above its target, not the best: e = 0.1, E = 0.2, ½·10 + ½·10·0.1 ÷ 0.2 = 7.5.
        ({"a": (120, 100), "b": (110, 100)}, {"a": "10", "b": "7.5"}),
        # e = 0.05, E = 0.2: 5 + 5 × 0.25 = 6.25.
        ({"a": (120, 100), "b": (21, 20)}, {"a": "10", "b": "6.25"}),
        # Below: ½·10·90 ÷ 100 = 4.5; nothing done: 0.
        ({"a": (120, 100), "b": (90, 100), "c": (0, 100)}, {"a": "10", "b": "4.5", "c": "0"}),
        # 5 × 2/3 = 3.333…; half-up at 0.01: 5 × 0.333 = 1.665 → 1.67.
        ({"a": (2, 3), "b": (333, 1000)}, {"a": "3.33", "b": "1.67"}),
        # Nobody over their target: nobody over half.
        ({"a": (100, 100), "b": (99, 100)}, {"a": "5", "b": "4.95"}),
        ({"a": (50, 100), "b": (40, 100)}, {"a": "2.5", "b": "2"}),
        # Without a target only among themselves: the 1000 of c is nobody's best.
        (
            {"a": (120, 100), "b": (110, 100), "c": (1000,), "d": (250,)},
            {"a": "10", "b": "7.5", "c": "10", "d": "2.5"},
        ),
        ({"a": (0,), "b": (0,)}, {"a": "0", "b": "0"}),
        # A fall below 0 has no points; the best is still a's e = 0.5.
        ({"a": (150, 100), "b": (-10, 100), "c": (-5,)}, {"a": "10", "b": "0", "c": "0"}),
    ],
)
def test_the_formula(figures, expected):
    assert points(figures) == {key: Decimal(p) for key, p in expected.items()}


@pytest.mark.parametrize(
    ("figure", "expected"),
    [((120, 100), 10), ((100, 100), 5), ((80, 100), 4), ((7,), 10), ((0,), 0)],
)
def test_one_unit_alone_is_its_own_best(figure, expected):
    """“leader_relative with one unit or without data”: the one unit."""
    assert points({"a": figure}) == {"a": expected}


def test_a_unit_without_data_has_no_points_and_is_nobodys_best():
    """“leader_relative with one unit or without data”: no figure, not applicable, no card."""
    figures = {"a": (110, 100), "b": Given(None, Decimal(100)), "c": NA}

    assert points(figures) == {"a": 10}
    assert relative_points(TEN, {"a": {}, "b": {}}) == {"a": {}, "b": {}}
    assert relative_points(TEN, {}) == {}


def test_what_is_not_assigned_leaves_points_and_maximum():
    its_table = table(relative("A", 10, allows_na=True), manual("B", 10))

    line = score(its_table, card({"A": NA, "B": 8})).lines[""]

    assert line.counted == pts(16)  # 8 of 10 that apply are 16 of 20


def test_the_points_of_the_cluster_reach_the_card():
    its_table = table(relative("A", 10), manual("B", 10))
    cards = {key: card({"A": given(a, 100), "B": 4}) for key, a in {"x": 120, "y": 110}.items()}
    found = relative_points(its_table, cards)

    scores = {key: score(its_table, its, found[key]) for key, its in cards.items()}

    assert {key: s.total for key, s in scores.items()} == {"x": pts(14), "y": pts(11.5)}
    assert score(its_table, cards["x"]).missing == ("A",)


def test_points_end_at_the_step_of_the_table():
    halves = table(relative("A", 10), step=50)

    assert points({"a": (3,), "b": (2,), "c": (1,)}, halves) == {
        "a": Decimal(10),
        "b": Decimal("6.5"),  # 6.666… to 0.5
        "c": Decimal("3.5"),  # 3.333… to 0.5
    }


def test_a_wrong_figure_is_named_with_its_unit_and_criterion():
    with pytest.raises(Fault) as caught:
        relative_points(TEN, {"x": card({"A": given(5, 5)}), "y": card({"A": given(5, 0)})})

    assert caught.value.code == "target_zero"
    assert caught.value.facts == {"target": Decimal(0), "key": "y", "criterion": "A"}


def result(cards):
    """Return (total, rank) by unit in a table of one relative criterion and one other."""
    its_table = table(relative("A", 10), manual("B", 10))
    found = relative_points(its_table, cards)
    scheme = Scheme(its_table)
    totals = {key: scheme.score(its, found[key]).total for key, its in cards.items()}
    return standings(rank([Contender(key, total) for key, total in totals.items()]))


def test_one_correction_moves_others_and_tells_who():
    """Raising a's figure swaps b and c, whose own figures stayed: both versions say so."""
    cards = {
        "a": card({"A": given(110, 100), "B": 0}),
        "b": card({"A": given(110, 100), "B": 2}),
        "c": card({"A": given(100, 100), "B": 6}),
        "d": card({"A": given(0, 100), "B": 1}),
    }
    before = result(cards)
    after = result({**cards, "a": card({"A": given(140, 100), "B": 0})})

    assert before == {"a": (1000, 3), "b": (1200, 1), "c": (1100, 2), "d": (100, 4)}
    # b: e = 0.1, E = 0.4 now: 5 + 5 × 0.25 = 6.25, and 2.
    assert moved(before, after) == [
        Move("c", 1100, 1100, 2, 1),
        Move("a", 1000, 1000, 3, 2),
        Move("b", 1200, 825, 1, 3),
    ]


def test_a_unit_that_came_or_went_moved_from_or_to_nothing():
    moves = moved({"a": (500, 1), "gone": (400, 2)}, {"a": (500, 1), "new": (450, 2)})

    assert moves == [Move("new", None, 450, None, 2), Move("gone", 400, None, 2, None)]
    assert moved({"a": (500, 1)}, {"a": (500, 1)}) == []


def test_who_moved_is_told_best_first_whatever_the_order_of_input():
    after = {"out": (900, None), "c": (300, 3), "a": (500, 1), "b": (400, 2)}

    assert [move.key for move in moved({}, after)] == ["a", "b", "c", "out"]
