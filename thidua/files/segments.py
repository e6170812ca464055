"""The parts that JPEG, PNG and WebP files are made of, and which of them are kept.

Sources: ITU-T T.81 annex B (JPEG), W3C PNG third edition, Google's WebP container specification,
CIPA DC-008 (EXIF).
"""

import re
import struct
import zlib
from collections.abc import Callable, Iterator
from typing import IO

from thidua.files.kinds import JPEG, PNG, WEBP
from thidua.files.storage import CHUNK

Write = Callable[[bytes], None]


class Broken(Exception):
    """The file ends too early, or its parts do not follow one another."""


def _exactly(source: IO[bytes], size: int) -> bytes:
    """Read ``size`` bytes, not one less."""
    piece = source.read(size)
    if len(piece) != size:
        raise Broken
    return piece


def _copy(source: IO[bytes], write: Write, size: int, sum_: int = 0) -> int:
    """Copy ``size`` bytes piece by piece; return their CRC-32, begun with ``sum_``."""
    while size > 0:
        piece = _exactly(source, min(size, CHUNK))
        sum_ = zlib.crc32(piece, sum_)
        write(piece)
        size -= len(piece)
    return sum_


def _only_orientation(way: int) -> bytes:
    """Return EXIF data in which nothing stands but which way is up."""
    return b"MM\x00*\x00\x00\x00\x08" + struct.pack(">HHHIHHI", 1, 0x0112, 3, 1, way, 0, 0)


# JPEG -------------------------------------------------------------------------------------------

_SOI, _EOI, _SOS, _APP1 = 0xD8, 0xD9, 0xDA, 0xE1
_DRAWING = {*range(0xC0, 0xD0), *range(_SOS, 0xE0)}  # frames, tables, scans
# The next marker in coded data: not a stuffed zero, not a restart, not filling before another.
_MARKER = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")
_MOST_FILLING = 1_000
_KEPT_SEGMENTS = {0xE2: b"ICC_PROFILE\x00", 0xEE: b"Adobe"}


def strip_jpeg(source: IO[bytes], write: Write, way: int) -> None:
    """Write the JPEG without APP segments and comments; colours and orientation stay.

    It ends at its own end: phones hang films and further pictures, with their positions, behind.
    """
    if _exactly(source, 2) != b"\xff\xd8":
        raise Broken
    write(b"\xff\xd8")
    if way != 1:
        body = b"Exif\x00\x00" + _only_orientation(way)
        write(struct.pack(">BBH", 0xFF, _APP1, len(body) + 2) + body)
    while (marker := _next_marker(source)) != _EOI:
        body = _exactly(source, _body_size(source))
        if _is_kept(marker, body):
            write(struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body)
        if marker == _SOS:
            _copy_scan(source, write)
    write(b"\xff\xd9")


def _next_marker(source: IO[bytes]) -> int:
    if _exactly(source, 1) != b"\xff":
        raise Broken
    for _n in range(_MOST_FILLING):
        if (marker := _exactly(source, 1)[0]) != 0xFF:
            break
    if marker in (0, 1, _SOI, 0xFF) or 0xD0 <= marker <= 0xD7:
        raise Broken
    return marker


def _body_size(source: IO[bytes]) -> int:
    size: int = struct.unpack(">H", _exactly(source, 2))[0]
    if size < 2:
        raise Broken
    return size - 2


def _is_kept(marker: int, body: bytes) -> bool:
    """Keep what is needed to draw; of what programs add, only the colours."""
    if marker in _KEPT_SEGMENTS:
        return body.startswith(_KEPT_SEGMENTS[marker])
    return marker in _DRAWING


def _copy_scan(source: IO[bytes], write: Write) -> None:
    """Copy coded data up to the next marker, where the source then stands."""
    held = b""
    while piece := source.read(CHUNK):
        held += piece
        if found := _MARKER.search(held):
            write(held[: found.start()])
            source.seek(found.start() - len(held), 1)
            return
        ends_open = held.endswith(b"\xff")
        write(held[:-1] if ends_open else held)
        held = b"\xff" if ends_open else b""
    raise Broken


