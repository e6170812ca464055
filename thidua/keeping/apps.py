"""The keeping app."""

from django.apps import AppConfig


class KeepingConfig(AppConfig):
    """Backup, restore, drill, upgrade, personal data."""

    name = "thidua.keeping"
