"""Write all papers of a year into a folder, or list them."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from thidua.cycles.models import Cycle
from thidua.cycles.queries import with_parts
from thidua.paperwork.gathering import every_file


class Command(BaseCommand):
    """`manage.py papers CYCLE --out DIR | --list`: what was issued, and a draft of all else."""

    help = "Ghi mọi văn bản của một năm thi đua vào một thư mục, hoặc liệt kê."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("cycle", metavar="CYCLE", type=int, help="mã của năm thi đua")
        either = parser.add_mutually_exclusive_group(required=True)
        either.add_argument("--out", metavar="DIR", help="thư mục để ghi vào; chưa có thì tạo")
        either.add_argument("--list", action="store_true", help="chỉ liệt kê, mỗi tệp một dòng")

    def handle(self, *args: Any, cycle: int, out: str, **options: Any) -> None:
        """List, key first and tab-separated; or write the files and say how many."""
        year = with_parts(Cycle.objects.filter(pk=cycle)).first()
        if year is None:
            raise CommandError(f"Không có năm thi đua nào mang mã {cycle}.")
        files = every_file(year)
        if not out:
            for file in files:
                self.stdout.write("\t".join(file.line))
            return
        folder = Path(out)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            names = []
            for file in files:
                (folder / file.line.file).write_bytes(file.read())
                names.append("\t".join(file.line))
            (folder / "index.tsv").write_text("\n".join([*names, ""]), encoding="utf-8")
        except OSError as fault:
            raise CommandError(f"Không ghi được vào {folder}: {fault.strerror}.") from fault
        self.stdout.write(f"Đã ghi {len(names)} tệp vào {folder}.")
