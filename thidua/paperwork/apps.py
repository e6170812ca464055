"""The paperwork app."""

from django.apps import AppConfig


class PaperworkConfig(AppConfig):
    """The papers of a year: drafted from its data, edited in their free parts, issued, gathered."""

    name = "thidua.paperwork"
