"""How the house wants django-allauth to behave."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class HouseAdapter(DefaultAccountAdapter):
    """No self sign-up: accounts are opened by a board or a head."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Refuse everyone."""
        return False

    def get_user_search_fields(self) -> list[str]:
        """Name the columns that a person is looked up by."""
        return ["username", "email"]

    def populate_username(self, request: HttpRequest, user: Any) -> None:
        """Leave the user name as the board gave it."""
