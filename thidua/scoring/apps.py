"""The scoring app."""

from importlib import import_module

from django.apps import AppConfig


class ScoringConfig(AppConfig):
    """Tables, cards marked in layers, results: from self-scores to a published ranking."""

    name = "thidua.scoring"

    def ready(self) -> None:
        """Listen to the news from below, and lend the audit the heads noted on results."""
        import_module("thidua.scoring.receivers")
        noted = import_module("thidua.scoring.queries").noted_heads
        import_module("thidua.audit.verification").noted_by(noted)
        import_module("thidua.scoring.actions.restoring").restorable()
        due = import_module("thidua.notifications.due")
        due.told_by(import_module("thidua.scoring.due").owed)
