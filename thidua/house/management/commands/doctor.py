"""Say what is missing or wrong, line by line."""

import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import Error, connection

from thidua.house.checks import Checked, State, examine, is_ready
from thidua.house.queries import forget

SIGNS = {State.FINE: "  ổn  ", State.LOOK: " xem  ", State.MISSING: "THIẾU "}


class Command(BaseCommand):
    """`manage.py doctor`: what the check page says, and what only the shell sees."""

    help = "Say what is missing before others are invited; ends with 1 when something is."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print a line for each thing; end with 1 when one of them is missing."""
        try:
            connection.ensure_connection()
        except Error as trouble:
            reason = " ".join(str(trouble).split())
            sys.exit(
                f"Không kết nối được cơ sở dữ liệu: {reason}\n"
                f"The database cannot be reached: {reason}"
            )
        forget()
        checked = examine(in_shell=True)
        for one in checked:
            self._print(one)
        count = sum(one.finding.state is State.MISSING for one in checked)
        if not is_ready(checked):
            self.stdout.write(f"\nCòn thiếu {count} điều. · {count} missing.")
            sys.exit(1)
        self.stdout.write("\nKhông thiếu gì. · Nothing is missing.")

    def _print(self, one: Checked) -> None:
        finding = one.finding
        self.stdout.write(f"[{SIGNS[finding.state]}] {one.title}: {finding.sentence}")
        if finding.state is State.FINE:
            return
        if finding.command:
            self.stdout.write(f"         {finding.command}")
        elif finding.url:
            self.stdout.write(f"         {finding.mend}: {settings.PUBLIC_URL}{finding.url}")
