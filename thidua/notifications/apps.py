"""The notifications app."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    """The inbox: what a person should know."""

    name = "thidua.notifications"
