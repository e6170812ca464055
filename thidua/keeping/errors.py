"""What stands in the way of a backup or a restore, as sentences for the operator."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import Error
from django.utils.translation import gettext as _

from thidua.core.errors import DomainError
from thidua.files.storage import NO_ROOM


class CannotKeep(DomainError):
    """A backup could not be made; what was there before is untouched."""

    code = "cannot_keep"


class Damaged(DomainError):
    """A backup is cut off, changed or incomplete: nothing is restored from it."""

    code = "damaged"


class WillNotRestore(DomainError):
    """A backup that is whole, but must not take the place of what is there."""

    code = "will_not_restore"


@contextmanager
def told_in_a_sentence(place: Path) -> Iterator[None]:
    """Turn a full disk, or a folder that cannot be written, into `CannotKeep` about a backup."""
    sentence = _(
        "Ổ đĩa chứa %(place)s đã đầy: chưa có bản sao lưu mới, các bản cũ còn nguyên. "
        "Hãy dọn chỗ rồi chạy lại."
    )
    try:
        with _told(place, sentence):
            yield
    except Error as trouble:
        stopped = _("Cơ sở dữ liệu không trả lời (%(why)s): chưa có bản sao lưu mới.")
        raise CannotKeep(stopped % {"why": " ".join(str(trouble).split())}) from trouble


@contextmanager
def told_while_restoring(place: Path) -> Iterator[None]:
    """Turn the same, and a database that cannot take the work, into `CannotKeep`."""
    full = _("Ổ đĩa chứa %(place)s đã đầy: chưa phục hồi, dữ liệu đang có còn nguyên.")
    try:
        with _told(place, full):
            yield
    except Error as trouble:
        why = " ".join(str(trouble).split())
        if "disk is full" not in why and "No space left" not in why:
            full = _("Cơ sở dữ liệu không nhận (%(why)s): chưa phục hồi, dữ liệu còn nguyên.")
        raise CannotKeep(full % {"place": place, "why": why}) from trouble


@contextmanager
def _told(place: Path, full: str) -> Iterator[None]:
    try:
        yield
    except OSError as trouble:
        if trouble.errno in NO_ROOM:
            raise CannotKeep(full % {"place": place}) from trouble
        sentence = _("Không đọc hoặc ghi được %(place)s: %(why)s.")
        told = {"place": trouble.filename or place, "why": trouble.strerror or trouble}
        raise CannotKeep(sentence % told) from trouble
