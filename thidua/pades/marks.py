"""The visible mark of a signature: NĐ 30/2020/NĐ-CP, Phụ lục I (domain.md 7.3).

A blue hand in the middle, a red seal over its left third, the data lines under them in letters
that lie in the file (pyHanko's own mark is set in Courier that does not, which breaks PDF/A).
"""

import io
import json
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo

import typst
from PIL import Image, ImageOps, UnidentifiedImageError
from pyhanko.pdf_utils.images import PdfImage
from pyhanko.pdf_utils.layout import BoxConstraints
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.stamp.base import BaseStamp, BaseStampStyle

from thidua.pades.certificates import CertificateFacts
from thidua.typesetting.fonts import SUBSTITUTE, Fonts, lacking
from thidua.typesetting.letters import clean, let_break

TEMPLATE = Path(__file__).with_name("mark.typ")
HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
SIZE = 10  # points of the data lines
LINES_SHARE = 0.42  # of the height, where there are pictures
SEAL_MM = 36.0  # the most a seal is across: a round seal's real size
POINTS_PER_MM = 72 / 25.4
MOST_PIXELS = 1200  # more of a picture than any printer shows in this place
INK: dict[str, tuple[int, int, int]] = {"blue": (0, 51, 153), "red": (208, 16, 32)}


class NoPicture(Exception):
    """Bytes that are no picture that can be drawn."""


@dataclass(frozen=True)
class Mark:
    """What a signature shows: ``lines`` of data, and pictures (PNG with transparent ground)."""

    lines: tuple[str, ...]
    fonts: Fonts
    handwriting: bytes | None = field(default=None, repr=False)
    seal: bytes | None = field(default=None, repr=False)


def data_lines(facts: CertificateFacts, at: datetime, *, organization: str = "") -> tuple[str, ...]:
    """Return who signs, for which organisation, and when (with its zone), a line each.

    ``organization`` as our register names it stands in place of the certificate's own.
    """
    told = [("Ký bởi", facts.person), ("Cơ quan", organization or facts.organization)]
    moment = f"{at.astimezone(HANOI):%d/%m/%Y %H:%M:%S} +07:00"
    return (*(f"{head}: {words}" for head, words in told if words), f"Thời gian ký: {moment}")


def as_ink(picture: bytes, ink: Literal["blue", "red"]) -> bytes:
    """Return ``picture`` (of dark ink on light paper, or on none) as PNG: the ink alone, coloured.

    Raises `NoPicture`.
    """
    seen = _opened(picture)
    paper = Image.new("RGBA", seen.size, "white")
    paper.alpha_composite(seen)
    drawn = ImageOps.invert(ImageOps.autocontrast(paper.convert("L"), cutoff=1))
    made = Image.new("RGBA", seen.size, INK[ink])
    made.putalpha(drawn)
    out = io.BytesIO()
    made.save(out, "PNG")
    return out.getvalue()


def _opened(picture: bytes) -> Image.Image:
    try:
        with Image.open(io.BytesIO(picture)) as found:
            found.draft("RGB", (MOST_PIXELS, MOST_PIXELS))
            found.thumbnail((MOST_PIXELS, MOST_PIXELS))
            return found.convert("RGBA")
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError) as trouble:
        raise NoPicture(repr(trouble)) from trouble


@dataclass(frozen=True)
class MarkStyle(BaseStampStyle):
    """How pyHanko asks for the mark: one that fills the field's box and draws no border."""

    mark: Mark | None = None

    def create_stamp(
        self, writer: BasePdfFileWriter, box: BoxConstraints, text_params: dict[str, Any]
    ) -> "MarkContent":
        """Return the mark for a field of this ``box``."""
        return MarkContent(self, writer, box)


class MarkContent(BaseStamp):
    """The mark as a form that the field draws."""

    def __init__(self, style: MarkStyle, writer: BasePdfFileWriter, box: BoxConstraints) -> None:
        super().__init__(writer, style, box)
        assert style.mark is not None  # noqa: S101  (made with one by `signing`)
        self.mark = style.mark

    def render(self) -> bytes:
        """Return the drawing: pictures above, lines under them."""
        width, height = float(self.box.width), float(self.box.height)
        has_pictures = bool(self.mark.handwriting or self.mark.seal)
        low = height * LINES_SHARE if has_pictures else height
        drawn = self._pictures(width, low, height) if has_pictures else []
        return b"\n".join([*drawn, self._lines(width, low)])

    def _pictures(self, width: float, low: float, high: float) -> list[bytes]:
        drawn, left, middle = [], width / 2, (low + high) / 2
        if self.mark.handwriting:
            hand = _opened(self.mark.handwriting)
            across, up = _fitting(hand, width * 0.7, (high - low) * 0.9)
            left = (width - across) / 2
            drawn.append(self._picture("Hand", hand, (left, middle - up / 2, across, up)))
            left += across / 6  # the middle of the hand's left third
        if self.mark.seal:
            seal = _opened(self.mark.seal)
            most = SEAL_MM * POINTS_PER_MM
            across, up = _fitting(seal, most, min(most, high - low))
            left = min(max(left - across / 2, 0), width - across)
            drawn.append(self._picture("Seal", seal, (left, middle - up / 2, across, up)))
        return drawn

    def _picture(
        self, name: str, seen: Image.Image, at: tuple[float, float, float, float]
    ) -> bytes:
        picture = PdfImage(seen, writer=self.writer)
        self.resources.xobject[f"/{name}"] = picture.image_ref
        x, y, across, up = at
        return b"q %.2f 0 0 %.2f %.2f %.2f cm /%s Do Q" % (across, up, x, y, name.encode())

    def _lines(self, width: float, height: float) -> bytes:
        assert self.writer is not None  # noqa: S101
        page = PdfFileReader(io.BytesIO(set_lines(self.mark, width, height)))
        form = self.writer.import_page_as_xobject(page)
        self.resources.xobject["/Lines"] = form
        return b"q /Lines Do Q"


def _fitting(seen: Image.Image, width: float, height: float) -> tuple[float, float]:
    scale = min(width / seen.width, height / seen.height)
    return seen.width * scale, seen.height * scale


def set_lines(mark: Mark, width: float, height: float) -> bytes:
    """Return the lines of ``mark`` as a PDF page of this size, in points."""
    absent = lacking({letter for line in mark.lines for letter in clean(line)}, mark.fonts)
    table = dict.fromkeys(map(ord, absent - {"\n"}), SUBSTITUTE)
    lines = [let_break(clean(line).translate(table), width, SIZE) for line in mark.lines]
    told = {"lines": lines, "family": mark.fonts.family, "width": width, "height": height}
    made = typst.compile(
        TEMPLATE,
        font_paths=mark.fonts.handle,
        ignore_system_fonts=True,
        format="pdf",
        pdf_standards=["a-2b"],
        pdf_tags=False,
        timestamp=0,
        sys_inputs={"mark": json.dumps(told)},
    )
    return made if isinstance(made, bytes) else b"".join(made)
