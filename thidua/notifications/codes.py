"""Codes in mail: what waits in the outbox holds a mark, the message that goes out the code.

A mail server may be down for a day, and a copy of the database may lie about for longer: so a code
that lets somebody in is made when the mail is handed over, of the invitation's seed or of the
account as it is then, with the installation's secret key.
"""

import re
from collections.abc import Callable

from allauth.account import app_settings
from allauth.account.utils import user_pk_to_url_str

from thidua.accounts.codes import code_of
from thidua.accounts.models import Invitation, User
from thidua.core import clock

INVITATION, RESET = "invitation", "reset"
_MARK = re.compile(r"\[\[([a-z]+):(\d+)\]\]")
_makers: dict[str, Callable[[int], str]] = {}


class Spent(Exception):
    """The code was used or replaced, or the account closed: the mail would lead nowhere."""


def made_by(kind: str, maker: Callable[[int], str]) -> None:
    """Let an app above make the codes of ``kind``: of a row's id, or `Spent` where none is due."""
    _makers[kind] = maker


def mark_of(kind: str, pk: int) -> str:
    """Return what stands in a kept text for the code of this invitation, or of this account."""
    return f"[[{kind}:{pk}]]"


def filled(text: str) -> str:
    """Return ``text`` with each mark replaced by its code; `Spent` when one is worth nothing."""
    return _MARK.sub(_code, text)


def _code(mark: re.Match[str]) -> str:
    kind, pk = mark.groups()
    if kind in _makers:
        return _makers[kind](int(pk))
    if kind == INVITATION:
        invitation = Invitation.objects.select_related("user").filter(pk=pk).first()
        if invitation is None or not _opens(invitation):
            raise Spent
        return code_of(invitation.seed)
    if kind != RESET:
        return mark[0]
    user = User.objects.filter(pk=pk, is_active=True).first()
    if user is None:
        raise Spent
    token: str = app_settings.PASSWORD_RESET_TOKEN_GENERATOR().make_token(user)
    return f"{user_pk_to_url_str(user)}-{token}"


def _opens(invitation: Invitation) -> bool:
    return invitation.user.is_active and invitation.is_living(clock.now())
