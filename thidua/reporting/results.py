"""What the measurements say: đạt and vượt of each target, their average, who has reported.

Pure reads. Đạt and vượt are computed by `marks.achievement`, never typed (design 5).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from thidua.core.numbers import format_number
from thidua.cycles.models import Enrolment
from thidua.marks.achievement import Achievement, achieved
from thidua.reporting.models import Measurement
from thidua.targets.models import Direction, Target, TargetSet

HUNDREDTH = Decimal("0.01")
WHOLE = Decimal(100)


@dataclass(frozen=True)
class TargetResult:
    """What became of one target.

    ``percent`` (đạt) and ``surplus`` (vượt, None unless passed) have two places and are None where
    the target knows no percentage; ``difference`` is actual − target; ``is_reached`` None: nothing
    measured. ``words`` say it all in one breath. ``measurement`` is where the number is from.
    """

    actual: Decimal | None
    percent: Decimal | None
    surplus: Decimal | None
    is_reached: bool | None
    difference: Decimal | None
    words: str
    measurement: Measurement | None = None


def percent_text(percent: Decimal) -> str:
    """Return a percentage as it is written here: "161,98 %"; at most two places, half-up."""
    return f"{format_number(percent.quantize(HUNDREDTH, ROUND_HALF_UP))} %"


def newest(target: Target, measurements: Iterable[Measurement]) -> Measurement | None:
    """Return the measurement that counts: of the newest day, and of one day the one written last.

    A target that became a yes or no (or ceased to be one) leaves the earlier kind aside.
    """
    is_yes_or_no = target.direction == Direction.YES_NO
    fitting = [m for m in measurements if (m.is_done is not None) == is_yes_or_no]
    return max(fitting, key=lambda m: (m.measured_on, m.at, m.pk), default=None)


def result_of(target: Target, measurements: Iterable[Measurement]) -> TargetResult:
    """Return what ``measurements`` (of this target, in any order) make of it."""
    measurement = newest(target, measurements)
    actual, number = _actual(measurement), target.number
    number = None if number is None else Decimal(number)
    found = achieved(target.direction, number, actual)
    return TargetResult(
        actual=actual,
        percent=found.percent_reached,
        surplus=found.percent_over,
        is_reached=found.is_reached,
        difference=found.difference,
        words=_words(target, found),
        measurement=measurement,
    )


def _actual(measurement: Measurement | None) -> Decimal | None:
    if measurement is None:
        return None
    if measurement.is_done is not None:
        return Decimal(int(measurement.is_done))
    return measurement.value


def _words(target: Target, found: Achievement) -> str:
    if found.is_reached is None:
        return _("chưa có số đo")
    if target.direction == Direction.YES_NO:
        return _("đã thực hiện") if found.is_reached else _("chưa thực hiện")
    if found.percent_reached is not None:
        return _percent_words(found.percent_reached, found)
    state = _("đạt") if found.is_reached else _("chưa đạt")
    if not found.difference:
        return state
    apart = f"{format_number(abs(found.difference))} {target.unit}".strip()
    if found.difference > 0:
        told = _("%(state)s, cao hơn chỉ tiêu %(apart)s")
    else:
        told = _("%(state)s, thấp hơn chỉ tiêu %(apart)s")
    return told % {"state": state, "apart": apart}


def _percent_words(percent: Decimal, found: Achievement) -> str:
    """Return "đạt 390 %, vượt 290 %"; what falls short by a hair is not rounded up to 100 %."""
    if found.percent_over:
        told = {"percent": percent_text(percent), "surplus": percent_text(found.percent_over)}
        return _("đạt %(percent)s, vượt %(surplus)s") % told
    if not found.is_reached:
        percent = min(percent, WHOLE - HUNDREDTH)
    return _("đạt %(percent)s") % {"percent": percent_text(percent)}


def measured_targets(enrolment: Enrolment) -> list[Target]:
    """Return the member's targets with their measurements, in two queries.

    None while the registration is a draft: those are no promises yet.
    """
    rows = Measurement.objects.select_related("by__person", "period")
    return list(
        Target.objects.filter(target_set__enrolment=enrolment)
        .exclude(target_set__state=TargetSet.State.DRAFT)
        .prefetch_related(Prefetch("measurements", rows))
    )


def average_of(enrolment: Enrolment) -> Decimal | None:
    """Return the mean percentage of the member's targets, two places half-up: 0.00 … 100.00.

    Over the targets that know a percentage, each at most 100; without a measurement it counts 0.
    None where there is no such target. Scoring knows it as "targets_average".
    """
    counted = [
        result_of(target, target.measurements.all()).percent or Decimal(0)
        for target in measured_targets(enrolment)
        if target.direction == Direction.MORE and target.number and target.number > 0
    ]
    if not counted:
        return None
    total = sum((min(percent, WHOLE) for percent in counted), Decimal(0))
    return (total / len(counted)).quantize(HUNDREDTH, ROUND_HALF_UP)
