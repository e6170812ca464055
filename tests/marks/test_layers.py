"""Layers of marks, and several checkers on one card."""

from decimal import Decimal

import pytest

from tests.marks.build import NA, card, given
from thidua.marks.layers import combine, standing
from thidua.marks.rules import Fault, Given

SELF = card({"A": 10, "B": 9, "C": 8})
CROSS = card({"A": 9})
LEAD = card({"B": 7, "C": NA})
BOARD = card({"D": 5})


@pytest.mark.parametrize(
    ("layers", "stands"),
    [
        ([], {}),
        ([SELF], SELF),
        ([SELF, CROSS], {"A": 9, "B": 9, "C": 8}),  # its own mark, else the layer below
        ([SELF, CROSS, LEAD], {"A": 9, "B": 7, "C": NA}),
        ([SELF, {}, LEAD, {}, BOARD], {"A": 10, "B": 7, "C": NA, "D": 5}),
        ([LEAD, SELF], {"A": 10, "B": 9, "C": 8}),  # a mark also ends "not applicable"
        ([SELF, {"A": Given(None)}], SELF),  # nothing given is no mark
        ([SELF, card({"A": 0})], {"A": 0, "B": 9, "C": 8}),  # nothing earned is one
    ],
)
def test_a_layers_value_is_its_own_mark_else_the_layer_below(layers, stands):
    assert standing(layers) == card(stands)


@pytest.mark.parametrize(
    ("layers", "stands"),
    [
        ([card({"A": 10, "T": 20}), card({"A": 9, "T": 18}), card({"T": 12})], {"A": 9, "T": 12}),
        ([card({"A": 10, "T": 20}), card({"T": 18}), {}], {"A": 10}),  # not marked yet
        ([card({"A": 10, "T": 20})], {"A": 10}),  # the layer is still to come
    ],
)
def test_what_the_board_owns_counts_from_its_layer_alone(layers, stands):
    assert standing(layers, only={"T": 2}) == card(stands)


def test_what_is_owned_below_is_not_overruled_above():
    """A criterion that the system marks in the lowest layer stays what the system knows."""
    assert standing([card({"S": 1}), card({"S": 0})], only={"S": 0}) == card({"S": 1})


def test_no_layer_is_changed():
    before = dict(SELF)

    standing([SELF, CROSS])

    assert before == SELF


@pytest.mark.parametrize(
    ("values", "how", "step", "combined"),
    [
        (["8", "8.00"], "agreed", 1, "8"),
        (["7.25"], "agreed", 25, "7.25"),
        (["8", "9"], "mean", 1, "8.5"),
        (["8", "9"], "mean", 100, "9"),  # 8.5 half-up to whole points
        (["8", "8", "9"], "mean", 1, "8.33"),  # 8.333…
        (["8", "9", "9"], "mean", 1, "8.67"),  # 8.666…
        (["8", "8", "9"], "mean", 25, "8.25"),  # 8.333… to 0.25
        (["8", "9", "9"], "mean", 50, "8.5"),  # 8.666… to 0.5
        (["8.01", "8.02"], "mean", 1, "8.02"),  # 8.015: a half goes up
        (["2", "8", "9"], "median", 1, "8"),
        (["9", "2", "8"], "median", 1, "8"),  # in any order
        (["2", "8", "9", "10"], "median", 1, "8.5"),  # the mean of the middle two
        (["8", "8.25"], "median", 25, "8.25"),  # 8.125 to 0.25, half-up
        (["5"], "mean", 1, "5"),
        (["5"], "median", 1, "5"),
        (["-8", "20"], "mean", 100, "6"),
        (["-8", "-9"], "mean", 100, "-9"),  # −8.5: a half goes away from zero
    ],
)
def test_several_checkers_give_one_value(values, how, step, combined):
    assert combine([Decimal(v) for v in values], how, step) == Decimal(combined)


@pytest.mark.parametrize(
    ("values", "how", "code"),
    [
        (["8", "9"], "agreed", "not_agreed"),
        ([], "mean", "nothing_to_combine"),
        (["8"], "highest", "unknown_way"),
        (["8", "NaN"], "mean", "not_finite"),
    ],
)
def test_what_makes_no_value_is_refused(values, how, code):
    with pytest.raises(Fault) as caught:
        combine([Decimal(v) for v in values], how)

    assert caught.value.code == code


def test_those_who_do_not_agree_are_told_what_each_gave():
    with pytest.raises(Fault) as caught:
        combine([Decimal(9), Decimal(8)], "agreed")

    assert caught.value.facts == {"values": (Decimal(9), Decimal(8))}
    assert given(9) == Given(Decimal(9))
