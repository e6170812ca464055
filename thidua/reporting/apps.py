"""The reporting app."""

from importlib import import_module

from django.apps import AppConfig


class ReportingConfig(AppConfig):
    """Measurements, periodic reports, and the evidence behind them."""

    name = "thidua.reporting"

    def ready(self) -> None:
        """Listen to the news from below; tell the reminders what falls due."""
        import_module("thidua.reporting.receivers")
        due = import_module("thidua.notifications.due")
        due.told_by(import_module("thidua.reporting.due").owed)
