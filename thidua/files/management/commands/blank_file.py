"""Delete the content of one file on lawful request; the row, its digest and the reason stay."""

from dataclasses import dataclass
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from thidua.core.errors import DomainError
from thidua.files.actions import blank_file
from thidua.files.models import Blob


@dataclass(frozen=True)
class Operator:
    """Who works at the machine itself, as the trail names them."""

    actor_name: str
    actor_id: int | None = None
    organization_id: int | None = None
    organization_name: str = ""


class Command(BaseCommand):
    """Blanks the file with this SHA-256; says so, or why not."""

    help = "Xóa nội dung một tệp theo yêu cầu hợp pháp; mã băm và lý do còn lại."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("digest", metavar="DIGEST", help="mã băm SHA-256 của tệp")
        parser.add_argument("--reason", required=True, help="lý do xóa")
        parser.add_argument("--basis", required=True, help="căn cứ: ai yêu cầu, văn bản nào")
        parser.add_argument("--by", default="Người vận hành", help="họ tên người xóa")

    def handle(
        self, *args: Any, digest: str, reason: str, basis: str, by: str, **options: Any
    ) -> None:
        blob = Blob.objects.filter(digest=digest.lower()).first()
        if blob is None:
            raise CommandError("Không có tệp nào mang mã băm này.")
        try:
            blank_file(blob, by=Operator(by), reason=reason, basis=basis)
        except DomainError as refusal:
            raise CommandError(refusal.sentence) from refusal
        self.stdout.write(f"Đã xóa nội dung tệp {blob.digest}. Bản sao lưu cũ vẫn còn giữ nó.")
