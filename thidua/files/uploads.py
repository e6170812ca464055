"""What is slow in receiving a file, done before the deed: reading, checking, stripping, hashing."""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import IO, cast

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from thidua.core.errors import Invalid
from thidua.core.numbers import format_number
from thidua.files import plain
from thidua.files.compounds import kind_of_compound
from thidua.files.kinds import HEAD, PDF, TEXT, UNKNOWN, Container, Foreign, Kind, sniff
from thidua.files.names import clean_name, fits, suffix_of
from thidua.files.packages import kind_of_package
from thidua.files.pictures import look_whole, strip_picture
from thidua.files.storage import CHUNK, incoming_file, sweep_leftovers

MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Received:
    """A checked file in the incoming folder, which is left by the end of `received`."""

    path: Path
    digest: str
    size: int
    kind: Kind


def most_bytes() -> int:
    """Return how many bytes a file may have."""
    return int(settings.UPLOAD_MAX_MB) * MEGABYTE


@contextmanager
def received(upload: UploadedFile, *, any_text: bool = False) -> Iterator[Received]:
    """Yield ``upload`` checked, stripped if it is a picture, and written to the incoming folder.

    With ``any_text`` a text may be in any code: its reader converts it, and nobody else opens it.
    Refuses with `Invalid` beside the field ``file``. Whatever happens, nothing is left there.
    """
    sweep_leftovers()
    _refuse_size(upload.size or 0)
    source = cast(IO[bytes], upload.file)
    kind = _kind_of(source, clean_name(upload.name), any_text=any_text)
    with incoming_file() as path:
        digest, size = _copy(source, path, kind)
        if kind.family == "picture":
            look_whole(path, kind)
        yield Received(path, digest, size, kind)


def _refuse_size(size: int) -> None:
    if size == 0:
        sentence = _(
            "Tệp rỗng (0 byte): có thể tệp chưa tải hết về máy. Hãy mở thử trên máy rồi gửi lại."
        )
        raise Invalid(sentence, field="file")
    if size > most_bytes():
        sentence = _(
            "Tệp nặng %(size)s MB, chỉ nhận nhiều nhất %(limit)d MB. Hãy làm nhẹ bớt (quét ở mức "
            "thấp hơn, tách thành nhiều tệp), hoặc đưa lên nơi lưu trữ rồi dán liên kết."
        )
        megabytes = (Decimal(size) / MEGABYTE).quantize(Decimal("0.1"))
        told = {"size": format_number(megabytes), "limit": settings.UPLOAD_MAX_MB}
        raise Invalid(sentence % told, field="file")


def _kind_of(source: IO[bytes], name: str, *, any_text: bool) -> Kind:
    """Return the kind of the content; refuse what is foreign, damaged, or named as another."""
    suffix = suffix_of(name)
    found = _found_in(source)
    if found is TEXT and not fits(TEXT, suffix) and not plain.is_text(source):
        found = UNKNOWN
    if isinstance(found, Foreign):
        raise _refusal_of(found, suffix)
    if not fits(found, suffix):
        advice = _("Hãy đổi lại đuôi tên tệp cho đúng rồi gửi.")
        raise Invalid(f"{_both(found, suffix)} {advice}", field="file")
    if found is TEXT and not any_text:
        plain.refuse_unreadable(source)
    elif found is PDF:
        plain.refuse_cut_pdf(source)
    return found


def _found_in(source: IO[bytes]) -> Kind | Foreign:
    source.seek(0)
    found = sniff(source.read(HEAD))
    if found is Container.PACKAGE:
        return kind_of_package(source)
    if found is Container.COMPOUND:
        return kind_of_compound(source)
    return found


def _refusal_of(found: Foreign, suffix: str) -> Invalid:
    if suffix and found.suffixes and suffix not in found.suffixes:
        return Invalid(f"{_both(found, suffix)} {found.advice}", field="file")
    told = _("Tệp này là %(found)s nên chưa nhận được.") % {"found": found.name}
    return Invalid(f"{told} {found.advice}", field="file")


def _both(found: Kind | Foreign, suffix: str) -> str:
    """Name both what the name says and what the content is."""
    sentence = _("Tên tệp kết thúc bằng “%(suffix)s” nhưng bên trong là %(found)s.")
    return sentence % {"suffix": suffix, "found": found.name}


class _Hashing:
    """Takes what is to be written, and keeps count of it on the way."""

    def __init__(self, target: IO[bytes]) -> None:
        self.target = target
        self.hash = hashlib.sha256()
        self.size = 0

    def write(self, piece: bytes) -> None:
        self.hash.update(piece)
        self.size += len(piece)
        self.target.write(piece)


def _copy(source: IO[bytes], path: Path, kind: Kind) -> tuple[str, int]:
    """Write what will be kept, piece by piece and down to the disk; return its digest and size."""
    source.seek(0)
    with path.open("wb") as target:
        hashing = _Hashing(target)
        if kind.family == "picture":
            strip_picture(source, hashing.write, kind)
        else:
            while piece := source.read(CHUNK):
                hashing.write(piece)
        target.flush()
        os.fsync(target.fileno())
    return hashing.hash.hexdigest(), hashing.size
