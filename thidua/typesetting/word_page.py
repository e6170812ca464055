"""Page, styles and properties of a paper's Word document."""

from datetime import UTC, datetime
from typing import Any

from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Mm, Pt

from thidua.typesetting import word_parts as parts
from thidua.typesetting.measures import DECREE
from thidua.typesetting.official import Official
from thidua.typesetting.pdf import UNDATED
from thidua.typesetting.slots import Slots


def prepare(document: Document, official: Official, paper: Slots) -> None:
    """Set page, letters, language, page numbers, and what the file says of itself."""
    body = document.element.body
    for child in list(body):
        if child.tag != qn("w:sectPr"):
            body.remove(child)
    _styles(document, official.language)
    first = document.sections[0]
    set_page(first, is_wide=False)
    first.different_first_page_header_footer = True
    number = first.header.paragraphs[0]
    number.alignment = ALIGN.CENTER
    parts.page_number(number, DECREE.page_number)
    if official.watermark:
        for paragraph in (number, first.first_page_header.paragraphs[0]):
            parts.watermark(paragraph, official.watermark)
    day = official.dated or UNDATED
    moment = datetime(day.year, day.month, day.day, tzinfo=UTC).replace(tzinfo=None)
    about = document.core_properties
    about.title, about.author = paper.document_title[:250], " ".join(paper.body)[:250]
    about.language, about.comments, about.keywords = official.language, "", ""
    about.last_modified_by, about.revision = about.author, 1
    about.created = about.modified = moment


def _styles(document: Document, language: str) -> None:
    """Let every style be the decree's letters in black."""
    for name in ("Normal", *(f"Heading {depth}" for depth in range(1, 7))):
        style: Any = document.styles[name]
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        fonts.attrib.clear()
        for script in ("ascii", "hAnsi", "cs", "eastAsia"):
            fonts.set(qn(f"w:{script}"), parts.FONT)
        style.font.size = Pt(DECREE.body)
        style.font.color.rgb = None
        for color in style.element.rPr.findall(qn("w:color")):
            style.element.rPr.remove(color)
        style.font.bold, style.font.italic = name != "Normal", False
        style.paragraph_format.space_before = Pt(0)
        style.paragraph_format.space_after = Pt(DECREE.gap)
        style.paragraph_format.line_spacing = DECREE.leading / 1.15
    for mark in document.styles.element.iter(qn("w:lang")):
        mark.set(qn("w:val"), f"{language}-VN" if language == "vi" else language)


def set_page(section: Section, *, is_wide: bool) -> None:
    """Let a section's paper have the decree's size and margins."""
    width, height = Mm(DECREE.width_mm), Mm(DECREE.height_mm)
    section.orientation = WD_ORIENT.LANDSCAPE if is_wide else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (height, width) if is_wide else (width, height)
    section.top_margin, section.bottom_margin = Mm(DECREE.top_mm), Mm(DECREE.bottom_mm)
    section.left_margin, section.right_margin = Mm(DECREE.left_mm), Mm(DECREE.right_mm)
    section.header_distance = section.footer_distance = Mm(10)
