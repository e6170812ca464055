"""Whether a picture can stand as the emblem at the head of every page."""

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from PIL import Image

from thidua.core.errors import Invalid
from thidua.files.kinds import HEAD, JPEG, PNG, WEBP, sniff
from thidua.files.models import Blob
from thidua.files.storage import open_bytes

PICTURES = (PNG, JPEG, WEBP)
MOST_BYTES = 1024 * 1024
LEAST_SIDE, MOST_SIDE = 96, 3000
MOST_RATIO = 3


def refuse_before_keeping(upload: UploadedFile) -> None:
    """Refuse by content and weight, before anything is written. What is empty `keep_file` tells."""
    head = upload.read(HEAD)
    upload.seek(0)
    if head and sniff(head) not in PICTURES:
        raise _refusal(
            _("Biểu trưng phải là ảnh PNG, JPG hoặc WebP (SVG mang được mã lệnh nên không nhận).")
        )
    if (upload.size or 0) > MOST_BYTES:
        raise _refusal(_("Ảnh biểu trưng nặng nhiều nhất 1 MB. Hãy thu nhỏ ảnh rồi gửi lại."))


def refuse_bad_picture(blob: Blob) -> None:
    """Refuse by the measures of the picture, which has been seen to be whole."""
    with open_bytes(blob) as bytes_, Image.open(bytes_) as picture:
        width, height = picture.size
    if min(width, height) < LEAST_SIDE:
        raise _refusal(_("Ảnh quá nhỏ: mỗi cạnh cần ít nhất 96 điểm ảnh."))
    if max(width, height) > MOST_SIDE:
        raise _refusal(_("Ảnh quá lớn: mỗi cạnh nhiều nhất 3000 điểm ảnh."))
    if max(width, height) > MOST_RATIO * min(width, height):
        raise _refusal(_("Ảnh quá dài: cạnh dài nhiều nhất gấp ba cạnh ngắn."))


def _refusal(sentence: str) -> Invalid:
    return Invalid(sentence, field="file")
