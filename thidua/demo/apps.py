"""The demo app."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """The one demo world, built only by calling actions."""

    name = "thidua.demo"
