"""What can be done with accounts and appointments."""

import re
import secrets
from dataclasses import dataclass
from datetime import date

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import check_password, make_password
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from thidua.accounts.acting import Acting
from thidua.accounts.models import Appointment, User
from thidua.audit.actions import Actor, record
from thidua.core import clock
from thidua.core.deeds import deed
from thidua.core.errors import AlreadyDone, DomainError, Invalid, NoRight
from thidua.core.text import one_line
from thidua.organizations.actions import enter_person
from thidua.organizations.models import Bloc, Organization, Person

TRIES, TRIES_WINDOW = 10, 15 * 60  # wrong passwords before a pause, and its length in seconds
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # without those that look alike
# Without "@" no user name is another one's e-mail; ASCII compares alike in every database.
USERNAME = re.compile(r"[a-z0-9._-]{1,150}")


class WrongPassword(DomainError):
    """The password that was typed again is not the account's."""

    code = "wrong_password"


class TooManyTries(DomainError):
    """Too many wrong passwords for one account; counted per account, not per address."""

    code = "too_many_tries"


@dataclass(frozen=True)
class Newcomer:
    """Who is to get an account. ``person`` is None for somebody whose name is new here."""

    full_name: str
    username: str
    email: str = ""
    person: Person | None = None
    is_illustration: bool = False


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


def open_account(
    person: Person, *, by: Actor, username: str, email: str = "", password: str | None = None
) -> User:
    """Open an account for ``person``; without a password nobody can sign in until one is set."""
    newcomer = Newcomer(person.full_name, username, email, person)
    return _open(newcomer, by=by, hashed=make_password(password))


def open_and_appoint(
    newcomer: Newcomer, organization: Organization, *, by: Actor, role: str, terms: Terms
) -> tuple[User, str]:
    """Open an account and give it its first right; return it with its one-time password."""
    password = fresh_password()
    hashed = make_password(password)  # slow, so before the deed
    with deed():
        user = _open(newcomer, by=by, hashed=hashed)
        appoint(user, organization, by=by, role=role, terms=terms)
    return user, password


@deed()
def _open(newcomer: Newcomer, *, by: Actor, hashed: str) -> User:
    """Write the account. Names and e-mails are kept in small letters: each stands once."""
    username, email = one_line(newcomer.username).lower(), one_line(newcomer.email).lower()
    if not USERNAME.fullmatch(username):
        raise Invalid(
            _(
                "Tên đăng nhập viết liền không dấu: chữ a-z, số, dấu chấm, gạch nối, gạch dưới; "
                "tối đa 150 chữ."
            ),
            field="username",
        )
    taken = AlreadyDone(_("Tên đăng nhập này đã có người dùng."), field="username")
    if User.objects.filter(username=username).exists():
        raise taken
    _refuse_taken_email(email)
    person = newcomer.person or enter_person(
        newcomer.full_name, by=by, is_illustration=newcomer.is_illustration
    )
    user = User(username=username, email=email, person=person, password=hashed)
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError as error:
        raise taken from error
    record("account.opened", by=by, on=user)
    return user


def _refuse_taken_email(email: str, *, but: User | None = None) -> None:
    others = User.objects.exclude(pk=but.pk) if but else User.objects.all()
    if email and others.filter(email=email).exists():
        raise AlreadyDone(_("Thư điện tử này đã có người dùng."), field="email")


def set_fresh_password(user: User, *, by: Actor) -> str:
    """Give the account a new one-time password and return it; every session of it ends."""
    password = fresh_password()
    hashed = make_password(password)  # slow, so before the deed
    with deed():
        user = User.objects.select_for_update(of=("self",)).select_related("person").get(pk=user.pk)
        user.password = hashed
        user.save(update_fields=["password"])
        record("account.password_set", by=by, on=user)
    return password


def change_email(user: User, *, by: Actor, email: str, password: str) -> User:
    """Keep another e-mail (or none) for one's own account, after the password typed again.

    The sign-in library's own table of addresses is emptied, so that the old one opens nothing.
    """
    confirm_password(user, password)
    email = one_line(email).lower()
    with deed():
        user = User.objects.select_for_update(of=("self",)).select_related("person").get(pk=user.pk)
        _refuse_taken_email(email, but=user)
        user.email = email
        user.save(update_fields=["email"])
        EmailAddress.objects.filter(user=user).delete()
        record("account.email_changed", by=by, on=user)
    return user


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
    User.objects.select_for_update().get(pk=user.pk)  # the same form sent twice waits here
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


def _refuse_twice(user: User, organization: Organization, role: str, terms: Terms) -> None:
    same = Appointment.objects.filter(
        Q(until=None) | Q(until__gte=terms.since),
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
    places = [f"confirm:{user.pk}:{n}" for n in range(TRIES)]
    # Taking a place is one step in every cache, so that tries at the same moment count each.
    if not any(cache.add(place, 1, TRIES_WINDOW) for place in places):
        raise TooManyTries(
            _("Đã nhập sai mật khẩu quá nhiều lần. Hãy đợi 15 phút rồi thử lại."), field="password"
        )
    if not check_password(password, user.password):
        raise WrongPassword(_("Mật khẩu không đúng. Chưa có gì được ghi."), field="password")
    cache.delete_many(places)


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
        .order_by("role", "since", "pk")
    ):
        if appointment.holds(today):
            return appointment
    raise NoRight(_("Quyền làm việc này của bạn đã hết hạn hoặc chưa có. Chưa có gì thay đổi."))


def fresh_password() -> str:
    """Return a one-time password that can be read aloud: four groups without look-alikes."""
    return "-".join("".join(secrets.choice(LETTERS) for _n in range(4)) for _g in range(4))


def is_fresh(password: str) -> bool:
    """Say whether ``password`` looks like one of ours, which its owner is asked to change."""
    return bool(re.fullmatch(rf"[{LETTERS}]{{4}}(-[{LETTERS}]{{4}}){{3}}", password))
