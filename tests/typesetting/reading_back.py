"""What the tests read back out of a paper that was made: its words, without what a page adds."""

import io
import os
import re
import subprocess
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn

from scripts.debian import PAPERS, Part, reason_missing
from thidua.typesetting.fonts import find_fonts
from thidua.typesetting.official import Official, Table
from thidua.typesetting.pdf import render_pdf
from thidua.typesetting.slots import slots


def printed(official: Official, folder: Path) -> Path:
    """Return a file of ``official`` as this machine prints it."""
    path = folder / f"{official.kind}.pdf"
    path.write_bytes(render_pdf(official, find_fonts()))
    return path


def told(*command: str | Path, part: Part = PAPERS) -> str:
    """Return what a program of Debian's ``part`` says; it must end well.

    Where it cannot be had the test is left out, save where nothing may be left out.
    """
    if reason := reason_missing(part):
        must = os.environ.get("CI", "").lower() == "true"
        (pytest.fail if must else pytest.skip)(reason)
    done = subprocess.run([*map(str, command)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def words(text: str) -> str:
    """Return ``text`` with every blank as one space, so that lines may end anywhere."""
    return " ".join(text.split())


def letters(text: str) -> str:
    """Return ``text`` without any blank, for words that a line's end may cut."""
    return "".join(text.split())


def text_of_pdf(path: Path, official: Official) -> str:
    """Return the words of ``path`` without what pages add to them.

    That is their numbers, the heads of tables that go on, and the watermark: it lies behind the
    words, so it comes first on each page, a letter a line since it stands aslant. A line may end
    behind the hyphen of "01/BB-HND".
    """
    behind = "".join(f"{letter} " for letter in letters(official.watermark))
    heads = [words(" ".join(cell for row in table.head for cell in row)) for table in _in(official)]
    seen: set[str] = set()
    texts = []
    for number, page in enumerate(told("pdftotext", "-raw", path, "-").split("\f"), 1):
        text = words(re.sub(r"(?<=\S-)\n(?=\S)", "", page))
        text = text.removeprefix(behind).removeprefix(f"{number} " if number > 1 else "")
        for head in seen:
            text = text.removeprefix(head)
        seen |= {head for head in heads if head in text}
        texts.append(text)
    return words(" ".join(texts))


def _in(official: Official) -> list[Table]:
    paper = slots(official)
    blocks = [*paper.blocks, *(block for annex in paper.annexes for block in annex.body)]
    return [block for block in blocks if isinstance(block, Table)]


def text_of_docx(content: bytes) -> str:
    """Return the words of a DOCX, paragraphs and cells in the order in which they stand."""
    body = docx.Document(io.BytesIO(content)).element.body
    found = []
    for paragraph in body.iter(qn("w:p")):
        pieces = paragraph.iter(qn("w:t"), qn("w:br"))
        found += [piece.text or "" if piece.tag == qn("w:t") else " " for piece in pieces] + [" "]
    return words("".join(found))


def millimetres(path: Path) -> list[tuple[float, float, float, float]]:
    """Return for each page how far its words keep from left, right, top and bottom."""
    found = []
    for page in told("pdftotext", "-bbox", path, "-").split("<page ")[1:]:
        width, height = map(float, re.findall(r'(?:width|height)="([\d.]+)"', page)[:2])
        boxes = re.findall(r'xMin="(.+?)" yMin="(.+?)" xMax="(.+?)" yMax="(.+?)"', page)
        left, top, right, low = zip(*(map(float, box) for box in boxes), strict=True)
        edges = min(left), width - max(right), min(top), height - max(low)
        found.append(tuple(edge / 72 * 25.4 for edge in edges))
    return found
