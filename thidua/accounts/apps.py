"""The accounts app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Users, appointments, and for whom a person is working now."""

    name = "thidua.accounts"
