"""The targets app."""

from importlib import import_module

from django.apps import AppConfig


class TargetsConfig(AppConfig):
    """What each unit promises in numbers, and the titles it registers."""

    name = "thidua.targets"

    def ready(self) -> None:
        """Tell the reminders what falls due."""
        import_module("thidua.targets.actions.restoring").restorable()
        due = import_module("thidua.notifications.due")
        due.told_by(import_module("thidua.targets.due").owed)
