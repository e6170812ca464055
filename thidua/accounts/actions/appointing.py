"""Giving a person the right to act for an organisation, and ending it."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from thidua.accounts.acting import Acting
from thidua.accounts.models import Appointment, User
from thidua.accounts.queries import operators
from thidua.audit.actions import Actor, record
from thidua.core import clock
from thidua.core.deeds import deed
from thidua.core.errors import AlreadyDone, Invalid, NoRight, WrongState
from thidua.core.locks import lock
from thidua.core.text import day_text, one_line
from thidua.organizations.models import Bloc, Organization


@dataclass(frozen=True)
class Terms:
    """The terms of an appointment: days, the post, and how a stand-in stands in."""

    since: date
    until: date | None = None
    post: str = ""
    collective: str = ""
    bloc: Bloc | None = None
    year: int | None = None
    manner: str = ""
    stands_in_for: Appointment | None = None
    authorization_number: str = ""
    authorization_scope: str = ""


@deed()
def appoint(
    user: User, organization: Organization, *, by: Actor, role: str, terms: Terms
) -> Appointment:
    """Give ``user`` the right to act for ``organization`` in ``role`` on the days of ``terms``."""
    if terms.until and terms.until < terms.since:
        raise Invalid(_("Ngày kết thúc phải sau ngày bắt đầu."), field="until")
    if role == Appointment.Role.SECRETARY and not (terms.bloc and terms.year):
        raise Invalid(_("Thư ký là thư ký của một khối, cụm trong một năm."), field="bloc")
    if role == Appointment.Role.STAND_IN:
        _refuse_bad_stand_in(user, organization, terms)
    _refuse_after_its_end(organization, terms)
    lock(User.objects.filter(pk=user.pk))  # the same form sent twice waits here
    _refuse_twice(user, organization, role, terms)
    appointment = Appointment.objects.create(
        user=user, organization=organization, role=role, **vars(terms)
    )
    record(
        "appointment.made",
        by=by,
        on=organization,
        person=user.name,
        role=role,
        until=terms.until.isoformat() if terms.until else None,
    )
    return appointment


def _refuse_after_its_end(organization: Organization, terms: Terms) -> None:
    """Nobody acts for a unit that has ended, but to finish a year kept under its old name."""
    last = organization.last_day_of_rights
    if last is None or (terms.until and terms.until <= last):
        return
    told = {"unit": organization.name, "day": day_text(last)}
    raise Invalid(
        _("%(unit)s đã kết thúc: chỉ giao quyền được đến hết ngày %(day)s.") % told, field="until"
    )


def _refuse_twice(user: User, organization: Organization, role: str, terms: Terms) -> None:
    same = Appointment.objects.filter(
        Q(until=None) | Q(until__gte=terms.since),
        stopped_at=None,
        user=user,
        organization=organization,
        role=role,
        bloc=terms.bloc,
        year=terms.year,
        stands_in_for=terms.stands_in_for,
        manner=terms.manner,
    )
    if terms.until:
        same = same.filter(since__lte=terms.until)
    if same.exists():
        raise AlreadyDone(_("Người này đã được giao quyền này trong những ngày đó."), field="role")


def _refuse_bad_stand_in(user: User, organization: Organization, terms: Terms) -> None:
    principal = terms.stands_in_for
    if principal is None or principal.organization_id != organization.pk:
        raise Invalid(_("Cần chọn ký thay cho lãnh đạo nào của đơn vị."), field="stands_in_for")
    if principal.user_id == user.pk:
        raise Invalid(_("Không ai ký thay cho chính mình."), field="stands_in_for")
    if principal.role != Appointment.Role.HEAD:
        raise Invalid(_("Chỉ ký thay cho lãnh đạo đơn vị."), field="stands_in_for")
    if not terms.manner:
        raise Invalid(_("Cần chọn cách ký: Q., KT., TL. hoặc TUQ."), field="manner")
    if terms.manner == Appointment.Manner.AUTHORIZED:
        _refuse_bad_authorization(terms)


def _refuse_bad_authorization(terms: Terms) -> None:
    if not one_line(terms.authorization_number):
        raise Invalid(_("TUQ. cần số giấy ủy quyền."), field="authorization_number")
    if not one_line(terms.authorization_scope):
        raise Invalid(_("TUQ. cần phạm vi ủy quyền."), field="authorization_scope")
    if terms.until is None:
        raise Invalid(_("TUQ. cần ngày hết hạn ủy quyền."), field="until")


@deed()
def end_appointment(
    appointment: Appointment, *, by: Actor, reason: str, on: date | None = None
) -> Appointment:
    """End an appointment after ``on``; the row stays. The right ends with that day.

    Without a day it ends at once: the next request of whoever is signed in has it no more.
    """
    appointment = (
        Appointment.objects.select_for_update(of=("self",))
        .select_related("organization", "user__person")
        .get(pk=appointment.pk)
    )
    if not one_line(reason):
        raise Invalid(_("Cần ghi lý do."), field="reason")
    _refuse_ended(appointment, on)
    refuse_last_operator(pk=appointment.pk)
    if on is None:
        appointment.stopped_at = clock.now()
        on = max(appointment.since, clock.today())
    appointment.until = on
    appointment.save(update_fields=["until", "stopped_at"])
    record(
        "appointment.ended",
        by=by,
        on=appointment.organization,
        person=appointment.user.name,
        role=appointment.role,
        reason=reason,
    )
    return appointment


def _refuse_ended(appointment: Appointment, on: date | None) -> None:
    if on is not None and on < appointment.since:
        raise Invalid(_("Ngày kết thúc phải sau ngày bắt đầu."), field="on")
    last = on or clock.today()
    is_over = appointment.until is not None and appointment.until < last
    if appointment.stopped_at is not None or is_over:
        raise AlreadyDone(_("Việc bổ nhiệm này đã kết thúc trước ngày đó."), field="on")


def refuse_last_operator(**leaving: int) -> None:
    """Refuse when the appointments that match ``leaving`` are all there are to run the house.

    All of them are locked, so that of two operators who end each other only one does.
    """
    running = list(operators().select_for_update(of=("self",)).order_by("pk"))
    gone = {a.pk for a in operators().filter(**leaving)}
    if gone and all(a.pk in gone for a in running):
        raise WrongState(
            _(
                "Đây là người quản trị hệ thống cuối cùng. Hãy giao quyền quản trị cho người khác "
                "trước."
            )
        )


def held_today(acting: Acting, *roles: str) -> Appointment:
    """Return the appointment under which ``acting`` may do this now, read again and locked.

    Asked inside a deed: an appointment that ended since the page was opened raises `NoRight`.
    """
    ids = [a.pk for a in acting.appointments if a.role in roles]
    today = clock.today()
    for appointment in (
        Appointment.objects.select_for_update(of=("self",))
        .select_related("organization", "user__person")
        .filter(pk__in=ids, user__is_active=True)
        .order_by("role", "since", "pk")
    ):
        if appointment.holds(today):
            return appointment
    raise NoRight(_("Quyền làm việc này của bạn đã hết hạn hoặc chưa có. Chưa có gì thay đổi."))
