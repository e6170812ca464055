"""The cycles app."""

from django.apps import AppConfig


class CyclesConfig(AppConfig):
    """The emulation year of a bloc: who takes part, in which role, when what is due."""

    name = "thidua.cycles"
