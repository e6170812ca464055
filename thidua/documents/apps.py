"""The documents app."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Frozen texts with their digests, and the signatures under them."""

    name = "thidua.documents"

    def ready(self) -> None:
        """Let the check page and `doctor` speak of the letters that papers are printed in."""
        from thidua.documents import findings  # noqa: PLC0415  (it needs the models)

        findings.register()
