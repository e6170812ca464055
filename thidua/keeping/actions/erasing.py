"""Deleting a person's name on lawful request: asked by one, confirmed by another, for good.

What they did stays, by number: signatures, marks and the trail are records that the law on
archives keeps, and whose digests would no longer match.
"""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password
from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override

from thidua.accounts.acting import Acting
from thidua.accounts.actions.appointing import end_appointment
from thidua.accounts.actions.inviting import end_invitations
from thidua.accounts.models import Appointment, User
from thidua.audit.actions import record
from thidua.commendations.actions.awards import blank_awards_of
from thidua.core import clock
from thidua.core.deeds import deed
from thidua.core.errors import AlreadyDone, Invalid, NoRight
from thidua.core.text import nfc, one_line
from thidua.core.workflow import move
from thidua.keeping.models import Erasure
from thidua.keeping.persons import Known, known_of
from thidua.notifications.models import Mail, MailChoice, Notice
from thidua.notifications.models.reminding import CalendarAddress, DueReminder
from thidua.organizations.models import Person

ERASED = gettext_noop("đã xóa theo yêu cầu")
State = Erasure.State


@deed()
def ask_erasure(person: Person, *, by: Acting, reason: str, basis: str) -> Erasure:
    """Ask that a person's name be deleted; a second person confirms it.

    ``basis`` names the request and its date. Neither may hold the name: both stay.
    """
    reason, basis = nfc(reason).strip(), one_line(basis)
    if not reason:
        raise Invalid(_("Cần ghi lý do xóa."), field="reason")
    if not basis:
        raise Invalid(_("Cần ghi căn cứ: đơn, văn bản nào, ngày nào."), field="basis")
    person = Person.objects.select_for_update().get(pk=person.pk)
    if person.full_name == ERASED or Erasure.objects.filter(person=person, state=State.DONE):
        raise AlreadyDone(_("Tên người này đã được xóa trước đó."))
    if Erasure.objects.filter(person=person, state=State.ASKED).exists():
        raise AlreadyDone(_("Đã có đề nghị xóa tên người này, đang chờ người thứ hai xác nhận."))
    for name, text in (("reason", reason), ("basis", basis)):
        if person.full_name.lower() in text.lower():
            sentence = _("Đừng ghi tên người ấy ở đây: dòng này nằm lại sau khi tên đã xóa.")
            raise Invalid(sentence, field=name)
    erasure = Erasure.objects.create(
        person=person, reason=reason, basis=basis, asked_by=by.user, asked_at=clock.now()
    )
    record("erasure.asked", by=by, on=erasure, basis=basis)
    return erasure


@deed()
def drop_erasure(erasure: Erasure, *, by: Acting, reason: str) -> Erasure:
    """Give a request up before it is done."""
    if not one_line(reason):
        raise Invalid(_("Cần ghi lý do."), field="reason")
    move(erasure, State.DROPPED, ended_by=by.user, ended_at=clock.now())
    record("erasure.dropped", by=by, on=erasure, reason=one_line(reason))
    return erasure


@deed()
def confirm_erasure(erasure: Erasure, *, by: Acting) -> Erasure:
    """Delete the name for good: the person's, and all that their accounts hold of them.

    Refuses whoever asked for it, and when nobody would be left to run the house.
    """
    if by.user is not None and by.user.pk == erasure.asked_by_id:
        raise NoRight(_("Người đề nghị không tự xác nhận: cần người thứ hai."))
    move(erasure, State.DONE, ended_by=by.user, ended_at=clock.now())
    person = Person.objects.select_for_update().get(pk=erasure.person_id)
    person.full_name, person.source = ERASED, ""
    person.save()
    blank_awards_of(person, name=ERASED)
    for user in User.objects.select_for_update(of=("self",)).filter(person=person).order_by("pk"):
        _end_rights(user, by=by)
        _empty(user)
    record("erasure.done", by=by, on=erasure, basis=erasure.basis)
    return erasure


def _end_rights(user: User, *, by: Acting) -> None:
    """End every appointment that holds or would begin; the name is gone by now."""
    today = clock.today()
    living = Appointment.objects.filter(Q(until=None) | Q(until__gte=today), user=user)
    with override("vi"):
        reason = _("xóa tên theo yêu cầu")
    for appointment in living.filter(stopped_at=None).order_by("pk"):
        end_appointment(appointment, by=by, reason=reason)


def _empty(user: User) -> None:
    """Take from an account what tells whose it was, and close it."""
    listed = EmailAddress.objects.filter(user=user).values_list("email", flat=True)
    addresses = {user.email, *listed} - {""}
    end_invitations(user)
    EmailAddress.objects.filter(user=user).delete()
    Authenticator.objects.filter(user=user).delete()
    Notice.objects.filter(user=user).delete()
    Mail.objects.filter(Q(user=user) | Q(address__in=addresses)).delete()
    for model in (MailChoice, CalendarAddress, DueReminder):
        model._default_manager.filter(user=user).delete()
    User.objects.filter(pk=user.pk).update(
        username=f"da-xoa-{user.pk}",
        email="",
        password=make_password(None),
        is_active=False,
        sign_outs=F("sign_outs") + 1,
    )


@deed()
def export_person(person: Person, *, by: Acting, basis: str = "") -> Known:
    """Gather what is known of a person, for them. Somebody else names the request it follows."""
    is_own = by.user is not None and by.user.person_id == person.pk
    if not is_own and not one_line(basis):
        raise Invalid(_("Cần ghi căn cứ: đơn, văn bản nào, ngày nào."), field="basis")
    record("person.exported", by=by, on=person, basis=one_line(basis))
    return known_of(person)
