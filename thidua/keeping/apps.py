"""The keeping app."""

from django.apps import AppConfig


class KeepingConfig(AppConfig):
    """Backup, restore, drill, upgrade, personal data."""

    name = "thidua.keeping"

    def ready(self) -> None:
        """Let the check page and `doctor` speak of backups."""
        from thidua.keeping import findings  # noqa: PLC0415  (it needs the models)

        findings.register()
