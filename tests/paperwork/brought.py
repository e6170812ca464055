"""Papers that members wrote elsewhere, as files of Word and PDF."""

import io
from functools import cache
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document

from tests import factories as make
from tests.typesetting.decree_paper import paper
from thidua.paperwork.actions.brought import BroughtFacts, bring_paper
from thidua.paperwork.models import Brought

REGULATION = (
    "QUY CHẾ HOẠT ĐỘNG",
    "Chương I",
    "QUY ĐỊNH CHUNG",
    "Điều 1. Phạm vi điều chỉnh",
    "Quy chế này quy định về tổ chức của Cụm thi đua và Ủy ban.",
    "Điều 2. Đối tượng áp dụng",
    "Điều 7. của Luật được viện dẫn ở đây.",
    "Điều 3. Chấm điểm",
    "Điểm chấm theo bảng điểm.",
)


@cache
def word(*lines: str) -> bytes:
    """Return a Word file with these paragraphs."""
    document, out = Document(), io.BytesIO()
    for line in lines or REGULATION:
        document.add_paragraph(line)
    document.save(out)
    return out.getvalue()


def upload(content: bytes | None = None, name: str = "Quy chế.docx") -> SimpleUploadedFile:
    """Return what a browser sent: a regulation in Word unless told otherwise."""
    return SimpleUploadedFile(name, word() if content is None else content)


def pdf(name: str = "Báo cáo năm.pdf", **wrong: str) -> SimpleUploadedFile:
    """Return a report as PDF."""
    return SimpleUploadedFile(name, paper(**wrong))


def a_regulation(world: make.World, member: int = 2, **facts: Any) -> Brought:
    """Bring a regulation of a member."""
    told = BroughtFacts("regulation", upload(), **facts)
    return bring_paper(world.enrolments[member], told, by=world.heads[member])