# PNG --------------------------------------------------------------------------------------------

_PNG = b"\x89PNG\r\n\x1a\n"
_KEPT_CHUNKS = {
    *(b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"bKGD", b"pHYs", b"sBIT"),
    *(b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"cICP", b"mDCV", b"cLLI"),
}


def strip_png(source: IO[bytes], write: Write, way: int) -> None:
    """Write the PNG with the chunks that drawing needs, each checked against its sum.

    Of a moving PNG its first picture stays. It ends at IEND, whatever hangs behind.
    """
    if _exactly(source, 8) != _PNG:
        raise Broken
    write(_PNG)
    name = b""
    while name != b"IEND":
        size, name = struct.unpack(">I4s", _exactly(source, 8))
        if name not in _KEPT_CHUNKS:
            source.seek(size + 4, 1)
            continue
        write(struct.pack(">I4s", size, name))
        sum_ = _copy(source, write, size, zlib.crc32(name))
        told = _exactly(source, 4)
        if told != struct.pack(">I", sum_):
            raise Broken
        write(told)
        if name == b"IHDR" and way != 1:
            write(_chunk(b"eXIf", _only_orientation(way)))


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


# WebP -------------------------------------------------------------------------------------------

_KEPT_PARTS = {b"VP8X", b"VP8 ", b"VP8L", b"ALPH", b"ICCP"}
_HAS_EXIF, _HAS_XMP = 0x08, 0x04


def _parts(source: IO[bytes]) -> Iterator[tuple[bytes, int]]:
    """Yield name and size of each part; the source then stands at its body."""
    riff, size, webp = struct.unpack("<4sI4s", _exactly(source, 12))
    if (riff, webp) != (b"RIFF", b"WEBP"):
        raise Broken
    place = 12
    while place < size + 8:
        source.seek(place)
        name, length = struct.unpack("<4sI", _exactly(source, 8))
        yield name, length
        place += 8 + length + length % 2


def webp_size(source: IO[bytes]) -> tuple[int, int]:
    """Return width and height as the first part tells them."""
    name, _size = next(_parts(source))
    head = _exactly(source, 10)
    if name == b"VP8X":
        return 1 + int.from_bytes(head[4:7], "little"), 1 + int.from_bytes(head[7:10], "little")
    if name == b"VP8L":
        bits = int.from_bytes(head[1:5], "little")
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    width, height = struct.unpack("<HH", head[6:10])
    return width & 0x3FFF, height & 0x3FFF


def strip_webp(source: IO[bytes], write: Write, way: int) -> None:
    """Write the WebP without EXIF, XMP and unknown parts; orientation stays."""
    kept = [(n, source.tell(), size) for n, size in _parts(source) if n in _KEPT_PARTS]
    exif = _only_orientation(way) if way != 1 and kept and kept[0][0] == b"VP8X" else b""
    total = 4 + sum(8 + size + size % 2 for _name, _at, size in kept)
    total += 8 + len(exif) if exif else 0
    write(struct.pack("<4sI4s", b"RIFF", total, b"WEBP"))
    for name, place, size in kept:
        source.seek(place)
        write(struct.pack("<4sI", name, size))
        if name == b"VP8X":
            flags = _exactly(source, 1)[0] & ~(_HAS_EXIF | _HAS_XMP) | (_HAS_EXIF if exif else 0)
            write(bytes([flags]))
        _copy(source, write, size - (name == b"VP8X"))
        write(b"\x00" * (size % 2))
    if exif:
        write(struct.pack("<4sI", b"EXIF", len(exif)) + exif)


STRIPPERS = {JPEG: strip_jpeg, PNG: strip_png, WEBP: strip_webp}
