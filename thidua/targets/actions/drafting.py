"""Writing a registration: targets and honours, before it is sent."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from thidua.accounts.acting import Acting
from thidua.audit.actions import record
from thidua.audit.queries import chain_of_bloc
from thidua.core.deeds import deed
from thidua.core.errors import AlreadyDone, Invalid, WrongState, race_lost
from thidua.core.text import fold, one_line
from thidua.cycles.actions.years import lock_year, locked
from thidua.cycles.models import Cycle, Enrolment
from thidua.discards.actions import keep_discarded
from thidua.lawbook.honours import BY_CODE, Subject
from thidua.movements.models import Adoption
from thidua.targets.models import CommonTarget, Direction, Registration, Target, TargetSet

MOST_TARGETS = 200


@dataclass(frozen=True)
class TargetFacts:
    """What a target says. ``number`` may be missing only where the answer is yes or no."""

    name: str
    direction: str = Direction.MORE
    unit: str = ""
    number: Decimal | None = None
    baseline: Decimal | None = None
    due_on: date | None = None
    adoption: Adoption | None = None
    common: CommonTarget | None = None


def _refuse_bad(facts: TargetFacts, cycle: Cycle) -> None:
    if not one_line(facts.name):
        raise Invalid(_("Chỉ tiêu cần có nội dung."), field="name")
    _refuse_bad_numbers(facts)
    _refuse_bad_day(facts.due_on, cycle)
    for field in ("adoption", "common"):
        thing = getattr(facts, field)
        if thing is not None and thing.cycle_id != cycle.pk:
            raise Invalid(_("Chỉ chọn trong cùng năm thi đua."), field=field)
    _refuse_what_does_not_add_up(facts)


def _refuse_what_does_not_add_up(facts: TargetFacts) -> None:
    """A part counts towards a common target only in the same unit and the same direction."""
    if facts.common is None:
        return
    if fold(facts.common.unit) != fold(facts.unit):
        sentence = _("Chỉ tiêu chung tính bằng “%(unit)s”, phần góp vào cũng phải tính như vậy.")
        raise Invalid(sentence % {"unit": facts.common.unit}, field="unit")
    if facts.common.direction != facts.direction:
        sentence = _("Chỉ tiêu chung là “%(way)s”, phần góp vào cũng phải như vậy.")
        told = {"way": facts.common.get_direction_display()}
        raise Invalid(sentence % told, field="direction")


def _refuse_bad_numbers(facts: TargetFacts) -> None:
    is_yes_or_no = facts.direction == Direction.YES_NO
    for field in ("number", "baseline"):
        value = getattr(facts, field)
        if is_yes_or_no and value is not None:
            raise Invalid(_("Chỉ tiêu có hoặc không thì không có con số."), field=field)
        refuse_senseless_minus(value, facts.unit, field=field)
    if facts.number is None and not is_yes_or_no:
        raise Invalid(_("Chỉ tiêu cần một con số."), field="number")


def refuse_senseless_minus(number: Decimal | None, unit: str, *, field: str) -> None:
    """Refuse a negative number unless it is a rate: only growth and decrease go below zero."""
    if number is not None and number < 0 and "%" not in unit:
        sentence = _("Số âm chỉ có nghĩa với tỷ lệ tăng, giảm tính theo phần trăm.")
        raise Invalid(sentence, field=field)


def _refuse_bad_day(due_on: date | None, cycle: Cycle) -> None:
    """A target is due in its year, or by the end of March after, when the year is closed."""
    if due_on and due_on < date(cycle.year, 1, 1):
        sentence = _("Hạn hoàn thành phải trong năm %(year)d.")
        raise Invalid(sentence % {"year": cycle.year}, field="due_on")
    if due_on and due_on > date(cycle.year + 1, 3, 31):
        sentence = _("Hạn hoàn thành muộn nhất là 31-03-%(year)d.")
        raise Invalid(sentence % {"year": cycle.year + 1}, field="due_on")


def editable(target_set: TargetSet) -> TargetSet:
    """Return the set locked for change; refuse when it was sent or agreed, or the year closed."""
    fresh = (
        TargetSet.objects.select_for_update(of=("self",))
        .select_related("enrolment__organization", "enrolment__cycle__bloc")
        .get(pk=target_set.pk)
    )
    lock_year(fresh.enrolment.cycle)
    if fresh.enrolment.left_on is not None:
        raise WrongState(_("Đơn vị đã rời nên bản đăng ký không thay đổi nữa."))
    if not fresh.is_editable:
        raise WrongState(
            _("Bản đăng ký %(state)s nên chưa sửa được.") % {"state": fresh.get_state_display()}
        )
    return fresh


def note(code: str, target_set: TargetSet, by: Acting, **facts: str | int | None) -> None:
    """Record something about a set on its bloc's chain."""
    chain = chain_of_bloc(target_set.enrolment.cycle.bloc_id)
    record(code, by=by, on=target_set, chain=chain, **facts)


