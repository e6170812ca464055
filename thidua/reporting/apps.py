"""The reporting app."""

from importlib import import_module

from django.apps import AppConfig


class ReportingConfig(AppConfig):
    """Measurements, periodic reports, and the evidence behind them."""

    name = "thidua.reporting"

    def ready(self) -> None:
        """Listen to the news from below."""
        import_module("thidua.reporting.receivers")
