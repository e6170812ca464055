"""Check the layout of a PDF from the command line."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from thidua.documents.file_words import WHY
from thidua.typesetting.reading import Unreadable
from thidua.web.layout.checking import layout_of


class Command(BaseCommand):
    """Prints one line a rule (key, outcome, measured, asked; tab-separated); 1 if one is broken."""

    help = "Kiểm tra thể thức của một tệp PDF theo Nghị định số 30/2020/NĐ-CP, Phụ lục I."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="tệp PDF")
        parser.add_argument(
            "--not-decree",
            action="store_true",
            help="văn bản không thuộc các loại của nghị định (bản giao ước)",
        )

    def handle(self, *args: Any, file: Path, not_decree: bool, **options: Any) -> None:
        if not file.is_file():
            raise CommandError(f"Không có tệp {file}.")
        try:
            checked = layout_of(file, in_decree=not not_decree)
        except Unreadable as trouble:
            raise CommandError(str(WHY[trouble.reason])) from trouble
        for row in checked.rows:
            place = f" (trang {row.page})" if row.page and row.outcome == "not_met" else ""
            line = (row.key, row.word, f"{row.measured}{place}", row.asked)
            self.stdout.write("\t".join(line))
        if checked.is_scan:
            raise CommandError("Tệp chỉ có hình quét, không có lớp chữ để đo.")
        if checked.broken:
            raise CommandError(f"{len(checked.broken)} quy định chưa đạt.")
