"""The house app."""

from django.apps import AppConfig


class HouseConfig(AppConfig):
    """What this installation is: its managing body, look, mail, contact, the year's slogan."""

    name = "thidua.house"

    def ready(self) -> None:
        """Fill the register of checks with our own."""
        from thidua.house import findings, machine  # noqa: PLC0415  (they need the models)

        findings.register()
        machine.register()
