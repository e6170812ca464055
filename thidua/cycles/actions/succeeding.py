"""What becomes of the members of open years when their organisations change."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from thidua.accounts.acting import Acting
from thidua.audit.actions import record
from thidua.audit.queries import chain_of_bloc
from thidua.core.errors import Invalid
from thidua.cycles.actions.members import end_duties
from thidua.cycles.actions.years import locked
from thidua.cycles.models import Carrying, Cycle, Enrolment
from thidua.cycles.queries import parts_still_open
from thidua.cycles.signals import enrolment_carried
from thidua.notifications.actions import notify
from thidua.organizations.models import Organization, Reorganization

Fate = Carrying.Fate


@dataclass(frozen=True)
class Succeeding:
    """The act, who comes after, and who enters it."""

    act: Reorganization
    heirs: Sequence[Organization]
    by: Acting


def key_of(enrolment: Enrolment) -> str:
    """Return the key under which an act says what becomes of this part."""
    return f"enrolment-{enrolment.pk}"


def settle_parts(
    told: Succeeding, predecessors: Sequence[Organization], choices: Mapping[str, str]
) -> int:
    """Settle every part that the units which end have in a running year; return how many.

    Each must be chosen: nothing is settled by oversight. Asked inside the act's deed.
    """
    touched: dict[int, Cycle] = {}
    parts = list(parts_still_open(predecessors))
    for enrolment in parts:
        choice = choices.get(key_of(enrolment), "")
        fate, _colon, place = choice.partition(":")
        if fate not in Fate.values:
            names = {"unit": enrolment.organization.name, "cycle": enrolment.cycle}
            raise Invalid(
                _("Hãy chọn phần việc của %(unit)s trong %(cycle)s sẽ ra sao.") % names,
                field=key_of(enrolment),
            )
        cycle = locked(enrolment.cycle)
        enrolment.cycle = touched.setdefault(cycle.pk, cycle)
        _settle(told, enrolment, fate, place)
    for cycle in touched.values():
        _tell_leaders(cycle, told.act)
    return len(parts)


def _settle(told: Succeeding, enrolment: Enrolment, fate: str, place: str) -> None:
    predecessor, successor = enrolment.organization, None
    if fate == Fate.CARRIED:
        successor = _heir(told, enrolment, place)
        _carry(told, enrolment, successor)
    elif fate == Fate.KEPT:
        _refuse_bad_keeping(told.act, enrolment)
    else:
        _end(told, enrolment)
    Carrying.objects.create(
        enrolment=enrolment,
        reorganization=told.act,
        fate=fate,
        predecessor=predecessor,
        successor=successor,
    )


def _heir(told: Succeeding, enrolment: Enrolment, place: str) -> Organization:
    """Return the successor that was chosen; one that has a part in the year takes no second."""
    key = key_of(enrolment)
    if not place.isdigit() or int(place) >= len(told.heirs):
        raise Invalid(_("Hãy chọn đơn vị nhận phần việc."), field=key)
    heir = told.heirs[int(place)]
    if Enrolment.objects.filter(cycle=enrolment.cycle_id, organization=heir).exists():
        names = {"unit": heir.name, "cycle": enrolment.cycle}
        raise Invalid(
            _(
                "%(unit)s đã có phần việc trong %(cycle)s: chỉ một phần việc được chuyển, phần kia "
                "kết thúc hoặc làm nốt dưới tên cũ."
            )
            % names,
            field=key,
        )
    return heir


def _carry(told: Succeeding, enrolment: Enrolment, heir: Organization) -> None:
    """Let the successor bear the part: its role, targets, reports and card go on."""
    predecessor, last = enrolment.organization, _last_day(told.act)
    enrolment.borne_before = [
        *enrolment.borne_before,
        {
            "id": predecessor.pk,
            "name": predecessor.name_on(last),
            "until": last.isoformat(),
        },
    ]
    enrolment.organization = heir
    enrolment.save(update_fields=["organization", "borne_before"])
    enrolment_carried.send(
        sender=Enrolment, enrolment=enrolment, predecessor=predecessor, by=told.by
    )
    record(
        "member.carried",
        by=told.by,
        on=enrolment.cycle,
        chain=chain_of_bloc(enrolment.cycle.bloc_id),
        member=predecessor.name,
        successor=heir.name,
        basis=told.act.number,
    )


def _refuse_bad_keeping(act: Reorganization, enrolment: Enrolment) -> None:
    if date(enrolment.cycle.year, 1, 1) >= act.effective_on:
        raise Invalid(
            _("Năm này bắt đầu sau khi đơn vị kết thúc nên không làm nốt dưới tên cũ được."),
            field=key_of(enrolment),
        )
    if enrolment.organization.works_until is None:
        raise Invalid(_("Cần ghi ngày cuối cùng để làm nốt việc dưới tên cũ."), field="works_until")


def _end(told: Succeeding, enrolment: Enrolment) -> None:
    end_duties(
        enrolment,
        by=told.by,
        on=max(_last_day(told.act), enrolment.joined_on),
        reason=told.act.told[:500],
        basis=told.act.number,
    )


def _last_day(act: Reorganization) -> date:
    return act.effective_on - timedelta(days=1)


def _tell_leaders(cycle: Cycle, act: Reorganization) -> None:
    """Tell who leads the year; the page tells the rest."""
    leaders = [e.organization_id for e in cycle.in_role(Enrolment.Role.LEADER)]
    notify(
        leaders or [cycle.bloc.managing_body_id],
        gettext_noop("Các đơn vị của năm %(year)d thay đổi: %(told)s."),
        about=cycle,
        year=cycle.year,
        told=act.told[:500],
    )
