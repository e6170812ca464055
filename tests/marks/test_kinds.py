"""Each kind of criterion, worked by hand. Points are written as on paper: 2.5 is 2,5 điểm."""

from decimal import Decimal

import pytest

from tests.marks.build import given, pts
from thidua.marks.rules import Band, Given, GradedStep, Kind, Rounding, Rule

# Huyện Đoàn Bù Đăng 2015, "báo cáo 8/6/4/0".
GRADED = Rule(
    Kind.GRADED,
    pts(8),
    steps=tuple(GradedStep(str(p), pts(p), knocks_out=p == 0) for p in (8, 6, 4, 0)),
)
# Tây Nguyên 2019, 2.3: ≥ 80 % = 4; 60–<80 % = 3; <60 % = 2.
BANDED = Rule(
    Kind.BANDED,
    pts(4),
    bands=(
        Band(Decimal(80), None, pts(4)),
        Band(Decimal(60), Decimal(80), pts(3)),
        Band(None, Decimal(60), pts(2)),
    ),
)


@pytest.mark.parametrize(
    ("most", "step", "typed", "points"),
    [
        (10, 1, "0", 0),
        (10, 1, "10", 10),
        (10, 1, "7.25", 7.25),
        (10, 1, "9.99", 9.99),
        (10, 1, "7.2500", 7.25),  # zeros at the end are no third decimal
        (90, 25, "88.25", 88.25),  # Hội CCB gives quarter points
        (90, 25, "87.25", 87.25),
        (90, 50, "19.5", 19.5),  # Hội Nông dân Thạnh Lợi gives half points
        (10, 100, "-0", 0),
    ],
)
def test_manual_gives_what_was_typed(most, step, typed, points):
    assert Rule(Kind.MANUAL, pts(most), step=step).points(given(typed)) == pts(points)


@pytest.mark.parametrize(
    ("most", "failed", "value", "points"),
    [
        (20, 0, 1, 20),
        (20, 0, 0, 0),
        (20, -8, 0, -8),  # Huế HD 804: −8 without the covenant
        (20, -8, 1, 20),
    ],
)
def test_pass_fail_gives_all_or_what_failing_costs(most, failed, value, points):
    rule = Rule(Kind.PASS_FAIL, pts(most), failed=pts(failed))

    assert rule.points(given(value)) == pts(points)


@pytest.mark.parametrize(("index", "points"), [(0, 8), (1, 6), (2, 4), (3, 0)])
def test_graded_gives_the_chosen_step(index, points):
    assert GRADED.points(given(index)) == pts(points)


@pytest.mark.parametrize(
    ("measured", "points"),
    [
        ("100", 4),
        ("80", 4),  # the lower bound belongs to the band
        ("79.99", 3),
        ("79.5", 3),  # what “80” and “60–79” would leave out
        ("60", 3),
        ("59.999", 2),
        ("0", 2),
        ("-1", 2),
        ("250", 4),
    ],
)
def test_banded_gives_the_points_of_the_half_open_band(measured, points):
    assert BANDED.points(given(measured)) == pts(points)


@pytest.mark.parametrize(
    ("percent", "rounding", "most", "cap", "actual", "target", "points"),
    [
        # Khối bộ, ngành kinh tế 2023: 1 % = 1 đ of 100, 2 % = 1 đ of 50.
        ("1", "down", 100, None, 87, 100, 87),
        ("1", "down", 100, None, 879, 1000, 87),  # 87.9 % are 87 whole points
        ("1", "half_up", 100, None, 879, 1000, 88),  # 87.9 → 88
        ("1", "half_up", 100, None, 875, 1000, 88),  # 87.5: a half goes up
        ("1", "half_up", 100, None, 8749, 10000, 87),  # 87.49 → 87
        ("1", "exact", 100, None, 879, 1000, 87.9),
        ("2", "down", 50, None, 99, 100, 49),  # 99 ÷ 2 = 49.5 → 49
        ("2", "half_up", 50, None, 99, 100, 50),  # 49.5 → 50
        ("2", "exact", 50, None, 99, 100, 49.5),
        ("1", "exact", 100, None, 2, 3, 66.67),  # 66.666… → 66.67
        ("1", "exact", 100, None, 1, 3, 33.33),
        ("1", "exact", 100, None, 12345, 100000, 12.35),  # 12.345: a half goes up
        # 4.10, I.1: 1 % = 2,5 points, so 0.4 % are one.
        ("0.4", "exact", 250, None, 96, 100, 240),
        ("0.4", "down", 250, None, 99, 100, 247),  # 247.5 → 247
        ("0.4", "exact", 250, None, 130, 100, 250),  # “trần 100 %”: the maximum ends it
        ("0.4", "exact", 250, 200, 96, 100, 200),  # the cap ends it before
        ("1", "exact", 100, None, 0, 5, 0),
        ("1", "exact", 100, None, -3, 5, 0),  # a fall has no points, and costs none
        ("1", "exact", 100, None, "0.5", "0.75", 66.67),
        ("1", "down", 100, None, "98.6", None, 98),  # without a target: a percentage already
        ("1", "exact", 100, None, "98.765", None, 98.77),
    ],
)
def test_proportional_gives_a_point_for_so_many_percent(
    percent, rounding, most, cap, actual, target, points
):
    rule = Rule(
        Kind.PROPORTIONAL,
        pts(most),
        percent=Decimal(percent),
        rounding=Rounding(rounding),
        cap=None if cap is None else pts(cap),
    )

    assert rule.points(given(actual, target)) == pts(points)


