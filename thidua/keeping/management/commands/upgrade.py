"""After a new version of the program was fetched: back up, then bring everything up to date."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from thidua.keeping.telling import refusals_said
from thidua.keeping.upgrading import upgrade


class Command(BaseCommand):
    """`manage.py upgrade`: safe to run again; says how to get back when it fails."""

    help = "Nâng cấp: sao lưu trước, rồi cập nhật cơ sở dữ liệu, bản dịch, tệp tĩnh, và kiểm tra."
    requires_system_checks: list[str] = []  # it runs them itself, once the backup is there

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--backup",
            type=Path,
            metavar="DIR",
            default=Path(settings.BACKUP_DIR or Path(settings.DATA_DIR) / "backups"),
            help="nơi sao lưu trước khi nâng cấp; mặc định BACKUP_DIR, hoặc backups trong DATA_DIR",
        )

    def handle(self, *args: Any, backup: Path, **options: Any) -> None:
        """Upgrade, and say each step."""
        with refusals_said():
            upgrade(
                backup.expanduser().absolute(),
                settings.BACKUP_RECIPIENTS,
                say=self.stdout.write,
            )
        self.stdout.write("Đã nâng cấp xong. Hãy khởi động lại chương trình.")
