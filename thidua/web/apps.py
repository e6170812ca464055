"""The web app."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """All HTML."""

    name = "thidua.web"
