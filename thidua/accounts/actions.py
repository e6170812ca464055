"""What can be done with accounts and appointments."""

import secrets
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.hashers import check_password
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from thidua.accounts.acting import Acting
from thidua.accounts.models import Appointment, User
from thidua.audit.actions import Actor, record
from thidua.core import clock
from thidua.core.deeds import deed
from thidua.core.errors import AlreadyDone, DomainError, Invalid, NoRight
from thidua.core.text import one_line
from thidua.organizations.models import Bloc, Organization, Person

TRIES, TRIES_WINDOW = 10, 15 * 60  # wrong passwords before a pause, and its length in seconds


class WrongPassword(DomainError):
    """The password that was typed again is not the account's."""

    code = "wrong_password"


class TooManyTries(DomainError):
    """Too many wrong passwords for one account; counted per account, not per address."""

    code = "too_many_tries"


@deed()
def open_account(
    person: Person, *, by: Actor, username: str, email: str = "", password: str | None = None
) -> User:
    """Open an account for ``person``; without a password nobody can sign in until one is set."""
    username = one_line(username)
    if not username or " " in username:
        raise Invalid(_("Tên đăng nhập viết liền, không có dấu cách."), field="username")
    if User.objects.filter(username__iexact=username).exists():
        raise AlreadyDone(_("Tên đăng nhập này đã có người dùng."), field="username")
    if email and User.objects.filter(email__iexact=email).exists():
        raise AlreadyDone(_("Thư điện tử này đã có người dùng."), field="email")
    user = User(username=username, email=email, person=person)
    user.set_password(password) if password else user.set_unusable_password()
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError as error:
        raise AlreadyDone(_("Tên đăng nhập này đã có người dùng."), field="username") from error
    record("account.opened", by=by, on=user)
    return user


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
        _refuse_bad_stand_in(organization, terms)
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


def _refuse_bad_stand_in(organization: Organization, terms: Terms) -> None:
    principal = terms.stands_in_for
    if principal is None or principal.organization_id != organization.pk:
        raise Invalid(_("Cần chọn ký thay cho lãnh đạo nào của đơn vị."), field="stands_in_for")
    if principal.role != Appointment.Role.HEAD:
        raise Invalid(_("Chỉ ký thay cho lãnh đạo đơn vị."), field="stands_in_for")
    if not terms.manner:
        raise Invalid(_("Cần chọn cách ký: Q., KT., TL. hoặc TUQ."), field="manner")
    if terms.manner != Appointment.Manner.AUTHORIZED:
        return
    if not one_line(terms.authorization_number):
        raise Invalid(_("TUQ. cần số giấy ủy quyền."), field="authorization_number")
    if not one_line(terms.authorization_scope):
        raise Invalid(_("TUQ. cần phạm vi ủy quyền."), field="authorization_scope")
    if terms.until is None:
        raise Invalid(_("TUQ. cần ngày hết hạn ủy quyền."), field="until")


@deed()
def end_appointment(appointment: Appointment, *, by: Actor, on: date, reason: str) -> Appointment:
    """End an appointment after ``on``; the row stays. The right ends with that day."""
    appointment = Appointment.objects.select_for_update().get(pk=appointment.pk)
    if not one_line(reason):
        raise Invalid(_("Cần ghi lý do."), field="reason")
    if on < appointment.since:
        raise Invalid(_("Ngày kết thúc phải sau ngày bắt đầu."), field="on")
    if appointment.until and appointment.until < on:
        raise AlreadyDone(_("Việc bổ nhiệm này đã kết thúc trước ngày đó."), field="on")
    appointment.until = on
    appointment.save(update_fields=["until"])
    record(
        "appointment.ended",
        by=by,
        on=appointment.organization,
        person=appointment.user.name,
        role=appointment.role,
        reason=reason,
    )
    return appointment


def confirm_password(user: User, password: str) -> None:
    """Check the password typed again before a signature. Slow, so it comes before the deed.

    Raises `WrongPassword`, or `TooManyTries` for a quarter of an hour after ten wrong ones.
    """
    key = f"confirm:{user.pk}"
    cache.add(key, 0, TRIES_WINDOW)
    if cache.get(key, 0) >= TRIES:
        raise TooManyTries(
            _("Đã nhập sai mật khẩu quá nhiều lần. Hãy đợi 15 phút rồi thử lại."), field="password"
        )
    if not check_password(password, user.password):
        try:
            cache.incr(key)
        except ValueError:  # the window ended between the two calls
            cache.set(key, 1, TRIES_WINDOW)
        raise WrongPassword(_("Mật khẩu không đúng. Chưa có gì được ký."), field="password")
    cache.delete(key)


def held_today(acting: Acting, *roles: str) -> Appointment:
    """Return the appointment under which ``acting`` may do this now, read again and locked.

    Asked inside a deed: an appointment that ended since the page was opened raises `NoRight`.
    """
    ids = [a.pk for a in acting.appointments if a.role in roles]
    today = clock.today()
    for appointment in (
        Appointment.objects.select_for_update(of=("self",))
        .select_related("organization", "stands_in_for", "user__person")
        .filter(pk__in=ids, user__is_active=True)
    ):
        principal = appointment.stands_in_for
        if appointment.is_current(today) and (principal is None or principal.is_current(today)):
            return appointment
    raise NoRight(_("Quyền làm việc này của bạn đã hết hạn hoặc chưa có. Chưa có gì thay đổi."))


def fresh_password() -> str:
    """Return a one-time password that can be read aloud: four groups without look-alikes."""
    letters = "abcdefghjkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(letters) for _n in range(4)) for _g in range(4))
