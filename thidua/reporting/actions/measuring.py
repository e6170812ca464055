"""Writing down how far a target has come."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import override

from thidua.accounts.acting import Acting
from thidua.audit.actions import record
from thidua.audit.queries import chain_of_bloc
from thidua.core import clock
from thidua.core.deeds import deed
from thidua.core.errors import AlreadyDone, Invalid, WrongState, race_lost
from thidua.core.numbers import LIMIT, PLACES, format_number
from thidua.core.text import one_line
from thidua.cycles.actions.years import lock_year
from thidua.reporting.errors import NeedsConfirmation
from thidua.reporting.models import Measurement, Period
from thidua.reporting.results import newest
from thidua.targets.actions.drafting import refuse_senseless_minus
from thidua.targets.models import Direction, Target, TargetSet

JUMP = 1000  # a thousandfold is more often a slip of the point than a year's work


@dataclass(frozen=True)
class MeasurementFacts:
    """What was measured: a number, or for a yes-or-no target whether it is done."""

    measured_on: date
    value: Decimal | None = None
    is_done: bool | None = None
    note: str = ""
    period: Period | None = None


def measurable(target: Target) -> Target:
    """Return the target read again, its year locked; refuse where nothing is measured (any more).

    A promise is measured from its sending on, while the year runs and the member takes part.
    """
    lock_year(target.target_set.enrolment.cycle)
    fresh = (
        Target.objects.select_related(
            "target_set__enrolment__organization", "target_set__enrolment__cycle__bloc"
        )
        .prefetch_related("measurements")
        .filter(pk=target.pk)
        .first()
    )
    if fresh is None:
        raise race_lost()
    if fresh.target_set.enrolment.left_on is not None:
        raise WrongState(_("Đơn vị đã rời nên không ghi kết quả nữa."))
    if fresh.target_set.state == TargetSet.State.DRAFT:
        raise WrongState(_("Bản đăng ký chưa gửi nên chưa ghi kết quả được."))
    return fresh


def _refuse_bad_value(target: Target, facts: MeasurementFacts) -> None:
    if target.direction == Direction.YES_NO:
        if facts.value is not None:
            raise Invalid(_("Chỉ tiêu có hoặc không thì không có con số."), field="value")
        if facts.is_done is None:
            raise Invalid(_("Cần chọn đã thực hiện hay chưa."), field="is_done")
        return
    if facts.value is None or facts.is_done is not None:
        raise Invalid(_("Cần ghi con số đạt được."), field="value")
    value = Decimal(facts.value)
    if not value.is_finite() or abs(value) >= LIMIT:
        raise Invalid(_("Số này quá lớn: phải nhỏ hơn 10¹⁵."), field="value")
    if value != round(value, PLACES):
        raise Invalid(_("Số có nhiều nhất bốn chữ số sau dấu phẩy."), field="value")
    refuse_senseless_minus(value, target.unit, field="value")


def _refuse_bad_day(target: Target, facts: MeasurementFacts) -> None:
    cycle = target.target_set.enrolment.cycle
    if facts.measured_on > clock.today():
        raise Invalid(_("Ngày này chưa tới: chỉ ghi kết quả đã có."), field="measured_on")
    if facts.measured_on < date(cycle.year - 1, 1, 1):
        sentence = _("Kết quả phải từ năm %(year)d trở đi.")
        raise Invalid(sentence % {"year": cycle.year - 1}, field="measured_on")
    if facts.period is not None and facts.period.cycle_id != cycle.pk:
        raise Invalid(_("Chỉ chọn trong cùng năm thi đua."), field="period")


def _refuse_said_before(target: Target, facts: MeasurementFacts, by: Acting) -> None:
    """Refuse the same measurement of the same person once more: a form that was sent twice."""
    last = max(target.measurements.all(), key=lambda m: (m.at, m.pk), default=None)
    if last is None or last.by_id != by.actor_id:
        return
    said = (last.value, last.is_done, last.measured_on, last.note, last.period_id)
    period_id = facts.period.pk if facts.period else None
    if said == (facts.value, facts.is_done, facts.measured_on, one_line(facts.note), period_id):
        raise AlreadyDone(_("Kết quả này đã được ghi rồi."))


def _is_jump(target: Target, value: Decimal | None) -> bool:
    before = _before(target)
    if not value or not before:
        return False
    times = abs(value / before)
    return times >= JUMP or times * JUMP <= 1


def _before(target: Target) -> Decimal | None:
    """Return what a new number is held against: the last measurement, else the promise.

    Nothing is a thousand times nothing: after a 0 it is the promise again.
    """
    last = newest(target, target.measurements.all())
    return (last.value if last else None) or target.number


@deed()
def measure(
    target: Target, facts: MeasurementFacts, *, by: Acting, confirmed: bool = False
) -> Measurement:
    """Write down how far a target had come on a day. A correction is another measurement.

    A number a thousand times the last one (or the promise), or a thousandth of it, is asked about
    first: `NeedsConfirmation`, unless ``confirmed``.
    """
    target = measurable(target)
    _refuse_bad_value(target, facts)
    _refuse_bad_day(target, facts)
    _refuse_said_before(target, facts, by)
    is_jump = _is_jump(target, facts.value)
    if is_jump and not confirmed:
        sentence = _("Con số %(now)s chênh từ một nghìn lần so với %(before)s. Có đúng không?")
        told = {"now": format_number(facts.value), "before": format_number(_before(target))}
        raise NeedsConfirmation(sentence % told, field="value")
    measurement = target.measurements.create(
        **vars(facts),
        is_confirmed_jump=is_jump,
        organization_name=by.organization_name,
        by=by.user,
        at=clock.now(),
    )
    with override("vi"):
        told = {"target": target.name, "value": f"{measurement} {target.unit}".strip()}
    chain = chain_of_bloc(target.target_set.enrolment.cycle.bloc_id)
    day = facts.measured_on.isoformat()
    record("target.measured", by=by, on=target.target_set, chain=chain, day=day, **told)
    return measurement
