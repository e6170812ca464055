"""Frozen papers for tests of pages, and files made of them as others would."""

from io import BytesIO

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from thidua.accounts.acting import NOBODY
from thidua.documents.actions import freeze_official, print_version
from thidua.documents.models import Version
from thidua.files.storage import open_bytes
from thidua.typesetting.official import Header, Official, Paragraph

SECRET = "Điều chỉ người trong khối được đọc."


def a_paper(title: str = "Tổ chức phong trào", **facts) -> Version:
    """Freeze a plan of a bloc: a paper that the public may not read."""
    official = Official(
        kind="plan",
        header=Header(body="KHỐI THI ĐUA THỬ"),
        type_name="KẾ HOẠCH",
        title=title,
        symbol="05/KH-KTĐ",
        body=[Paragraph(SECRET)],
    )
    return freeze_official(official, by=NOBODY, chain="house", **facts)


def bytes_of(version: Version, form: str = "pdf") -> bytes:
    """Return the printing's bytes, printed now where they were not."""
    printing = next(one for one in print_version(version) if one.form == form)
    with open_bytes(printing.blob) as file:
        return bytes(file.read())


def saved_again(content: bytes, **options) -> bytes:
    """Return a PDF as another program saves it: same pages, other bytes."""
    target = BytesIO()
    with pikepdf.open(BytesIO(content)) as document:
        document.save(target, **options)
    return target.getvalue()


def drop(client, content: bytes, name: str = "van-ban.pdf"):
    """Drop a file on the page that checks papers."""
    return client.post(reverse("verifying:index"), {"file": SimpleUploadedFile(name, content)})
