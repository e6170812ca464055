"""Read one PDF with PDFium and write what stands in it to standard output, as JSON.

Run by `reading` as a process of its own: standard library and PDFium only, nothing of ours. Limits
on memory and processor time are set before the file is opened; what PDFium cannot survive ends
this process and nobody else's. Arguments: path, "layout" or "text", megabytes, seconds, pages,
letters. Exit code 0 and the JSON, or one of `EXITS`.
"""

import ctypes
import json
import math
import resource
import sys
from collections.abc import Iterator
from typing import Any

import pypdfium2.raw as pdfium

ENCRYPTED, DAMAGED, TOO_MANY_PAGES, TOO_HEAVY = 11, 12, 13, 14
HYPHEN = 2  # what PDFium makes of a hyphen that ends a line: no soft one, the sign of a "05/BC-HND"
NOT_LETTERS: dict[int, str | None] = {0: None, HYPHEN: "-", 0xFFFE: None, 0xFFFF: None}
DEEPEST = 6  # forms within forms
MOST_OBJECTS = 200_000
Matrix = tuple[float, float, float, float, float, float]
PLAIN: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class Refused(Exception):
    """The file cannot be read; the one argument is the exit code that says why."""


def main() -> int:
    """Read as the arguments say; return the exit code."""
    path, mode = sys.argv[1:3]
    megabytes, seconds, pages, letters = (int(number) for number in sys.argv[3:7])
    _limit(megabytes, seconds)
    try:
        json.dump(found_in(path, mode, pages, letters), sys.stdout, separators=(",", ":"))
        sys.stdout.flush()
    except Refused as refused:
        return int(refused.args[0])
    except (MemoryError, OverflowError):
        return TOO_HEAVY
    return 0


def found_in(path: str, mode: str, pages: int, letters: int) -> dict[str, Any]:
    """Return pages and fonts of the file, as JSON will have them. Raises `Refused`."""
    pdfium.FPDF_InitLibrary()
    document = pdfium.FPDF_LoadDocument(path.encode(), None)
    if not document:
        locked = (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY)
        raise Refused(ENCRYPTED if pdfium.FPDF_GetLastError() in locked else DAMAGED)
    try:
        count = pdfium.FPDF_GetPageCount(document)
        if count < 1:
            raise Refused(DAMAGED)
        if count > pages:
            raise Refused(TOO_MANY_PAGES)
        reader = _Reader(document, letters, with_layout=mode == "layout")
        return {"pages": [reader.page(number) for number in range(count)], "fonts": reader.fonts}
    finally:
        pdfium.FPDF_CloseDocument(document)


def _limit(megabytes: int, seconds: int) -> None:
    room = megabytes * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (room, room))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


class _Reader:
    """Pages of one document. ``fonts`` are [name, embedded, bold, italic], by their place."""

    def __init__(self, document: Any, letters: int, *, with_layout: bool) -> None:
        self.document, self.letters, self.with_layout = document, letters, with_layout
        self.fonts: list[list[Any]] = []
        self._places: dict[tuple[Any, ...], int] = {}

    def page(self, number: int) -> dict[str, Any]:
        page = pdfium.FPDF_LoadPage(self.document, number)
        if not page:
            raise Refused(DAMAGED)
        text = pdfium.FPDFText_LoadPage(page)
        try:
            count = max(0, pdfium.FPDFText_CountChars(text)) if text else 0
            self.letters -= count
            if self.letters < 0:
                raise MemoryError
            if not self.with_layout:
                return {"text": _text_of(text, count)}
            return self._laid_out(page, text, count)
        finally:
            if text:
                pdfium.FPDFText_ClosePage(text)
            pdfium.FPDF_ClosePage(page)

    def _laid_out(self, page: Any, text: Any, count: int) -> dict[str, Any]:
        left, bottom, right, top = _box_of(page)
        rules, pictures = _drawn(page, left, top)
        return {
            "text": _text_of(text, count),
            "width": right - left,
            "height": top - bottom,
            "pieces": self._pieces(text, count, left, top),
            "rules": rules,
            "pictures": pictures,
        }

    def _pieces(self, text: Any, count: int, left: float, top: float) -> list[list[Any]]:
        """Return words as [text, x0, x1, baseline, size, font]: points from the top left corner."""
        pieces: list[list[Any]] = []
        letters: list[str] = []
        for char, spot in _chars(text, count):
            if spot is None:
                letters = []
                continue
            x0, x1, y, size, handle = spot
            key = (round(y, 1), round(size, 2), self._font(handle))
            place = (round(x0 - left, 2), round(x1 - left, 2), round(top - y, 2))
            last = pieces[-1] if letters else None
            if last is not None and last[6] == key and abs(place[0] - last[2]) < size:
                last[0] += char
                last[2] = place[1]
            else:
                letters = [char]
                pieces.append([char, *place, round(size, 2), key[2], key])
        return [piece[:6] for piece in pieces]

    def _font(self, handle: Any) -> int:
        if not handle:
            return self._place_of(("", False, False, False))
        font = pdfium.FPDFTextObj_GetFont(handle)
        name = _string(pdfium.FPDFFont_GetBaseFontName, font)
        angle = ctypes.c_int()
        pdfium.FPDFFont_GetItalicAngle(font, angle)
        low = name.lower()
        is_bold = "bold" in low or pdfium.FPDFFont_GetWeight(font) >= 600
        is_italic = "italic" in low or "oblique" in low or angle.value != 0
        return self._place_of((name, bool(pdfium.FPDFFont_GetIsEmbedded(font)), is_bold, is_italic))

    def _place_of(self, font: tuple[Any, ...]) -> int:
        if font not in self._places:
            self._places[font] = len(self.fonts)
            self.fonts.append(list(font))
        return self._places[font]


