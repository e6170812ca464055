"""Back up the database and all files into a folder, while the program runs."""

import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from thidua.core.numbers import format_number
from thidua.keeping.backup import make_backup, secret_key_path, told
from thidua.keeping.telling import Progress, refusals_said


class Command(BaseCommand):
    """`manage.py backup DIR`: one more backup in the folder; unchanged files are linked."""

    help = "Sao lưu cơ sở dữ liệu và mọi tệp vào một thư mục, trong khi chương trình chạy."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "folder",
            metavar="DIR",
            nargs="?",
            default=settings.BACKUP_DIR,
            help="thư mục chứa các bản sao lưu; mặc định là BACKUP_DIR",
        )
        parser.add_argument(
            "--recipient",
            action="append",
            default=[],
            metavar="KEY",
            help="mã hóa cho khóa age (age1…, ssh-…) hoặc khóa GPG này; mặc định BACKUP_RECIPIENTS",
        )

    def handle(self, *args: Any, folder: str, recipient: list[str], **options: Any) -> None:
        """Back up, and say what was kept and where the secret key lies."""
        if not folder:
            raise CommandError("Hãy cho biết thư mục: manage.py backup DIR (hoặc đặt BACKUP_DIR).")
        progress = Progress("Đã giữ tệp", sys.stderr)
        with refusals_said():
            backup = make_backup(
                Path(folder),
                recipients=recipient or settings.BACKUP_RECIPIENTS,
                why="by_hand",
                step=progress,
            )
        facts = {k: format_number(v) if k != "name" else v for k, v in told(backup).items()}
        self.stdout.write(
            "Đã sao lưu vào {name}: {tables} bảng, {rows} dòng, {files} tệp, {size} MB "
            "(mới ghi {new} MB); dấu vết {entries} mục.".format(**facts)
        )
        self._say_key(backup.folder.parent)
        self._say_faults(backup.manifest)

    def _say_key(self, shelf: Path) -> None:
        if secret_key_path() is None:
            self.stdout.write("SECRET_KEY đặt ngoài chương trình: hãy tự cất nó.")
            return
        self.stdout.write(
            f"Khóa bí mật để riêng trong {shelf} (tệp secret_key, chỉ tài khoản này đọc được): "
            "hãy cất một bản ở nơi khác với các bản sao lưu."
        )

    def _say_faults(self, manifest: Any) -> None:
        """Name what could not be kept; end with 2, since the backup was made all the same."""
        for digest in manifest.missing:
            self.stderr.write(f"Thiếu tệp {digest}.")
        for digest in manifest.damaged:
            self.stderr.write(f"Tệp {digest} đã bị thay đổi trên đĩa nên không được sao lưu.")
        if manifest.is_faulty:
            raise CommandError("Bản sao lưu có, nhưng thiếu các tệp nêu trên.", returncode=2)
