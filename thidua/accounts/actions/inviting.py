"""Inviting people in: a one-time code for each, by mail or on a slip, and what it opens.

Nobody but the invited chooses or sees a password. A code lets in once, for some days; a newer one
takes its place. What the account had before, a password and sessions, stays until it is used.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from thidua.accounts.acting import acting_of
from thidua.accounts.actions.proving import TooManyTries, forget_tries, take_try
from thidua.accounts.codes import code_of, digest_of, fresh_code, fresh_seed, looks_like_code
from thidua.accounts.models import Invitation, User
from thidua.accounts.signals import tell_owner
from thidua.audit.actions import Actor, record
from thidua.core import clock
from thidua.core.deeds import deed
from thidua.core.errors import DomainError, Invalid, WrongState
from thidua.core.text import day_text, one_line

Way = Invitation.Way
# Sixteen digits leave little to guess; this only ends a flood that aims at many accounts at once.
MOST_WRONG, WRONG_WINDOW, WRONG = 1_000, 60 * 60, "code:wrong"


class WrongCode(DomainError):
    """No such code for the account of that name."""

    code = "wrong_code"


class DeadCode(DomainError):
    """It was a code of this account, and is used, replaced, or past its last day."""

    code = "dead_code"


@dataclass(frozen=True)
class Invited:
    """An invitation with its code, in clear here and nowhere else."""

    invitation: Invitation
    code: str

    @property
    def user(self) -> User:
        return self.invitation.user


@deed()
def invite(users: Iterable[User], *, by: Actor, way: str) -> list[Invited]:
    """Make each a fresh code, in the order given; the open one of each, if any, is dead.

    A slip's code is in the answer alone. One for a mail can be made again from its invitation.
    Refused as a whole when one of the accounts is closed, or has no address to write to.
    """
    wanted = {user.pk: user for user in users}
    rows = User.objects.select_for_update(of=("self",)).select_related("person")
    locked = {user.pk: user for user in rows.filter(pk__in=wanted).order_by("pk")}
    for user in locked.values():
        _refuse_uninvitable(user, way)
    now = clock.now()
    _open_ones(locked).update(ended_at=now)
    invited = [_invited(locked[pk], way) for pk in wanted if pk in locked]
    Invitation.objects.bulk_create(one.invitation for one in invited)
    for one in invited:
        record("account.invited", by=by, on=one.user, way=way)
        forget_tries(_tries_of(one.user.username))
        if one.user.last_login:
            sentence = gettext_noop(
                "%(who)s vừa cấp cho bạn một mã để đặt lại mật khẩu. Nếu bạn không nhờ, hãy báo "
                "ngay cho cơ quan quản lý."
            )
            tell_owner(one.user, sentence, who=by.actor_name)
    return invited


def _refuse_uninvitable(user: User, way: str) -> None:
    if not user.is_active:
        raise WrongState(
            _("Tài khoản của %(name)s đang tạm dừng nên chưa mời được.") % {"name": user.name}
        )
    if way == Way.MAIL and not user.email:
        raise Invalid(
            _("%(name)s chưa có thư điện tử. Hãy in phiếu mời.") % {"name": user.name},
            field="email",
        )


def _open_ones(user_pks: Iterable[int]) -> QuerySet[Invitation]:
    return Invitation.objects.filter(user__in=list(user_pks), used_at=None, ended_at=None)


def _invited(user: User, way: str) -> Invited:
    seed = fresh_seed() if way == Way.MAIL else ""
    code = code_of(seed) if seed else fresh_code()
    now = clock.now()
    last = localtime(now).date() + timedelta(days=settings.INVITATION_DAYS)
    invitation = Invitation(
        user=user,
        way=way,
        seed=seed,
        digest=digest_of(code),
        made_at=now,
        expires_at=clock.end_of(last),
    )
    return Invited(invitation, code)


def end_invitations(user: User, *ways: str) -> int:
    """Let the open invitation of ``user``, of one of ``ways`` if given, die; say how many did."""
    found = _open_ones([user.pk])
    return (found.filter(way__in=ways) if ways else found).update(ended_at=clock.now())


def find_invitation(username: str, code: str) -> Invitation:
    """Return the living invitation that a name and a code open, with its user and person.

    Refuses `WrongCode`, `DeadCode` with the reason, a closed account, and `TooManyTries`: after ten
    wrong codes for one name within a quarter of an hour, or a thousand for all within an hour.
    """
    name = one_line(username).lower()[:150]
    _refuse_flood()
    tries = _tries_of(name)
    sentence = _("Đã nhập sai mã của tài khoản này quá nhiều lần. Hãy đợi 15 phút rồi thử lại.")
    take_try(tries, sentence, field="code")
    found = None
    if looks_like_code(code):
        rows = Invitation.objects.select_related("user__person")
        found = rows.filter(user__username=name, digest=digest_of(code)).first()
    if found is None:
        _count_wrong()
        raise WrongCode(
            _(
                "Tên đăng nhập và mã không khớp nhau. Hãy xem lại cả hai trên phiếu hoặc trong thư "
                "mời; mã có 16 chữ số."
            ),
            field="code",
        )
    forget_tries(tries)
    refuse_dead(found)
    return found


def refuse_dead(invitation: Invitation) -> None:
    """Refuse an invitation that lets nobody in any more, saying why and what to do."""
    if not invitation.user.is_active:
        raise DeadCode(_("Tài khoản này đang tạm dừng. Hãy hỏi người đã mời bạn."), field="code")
    if invitation.used_at is not None:
        raise DeadCode(
            _(
                "Mã này đã dùng ngày %(day)s và chỉ dùng một lần. Nếu bạn đã đặt mật khẩu, hãy "
                "đăng nhập; nếu không phải bạn dùng, hãy báo ngay người đã mời."
            )
            % {"day": day_text(localtime(invitation.used_at).date())},
            field="code",
        )
    if invitation.ended_at is not None:
        raise DeadCode(
            _("Mã này đã được thay hoặc bỏ. Hãy dùng phiếu hoặc thư mời mới nhất."), field="code"
        )
    if not invitation.is_living(clock.now()):
        raise DeadCode(
            _("Mã này đã hết hạn ngày %(day)s. Hãy xin người đã mời một mã mới.")
            % {"day": day_text(invitation.last_day)},
            field="code",
        )


def accept_invitation(invitation: Invitation, *, password: str) -> User:
    """Let the invited set a password of their own; the code is used, other sessions end.

    Refuses `Invalid` for a password that is too easy, `DeadCode` for whoever comes second.
    """
    try:
        validate_password(password, invitation.user)
    except ValidationError as error:
        raise Invalid(" ".join(error.messages), field="password") from error
    hashed = make_password(password)  # slow, so before the deed
    with deed():
        rows = User.objects.select_for_update(of=("self",)).select_related("person")
        user = rows.get(pk=invitation.user_id)
        invitation = Invitation.objects.select_related("user").get(pk=invitation.pk)
        refuse_dead(invitation)
        invitation.used_at = clock.now()
        invitation.save(update_fields=["used_at"])
        user.password = hashed
        user.save(update_fields=["password"])
        record("account.entered", by=acting_of(user), on=user, way=invitation.way)
    return user


def _tries_of(username: str) -> str:
    return f"code:{sha256(username.encode()).hexdigest()}"


def _refuse_flood() -> None:
    if cache.get(WRONG, 0) >= MOST_WRONG:
        raise TooManyTries(
            _(
                "Trong một giờ qua có quá nhiều mã sai được thử trên hệ thống nên việc nhận mã tạm "
                "nghỉ. Hãy thử lại sau một giờ, hoặc báo người quản trị."
            ),
            field="code",
        )


def _count_wrong() -> None:
    # Two at the same moment may count as one: the limit is a flood's, not an account's.
    if not cache.add(WRONG, 1, WRONG_WINDOW):
        try:
            cache.incr(WRONG)
        except ValueError:  # it ran out between the two
            cache.add(WRONG, 1, WRONG_WINDOW)
