"""Print a fresh set-up address."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from thidua.core.errors import AlreadyDone
from thidua.house.actions.beginning import new_code


class Command(BaseCommand):
    """`manage.py setup_code`: for whoever lost the one that the start printed."""

    help = "Print a fresh one-time set-up address; the one before opens nothing any more."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print it, or say that somebody has an account already."""
        try:
            code = new_code()
        except AlreadyDone as refusal:
            raise CommandError(
                f"{refusal.sentence}\n"
                "Somebody has an account already: sign in. To make an account an operator: "
                "manage.py make_operator USERNAME"
            ) from refusal
        address = f"{settings.PUBLIC_URL}{reverse('setup:start')}?ma={code}"
        self.stdout.write(
            "\nChưa thiết lập. Người quản trị đầu tiên hãy mở địa chỉ này (dùng một lần):\n"
            "Not set up yet. The first operator opens this address (it works once):\n"
            f"\n  {address}\n"
        )
