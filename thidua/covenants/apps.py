"""The covenants app."""

from importlib import import_module

from django.apps import AppConfig


class CovenantsConfig(AppConfig):
    """The covenant: its clauses, comments, freezing and signing round."""

    name = "thidua.covenants"

    def ready(self) -> None:
        """Listen to the news from below, and lend others what they ask of covenants."""
        import_module("thidua.covenants.receivers")
        noted = import_module("thidua.covenants.queries").noted_heads
        import_module("thidua.audit.verification").noted_by(noted)
        import_module("thidua.covenants.actions.restoring").restorable()
        standing = import_module("thidua.covenants.standing").standing_of
        import_module("thidua.documents.standings").told_by("covenant", standing)
        codes = import_module("thidua.covenants.codes")
        import_module("thidua.notifications.codes").made_by(codes.KIND, codes.mailed_code)
        told = import_module("thidua.covenants.proving").of_link
        import_module("thidua.documents.proving").told_by("link", told, "link")
        due = import_module("thidua.notifications.due")
        due.told_by(import_module("thidua.covenants.due").owed)
        parties = import_module("thidua.covenants.parties").parties_to_sign
        import_module("thidua.documents.originals").parties_told_by("covenant", parties)
