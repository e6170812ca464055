"""The jobs app."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Work that runs later: its queue, leases, tries, schedule."""

    name = "thidua.jobs"
