"""The movements app."""

from importlib import import_module

from django.apps import AppConfig


class MovementsConfig(AppConfig):
    """Emulation movements: who launched them, for how long, who takes part."""

    name = "thidua.movements"

    def ready(self) -> None:
        """Listen to the news from below."""
        import_module("thidua.movements.receivers")
