"""Undoing an act entered by mistake while nothing depends on it, and correcting its paper."""

from datetime import date

from django.db import transaction
from django.db.models import ProtectedError, Q
from django.utils.translation import gettext as _

from thidua.audit.actions import Actor, record
from thidua.core import clock
from thidua.core.deeds import deed
from thidua.core.errors import AlreadyDone, Invalid, WrongState
from thidua.core.text import one_line
from thidua.organizations.models import Organization, Reorganization

Kind = Reorganization.Act


@deed()
def correct_reorganization(
    reorganization: Reorganization,
    *,
    by: Actor,
    number: str,
    decided_on: date | None = None,
    issuer: str = "",
    note: str = "",
) -> Reorganization:
    """Correct what is told of the paper. What it did, and from which day, stays."""
    reorganization = _standing(reorganization)
    if decided_on and decided_on > clock.today():
        raise Invalid(_("Ngày quyết định chưa tới."), field="decided_on")
    before = reorganization.basis
    reorganization.number, reorganization.decided_on = number, decided_on
    reorganization.issuer, reorganization.note = issuer, note
    reorganization.save(update_fields=["number", "decided_on", "issuer", "note"])
    for unit in reorganization.units():
        record("organization.paper_corrected", by=by, on=unit, before=before)
    return reorganization


@deed()
def undo_reorganization(
    reorganization: Reorganization, *, by: Actor, reason: str
) -> Reorganization:
    """Take an act back as if it had not been entered; the row and its sentence stay.

    Only the newest act of its units, and only while nothing followed: no year, right, child or
    bloc was handed on, and the units that it founded have nothing of their own yet.
    """
    reorganization = _standing(reorganization)
    if not one_line(reason):
        raise Invalid(_("Cần ghi lý do."), field="reason")
    why_not = why_not_undone(reorganization)
    if why_not:
        raise WrongState(why_not)
    units = reorganization.units()
    for unit in units:
        record(
            "organization.undone", by=by, on=unit, told=reorganization.told[:1000], reason=reason
        )
    if reorganization.subject:
        _take_back_from(reorganization.subject, reorganization)
    else:
        _bring_back(reorganization)
    reorganization.undone_at, reorganization.undo_reason = clock.now(), reason
    reorganization.save(update_fields=["undone_at", "undo_reason"])
    return reorganization


def _standing(reorganization: Reorganization) -> Reorganization:
    fresh = Reorganization.objects.select_for_update(of=("self",)).get(pk=reorganization.pk)
    if fresh.undone_at is not None:
        raise AlreadyDone(_("Việc này đã được gỡ rồi."))
    return fresh


def why_not_undone(reorganization: Reorganization) -> str:
    """Return why an act cannot be undone, and what to do instead; "" where it can."""
    if reorganization.undone_at is not None:
        return _("Việc này đã được gỡ rồi.")
    if reorganization.has_followed:
        return _(
            "Năm thi đua, quyền hoặc đơn vị trực thuộc đã theo việc này nên không gỡ được. Nếu "
            "quyết định bị đính chính, hãy ghi thêm một việc sắp xếp theo quyết định mới."
        )
    units = reorganization.units()
    later = Reorganization.objects.filter(
        Q(subject__in=units)
        | Q(successions__predecessor__in=units)
        | Q(successions__successor__in=units),
        pk__gt=reorganization.pk,
        undone_at=None,
    )
    if later.exists():
        return _("Sau việc này các đơn vị đã có việc sắp xếp khác: hãy gỡ việc mới nhất trước.")
    return ""


def _take_back_from(organization: Organization, done: Reorganization) -> None:
    """Take the name or the parent back from the one that goes on."""
    organization = Organization.objects.select_for_update().get(pk=organization.pk)
    if done.names.exists():
        done.names.all().delete()
        last = organization.names.order_by("-since")[0]
        last.until = None
        last.save(update_fields=["until"])
        organization.name, organization.short_name = last.name, last.short_name
        organization.place = last.place or organization.place
        former = organization.names.exclude(pk=last.pk)
        organization.former_names = "\n".join(f"{n.name} {n.short_name}".strip() for n in former)
    if done.act == Kind.MOVE:
        organization.parent = done.former_parent
    organization.save()


def _bring_back(done: Reorganization) -> None:
    """Let those that ended go on, and strike off those that the act founded."""
    rows = list(done.successions.select_related("predecessor", "successor"))
    founded = set(done.names.values_list("organization_id", flat=True))
    old = {row.predecessor for row in rows}
    born = {row.successor for row in rows if row.successor and row.successor_id in founded}
    done.successions.all().delete()
    for organization in old:
        organization.ended_on = organization.works_until = None
        organization.save(update_fields=["ended_on", "works_until"])
    try:
        with transaction.atomic():
            for organization in born:
                organization.names.all().delete()
                organization.delete()
    except ProtectedError as error:
        raise WrongState(
            _(
                "Đơn vị mới đã có phần việc của mình nên không gỡ được. "
                "Hãy ghi một việc sắp xếp mới."
            )
        ) from error
