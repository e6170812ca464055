"""The ceremonies app."""

from django.apps import AppConfig


class CeremoniesConfig(AppConfig):
    """The hall in which a covenant is signed: its screen, its host, and what is kept of it."""

    name = "thidua.ceremonies"
