"""The discards app."""

from django.apps import AppConfig


class DiscardsConfig(AppConfig):
    """Drafts that were deleted, kept for a month so that they can be put back."""

    name = "thidua.discards"
