"""Restore the database and all files from a backup."""

import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from thidua.keeping.backup import KEY_FILE
from thidua.keeping.restore import BEFORE, Restored, Wishes, restore
from thidua.keeping.shelf import latest_of
from thidua.keeping.telling import Progress, refusals_said

WORD = "PHỤC HỒI"


class Command(BaseCommand):
    """`manage.py restore DIR`: the last backup in the folder, or the one that is named."""

    help = "Phục hồi cơ sở dữ liệu và tệp từ bản sao lưu; kiểm mọi mã băm trước khi đụng tới gì."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", metavar="DIR", help="một bản sao lưu, hoặc thư mục chứa chúng")
        parser.add_argument("--identity", type=Path, metavar="FILE", help="tệp chìa khóa bí mật")
        parser.add_argument(
            "--force", action="store_true", help="chấp nhận mất việc mới hơn bản sao lưu"
        )
        parser.add_argument(
            "--no-backup", action="store_true", help="không sao lưu cái đang có trước"
        )
        parser.add_argument("--yes", action="store_true", help="không hỏi lại")
        parser.add_argument("--by", default="Người vận hành", help="họ tên người phục hồi")

    def handle(self, *args: Any, path: str, **options: Any) -> None:
        """Ask once, restore, and say what has come back and what is left to do."""
        wishes = Wishes(
            identity=options["identity"],
            force=options["force"],
            backup_first=not options["no_backup"],
            by=options["by"],
        )
        with refusals_said():
            folder = latest_of(Path(path).absolute(), but=BEFORE)
            if not options["yes"]:
                self._ask(folder)
            done = restore(folder, wishes, step=Progress("Đã xem tệp", sys.stderr))
        self._say(done, folder)

    def _ask(self, folder: Path) -> None:
        """Let the operator write a word: a restore takes the place of everything."""
        self.stdout.write(
            f"Sẽ thay cơ sở dữ liệu và tệp đang dùng bằng bản {folder.name}. "
            "Nên dừng chương trình trước."
        )
        if not sys.stdin.isatty():
            raise CommandError("Không có ai để hỏi lại: hãy thêm --yes.")
        if input(f"Gõ {WORD} để làm tiếp: ").strip().upper() != WORD:
            raise CommandError("Đã thôi, chưa có gì thay đổi.")

    def _say(self, done: Restored, folder: Path) -> None:
        manifest = done.manifest
        self.stdout.write(
            f"Đã phục hồi {manifest.name}: {len(manifest.tables)} bảng, {manifest.rows} dòng, "
            f"{manifest.file_count} tệp (chép lại {done.files_brought}); khớp từng mã băm; "
            f"chuỗi dấu vết {manifest.entries} mục nguyên vẹn. Mọi người đăng nhập lại."
        )
        if done.saved:
            self.stdout.write(
                f"Cái có trước đó nằm trong bản {done.saved}: phục hồi bản ấy để quay lại."
            )
        kept, own = folder.parent / KEY_FILE, Path(settings.DATA_DIR) / KEY_FILE
        if kept.exists() and own.exists() and kept.read_bytes() != own.read_bytes():
            self.stdout.write(
                "Khóa bí mật ở đây khác khóa lúc sao lưu, nên địa chỉ lịch riêng và mã mời đã gửi "
                f"không dùng được nữa. Muốn giữ chúng: cp {kept} {own}"
            )
        for digest in done.again:
            self.stdout.write(
                f"Tệp {digest} đã bị xóa theo yêu cầu sau ngày sao lưu và vừa trở lại: hãy xóa lại "
                "bằng manage.py blank_file."
            )
        for number in done.people_again:
            self.stdout.write(
                f"Người số {number} đã được xóa tên theo yêu cầu sau ngày sao lưu và vừa trở lại: "
                f"hãy đề nghị lại ở {settings.PUBLIC_URL}/du-lieu-ca-nhan/cua-nguoi/{number}/."
            )
