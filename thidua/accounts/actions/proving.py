"""The password typed again, and the tries that a wrong secret has."""

from django.contrib.auth.hashers import check_password
from django.core.cache import cache
from django.utils.translation import gettext as _

from thidua.accounts.models import User
from thidua.core.errors import DomainError

TRIES, TRIES_WINDOW = 10, 15 * 60  # wrong secrets before a pause, and its length in seconds


class WrongPassword(DomainError):
    """The password that was typed again is not the account's."""

    code = "wrong_password"


class TooManyTries(DomainError):
    """Too many wrong secrets for one account; counted per account, not per address."""

    code = "too_many_tries"


def confirm_password(user: User, password: str) -> None:
    """Check the password typed again before a signature. Slow, so it comes before the deed.

    Raises `WrongPassword`, or `TooManyTries` for a quarter of an hour after ten wrong ones.
    """
    take_try(
        f"confirm:{user.pk}",
        _("Đã nhập sai mật khẩu quá nhiều lần. Hãy đợi 15 phút rồi thử lại."),
        field="password",
    )
    if not check_password(password, user.password):
        raise WrongPassword(_("Mật khẩu không đúng. Chưa có gì được ghi."), field="password")
    forget_tries(f"confirm:{user.pk}")


def take_try(name: str, sentence: str, *, field: str) -> None:
    """Take one of the tries that ``name`` has within the window, else refuse with ``sentence``.

    Taking a place is one step in every cache, so that tries at the same moment count each.
    """
    if not any(cache.add(place, 1, TRIES_WINDOW) for place in _places(name)):
        raise TooManyTries(sentence, field=field)


def forget_tries(name: str) -> None:
    """Give ``name`` all its tries again: the right secret came, or a new one was given."""
    cache.delete_many(_places(name))


def _places(name: str) -> list[str]:
    return [f"{name}:{n}" for n in range(TRIES)]
