"""An official paper as a Word document: the same words in the same order as the PDF.

Laid out as far as Word can from the same measures. Word brings its own letters (Times New Roman,
the family that the decree names), so nothing is embedded and nothing is substituted.
"""

import io
from collections.abc import Iterable

import docx
from docx.document import Document
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.shared import Mm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from thidua.typesetting import word_parts as parts
from thidua.typesetting.letters import width_of
from thidua.typesetting.measures import DECREE, POINTS_PER_MM
from thidua.typesetting.official import Annex, Block, Heading, Items, Official, Signatory, Table
from thidua.typesetting.official import Paragraph as Text
from thidua.typesetting.pdf import UNDATED
from thidua.typesetting.qr import qr_png
from thidua.typesetting.slots import Slots, slots
from thidua.typesetting.word_page import prepare, set_page

_SIDES = {
    "justify": ALIGN.JUSTIFY,
    "left": ALIGN.LEFT,
    "center": ALIGN.CENTER,
    "right": ALIGN.RIGHT,
}
_LEVELS = ("part", "chapter", "section", "article", "clause")
_RIGHT = 0.59  # the share of the column that quốc hiệu needs


def render_docx(official: Official) -> bytes:
    """Return ``official`` as DOCX; the same facts give the same bytes."""
    paper, document = slots(official), docx.Document()
    prepare(document, official, paper)
    _head(document, paper)
    _title(document, paper)
    _flow(document, paper.blocks, is_wide=False)
    if paper.blocks:  # the last words go with the signature where that begins a page
        document.paragraphs[-1].paragraph_format.keep_with_next = True
    _signing(document, paper)
    for annex in paper.annexes:
        _annex(document, annex)
    if official.mark:
        _mark(document, paper, official.mark.address)
    return parts.packed(document, official.dated or UNDATED)


def _shape(
    paragraph: Paragraph, side: ALIGN = ALIGN.JUSTIFY, *, indent: bool = False, after: float = 0
) -> None:
    shape = paragraph.paragraph_format
    shape.alignment, shape.space_after = side, Pt(after)
    shape.first_line_indent = Mm(DECREE.indent_mm) if indent else Pt(0)


def _say(
    paragraph: Paragraph, text: str, size: float, *, bold: bool = False, italic: bool = False
) -> None:
    run = paragraph.add_run(text)
    run.font.size, run.bold, run.italic = Pt(size), bold or None, italic or None


def _lines(
    cell: _Cell,
    lines: Iterable[str],
    size: float,
    side: ALIGN = ALIGN.CENTER,
    *,
    bold: bool = False,
    italic: bool = False,
) -> list[Paragraph]:
    """Put ``lines`` into ``cell``, each a paragraph of its own, in the middle or at a ``side``."""
    made = []
    for line in filter(None, lines):
        first = cell.paragraphs[0]
        is_new = len(cell.paragraphs) > 1 or bool(first.text)
        paragraph = cell.add_paragraph() if is_new else first
        _shape(paragraph, side)
        _say(paragraph, line, size, bold=bold, italic=italic)
        made.append(paragraph)
    return made


def _head(document: Document, paper: Slots) -> None:
    """Slots 1 to 4, in a table without borders."""
    whole = DECREE.text_width()
    right = max(whole * _RIGHT, width_of(paper.place, DECREE.place) + 6)
    right = min(right, whole * DECREE.most_right)
    left = whole - right
    table = parts.plain_table(document, [left, right], rows=2)
    issuer, national = table.rows[0].cells
    number, place = table.rows[1].cells
    _lines(issuer, paper.superior, DECREE.issuer)
    bodies = _lines(issuer, paper.body, DECREE.issuer, bold=True)
    if paper.star:
        _lines(issuer, [paper.star], DECREE.issuer)
    elif bodies:
        words = max(width_of(line, DECREE.issuer, bold=True) for line in paper.body)
        room = left - parts.GUTTER
        parts.rule(issuer.add_paragraph(), min(words, room) * DECREE.line_share, room)
    _lines(national, paper.national[:-1], DECREE.national, bold=True)
    _lines(national, paper.national[-1:], DECREE.motto, bold=True)
    words = width_of(paper.national[-1], DECREE.motto, bold=True)
    parts.rule(national.add_paragraph(), words, right)
    _lines(number, [paper.number], DECREE.number)
    _lines(number, [paper.about], DECREE.about)
    _lines(place, [paper.place], DECREE.place, italic=True)
    for cell in (number, place):
        cell.paragraphs[0].paragraph_format.space_before = Pt(DECREE.gap)


def _title(document: Document, paper: Slots) -> None:
    """Slots 5a and 9a, and the bases."""
    for text, before in ((paper.type_name, 12), (paper.title, 0)):
        if text:
            paragraph = document.add_paragraph(style="Heading 1")
            _shape(paragraph, ALIGN.CENTER)
            paragraph.paragraph_format.space_before = Pt(before)
            _say(paragraph, text, DECREE.title, bold=True)
    if paper.title:
        whole = DECREE.text_width()
        words = max(width_of(one, DECREE.title, bold=True) for one in paper.title.split("\n"))
        line = document.add_paragraph()
        parts.rule(line, min(words, whole * 0.84) * DECREE.line_share, whole)
        line.paragraph_format.space_after = Pt(10)
    for index, text in enumerate(paper.addressed):
        paragraph = document.add_paragraph()
        is_list = len(paper.addressed) > 1
        _shape(paragraph, ALIGN.LEFT if is_list else ALIGN.CENTER, after=DECREE.gap)
        if is_list:
            paragraph.paragraph_format.left_indent = Mm(50 if index else 30)
        if not index:
            paragraph.paragraph_format.space_before = Pt(10)
        _say(paragraph, text, DECREE.body)
    for text in paper.bases:
        _paragraph(document, text, italic=True)


