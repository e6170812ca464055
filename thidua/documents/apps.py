"""The documents app."""

from importlib import import_module

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Frozen texts with their digests, and the signatures under them."""

    name = "thidua.documents"

    def ready(self) -> None:
        """Let the check page and `doctor` speak of letters, printing, keys and their end."""
        import_module("thidua.documents.findings").register()
        import_module("thidua.documents.expiring").register()
        import_module("thidua.documents.unprinted").register()
