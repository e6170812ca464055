"""The documents app."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Frozen texts with their digests, and the signatures under them."""

    name = "thidua.documents"
