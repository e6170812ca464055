"""The accounts app."""

from importlib import import_module

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Users, appointments, and for whom a person is working now."""

    name = "thidua.accounts"

    def ready(self) -> None:
        """Connect the receivers."""
        import_module("thidua.accounts.receivers")
