"""The paperwork app."""

from importlib import import_module

from django.apps import AppConfig


class PaperworkConfig(AppConfig):
    """The papers of a year: drafted from its data, edited in their free parts, issued, gathered."""

    name = "thidua.paperwork"

    def ready(self) -> None:
        """Tell whoever checks a paper of ours what it is worth now."""
        standing = import_module("thidua.paperwork.standing").standing_of
        standings = import_module("thidua.documents.standings")
        for kind in import_module("thidua.paperwork.papers").KINDS:
            standings.told_by(kind, standing)
