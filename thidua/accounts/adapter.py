"""How the house wants django-allauth to behave."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.internal import ratelimit
from allauth.mfa.adapter import DefaultMFAAdapter
from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from thidua.accounts.models import User

SECOND_FACTOR_ASKED = "second_factor_asked"  # in the session: the page that waits for it


class HouseAdapter(DefaultAccountAdapter):
    """No self sign-up: accounts are opened by a board or a head. Wrong tries count per account."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Refuse everyone."""
        return False

    def get_user_search_fields(self) -> list[str]:
        """Name the columns that a person is looked up by."""
        return ["username", "email"]

    def populate_username(self, request: HttpRequest, user: Any) -> None:
        """Leave the user name as the board gave it."""

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Go back to one's account once the password is changed."""
        return reverse("accounts:show")

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Leave the password out where a page waits for the second factor: it would not do."""
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        asked = self.request.session.get(SECOND_FACTOR_ASKED)
        if asked is None or asked != (self.request.POST or self.request.GET).get("next"):
            return methods
        return [method for method in methods if method["id"] != "reauthenticate"] or methods

    def format_email_subject(self, subject: str) -> str:
        """Say who writes; the library would name the host."""
        return f"{_('Thi Đua')}: {subject}"

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Count by account, whatever it is called by and on whichever host name.

        The library counts by host and by what was typed: user name and e-mail of one account
        would each have tries of their own. Several matches share one count.
        """
        typed = {str(credentials.get(k) or "").strip().lower() for k in ("email", "username")}
        typed.discard("")
        same = Q(pk=None)
        for name in typed:
            same |= Q(username__iexact=name) | Q(email__iexact=name)
        found = User.objects.filter(same).order_by("pk").values_list("pk", flat=True)
        return ":".join(map(str, found)) or f"unknown:{min(typed, default='')}"

    def forget_wrong_tries(self, request: HttpRequest, user: User) -> None:
        """Let the person in at once with the password that they were just given."""
        key = self._get_login_attempts_cache_key(request, username=user.username)
        ratelimit.clear(request, app="allauth.account", action="login_failed", key=key)


class HouseMfaAdapter(DefaultMFAAdapter):
    """The second factor, under the program's own name instead of the host's."""

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Name the program as the one that a passkey is for."""
        return {**super().get_public_key_credential_rp_entity(), "name": _("Thi Đua")}

    def get_public_key_credential_user_entity(self, user: Any) -> dict[str, Any]:
        """Show the person's own name in the device's list of passkeys."""
        return {**super().get_public_key_credential_user_entity(user), "display_name": user.name}
