"""Check a file of a paper at the machine itself: the same answer as the page, without a network."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone
from django.utils.formats import date_format

from thidua.documents.certified import found_in
from thidua.documents.codes import address_of
from thidua.documents.proving import proven_of
from thidua.documents.verifying import Finding, Known, Verdict, check_file, legal_standing

OURS = (Verdict.UNCHANGED, Verdict.UNCHANGED_TEXT)
UNCHANGED, CHANGED, UNREADABLE = 0, 1, 2


class Command(BaseCommand):
    """Prints what the file is; ends with 0 unchanged, 1 changed or unknown, 2 unreadable."""

    help = "Kiểm tra một tệp văn bản: còn nguyên hay đã thay đổi, và văn bản ấy còn giá trị không."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", help="tệp PDF hoặc Word cần kiểm tra")

    def handle(self, *args: Any, file: str, **options: Any) -> None:
        path = Path(file)
        try:
            with path.open("rb") as opened:
                finding = check_file(opened, path)
                signed = [] if finding.verdict in OURS else found_in(opened)
        except OSError as trouble:
            self.stderr.write(f"Không mở được tệp: {trouble.strerror or trouble}.")
            sys.exit(UNREADABLE)
        for line in _told(finding):
            self.stdout.write(line)
        for number, one in enumerate(signed, 1):
            self.stdout.write(f"Chữ ký số {number} trong tệp: {one.who}. {one.sentence}")
        if finding.verdict in OURS:
            return
        sys.exit(UNREADABLE if finding.verdict is Verdict.UNREADABLE else CHANGED)


def _told(finding: Finding) -> Iterator[str]:
    yield f"{finding.sentence} {finding.why}".strip()
    yield f"SHA-256 của tệp: {finding.digest}"
    known = finding.known
    if known is None:
        return
    if finding.verdict not in OURS:
        yield f"Bản thật: {address_of(known.version.code)}"
    yield from _about(known)


def _about(known: Known) -> Iterator[str]:
    """Whoever stands at the machine may read all of it."""
    version, standing = known.version, known.standing
    yield f"Văn bản: {version.title}" + (" (MINH HỌA)" if version.is_illustration else "")
    if known.symbol:
        yield f"Số, ký hiệu: {known.symbol}"
    yield f"Ngày: {date_format(known.dated, 'j/n/Y')}; nơi ban hành: {known.issuer}"
    yield f"Tình trạng: {standing.words}"
    if standing.since:
        yield f"Có hiệu lực từ: {date_format(timezone.localtime(standing.since), 'H:i j/n/Y')}"
    if not known.is_whole:
        yield "Nguyên văn đang giữ KHÔNG còn khớp với mã băm lúc chốt."
    for signature in known.signatures():
        at = date_format(timezone.localtime(signature.signed_at), "H:i j/n/Y")
        proven = proven_of(signature)
        found = f" {proven.sentence}" if proven else ""
        how = f"{signature.get_method_display()}, {at}. {legal_standing(signature)}{found}"
        capacity = " / ".join(signature.capacity_lines)
        yield f"Ký: {signature.organization_name}: {capacity} {signature.signer_name}; {how}"