def _paragraph(document: Document, text: str, side: ALIGN = ALIGN.JUSTIFY, **style: bool) -> None:
    paragraph = document.add_paragraph()
    _shape(paragraph, side, indent=side is ALIGN.JUSTIFY, after=DECREE.gap)
    _say(paragraph, text, DECREE.body, **style)


def _flow(document: Document, blocks: Iterable[Block], *, is_wide: bool) -> None:
    """Slot 6."""
    for block in blocks:
        if isinstance(block, Text):
            style = {"bold": block.bold, "italic": block.italic}
            _paragraph(document, block.text, _SIDES[block.align], **style)
        elif isinstance(block, Heading):
            _heading(document, block)
        elif isinstance(block, Items):
            for item in block.items:
                _paragraph(document, item)
        else:
            _table(document, block, is_wide=is_wide)


def _heading(document: Document, block: Heading) -> None:
    paragraph = document.add_paragraph(style=f"Heading {_LEVELS.index(block.level) + 2}")
    is_middle = block.level in ("chapter", "section")
    side = ALIGN.CENTER if is_middle else ALIGN.JUSTIFY
    _shape(paragraph, side, indent=not is_middle, after=DECREE.gap)
    _say(paragraph, block.text, DECREE.body, bold=True)


def _table(document: Document, block: Table, *, is_wide: bool) -> None:
    if block.caption:
        caption = document.add_paragraph()
        _shape(caption, ALIGN.CENTER, after=DECREE.gap)
        caption.paragraph_format.keep_with_next = True
        _say(caption, block.caption, DECREE.body, bold=True)
    whole, shares = DECREE.text_width(is_wide=is_wide), sum(block.widths)
    table = parts.grid(document, [whole * share / shares for share in block.widths])
    size = DECREE.table_size(len(block.widths), is_wide=is_wide)
    for row in block.head:
        parts.add_row(table, row, ["center"] * len(row), size=size, bold=True, head=True)
    for index, row in enumerate(block.rows):
        is_bold = index in block.bold_rows
        parts.add_row(table, row, block.align, size=size, bold=is_bold, head=False)
    _shape(document.add_paragraph())


def _signing(document: Document, paper: Slots) -> None:
    """Slots 7 and 9b: one signature beside the recipients, or several and the recipients below."""
    whole, several = DECREE.text_width(), len(paper.signatories)
    if several > 1:
        across = 3 if several > 6 else 2
        rows = -(-several // across)
        table = parts.plain_table(document, [whole / across] * across, rows=rows)
        cells = [cell for row in table.rows for cell in row.cells]
        for cell, one in zip(cells, paper.signatories, strict=False):
            _signature(cell, one, DECREE.parties)
    if paper.recipients or several == 1:
        table = parts.plain_table(document, [whole * 0.46, whole * 0.54], rows=1)
        left, right = table.rows[0].cells
        head, names = paper.recipients[:1], paper.recipients[1:]
        left.paragraphs[0].paragraph_format.space_before = Pt(12)
        _lines(left, head, DECREE.recipients_head, ALIGN.LEFT, bold=True, italic=True)
        _lines(left, names, DECREE.recipients, ALIGN.LEFT)
        if several == 1:
            _signature(right, paper.signatories[0], DECREE.signer)


def _signature(cell: _Cell, one: Signatory, size: float) -> None:
    _lines(cell, [one.party, *one.capacity], size, bold=True)
    cell.paragraphs[0].paragraph_format.space_before = Pt(12)
    for note in _lines(cell, [one.signed], DECREE.means, italic=True):
        note.paragraph_format.space_before = note.paragraph_format.space_after = Pt(8)
    for name in _lines(cell, [one.name], size, bold=True):
        if not one.signed:
            name.paragraph_format.space_before = Pt(25 * POINTS_PER_MM)


def _annex(document: Document, annex: Annex) -> None:
    section = document.add_section(WD_SECTION.NEW_PAGE)
    set_page(section, is_wide=annex.is_wide)
    section.different_first_page_header_footer = False
    for text in (annex.number, annex.title):
        if text:
            paragraph = document.add_paragraph(style="Heading 1")
            _shape(paragraph, ALIGN.CENTER)
            _say(paragraph, text, DECREE.annex, bold=True)
    if annex.note:
        paragraph = document.add_paragraph()
        _shape(paragraph, ALIGN.CENTER, after=8)
        _say(paragraph, annex.note, DECREE.body, italic=True)
    _flow(document, annex.body, is_wide=annex.is_wide)


def _mark(document: Document, paper: Slots, address: str) -> None:
    """Code and picture after everything else."""
    whole, picture = DECREE.text_width(), DECREE.qr_mm * POINTS_PER_MM + 12
    left, right = parts.plain_table(document, [picture, whole - picture], rows=1).rows[0].cells
    run = left.paragraphs[0].add_run()
    shape = run.add_picture(io.BytesIO(qr_png(address)), width=Mm(DECREE.qr_mm))
    shape._inline.docPr.set("descr", " ".join(paper.mark))
    _shape(left.paragraphs[0], ALIGN.LEFT)
    _lines(right, paper.mark, DECREE.mark, ALIGN.LEFT)
