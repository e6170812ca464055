"""Opening an account, and the address that it keeps."""

import re
from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from thidua.accounts.actions.appointing import Terms, appoint
from thidua.accounts.actions.inviting import end_invitations
from thidua.accounts.actions.proving import confirm_password
from thidua.accounts.models import Invitation, User
from thidua.accounts.signals import tell_owner
from thidua.audit.actions import Actor, record
from thidua.core.deeds import deed
from thidua.core.errors import AlreadyDone, Invalid
from thidua.core.text import one_line
from thidua.organizations.actions import enter_person
from thidua.organizations.models import Organization, Person

# Without "@" no user name is another one's e-mail; ASCII compares alike in every database.
USERNAME = re.compile(r"[a-z0-9._-]{1,150}")


@dataclass(frozen=True)
class Newcomer:
    """Who is to get an account. ``person`` is None for somebody whose name is new here."""

    full_name: str
    username: str
    email: str = ""
    person: Person | None = None
    is_illustration: bool = False


def open_account(
    person: Person, *, by: Actor, username: str, email: str = "", password: str | None = None
) -> User:
    """Open an account for ``person``; without a password nobody can sign in until one is set."""
    newcomer = Newcomer(person.full_name, username, email, person)
    return _open(newcomer, by=by, hashed=make_password(password))


@deed()
def open_and_appoint(
    newcomer: Newcomer, organization: Organization, *, by: Actor, role: str, terms: Terms
) -> User:
    """Open an account and give it its first right; nobody can sign in until they are invited."""
    user = _open(newcomer, by=by, hashed=make_password(None))
    appoint(user, organization, by=by, role=role, terms=terms)
    return user


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
        _refuse_taken_email(email)
        raise taken from error
    record("account.opened", by=by, on=user)
    return user


def _refuse_taken_email(email: str, *, but: User | None = None) -> None:
    others = User.objects.exclude(pk=but.pk) if but else User.objects.all()
    if email and others.filter(email=email).exists():
        raise AlreadyDone(_("Thư điện tử này đã có người dùng."), field="email")


def change_email(user: User, *, by: Actor, email: str, password: str) -> User:
    """Keep another e-mail (or none) for one's own account, after the password typed again."""
    confirm_password(user, password)
    return _keep_email(user, by=by, email=email)


def correct_email(user: User, *, by: Actor, email: str) -> User:
    """Keep another e-mail (or none) for somebody else's account; they are told at the old one.

    An invitation that went to the old one is dead: it may be a stranger's.
    """
    with deed():
        former = User.objects.get(pk=user.pk).email
        user = _keep_email(user, by=by, email=email)
        if former == user.email:
            return user
        end_invitations(user, Invitation.Way.MAIL)
        sentence = gettext_noop(
            "%(who)s vừa sửa thư điện tử của tài khoản bạn. Nếu bạn không nhờ, hãy báo ngay cho cơ "
            "quan quản lý."
        )
        tell_owner(user, sentence, address=former, who=by.actor_name)
    return user


@deed()
def _keep_email(user: User, *, by: Actor, email: str) -> User:
    """Write the address; the sign-in library's own table forgets what the old one opened."""
    email = one_line(email).lower()
    user = User.objects.select_for_update(of=("self",)).select_related("person").get(pk=user.pk)
    _refuse_taken_email(email, but=user)
    user.email = email
    try:
        with transaction.atomic():
            user.save(update_fields=["email"])
    except IntegrityError as error:
        raise AlreadyDone(_("Thư điện tử này đã có người dùng."), field="email") from error
    EmailAddress.objects.filter(user=user).delete()
    record("account.email_changed", by=by, on=user)
    return user
