"""The words of a Word document (DOCX), paragraph by paragraph, without opening what would burst.

Standard library only. What Word counts by itself ("Điều 1.", "a)") is counted here as well, since
the number stands nowhere in the text. Deleted text of tracked changes is left out.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from xml.etree import ElementTree as ET

from thidua.typesetting.docx_numbers import Counting
from thidua.typesetting.reading import Unreadable

MEGABYTE = 1024 * 1024
MOST_PARTS = 5_000
MOST_OF_A_PART = 40 * MEGABYTE  # the text of a thousand pages is some 10
MOST_UNPACKED = 300 * MEGABYTE
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
HEADING = re.compile(r"heading (\d)$")
_DAMAGES = (
    *(zipfile.BadZipFile, zlib.error, EOFError, ValueError, RuntimeError),
    *(NotImplementedError, KeyError, ET.ParseError),
)
_SIGNS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
_NOT_READ = {f"{W}del", f"{W}moveFrom", f"{W}pPr", f"{W}rPr", f"{W}txbxContent", f"{W}instrText"}


@dataclass(frozen=True)
class WordParagraph:
    """A paragraph or a row of a table. ``level`` is 1–9 where it is styled as a heading, else 0."""

    text: str
    level: int = 0


def read_docx(source: "Path | IO[bytes]") -> list[WordParagraph]:
    """Return the paragraphs of the document at ``source`` that have words.

    Raises `Unreadable`: "too_heavy" for a bomb, "damaged" for what is no DOCX or a broken one.
    """
    try:
        with zipfile.ZipFile(source) as package:
            _refuse_bomb(package)
            body = _xml(package, "word/document.xml").find(f"{W}body")
            names = package.namelist()
            levels = _levels(package) if "word/styles.xml" in names else {}
            numbers = "word/numbering.xml"
            counting = Counting(_xml(package, numbers) if numbers in names else None)
            styled = _style_numbers(package) if "word/styles.xml" in names else {}
    except _DAMAGES as damage:
        raise Unreadable("damaged") from damage
    if body is None:
        raise Unreadable("damaged")
    return [p for p in _paragraphs(body, levels, counting, styled) if p.text]


def _refuse_bomb(package: zipfile.ZipFile) -> None:
    entries = package.infolist()
    if len(entries) > MOST_PARTS or sum(e.file_size for e in entries) > MOST_UNPACKED:
        raise Unreadable("too_heavy")


def _xml(package: zipfile.ZipFile, name: str) -> ET.Element:
    with package.open(name) as part:
        data = part.read(MOST_OF_A_PART + 1)
    if len(data) > MOST_OF_A_PART:
        raise Unreadable("too_heavy")
    # Word writes no document type; one is how a few lines become gigabytes (entities).
    if b"<!DOCTYPE" in data[:4096] or b"<!ENTITY" in data or b"\x00" in data[:64]:
        raise Unreadable("damaged")
    return ET.fromstring(data)  # noqa: S314  (no document type, and a size)


def _levels(package: zipfile.ZipFile) -> dict[str, int]:
    """Return the levels of the heading styles: their ids differ by Word's language."""
    found = {}
    for style in _xml(package, "word/styles.xml").iter(f"{W}style"):
        name = style.find(f"{W}name")
        match = HEADING.match(name.get(f"{W}val", "").lower()) if name is not None else None
        if match:
            found[style.get(f"{W}styleId", "")] = int(match[1])
    return found


def _style_numbers(package: zipfile.ZipFile) -> dict[str, ET.Element]:
    """Return the styles that number their paragraphs."""
    styles = _xml(package, "word/styles.xml").iter(f"{W}style")
    pairs = ((style.get(f"{W}styleId", ""), style.find(f"{W}pPr/{W}numPr")) for style in styles)
    return {key: numbers for key, numbers in pairs if numbers is not None}


def _paragraphs(
    body: ET.Element, levels: dict[str, int], counting: Counting, styled: dict[str, ET.Element]
) -> Iterator[WordParagraph]:
    for thing in body:
        if thing.tag == f"{W}p":
            style = thing.find(f"{W}pPr/{W}pStyle")
            name = style.get(f"{W}val", "") if style is not None else ""
            numbers = thing.find(f"{W}pPr/{W}numPr")
            number = counting.next(numbers if numbers is not None else styled.get(name))
            text = _clean(_words(thing))
            yield WordParagraph(f"{number} {text}".strip() if text else "", levels.get(name, 0))
        elif thing.tag == f"{W}tbl":
            for row in thing.iter(f"{W}tr"):
                cells = [_clean(" ".join(map(_words, c.iter(f"{W}p")))) for c in row.iter(f"{W}tc")]
                yield WordParagraph("\t".join(cells) if any(cells) else "")
        elif thing.tag == f"{W}sdt":
            content = thing.find(f"{W}sdtContent")
            if content is not None:
                yield from _paragraphs(content, levels, counting, styled)


def _words(thing: ET.Element) -> str:
    parts = []
    for inner in thing:
        if inner.tag == f"{W}t":
            parts.append(inner.text or "")
        elif inner.tag in _SIGNS:
            parts.append(_SIGNS[inner.tag])
        elif inner.tag not in _NOT_READ:
            parts.append(_words(inner))
    return "".join(parts)


def _clean(text: str) -> str:
    return "\n".join(" ".join(line.split()) for line in text.splitlines() if line.strip())
