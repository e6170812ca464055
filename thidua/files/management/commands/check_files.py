"""Check that every kept file is there, unchanged, and that nothing else lies among them."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from thidua.files.models import Blob
from thidua.files.verification import faults


class Command(BaseCommand):
    """Prints how many files are whole; ends with an error that names each fault otherwise."""

    help = "Kiểm tra tệp đã nhận: còn đủ, không bị thay đổi, không có tệp lạ."

    def handle(self, *args: Any, **options: Any) -> None:
        found = 0
        for fault in faults():
            found += 1
            self.stderr.write(f"{fault.place}: {fault.sentence}")
        if found:
            raise CommandError(f"{found} chỗ sai.")
        kept = Blob.objects.filter(blanked_at=None).count()
        self.stdout.write(
            f"Nguyên vẹn: {kept} tệp; đã xóa nội dung: {Blob.objects.count() - kept}."
        )
