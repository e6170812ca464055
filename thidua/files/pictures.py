"""Pictures: whole or refused, and kept without what the camera wrote beside them.

Parts are left out, never drawn anew: no quality is lost, and the same photograph gives the same
digest whatever was written into it and whichever version of a library stood here. What stays is
what drawing needs: colours, and which way is up. Pillow judges whether the picture is whole.
"""

import struct
import zlib
from pathlib import Path
from typing import IO

from django.utils.translation import gettext as _
from PIL import Image

from thidua.core.errors import Invalid
from thidua.files.compounds import damage_refusal
from thidua.files.kinds import PNG, WEBP, Kind
from thidua.files.segments import STRIPPERS, Broken, Write, webp_size

MOST_PIXELS = 70_000_000  # a phone's 64 megapixels
MOST_WEBP_PIXELS = 17_000_000  # a WebP stands in memory whole while it is looked at
ORIENTATION = 0x0112  # of EXIF: 1 is upright, 2 to 8 are the other ways
_DAMAGES = (
    *(OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, TypeError),
    *(struct.error, zlib.error, OverflowError, RuntimeError, Broken),
)
# Ours is the limit that counts, and it has a sentence; Pillow's is a warning of the program.
Image.MAX_IMAGE_PIXELS = None


def strip_picture(source: IO[bytes], write: Write, kind: Kind) -> None:
    """Write the picture without position, camera, dates, previews and whatever follows its end."""
    try:
        orientation = _look(source, kind)
        source.seek(0)
        STRIPPERS[kind](source, write, orientation)
    except _DAMAGES as damage:
        raise damage_refusal() from damage


def look_whole(path: Path, kind: Kind) -> None:
    """Refuse what cannot be drawn to its end. A PNG's parts were summed when it was stripped."""
    if kind is PNG:
        return
    try:
        with Image.open(path, formats=(_format(kind),)) as picture:
            # A JPEG is drawn at an eighth: all of it is read, little of it is held.
            picture.draft("RGB", (1, 1))
            picture.load()
    except _DAMAGES as damage:
        raise damage_refusal() from damage


def _look(source: IO[bytes], kind: Kind) -> int:
    """Return which way is up; refuse a picture of too many pixels or one that moves."""
    if kind is WEBP:
        source.seek(0)
        _refuse_pixels(*webp_size(source), most=MOST_WEBP_PIXELS)
    source.seek(0)
    with Image.open(source, formats=(_format(kind),)) as picture:
        _refuse_pixels(*picture.size, most=MOST_PIXELS)
        if kind is WEBP and getattr(picture, "is_animated", False):
            sentence = _("Ảnh động chưa nhận được. Hãy gửi ảnh chụp màn hình hoặc dán liên kết.")
            raise Invalid(sentence, field="file")
        return _way_up(picture)


def _way_up(picture: Image.Image) -> int:
    """Return the orientation; what is written beside a picture may be damaged, and it whole."""
    try:
        way = picture.getexif().get(ORIENTATION)
    except _DAMAGES:
        return 1
    return way if isinstance(way, int) and 1 <= way <= 8 else 1


def _format(kind: Kind) -> str:
    return kind.media_type.removeprefix("image/").upper()


def _refuse_pixels(width: int, height: int, *, most: int) -> None:
    if width * height > most:
        sentence = _(
            "Ảnh có %(width)d × %(height)d điểm, chỉ nhận nhiều nhất %(most)d triệu điểm. "
            "Hãy thu nhỏ ảnh rồi gửi lại."
        )
        told = {"width": width, "height": height, "most": most // 1_000_000}
        raise Invalid(sentence % told, field="file")
