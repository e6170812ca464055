"""The house app."""

from django.apps import AppConfig


class HouseConfig(AppConfig):
    """What this installation is: its managing body, look, mail, contact, the year's slogan."""

    name = "thidua.house"
