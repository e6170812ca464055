"""Receiving a file: straight to the disk, and the field of a form that asks for one."""

import io
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from tempfile import TemporaryFile
from typing import IO, Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.utils.functional import lazy
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from thidua.files.actions import no_room
from thidua.files.kinds import ACCEPTED
from thidua.files.storage import NO_ROOM, incoming_folder
from thidua.files.uploads import most_bytes


class DiskUpload(FileUploadHandler):
    """Writes what comes in to a file without a name, on the disk where it will be kept.

    Whatever happens on the way, a lost connection or a killed server, nothing of it is left. What
    is over the limit, or finds no room on the disk, is read and thrown away, so that the sentence
    about it can be shown beside all that was typed.
    """

    has_room = True

    def new_file(self, *args: Any, **options: Any) -> None:
        """Begin a file."""
        super().new_file(*args, **options)
        self.file: IO[bytes] = io.BytesIO()
        with self._room():
            self.file = TemporaryFile(dir=incoming_folder())  # noqa: SIM115  (the request closes it)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Write the part of ``raw_data`` that still fits."""
        if self.has_room:
            with self._room():
                self.file.write(raw_data[: max(0, most_bytes() - start)])
        return None

    @contextmanager
    def _room(self) -> Iterator[None]:
        """Note that the disk is full, and give back what it took."""
        try:
            yield
        except OSError as trouble:
            if trouble.errno not in NO_ROOM:
                raise
            self.has_room = False
            with suppress(OSError):
                self.file.close()
            self.file = io.BytesIO()

    def file_complete(self, file_size: int) -> UploadedFile:
        """Return what has arrived whole; its size is what was sent, also over the limit."""
        with self._room():
            self.file.seek(0)
        if not self.has_room:
            return NoRoom(file=self.file, name=self.file_name, size=file_size)
        return UploadedFile(
            file=self.file,
            name=self.file_name,
            content_type=self.content_type,
            size=file_size,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )

    def upload_interrupted(self) -> None:
        """Let go of what came in before the connection was cut."""
        if hasattr(self, "file"):
            self.file.close()


class NoRoom(UploadedFile):
    """A file that was sent and of which nothing is left, since the disk is full."""


def _help() -> str:
    told = _now(
        "PDF, ảnh (JPG, PNG, WebP), Word, Excel, PowerPoint, LibreOffice hoặc tệp chữ (TXT, CSV), "
        "nặng nhiều nhất %(limit)d MB. Phim, ghi âm và tệp lớn hơn: dán liên kết."
    )
    return told % {"limit": settings.UPLOAD_MAX_MB}


class FileField(forms.FileField):
    """One file of a kind that can be kept. Call it ``file``: there `keep_file` sends its refusals.

    What it gives is not checked yet: give it to `thidua.files.actions.keep_file`.
    """

    widget = forms.FileInput
    default_error_messages = {
        "required": _("Hãy chọn một tệp."),
        "invalid": _("Chưa nhận được tệp. Hãy chọn lại tệp rồi gửi."),
        "missing": _("Chưa nhận được tệp. Hãy chọn lại tệp rồi gửi."),
    }

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", _("Tệp"))
        options.setdefault("help_text", lazy(_help, str)())
        # An empty file is refused by the action, in its own words.
        super().__init__(allow_empty_file=True, **options)

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Refuse what the disk had no room for."""
        if isinstance(data, NoRoom):
            raise forms.ValidationError(no_room(), code="no_room")
        return super().clean(data, initial)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Tell the browser the kinds: a phone then offers its camera, an iPhone sends JPG."""
        return {**super().widget_attrs(widget), "accept": ",".join(ACCEPTED)}
