"""The imports app."""

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    """Sheets that a board brings: read, shown, checked, then written in one transaction."""

    name = "thidua.imports"
