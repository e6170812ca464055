"""The cycles app."""

from importlib import import_module

from django.apps import AppConfig


class CyclesConfig(AppConfig):
    """The emulation year of a bloc: who takes part, in which role, when what is due."""

    name = "thidua.cycles"

    def ready(self) -> None:
        """Listen to the news of organisations."""
        import_module("thidua.cycles.receivers")
