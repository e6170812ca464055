"""The web app."""

from django.apps import AppConfig

from thidua.notifications.links import lead_to


class WebConfig(AppConfig):
    """All HTML."""

    name = "thidua.web"

    def ready(self) -> None:
        """Say where a notice about each kind of thing leads."""
        lead_to("covenants.covenant", "covenants:show")
        lead_to("targets.targetset", "targets:show")
        lead_to("cycles.cycle", "cycles:show")
        lead_to("scoring.scoringtable", "tables:show")
        lead_to("scoring.sheet", "marking:sheet")
        lead_to("scoring.card", "marking:card")
        lead_to("scoring.result", "results:show")
        lead_to("documents.number", "numbers:show")
        lead_to("reporting.report", "reporting:show")
        lead_to("paperwork.draft", "papers:show")
        lead_to("handovers.handover", "handovers:show")
