"""The targets app."""

from django.apps import AppConfig


class TargetsConfig(AppConfig):
    """What each unit promises in numbers, and the titles it registers."""

    name = "thidua.targets"
