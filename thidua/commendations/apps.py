"""The commendations app."""

from django.apps import AppConfig


class CommendationsConfig(AppConfig):
    """The register of awards that were decided."""

    name = "thidua.commendations"