@deed()
def begin_set(enrolment: Enrolment, *, by: Acting, is_illustration: bool = False) -> TargetSet:
    """Return the member's set for the year, begun if there was none."""
    lock_year(enrolment.cycle)
    if enrolment.left_on is not None:
        raise WrongState(_("Đơn vị đã rời nên không đăng ký nữa."))
    target_set, made = TargetSet.objects.get_or_create(
        enrolment=enrolment, defaults={"is_illustration": is_illustration or by.is_illustration}
    )
    if made:
        note("targets.begun", target_set, by)
    return target_set


@deed()
def write_target(
    target_set: TargetSet,
    facts: TargetFacts,
    *,
    by: Acting,
    target: Target | None = None,
    revision: int | None = None,
) -> Target:
    """Add a target, or write ``target`` anew: then earlier answers count no more.

    ``revision`` is the one that the writer saw; if another was written since, it is refused.
    """
    target_set = editable(target_set)
    _refuse_bad(facts, target_set.enrolment.cycle)
    others = target_set.targets.exclude(pk=target.pk if target else 0)
    if others.filter(name=facts.name).exists():
        raise AlreadyDone(_("Bản đăng ký đã có chỉ tiêu này."), field="name")
    if target is None:
        if target_set.targets.count() >= MOST_TARGETS:
            raise Invalid(_("Một bản đăng ký có nhiều nhất 200 chỉ tiêu."))
        last = target_set.targets.order_by("-place").values_list("place", flat=True).first() or 0
        target = target_set.targets.create(place=last + 1, **vars(facts))
        note("target.added", target_set, by, target=target.name, promise=target.recorded_promise)
        return target
    target = target_set.targets.filter(pk=target.pk).first()
    if target is None or revision not in (None, target.revision):
        raise race_lost()
    before = target.content()
    for name, value in vars(facts).items():
        setattr(target, name, value)
    if target.content() != before:
        target.revision += 1
    target.save()
    note("target.changed", target_set, by, target=target.name, promise=target.recorded_promise)
    return target


@deed()
def remove_target(target: Target, *, by: Acting) -> None:
    """Take a target out of a set that is still being written; the trail keeps what it said."""
    target_set = editable(target.target_set)
    if not target_set.targets.filter(pk=target.pk).exists():
        raise race_lost()
    note("target.removed", target_set, by, target=target.name, promise=target.recorded_promise)
    keep_discarded([target, *target.answers.all()], by=by, within=target_set, title=target.name)
    try:
        with transaction.atomic():
            target.delete()
    except ProtectedError as error:
        raise WrongState(
            _("Chỉ tiêu này đã có kết quả hoặc minh chứng nên không bỏ được.")
        ) from error


@deed()
def register_honour(
    target_set: TargetSet,
    *,
    by: Acting,
    honour: str,
    subject: str,
    subject_name: str = "",
    remark: str = "",
) -> Registration:
    """Register a title or form for the unit, a small collective or a person."""
    target_set = editable(target_set)
    law = BY_CODE.get(honour)
    if law is None or law.basis_on(date(target_set.enrolment.cycle.year, 12, 31)) is None:
        raise Invalid(_("Luật của năm này không có danh hiệu, hình thức đó."), field="honour")
    if Subject(subject) not in law.subjects:
        raise Invalid(
            _("%(honour)s không dành cho đối tượng này.") % {"honour": law.name}, field="honour"
        )
    name = "" if subject == Subject.UNIT.value else one_line(subject_name)
    if not name and subject != Subject.UNIT.value:
        raise Invalid(_("Cần tên tập thể hoặc cá nhân."), field="subject_name")
    row = Registration(
        target_set=target_set, honour=honour, subject=subject, subject_name=name, note=remark
    )
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise AlreadyDone(_("Danh hiệu này đã được đăng ký."), field="honour") from error
    note("honour.registered", target_set, by, honour=law.name, subject=name)
    return row


@deed()
def withdraw_honour(registration: Registration, *, by: Acting) -> None:
    """Take a registered honour out of a set that is still being written."""
    target_set = editable(registration.target_set)
    if not target_set.registrations.filter(pk=registration.pk).exists():
        raise race_lost()
    note(
        "honour.withdrawn",
        target_set,
        by,
        honour=registration.honour_name,
        subject=registration.subject_name,
    )
    keep_discarded([registration], by=by, within=target_set, title=registration.honour_name)
    registration.delete()


@deed()
def set_common_target(cycle: Cycle, facts: TargetFacts, *, by: Acting) -> CommonTarget:
    """Set a target for the whole bloc, in which the members then take their part."""
    cycle = locked(cycle)
    _refuse_bad(facts, cycle)
    if cycle.common_targets.filter(name=facts.name).exists():
        raise AlreadyDone(_("Đã có chỉ tiêu chung này."), field="name")
    common = cycle.common_targets.create(
        name=facts.name,
        unit=facts.unit,
        number=facts.number,
        direction=facts.direction,
        due_on=facts.due_on,
        is_illustration=by.is_illustration,
    )
    chain = chain_of_bloc(cycle.bloc_id)
    record("common_target.set", by=by, on=cycle, chain=chain, target=common.name)
    return common
