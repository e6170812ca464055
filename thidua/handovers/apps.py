"""The handovers app."""

from django.apps import AppConfig


class HandoversConfig(AppConfig):
    """The leader of a year hands it over to the next."""

    name = "thidua.handovers"
