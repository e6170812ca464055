"""The notifications app."""

from importlib import import_module

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    """The inbox: what a person should know."""

    name = "thidua.notifications"

    def ready(self) -> None:
        """Listen to the news from below; let the check page say how mail goes."""
        import_module("thidua.notifications.receivers")
        import_module("thidua.notifications.findings").register()
