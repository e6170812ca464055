"""Đạt and vượt, from target and actual alone."""

from decimal import Decimal

import pytest

from thidua.marks.achievement import Achievement, achieved
from thidua.marks.faults import Fault


def number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


@pytest.mark.parametrize(
    ("target", "actual", "reached", "over"),
    [
        # Vĩnh Long 2023 (domain.md 10): its report says “vượt 161,9 %”, “vượt 230 %”, “vượt 390 %”.
        ("4500", "11789", "261.98", "161.98"),  # 11 789 ÷ 4 500 = 2.619777…
        ("40", "132", "330.00", "230.00"),
        ("240", "936", "390.00", "290.00"),  # what was called exceeded is what was achieved
        # Đồng Tháp “đạt 185,7 %” for 13 of 7.
        ("7", "13", "185.71", "85.71"),
        # Bà Rịa – Vũng Tàu 2021: 2 071 models registered, 1 808 effective (87,3 %).
        ("2071", "1808", "87.30", None),
        ("100", "100", "100.00", None),  # reached, and not passed
        ("100", "0", "0.00", None),
        ("3", "2", "66.67", None),  # 66.666… half-up
        ("8", "1", "12.50", None),
        ("100000", "99996", "100.00", None),  # 99.996 % shows as 100, yet it is not reached
        ("0.5", "0.75", "150.00", "50.00"),
    ],
)
def test_more_is_better_has_both_percentages(target, actual, reached, over):
    found = achieved("more", Decimal(target), Decimal(actual))

    assert found == Achievement(
        Decimal(actual) >= Decimal(target),
        Decimal(reached),
        number(over),
        Decimal(actual) - Decimal(target),
    )


@pytest.mark.parametrize(
    ("target", "actual", "is_reached", "difference"),
    [
        ("0", "5", True, "5"),  # nothing to divide by
        ("0", "0", True, "0"),
        ("-2", "-1", True, "1"),  # a growth of −2 % promised, −1 % done: 50 % would say half
        ("-2", "-3", False, "-1"),
        ("-2", "3", True, "5"),
        ("5", "-1", False, "-6"),
    ],
)
def test_targets_of_zero_and_negative_growth_have_no_percentage(
    target, actual, is_reached, difference
):
    found = achieved("more", Decimal(target), Decimal(actual))

    assert found == Achievement(is_reached, None, None, Decimal(difference))


@pytest.mark.parametrize(
    ("direction", "target", "actual", "is_reached", "difference"),
    [
        ("less", "5", "3", True, "-2"),
        ("less", "5", "5", True, "0"),
        ("less", "5", "6", False, "1"),
        ("less", "0", "0", True, "0"),
        ("less", "0", "1", False, "1"),
        ("exactly", "12", "12.0", True, "0.0"),
        ("exactly", "12", "13", False, "1"),
        ("exactly", "12", "11", False, "-1"),
        ("yes_no", None, "1", True, None),
        ("yes_no", None, "0", False, None),
        ("yes_no", "1", "1", True, None),
    ],
)
def test_other_directions_have_no_percentage(direction, target, actual, is_reached, difference):
    found = achieved(direction, number(target), Decimal(actual))

    assert found == Achievement(is_reached, None, None, number(difference))


@pytest.mark.parametrize("direction", ["more", "less", "exactly", "yes_no"])
def test_nothing_measured_is_neither_reached_nor_missed(direction):
    assert achieved(direction, Decimal(5), None) == Achievement()


@pytest.mark.parametrize("direction", ["more", "less", "exactly"])
def test_nothing_is_reached_without_a_target(direction):
    assert achieved(direction, None, Decimal(5)) == Achievement()


def test_what_is_no_number_is_refused():
    with pytest.raises(Fault) as caught:
        achieved("more", Decimal(5), Decimal("NaN"))

    assert caught.value.code == "not_finite"


def test_an_unknown_direction_is_an_error_of_the_program():
    with pytest.raises(KeyError):
        achieved("sideways", Decimal(5), Decimal(5))
