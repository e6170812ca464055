"""What a card comes to: caps, penalties, what does not apply, and how it opens."""

from decimal import Decimal

import pytest

from tests.marks.build import NA, NO, YES, card, group, manual, penalty, pts, table, yes_no
from thidua.marks.cards import Line, Scheme, score
from thidua.marks.rules import GradedStep, Kind, Rule
from thidua.marks.tables import Leaf


def counted(its_score, *codes):
    """Return what these lines add to the total, as on paper."""
    return [float(Decimal(its_score.lines[code].counted) / 100) for code in codes]


def na(code, most, counts="rescale", **more):
    """Return a criterion that may be not applicable."""
    return manual(code, most, allows_na=True, na=counts, **more)


def bonus(code, most):
    return manual(code, most, is_bonus=True)


def test_the_total_is_standard_and_bonus_less_penalty():
    its_table = table(manual("A", 90), manual("B", 10), bonus("T", 10), penalty("P", 8), cap=10)

    its = score(its_table, card({"A": 80, "B": "9.5", "T": 4, "P": 2}))

    assert (its.standard, its.bonus, its.penalty) == (pts(89.5), pts(4), pts(16))
    assert (its.total, its.maximum, its.percent) == (pts(77.5), pts(100), Decimal("77.50"))
    assert counted(its, "A", "B", "T", "P", "") == [80, 9.5, 4, -16, 77.5]
    assert its.lines["P"] == Line(pts(16), 0, False, pts(-16))


def test_a_total_may_fall_below_nothing():
    its = score(table(yes_no("A", 20, -8), penalty("P", 8)), {"A": NO, "P": YES})

    assert (its.total, its.percent) == (pts(-16), Decimal("-80.00"))


@pytest.mark.parametrize(
    ("total", "maximum", "shown"),
    [
        (887.5, 950, "93.42"),  # 93.4210…
        (107, 100, "107.00"),
        (1, 8, "12.50"),
        (0.01, 800, "0.00"),  # 0.00125
        (2, 3, "66.67"),
        (899.95, 1000, "90.00"),  # 89.995: a half goes up
    ],
)
def test_the_percentage_has_two_places_half_up(total, maximum, shown):
    its_table = table(manual("A", maximum), bonus("B", 100))
    its = score(its_table, card({"A": min(total, maximum), "B": max(total - maximum, 0)}))

    assert its.percent == Decimal(shown)


def test_the_unrounded_percentage_stays_under_a_bound_that_the_shown_one_meets():
    its = score(table(manual("A", 1000)), card({"A": "899.96"}))

    assert (its.percent, its.exact_percent) == (Decimal("90.00"), Decimal("89.996"))


def test_bonuses_stop_at_the_cap_of_their_group_then_of_the_table():
    its_table = table(
        group("I", manual("I.1", 60), bonus("I.b", 45), bonus("I.c", 10), cap=40),
        group("II", manual("II.1", 40), bonus("II.b", 30)),
        cap=50,
    )

    its = score(its_table, card({"I.1": 60, "II.1": 40, "I.b": 45, "I.c": 10, "II.b": 30}))

    # I: 55 cut to 40. Table: 40 + 30 = 70 cut to 50: I 40 × 5/7 = 28.571…, II 30 × 5/7 = 21.428…;
    # rounded down 28.57 + 21.42, the hundredth left goes to II (0.857 before 0.143).
    assert (its.standard, its.bonus, its.total) == (pts(100), pts(50), pts(150))
    assert counted(its, "I", "II") == [88.57, 61.43]
    # Within I: 45 × 28.57 ÷ 55 = 23.37545…, 10 × 28.57 ÷ 55 = 5.19454…: the rest goes to the first.
    assert counted(its, "I.b", "I.c", "II.b") == [23.38, 5.19, 21.43]
    assert its.lines["I.b"].points == pts(45)


def test_a_cap_of_nothing_takes_every_bonus():
    its = score(table(manual("A", 10), bonus("B", 5), cap=0), card({"A": 10, "B": 5}))

    assert (its.total, its.bonus, its.lines["B"]) == (pts(10), 0, Line(pts(5), pts(5), False, 0))


def test_what_does_not_apply_leaves_points_and_maximum_and_the_group_is_rescaled():
    its_table = table(group("I", manual("a", 40), na("b", 30), manual("c", 30)), manual("II", 50))

    its = score(its_table, card({"a": 30, "b": NA, "c": 30, "II": 50}))

    # 60 of the 70 that apply: 60 × 100 ÷ 70 = 85.714… → 85.71, of a maximum that stays 150.
    assert (its.total, its.maximum) == (pts(135.71), pts(150))
    # a and c: 42.857… each; the hundredth that rounding down leaves goes to the first.
    assert counted(its, "a", "b", "c", "I", "II") == [42.86, 0, 42.85, 85.71, 50]
    assert its.lines["b"] == Line(None, pts(30), True, 0)
    assert its.missing == ()


def test_full_marks_stay_full_whatever_does_not_apply():
    its_table = table(group("I", manual("a", 7), manual("c", 11), manual("d", 13), na("b", 30)))

    its = score(its_table, card({"a": 7, "c": 11, "d": 13, "b": NA}))

    # × 61 ÷ 31: 13.774…, 21.645…, 25.580…; down: 60.99; the rest goes to c (0.516 … is the most).
    assert counted(its, "a", "c", "d", "I") == [13.77, 21.65, 25.58, 61]


