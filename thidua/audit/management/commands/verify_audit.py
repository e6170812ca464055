"""Check every audit chain, and that heads noted earlier still stand in them."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from thidua.audit.models import Head
from thidua.audit.verification import verify


class Command(BaseCommand):
    """Prints the heads when all is well; ends with an error that names each fault otherwise."""

    help = "Kiểm tra chuỗi dấu vết; --head ĐẦU_CHUỖI: phải còn trong chuỗi."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--head", action="append", default=[], metavar="HASH")

    def handle(self, *args: Any, head: list[str], **options: Any) -> None:
        count, faults = verify(head)
        for fault in faults:
            self.stderr.write(f"{fault.chain} #{fault.number}: {fault.sentence}")
        if faults:
            raise CommandError(f"{len(faults)} chỗ sai trong {count} mục.")
        for row in Head.objects.order_by("chain"):
            self.stdout.write(f"{row.chain}\t{row.number}\t{row.digest}")
        self.stdout.write(f"Nguyên vẹn: {count} mục.")
