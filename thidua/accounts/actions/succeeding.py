"""What becomes of the rights for organisations that end: over at once, carried over, or kept."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from thidua.accounts.actions.appointing import Terms, appoint, end_appointment
from thidua.accounts.models import Appointment
from thidua.audit.actions import Actor
from thidua.core import clock
from thidua.core.errors import AlreadyDone, Invalid
from thidua.organizations.models import Organization, Reorganization

END, CARRY, KEEP = "end", "carry", "keep"


@dataclass(frozen=True)
class Succeeding:
    """The act, who comes after, and who enters it."""

    act: Reorganization
    heirs: Sequence[Organization]
    by: Actor


def key_of(appointment: Appointment) -> str:
    """Return the key under which an act says what becomes of this right."""
    return f"appointment-{appointment.pk}"


def rights_still_held(organizations: Iterable[Organization]) -> QuerySet[Appointment]:
    """Return the appointments for them that hold today or later: what an act settles.

    Heads come before those who stand in for them.
    """
    return (
        Appointment.objects.filter(
            Q(until=None) | Q(until__gte=clock.today()),
            organization__in=list(organizations),
            stopped_at=None,
        )
        .select_related("user__person", "organization", "bloc", "stands_in_for")
        .order_by("organization", "role", "user__person__sort_key", "pk")
    )


def settle_rights(
    told: Succeeding, predecessors: Sequence[Organization], choices: Mapping[str, str]
) -> int:
    """Settle every right for the units which end; return how many. What is not told ends.

    Asked inside the act's deed, and after the years have been settled.
    """
    rights = sorted(rights_still_held(predecessors), key=lambda a: a.stands_in_for_id is not None)
    carried: dict[int, Appointment] = {}
    for right in rights:
        what, _colon, place = choices.get(key_of(right), END).partition(":")
        if what == CARRY:
            carried[right.pk] = _carry(told, right, place, carried)
    for right in rights:
        if choices.get(key_of(right)) == KEEP:
            _keep(right)
        else:
            end_appointment(right, by=told.by, reason=told.act.told[:300])
    return len(rights)


def _carry(
    told: Succeeding, right: Appointment, place: str, carried: Mapping[int, Appointment]
) -> Appointment:
    """Give the person the same right for the successor from the act's first day on."""
    if not place.isdigit() or int(place) >= len(told.heirs):
        raise Invalid(_("Hãy chọn đơn vị nhận người này."), field=key_of(right))
    heir = told.heirs[int(place)]
    principal = carried.get(right.stands_in_for_id or 0)
    if right.stands_in_for_id and (principal is None or principal.organization_id != heir.pk):
        raise Invalid(
            _("Người ký thay chỉ chuyển được khi lãnh đạo được ký thay cũng chuyển sang đó."),
            field=key_of(right),
        )
    terms = Terms(
        since=max(right.since, told.act.effective_on),
        until=right.until,
        post=right.post,
        collective=right.collective,
        bloc=right.bloc,
        year=right.year,
        manner=right.manner,
        stands_in_for=principal,
        authorization_number=right.authorization_number,
        authorization_scope=right.authorization_scope,
    )
    try:
        return appoint(right.user, heir, by=told.by, role=right.role, terms=terms)
    except AlreadyDone:  # one person often works for both: the right is there already
        return Appointment.objects.filter(
            user=right.user, organization=heir, role=right.role, stopped_at=None
        ).latest("since")


def _keep(right: Appointment) -> None:
    """Let the person finish the year under the old name, until the last day for that."""
    last = right.organization.works_until
    if last is None:
        raise Invalid(_("Cần ghi ngày cuối cùng để làm nốt việc dưới tên cũ."), field="works_until")
    if right.since > last:
        raise Invalid(
            _("Quyền này bắt đầu sau ngày làm nốt việc: hãy để kết thúc."), field=key_of(right)
        )
    if right.until is None or right.until > last:
        right.until = last
        right.save(update_fields=["until"])
