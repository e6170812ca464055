"""Where things stand on the pages of a PDF: what was added there, and what would cover words."""

import math
from typing import Any

import pypdfium2.raw as pdfium
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pypdfium2 import PdfDocument

from thidua.pades.reasons import UploadReason

Box = tuple[float, float, float, float]
HIDDEN = 0b10 | 0b100000  # flags of an annotation: hidden, not to be viewed
SLACK = 1.0  # points by which boxes may touch


def kind_of_change(old: PdfFileReader, new: PdfFileReader) -> UploadReason:
    """Return what was done to ``old`` to make ``new``, where it is more than signing."""
    if old.root["/Pages"]["/Count"] != new.root["/Pages"]["/Count"]:
        return "page_added"
    before, after = _annotations(old), _annotations(new)
    if after["other"] > before["other"]:
        return "annotated"
    if after["form"] > before["form"] or _values(old) != _values(new):
        return "form_filled"
    return "other_change"


def covers_words(old: PdfFileReader, ours: bytes, found: EmbeddedPdfSignature) -> bool:
    """Say whether the picture of a new signature lies over words, or over another's place."""
    return any(_covers(old, ours, found.reader, one) for one in _widgets(found.sig_field))


def _covers(old: PdfFileReader, ours: bytes, new: PdfFileReader, widget: Any) -> bool:
    box = _box(widget["/Rect"])
    is_hidden = bool(int(_got(widget, "/F") or 0) & HIDDEN)
    if is_hidden or box[2] - box[0] < SLACK or box[3] - box[1] < SLACK:
        return False
    page = _page_number(new, widget)
    if page is None:
        return True  # nobody can tell what it covers
    taken = [*_words(ours, page), *_places(old, page)]
    return any(_meet(box, other) for other in taken)


def _words(pdf: bytes, page: int) -> list[Box]:
    """Return the boxes of the letters on ``page`` but for turned ones: a watermark lies below."""
    with PdfDocument(pdf) as document:
        text = document[page].get_textpage()
        upright = (n for n in range(text.count_chars()) if _is_upright(text, n))
        return [text.get_charbox(n) for n in upright]


def _is_upright(text: Any, n: int) -> bool:
    turned = pdfium.FPDFText_GetCharAngle(text.raw, n)
    return min(turned, 2 * math.pi - turned) < 0.02


def _places(reader: PdfFileReader, page: int) -> list[Box]:
    """Return the boxes of the signature fields that stand on ``page`` already."""
    annotations = _items(_got(_page(reader, page), "/Annots"))
    return [_box(one["/Rect"]) for one in annotations if _kind(one) == "/Sig"]


def _annotations(reader: PdfFileReader) -> dict[str, int]:
    """Count what stands on the pages: widgets of forms other than signatures, and the rest."""
    counts = {"form": 0, "other": 0}
    for number in range(int(reader.root["/Pages"]["/Count"])):
        for one in _items(_got(_page(reader, number), "/Annots")):
            if _got(one, "/Subtype") != "/Widget":
                counts["other"] += 1
            elif _kind(one) != "/Sig":
                counts["form"] += 1
    return counts


def _values(reader: PdfFileReader) -> list[str]:
    """Return what stands in the fields of the form that are no signatures."""
    fields = _items(_got(_got(reader.root, "/AcroForm"), "/Fields"))
    return [str(_got(one, "/V")) for one in fields if _kind(one) != "/Sig"]


def _kind(field: Any) -> Any:
    return _got(field, "/FT") or _got(_got(field, "/Parent"), "/FT")


def _widgets(field: Any) -> list[Any]:
    return [field] if "/Rect" in field else _items(field["/Kids"])


def _page_number(reader: PdfFileReader, widget: Any) -> int | None:
    """The widget's own word about its page is not needed: the page that lists it counts."""
    reference = widget.container_ref
    for number in range(int(reader.root["/Pages"]["/Count"])):
        listed = _items(_got(_page(reader, number), "/Annots"))
        if any(one.container_ref == reference for one in listed):
            return number
    return None


def _got(dictionary: Any, name: str) -> Any:
    """Return what stands under ``name``, or None: its own ``get`` gives mere references."""
    return dictionary[name] if dictionary and name in dictionary else None


def _items(array: Any) -> list[Any]:
    """Return what stands in an array of a PDF: going through it gives mere references."""
    return [array[n] for n in range(len(array or ()))]


def _page(reader: PdfFileReader, number: int) -> Any:
    return reader.find_page_for_modification(number)[0].get_object()


def _box(rect: Any) -> Box:
    xs, ys = sorted(map(float, (rect[0], rect[2]))), sorted(map(float, (rect[1], rect[3])))
    return xs[0], ys[0], xs[1], ys[1]


def _meet(one: Box, other: Box) -> bool:
    return (
        one[0] + SLACK < other[2]
        and other[0] + SLACK < one[2]
        and one[1] + SLACK < other[3]
        and other[1] + SLACK < one[3]
    )
