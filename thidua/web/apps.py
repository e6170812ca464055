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