def test_what_does_not_apply_may_count_in_full():
    its_table = table(manual("a", 40), na("b", 30, "full"), manual("c", 30))

    its = score(its_table, card({"a": 30, "b": NA, "c": 15}))

    assert counted(its, "a", "b", "c", "") == [30, 30, 15, 75]


def test_one_counted_in_full_applies_when_its_group_is_rescaled_for_another():
    its_table = table(manual("a", 40), na("b", 30, "full"), na("c", 30))

    its = score(its_table, card({"a": 20, "b": NA, "c": NA}))

    # 20 + 30 = 50 of the 70 that apply: 50 × 100 ÷ 70 = 71.43; a 28.571…, b 42.857….
    assert counted(its, "a", "b", "c", "") == [28.57, 42.86, 0, 71.43]


def test_a_group_of_which_nothing_applies_rescales_the_group_above():
    its_table = table(
        group("I", group("I.1", na("a", 20), na("b", 20)), manual("c", 60)), manual("II", 100)
    )

    its = score(its_table, card({"a": NA, "b": NA, "c": 45, "II": 80}))

    assert counted(its, "I.1", "c", "I", "II", "") == [0, 75, 75, 80, 155]  # 45 × 100 ÷ 60
    assert its.lines["I.1"].is_na
    assert not its.lines["I"].is_na


def test_rescaling_passes_through_levels_one_after_the_other():
    its_table = table(group("I", group("I.1", manual("a", 10), na("b", 10)), na("c", 20)))

    its = score(its_table, card({"a": 7, "b": NA, "c": NA}))

    assert counted(its, "a", "I.1", "I") == [28, 28, 28]  # 7 → 14 of 20 → 28 of 40


def test_where_nothing_applies_there_is_nothing():
    its = score(table(na("a", 10), na("b", 10)), card({"a": NA, "b": NA}))

    assert (its.total, its.maximum, its.percent) == (0, pts(20), 0)
    assert not its.is_empty


def test_bonuses_and_penalties_are_not_rescaled():
    its_table = table(
        manual("a", 50), na("b", 50), bonus("T", 10), Leaf("P", Rule(Kind.PENALTY, 0, each=200))
    )

    its = score(its_table, card({"a": 25, "b": NA, "T": 10, "P": 1}))

    assert counted(its, "a", "T", "P", "") == [50, 10, -2, 58]


def test_what_has_no_mark_counts_nothing_and_is_named():
    its_table = table(manual("A", 5), manual("B", 5), bonus("T", 5), penalty("P", 1))

    its = score(its_table, card({"B": 4}))

    assert (its.total, its.missing) == (pts(4), ("A",))
    assert its.lines["A"] == Line(None, pts(5), False, 0)
    assert score(its_table, {}).is_empty
    assert score(its_table, {}).lines[""] == Line(None, pts(10), False, 0)


def test_a_mark_of_nothing_is_a_mark():
    its = score(table(manual("A", 5)), card({"A": 0}))

    assert its.missing == ()
    assert not its.is_empty
    assert its.lines["A"].points == 0


def test_knockouts_are_named_in_the_order_of_the_table():
    steps = (GradedStep("HTT", pts(60)), GradedStep("KHT", 0, knocks_out=True))
    its_table = table(
        Leaf("K.1", Rule(Kind.KNOCKOUT, 0)),
        Leaf("A", Rule(Kind.GRADED, pts(60), steps=steps)),
        Leaf("K.2", Rule(Kind.KNOCKOUT, 0)),
    )

    its = score(its_table, {"K.2": YES, "A": YES, "K.1": NO})

    assert (its.knockouts, its.total) == (("A", "K.2"), 0)
    assert score(its_table, {"K.1": NO, "A": NO}).knockouts == ()


def test_lines_come_in_the_order_of_the_table_a_group_before_its_parts():
    its_table = table(
        group("I", manual("I.1", 5), group("I.2", manual("I.2.1", 5))), manual("II", 5)
    )

    its = score(its_table, card({"I.2.1": 3, "II": 1}))

    assert list(its.lines) == ["", "I", "I.1", "I.2", "I.2.1", "II"]
    assert its.lines["I"] == Line(pts(3), pts(10), False, pts(3))


def test_points_reckoned_before_come_to_the_same_as_the_card():
    its_table = table(
        group("I", manual("I.1", 50), na("I.2", 50), bonus("I.b", 20), cap=10), penalty("P", 3)
    )
    scheme = Scheme(its_table)
    marks = card({"I.1": 35, "I.2": NA, "I.b": 15, "P": 2})

    from_card = scheme.score(marks)
    from_points = scheme.score_points(
        {"I.1": pts(35), "I.b": pts(15), "P": pts(6)}, frozenset({"I.2"})
    )

    assert from_card == from_points
    assert from_card.lines == from_points.lines
    assert from_card.total == pts(74)  # 35 → 70, + 10 − 6


def test_a_score_keeps_what_it_was_made_of_when_the_callers_numbers_go_on():
    points, its_na = {"a": pts(5)}, {"b"}
    its = Scheme(table(na("a", 10), na("b", 10))).score_points(points, its_na)
    points["a"] = 0
    its_na.clear()

    assert (its.total, its.lines["a"].counted) == (pts(10), pts(10))
