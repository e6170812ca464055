"""Why a job failed, in words that an operator understands."""

import errno
import smtplib

from django.db import Error as DatabaseError
from django.utils.translation import gettext as _
from django.utils.translation import override

from thidua.core.errors import DomainError
from thidua.core.text import one_line

LONGEST = 400


def sentence_of(trouble: BaseException) -> str:
    """Return one Vietnamese sentence, at most as long as the row takes."""
    with override("vi"):
        return one_line(_sentence(trouble))[:LONGEST]


def killed() -> str:
    """Return the sentence for a worker that went away in the middle."""
    with override("vi"):
        return _("Tiến trình đang làm việc này bị dừng đột ngột giữa chừng.")


def _sentence(trouble: BaseException) -> str:
    if isinstance(trouble, DomainError) and trouble.sentence:
        return trouble.sentence
    told = {"kind": type(trouble).__name__, "words": str(trouble) or "…"}
    if isinstance(trouble, OSError) and trouble.errno in (errno.ENOSPC, errno.EDQUOT):
        return _("Ổ đĩa đã đầy.")
    if isinstance(trouble, DatabaseError):
        return _("Cơ sở dữ liệu không nhận việc này (%(kind)s: %(words)s).") % told
    if isinstance(trouble, smtplib.SMTPException | ConnectionError | TimeoutError):
        return _("Không kết nối được máy chủ bên ngoài (%(words)s).") % told
    if isinstance(trouble, OSError):
        return _("Máy không đọc hoặc ghi được (%(words)s).") % told
    return _("Chương trình gặp lỗi khi làm việc này (%(kind)s: %(words)s).") % told
