"""Guarding an account: a lost second factor, sessions left open somewhere, an account at rest."""

from allauth.mfa.models import Authenticator
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from thidua.accounts.actions.appointing import refuse_last_operator
from thidua.accounts.actions.inviting import end_invitations
from thidua.accounts.models import User
from thidua.accounts.signals import tell_owner
from thidua.audit.actions import Actor, record
from thidua.core.deeds import deed
from thidua.core.errors import AlreadyDone, Invalid, WrongState
from thidua.core.text import one_line


@deed()
def reset_second_factor(user: User, *, by: Actor, reason: str) -> User:
    """Take off every second factor of somebody who lost theirs; they are told who did and why.

    The password stays what lets them in, until they set a second factor again.
    """
    _refuse_no_reason(reason)
    user = _locked(user)
    if not Authenticator.objects.filter(user=user).delete()[0]:
        raise WrongState(_("Tài khoản này chưa bật bước xác nhận thứ hai."))
    record("account.second_factor_reset", by=by, on=user, reason=reason)
    sentence = gettext_noop(
        "%(who)s vừa gỡ bước xác nhận thứ hai của tài khoản bạn: %(reason)s. Hãy đặt lại ở trang "
        "“Tài khoản của tôi”; nếu bạn không nhờ, hãy báo ngay cho cơ quan quản lý."
    )
    tell_owner(user, sentence, who=by.actor_name, reason=one_line(reason))
    return user


@deed()
def sign_out_everywhere(user: User, *, by: Actor, reason: str = "") -> User:
    """End every session of the account at its next request. One's own needs no reason."""
    is_own = by.actor_id == user.pk
    if not is_own:
        _refuse_no_reason(reason)
    user = _locked(user)
    User.objects.filter(pk=user.pk).update(sign_outs=F("sign_outs") + 1)
    user.sign_outs += 1
    record("account.signed_out", by=by, on=user, reason=reason)
    if not is_own:
        sentence = gettext_noop(
            "%(who)s vừa cho tài khoản bạn đăng xuất khỏi mọi nơi: %(reason)s. Bạn đăng nhập lại "
            "được bằng mật khẩu đang dùng."
        )
        tell_owner(user, sentence, who=by.actor_name, reason=one_line(reason))
    return user


@deed()
def close_account(user: User, *, by: Actor, reason: str) -> User:
    """Let nobody in by this account until it is opened again; its sessions end at once."""
    _refuse_no_reason(reason)
    refuse_last_operator(user=user.pk)
    user = _locked(user)
    if not user.is_active:
        raise AlreadyDone(_("Tài khoản này đang tạm dừng rồi."))
    _rest(user, is_active=False)
    end_invitations(user)
    record("account.closed", by=by, on=user, reason=reason)
    sentence = gettext_noop("%(who)s vừa tạm dừng tài khoản của bạn: %(reason)s.")
    tell_owner(user, sentence, who=by.actor_name, reason=one_line(reason))
    return user


@deed()
def reopen_account(user: User, *, by: Actor, reason: str) -> User:
    """Let the owner of a closed account in again, with what opened it before."""
    _refuse_no_reason(reason)
    user = _locked(user)
    if user.is_active:
        raise AlreadyDone(_("Tài khoản này đang dùng được."))
    _rest(user, is_active=True)
    record("account.reopened", by=by, on=user, reason=reason)
    sentence = gettext_noop("%(who)s vừa mở lại tài khoản của bạn: %(reason)s.")
    tell_owner(user, sentence, who=by.actor_name, reason=one_line(reason))
    return user


def _locked(user: User) -> User:
    rows = User.objects.select_for_update(of=("self",)).select_related("person")
    return rows.get(pk=user.pk)


def _rest(user: User, *, is_active: bool) -> None:
    """Write whether the account is used; what was signed in before is out either way."""
    user.is_active = is_active
    user.sign_outs += 1
    user.save(update_fields=["is_active", "sign_outs"])


def _refuse_no_reason(reason: str) -> None:
    if not one_line(reason):
        raise Invalid(_("Cần ghi lý do."), field="reason")