@pytest.mark.parametrize(
    ("step", "points"),
    [(1, 66.67), (25, 66.75), (50, 66.5), (100, 67)],  # 66.666… to 0.01, 0.25, 0.5, 1
)
def test_exact_points_end_at_the_step_of_the_table(step, points):
    rule = Rule(Kind.PROPORTIONAL, pts(100)).on_step(step)

    assert rule.points(given(2, 3)) == pts(points)


@pytest.mark.parametrize(
    ("each", "cap", "most", "times", "points"),
    [
        (10, 20, 20, 0, 0),
        (10, 20, 20, 1, 10),
        (10, 20, 20, 2, 20),
        (10, 20, 20, 3, 20),  # 4.10, III.3: 10 for one exemplar, cap 20
        (10, 30, 50, 4, 30),  # 4.10, B: 40 are cut at 30
        (1.5, None, 50, 3, 4.5),  # Hậu Giang 2021: items of 1,5
        (10, None, 25, 3, 25),  # no cap of its own: the maximum ends it
    ],
)
def test_count_gives_each_occurrence_its_points_up_to_the_cap(each, cap, most, times, points):
    its_cap = None if cap is None else pts(cap)
    rule = Rule(Kind.COUNT, pts(most), each=pts(each), cap=its_cap)

    assert rule.points(given(times)) == pts(points)


@pytest.mark.parametrize(
    ("most", "each", "floor", "times", "points"),
    [
        (30, 2, 0, 0, 30),
        (30, 2, 0, 3, 24),  # 30 − 3 × 2
        (30, 2, 0, 15, 0),
        (30, 2, 0, 16, 0),  # not under the floor
        (1.5, 0.5, 0, 2, 0.5),  # Hậu Giang 2021: −0,5 per commune missing
        (1.5, 0.5, 0, 4, 0),  # … at most −1,5
        (10, 4, -5, 9, -5),  # a regulation may let it fall below 0
        (10, 4, 2, 9, 2),
    ],
)
def test_deduct_takes_from_the_maximum_down_to_the_floor(most, each, floor, times, points):
    rule = Rule(Kind.DEDUCT, pts(most), each=pts(each), floor=pts(floor))

    assert rule.points(given(times)) == pts(points)


@pytest.mark.parametrize(
    ("each", "cap", "times", "points"),
    [
        (8, None, 0, 0),
        (8, None, 1, 8),  # Huế HD 804: −8 for not launching, not signing, not registering
        (8, None, 3, 24),
        (8, 20, 3, 20),
        (0.5, 1.5, 4, 1.5),
    ],
)
def test_a_penalty_is_a_positive_number_to_subtract(each, cap, times, points):
    rule = Rule(Kind.PENALTY, 0, each=pts(each), cap=None if cap is None else pts(cap))

    assert rule.points(given(times)) == pts(points)


@pytest.mark.parametrize(("value", "is_out"), [(1, True), (0, False)])
def test_a_knockout_has_no_points_and_bars_where_it_happened(value, is_out):
    rule = Rule(Kind.KNOCKOUT, 0)

    assert rule.points(given(value)) == 0
    assert rule.knocks_out(given(value)) is is_out


@pytest.mark.parametrize(("index", "is_out"), [(0, False), (2, False), (3, True)])
def test_a_step_may_bar_besides_its_points(index, is_out):
    assert GRADED.knocks_out(given(index)) is is_out


def test_nothing_given_or_not_applicable_has_no_points_and_bars_nobody():
    for rule in (GRADED, BANDED, Rule(Kind.MANUAL, 100), Rule(Kind.KNOCKOUT, 0)):
        for nothing in (Given(None), Given(None, is_na=True), Given(Decimal(1), is_na=True)):
            assert rule.points(nothing) is None
            assert not rule.knocks_out(nothing)


def test_leader_relative_has_no_points_from_one_card_alone():
    assert Rule(Kind.LEADER_RELATIVE, 1000).points(given(120, 100)) is None


@pytest.mark.parametrize(
    ("own", "its_table", "both"), [(1, 25, 25), (25, 1, 25), (25, 100, 100), (50, 50, 50)]
)
def test_of_two_steps_the_coarser_holds(own, its_table, both):
    assert Rule(Kind.MANUAL, 100, step=own).on_step(its_table).step == both
