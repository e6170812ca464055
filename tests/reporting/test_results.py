"""What measurements come to: đạt and vượt, in words, and the average of a member's targets."""

from datetime import date
from decimal import Decimal

import pytest

from tests import factories as make
from tests.reporting import factories as some
from thidua.core import clock
from thidua.reporting.models import Measurement
from thidua.reporting.results import average_of, percent_text, result_of
from thidua.targets.actions.drafting import TargetFacts, write_target
from thidua.targets.actions.negotiation import send_set
from thidua.targets.models import Target


def of(actual, number=240, direction="more", unit="hội viên"):
    """Return the result of a target that was measured once (None: never)."""
    target = Target(name="X", unit=unit, number=number, direction=direction)
    if actual is None:
        return result_of(target, [])
    told = {"is_done": actual} if isinstance(actual, bool) else {"value": Decimal(actual)}
    row = Measurement(pk=1, measured_on=date(2026, 6, 1), at=clock.now(), **told)
    return result_of(target, [row])


@pytest.mark.parametrize(
    ("actual", "number", "words"),
    [
        (936, 240, "đạt 390 %, vượt 290 %"),  # Vĩnh Long 2023
        (11789, 4500, "đạt 261,98 %, vượt 161,98 %"),
        (132, 40, "đạt 330 %, vượt 230 %"),
        (13, 7, "đạt 185,71 %, vượt 85,71 %"),  # Đồng Tháp
        (240, 240, "đạt 100 %"),
        (195, 240, "đạt 81,25 %"),
        (99999, 100000, "đạt 99,99 %"),
        (0, 240, "đạt 0 %"),
        (None, 240, "chưa có số đo"),
    ],
)
def test_more_is_told_in_percent_achieved_and_exceeded(actual, number, words):
    assert of(actual, number).words == words


@pytest.mark.parametrize(
    ("actual", "number", "direction", "unit", "words"),
    [
        (3, 5, "less", "vụ", "đạt, thấp hơn chỉ tiêu 2 vụ"),
        (5, 5, "less", "vụ", "đạt"),
        (7, 5, "less", "vụ", "chưa đạt, cao hơn chỉ tiêu 2 vụ"),
        (4, 4, "exactly", "hội nghị", "đạt"),
        (5, 4, "exactly", "hội nghị", "chưa đạt, cao hơn chỉ tiêu 1 hội nghị"),
        ("-3", "-2", "more", "%", "chưa đạt, thấp hơn chỉ tiêu 1 %"),
        (True, None, "yes_no", "", "đã thực hiện"),
        (False, None, "yes_no", "", "chưa thực hiện"),
    ],
)
def test_other_directions_are_told_without_a_percentage(actual, number, direction, unit, words):
    number = None if number is None else Decimal(number)
    result = of(actual, number, direction, unit)

    assert (result.words, result.percent) == (words, None)


def test_a_result_carries_its_numbers_and_where_they_are_from():
    result = of(936)

    assert (result.actual, result.percent, result.surplus) == (936, 390, 290)
    assert (result.is_reached, result.difference) == (True, 696)
    assert result.measurement is not None
    assert of(None).is_reached is None


def test_the_order_of_the_measurements_does_not_matter_and_another_kind_is_left_aside():
    now = clock.now()
    rows = [
        Measurement(pk=1, measured_on=date(2026, 3, 1), at=now, value=Decimal(10)),
        Measurement(pk=2, measured_on=date(2026, 5, 1), at=now, value=Decimal(30)),
        Measurement(pk=3, measured_on=date(2026, 5, 1), at=now, value=Decimal(20)),
        Measurement(pk=4, measured_on=date(2026, 6, 1), at=now, is_done=True),
    ]
    target = Target(number=40, direction="more")

    assert {result_of(target, order).actual for order in (rows, rows[::-1])} == {20}


@pytest.mark.parametrize(
    ("percent", "text"), [("161.977", "161,98 %"), ("390", "390 %"), ("12.5", "12,5 %")]
)
def test_a_percentage_is_written_with_a_comma_and_at_most_two_places(percent, text):
    assert percent_text(Decimal(percent)) == text


@pytest.mark.django_db
def test_the_average_caps_each_at_a_hundred_and_counts_what_is_not_measured_as_nothing(world):
    """(100 + 33.33 + 0) / 3: a target that knows no percentage is left aside."""
    target_set = make.a_target_set(world)
    for name, direction in (("Mô hình", "more"), ("Nguồn lực", "more"), ("Vi phạm", "less")):
        told = TargetFacts(name=name, unit="vụ", number=Decimal(3), direction=direction)
        write_target(target_set, told, by=world.heads[2])
    assert average_of(world.enrolments[2]) is None
    send_set(target_set, by=world.heads[2])
    first, second, *_others = target_set.targets.all()
    some.measured(world, first, 300)
    some.measured(world, second, 1)

    assert average_of(world.enrolments[2]) == Decimal("44.44")


@pytest.mark.django_db
def test_a_member_without_targets_has_no_average(world):
    assert average_of(world.enrolments[1]) is None


@pytest.mark.django_db
def test_the_average_costs_the_same_for_one_target_and_for_three(world, django_assert_num_queries):
    one = some.a_sent_target(world, 1)
    many = make.a_target_set(world)
    for name in ("Hai", "Ba"):
        write_target(many, TargetFacts(name=name, number=Decimal(2)), by=world.heads[2])
    send_set(many, by=world.heads[2])
    for target in (one, *many.targets.all()):
        some.measured(world, target, 1)

    for enrolment in world.enrolments[1:]:
        with django_assert_num_queries(2):
            average_of(enrolment)