def _box_of(page: Any) -> tuple[float, float, float, float]:
    box = pdfium.FS_RECTF()
    if not pdfium.FPDF_GetPageBoundingBox(page, box):
        raise Refused(DAMAGED)
    return box.left, box.bottom, box.right, box.top


def _text_of(text: Any, count: int) -> str:
    # Letter by letter: `FPDFText_GetText` leaves out the hyphens that end lines.
    codes = (pdfium.FPDFText_GetUnicode(text, index) for index in range(count))
    return "".join(map(chr, codes)).translate(NOT_LETTERS)


def _string(get: Any, font: Any) -> str:
    length = get(font, None, 0)
    buffer = ctypes.create_string_buffer(max(1, length))
    get(font, buffer, length)
    return buffer.value.decode("utf-8", "replace")


def _chars(text: Any, count: int) -> Iterator[tuple[str, Any]]:
    """Yield each letter with (x0, x1, baseline, size, its text object); a space with None."""
    x0, y = ctypes.c_double(), ctypes.c_double()
    box, matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
    for index in range(count):
        code = pdfium.FPDFText_GetUnicode(text, index)
        code = ord("-") if code == HYPHEN else code
        if code <= 32 or code in (0xA0, 0xFFFE, 0xFFFF):
            yield " ", None
            continue
        size = pdfium.FPDFText_GetFontSize(text, index)
        if pdfium.FPDFText_GetMatrix(text, index, matrix):
            if abs(matrix.b) > 0.02 * abs(matrix.a):
                yield " ", None  # turned: a watermark, a stamp
                continue
            size *= math.hypot(matrix.c, matrix.d)
        pdfium.FPDFText_GetCharOrigin(text, index, x0, y)
        pdfium.FPDFText_GetLooseCharBox(text, index, box)
        handle = pdfium.FPDFText_GetTextObject(text, index)
        yield chr(code), (box.left, box.right, y.value, size, handle)


def _drawn(page: Any, left: float, top: float) -> tuple[list[list[float]], list[list[float]]]:
    """Return level rules and pictures as [x0, x1, top, bottom], points from the top left corner."""
    rules: list[list[float]] = []
    pictures: list[list[float]] = []
    for kind, (x0, y0, x1, y1) in _objects(page):
        place = [round(n, 2) for n in (x0 - left, x1 - left, top - y1, top - y0)]
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            pictures.append(place)
        elif kind == pdfium.FPDF_PAGEOBJ_PATH and y1 - y0 < 3 and x1 - x0 > 8:
            rules.append(place)
    return rules, pictures


def _objects(page: Any) -> Iterator[tuple[int, tuple[float, float, float, float]]]:
    left = MOST_OBJECTS

    def within(owner: Any, many: Any, one: Any, matrix: Matrix, deep: int) -> Iterator[Any]:
        nonlocal left
        for index in range(many(owner)):
            left -= 1
            if left < 0:
                raise MemoryError
            thing = one(owner, index)
            kind = pdfium.FPDFPageObj_GetType(thing)
            if kind == pdfium.FPDF_PAGEOBJ_FORM and deep < DEEPEST:
                inner = _times(_matrix_of(thing), matrix)
                count, get = pdfium.FPDFFormObj_CountObjects, pdfium.FPDFFormObj_GetObject
                yield from within(thing, count, get, inner, deep + 1)
            elif kind in (pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE):
                yield kind, _bounds(thing, matrix)

    yield from within(page, pdfium.FPDFPage_CountObjects, pdfium.FPDFPage_GetObject, PLAIN, 0)


def _matrix_of(thing: Any) -> Matrix:
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(thing, matrix)
    return (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)


def _times(m: Matrix, n: Matrix) -> Matrix:
    return (
        m[0] * n[0] + m[1] * n[2],
        m[0] * n[1] + m[1] * n[3],
        m[2] * n[0] + m[3] * n[2],
        m[2] * n[1] + m[3] * n[3],
        m[4] * n[0] + m[5] * n[2] + n[4],
        m[4] * n[1] + m[5] * n[3] + n[5],
    )


def _bounds(thing: Any, matrix: Matrix) -> tuple[float, float, float, float]:
    x0, y0, x1, y1 = (ctypes.c_float() for _ in range(4))
    pdfium.FPDFPageObj_GetBounds(thing, x0, y0, x1, y1)
    a, b, c, d, e, f = matrix
    corners = [
        (a * x + c * y + e, b * x + d * y + f)
        for x in (x0.value, x1.value)
        for y in (y0.value, y1.value)
    ]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    pen = _pen(thing)  # PDFium adds the whole width of a pen on every side
    return min(xs) + pen, min(ys), max(xs) - pen, max(ys)


def _pen(thing: Any) -> float:
    """Return how wide the pen is that draws a path; 0 for what is only filled."""
    if pdfium.FPDFPageObj_GetType(thing) != pdfium.FPDF_PAGEOBJ_PATH:
        return 0.0
    fill, is_stroked, width = ctypes.c_int(), ctypes.c_int(), ctypes.c_float()
    pdfium.FPDFPath_GetDrawMode(thing, fill, is_stroked)
    pdfium.FPDFPageObj_GetStrokeWidth(thing, width)
    return width.value if is_stroked.value else 0.0


if __name__ == "__main__":
    try:
        CODE = main()
    except MemoryError:
        CODE = TOO_HEAVY
    sys.exit(CODE)
