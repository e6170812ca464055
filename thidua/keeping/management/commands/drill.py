"""Restore the last backup into a side folder and compare; one line says how it went."""

import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from thidua.keeping.drill import drill
from thidua.keeping.telling import Progress, refusals_said


class Command(BaseCommand):
    """`manage.py drill DIR`: touches nothing at work; ends with 1 when the backup is no good."""

    help = "Diễn tập phục hồi: phục hồi bản sao lưu mới nhất ra chỗ riêng, so từng mã băm."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "path",
            metavar="DIR",
            nargs="?",
            default=settings.BACKUP_DIR,
            help="một bản sao lưu, hoặc thư mục chứa chúng; mặc định là BACKUP_DIR",
        )
        parser.add_argument("--identity", type=Path, metavar="FILE", help="tệp chìa khóa bí mật")
        parser.add_argument("--side", type=Path, metavar="DIR", help="nơi dựng bản diễn tập")

    def handle(
        self, *args: Any, path: str, identity: Path | None, side: Path | None, **options: Any
    ) -> None:
        """Hold the drill."""
        if not path:
            raise CommandError("Hãy cho biết thư mục: manage.py drill DIR (hoặc đặt BACKUP_DIR).")
        if identity is None and settings.BACKUP_IDENTITY:
            identity = Path(settings.BACKUP_IDENTITY).expanduser()
        with refusals_said():
            outcome = drill(
                Path(path), identity=identity, side=side, step=Progress("Đã xem tệp", sys.stderr)
            )
        if not outcome.is_well:
            raise CommandError(outcome.line)
        self.stdout.write(outcome.line)
