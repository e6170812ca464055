"""Tiny files of every kind, made here, whole and otherwise."""

import io
import struct
import zipfile
from collections.abc import Mapping
from functools import cache
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageCms
from PIL.PngImagePlugin import PngInfo

PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"
EXE = b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff" + bytes(50)
MP4 = b"\x00\x00\x00\x20ftypisom\x00\x00\x02\x00isomiso2" + bytes(40)
HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + bytes(40)
SECRET = "Canon EOS của anh Lâm"
_OFFICE = "application/vnd.openxmlformats-officedocument"
MAIN = {
    "docx": f"{_OFFICE}.wordprocessingml.document.main+xml",
    "xlsx": f"{_OFFICE}.spreadsheetml.sheet.main+xml",
    "pptx": f"{_OFFICE}.presentationml.presentation.main+xml",
    "docm": "application/vnd.ms-word.document.macroEnabled.main+xml",
}
_ODF = "application/vnd.oasis.opendocument"
ODF = {"odt": f"{_ODF}.text", "ods": f"{_ODF}.spreadsheet", "odp": f"{_ODF}.presentation"}


def sent(content: bytes, name: str) -> SimpleUploadedFile:
    """Return what a browser sent; it claims to be a PDF, and nobody should believe it."""
    return SimpleUploadedFile(name, content, content_type="application/pdf")


def zipped(parts: Mapping[str, bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a ZIP with these parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return file.getvalue()


def office(kind: str = "docx", **parts: bytes) -> bytes:
    """Return a package of Word, Excel or PowerPoint with these further parts (__ stands for /)."""
    contents = f'<Types><Override ContentType="{MAIN[kind]}"/></Types>'.encode()
    further = {name.replace("__", "/"): content for name, content in parts.items()}
    return zipped({"[Content_Types].xml": contents, "word/document.xml": b"<w/>", **further})


def odf(kind: str = "odt", **parts: bytes) -> bytes:
    """Return a LibreOffice package."""
    further = {name.replace("__", "/"): content for name, content in parts.items()}
    return zipped({"mimetype": ODF[kind].encode(), "content.xml": b"<o/>", **further})


def _entry(name: str, kind: int, *, child: int, right: int, start: int, size: int) -> bytes:
    told = name.encode("utf-16-le") + b"\x00\x00"
    links = struct.pack("<iii", -1, right, child)
    tail = struct.pack("<iII", start, size, 0)
    head = told.ljust(64, b"\x00") + struct.pack("<HBB", len(told), kind, 1)
    return head + links + bytes(36) + tail


def compound(*names: str, first: bytes = b"") -> bytes:
    """Return a compound file (MS-CFB, 512-byte sectors) with these streams in its root.

    ``first`` fills the first stream; the others are empty.
    """
    data = first.ljust(4096, b"\x00") if first else b""
    entries = [_entry("Root Entry", 5, child=1, right=-1, start=-2, size=0)]
    for number, name in enumerate(names, start=1):
        right = number + 1 if number < len(names) else -1
        has_data = number == 1 and bool(data)
        start, size = (3, len(data)) if has_data else (-2, 0)
        entries.append(_entry(name, 2, child=-1, right=right, start=start, size=size))
    directory = b"".join(entries).ljust(1024, b"\x00")
    sectors = len(data) // 512
    chain = [*range(4, 3 + sectors), -2] if data else []
    fat = struct.pack("<128i", *([-3, 2, -2, *chain] + [-1] * (125 - len(chain))))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH6xIIIIIiIiI", 62, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, -2, 0, -2, 0)
    header += struct.pack("<109i", 0, *([-1] * 108))
    return header + fat + directory + data


def picture(kind: str = "JPEG", *, way: int = 1, size: tuple[int, int] = (40, 20)) -> bytes:
    """Return a picture with everything a phone writes beside it, lying as ``way`` tells."""
    image = Image.new("RGB", size, "red")
    image.paste("blue", (0, 0, size[0] // 2, size[1]))
    exif = Image.Exif()
    exif[0x0112] = way
    exif[0x010F] = SECRET
    place: Any = exif.get_ifd(0x8825)
    place.update({1: "N", 2: (20.0, 25.0, 3.5), 3: "E", 4: (106.0, 10.0, 7.5)})
    options: dict[str, Any] = {"exif": exif, "icc_profile": profile()}
    if kind == "PNG":
        options["pnginfo"] = PngInfo()
        options["pnginfo"].add_text("Comment", SECRET)
    else:
        options["xmp"] = f"<x:xmpmeta>{SECRET}</x:xmpmeta>".encode()
    if kind == "JPEG":
        options["comment"] = SECRET
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


@cache
def profile() -> bytes:
    """Return a colour profile: it says when it was made, so it is made once."""
    return bytes(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
