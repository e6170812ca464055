"""Checking what is kept: missing, changed and stray files are named."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from thidua.files.models import Blob
from thidua.files.storage import all_names, digest_of, open_bytes, place_of, store


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong with the files; ``place`` is where in the storage."""

    place: str
    sentence: str


def faults() -> Iterator[Fault]:
    """Read every kept file through, and every name in the storage; yield what is wrong."""
    expected = set()
    for blob in Blob.objects.order_by("pk").iterator():
        place = place_of(blob.digest)
        if blob.is_blanked:
            continue  # were its bytes still there, they would be told as stray
        expected.add(place)
        if sentence := _fault_of(blob, place):
            yield Fault(place, sentence)
    for place in sorted(all_names()):
        if place not in expected:
            yield Fault(place, _("Tệp lạ: không có dòng nào trong cơ sở dữ liệu, hoặc phải xóa."))


def _fault_of(blob: Blob, place: str) -> str:
    if not store().exists(place):
        return _("Thiếu tệp.")
    with open_bytes(blob) as file:
        same = digest_of(file) == blob.digest
    return "" if same else _("Nội dung tệp đã bị thay đổi.")
