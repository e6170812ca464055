"""A CSV file: which code its letters are in, what stands between its columns."""

import codecs
import csv
import io
import unicodedata
from collections.abc import Iterator
from typing import IO, cast

from django.utils.translation import gettext as _

from thidua.imports.reading.letters import from_tcvn3, from_vni, likeness
from thidua.imports.reading.safe import unguarded
from thidua.imports.reading.table import MOST_COLUMNS, Cells, Remark, Table, unreadable

SAMPLE, PIECE = 256 * 1024, 64 * 1024
LONGEST_CELL = 32_767  # as Excel has it
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig", "utf8"),
    (codecs.BOM_UTF16_LE, "utf-16", "utf16"),
    (codecs.BOM_UTF16_BE, "utf-16", "utf16"),
)


def open_text(file: IO[bytes]) -> Table:
    """Return a text's rows, and which code it was in; refuse what is no text."""
    encoding, code = _encoding_of(file)
    delimiter, skip = _delimiter_of(file, encoding)
    said = [Remark("encoding_" + code)] if code in ("windows1258", "utf16", "western") else []

    def rows() -> Iterator[tuple[int, Cells]]:
        return _rows(file, encoding, delimiter, skip)

    return Table(rows=rows, remarks=said)


def _encoding_of(file: IO[bytes]) -> tuple[str, str]:
    """Return Python's name for the code, and ours."""
    file.seek(0)
    head = file.read(SAMPLE)
    for mark, encoding, code in _BOMS:
        if head.startswith(mark):
            return encoding, code
    if b"\x00" in head:
        raise unreadable(_("Tệp này không phải Excel hay CSV nên chưa đọc được."))
    if _is_utf8(file):
        return "utf-8", "utf8"
    return _older(head)


def _is_utf8(file: IO[bytes]) -> bool:
    file.seek(0)
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while piece := file.read(PIECE):
            decoder.decode(piece)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _older(head: bytes) -> tuple[str, str]:
    """Tell Windows-1258, whose tones stand behind their letters, from the fonts of old."""
    plain = head.decode("cp1252", "replace")
    likes = {
        ("cp1258", "windows1258"): unicodedata.normalize("NFC", head.decode("cp1258", "replace")),
        ("cp1252", "font"): from_tcvn3(plain),
        ("cp1252", "vni"): from_vni(plain),
        ("cp1252", "western"): plain,
    }
    return max(likes, key=lambda key: likeness(likes[key]))


def _delimiter_of(file: IO[bytes], encoding: str) -> tuple[str, int]:
    """Return what stands between the columns, and how many lines to leave out before them.

    Excel itself may write "sep=;" first. Else the sign counts that stands most often and most
    evenly outside quotes in the first lines.
    """
    with _text(file, encoding) as text:
        lines = [text.readline(SAMPLE) for _n in range(20)]
    if lines[0].lower().startswith("sep=") and len(lines[0].strip()) == 5:
        return lines[0].strip()[4], 1
    counts = {sign: [_outside(line, sign) for line in lines if line.strip()] for sign in ";,\t"}
    return max(counts, key=lambda sign: _evenness(counts[sign])), 0


def _outside(line: str, sign: str) -> int:
    return sum(part.count(sign) for part in line.split('"')[::2])


def _evenness(counts: list[int]) -> tuple[int, int]:
    """Return in how many lines the sign stands as often as it mostly does, and how often."""
    often = [count for count in counts if count]
    usual = max(set(often), key=often.count) if often else 0
    return often.count(usual), usual


class _Kept(io.BufferedIOBase):
    """Lets a text reader be closed without closing the file beneath it."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file = file
        file.seek(0)

    def readable(self) -> bool:
        return True

    def read(self, size: int | None = -1, /) -> bytes:
        return self.file.read(-1 if size is None else size)

    def read1(self, size: int = -1, /) -> bytes:
        return self.file.read(PIECE if size < 0 else size)


def _text(file: IO[bytes], encoding: str) -> io.TextIOWrapper:
    return io.TextIOWrapper(
        cast(IO[bytes], _Kept(file)), encoding=encoding, errors="replace", newline=""
    )


def _rows(file: IO[bytes], encoding: str, delimiter: str, skip: int) -> Iterator[tuple[int, Cells]]:
    csv.field_size_limit(LONGEST_CELL)
    with _text(file, encoding) as text:
        for _n in range(skip):
            text.readline()
        reader = csv.reader(text, delimiter=delimiter, strict=True)
        try:
            for number, cells in enumerate(reader, start=skip):
                if len(cells) > MOST_COLUMNS:
                    raise unreadable(_("Tệp CSV có hàng quá nhiều cột nên chưa đọc được."))
                yield number, [unguarded(cell) for cell in cells]
        except csv.Error as trouble:
            raise unreadable(
                _(
                    "Hàng %(row)d của tệp CSV không đọc được: có thể thiếu một dấu nháy kép. "
                    "Hãy mở bằng Excel, lưu lại thành .xlsx rồi gửi."
                )
                % {"row": reader.line_num}
            ) from trouble
