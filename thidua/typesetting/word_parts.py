"""Pieces of a Word document that python-docx has no name for: fields, borders, rows."""

import io
import zipfile
from collections.abc import Sequence
from datetime import date
from typing import Any

from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Pt
from docx.table import Table
from docx.text.paragraph import Paragraph

FONT = "Times New Roman"
TWIPS = 20  # in a point
GUTTER = 11.3  # points, 4 mm as in the template
INSET = 3.5  # points beside the words of a cell, as in the template
_WATERMARK = (
    '<w:r {w} xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:o="urn:schemas-microsoft-com:office:office"><w:rPr><w:noProof/></w:rPr><w:pict>'
    '<v:shapetype id="_x0000_t136" coordsize="1600,21600" o:spt="136" adj="10800" '
    'path="m@7,0l@8,0m@5,21600l@6,21600e"><v:formulas><v:f eqn="sum #0 0 10800"/>'
    '<v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/>'
    '<v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/>'
    '<v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/></v:formulas>'
    '<v:path textpathok="t" o:connecttype="rect"/><v:textpath on="t" fitshape="t"/>'
    '</v:shapetype><v:shape id="Watermark" o:spid="_x0000_s2049" type="#_x0000_t136" '
    'style="position:absolute;width:400pt;height:90pt;rotation:315;z-index:-251658752;'
    "mso-position-horizontal:center;mso-position-horizontal-relative:margin;"
    'mso-position-vertical:center;mso-position-vertical-relative:margin" fillcolor="#e0e0e0" '
    'stroked="f"><v:textpath style="font-family:&quot;Times New Roman&quot;;font-weight:bold" '
    'string=""/></v:shape></w:pict></w:r>'
)


def page_number(paragraph: Paragraph, size: float) -> None:
    """Put the number of its page into ``paragraph``."""
    for kind, words in (("begin", ""), ("", "PAGE"), ("separate", ""), ("", "2"), ("end", "")):
        run = paragraph.add_run()
        run.font.size = Pt(size)
        if kind:
            mark = _element("w:fldChar", fldCharType=kind)
        else:
            mark = OxmlElement("w:instrText" if words == "PAGE" else "w:t")
            mark.text = words
        run._r.append(mark)


def watermark(paragraph: Paragraph, words: str) -> None:
    """Lay ``words`` light and aslant behind the pages whose header ``paragraph`` stands in."""
    run = parse_xml(_WATERMARK.format(w=nsdecls("w")))
    for element in run.iter("{urn:schemas-microsoft-com:vml}textpath"):
        if element.get("string") is not None:
            element.set("string", words)
    paragraph._p.append(run)


def rule(paragraph: Paragraph, length: float, room: float) -> None:
    """Let the empty ``paragraph`` be a line of ``length`` points, amid ``room`` points."""
    borders = OxmlElement("w:pBdr")
    borders.append(_element("w:bottom", val="single", sz="6", space="1", color="000000"))
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(borders, "w:spacing", "w:ind", "w:jc", "w:outlineLvl")
    side = Pt(max(0, (room - length) / 2))
    shape = paragraph.paragraph_format
    shape.left_indent = shape.right_indent = side
    shape.first_line_indent = shape.space_after = Pt(0)
    shape.line_spacing = Pt(2)


def plain_table(document: Document, widths: Sequence[float], rows: int) -> Table:
    """Add a table without borders; ``widths`` are points, with `GUTTER` between two columns."""
    table = document.add_table(rows=rows, cols=len(widths))
    _lay_out(table, widths, margin=0)
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Pt(width)
        for cell in row.cells[:-1]:
            gutter = OxmlElement("w:tcMar")
            gutter.append(_element("w:right", w=str(int(GUTTER * TWIPS)), type="dxa"))
            cell._tc.get_or_add_tcPr().append(gutter)
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    return table


def grid(document: Document, widths: Sequence[float]) -> Table:
    """Add a table with borders and no rows; ``widths`` are points."""
    table = document.add_table(rows=0, cols=len(widths))
    table.style = document.styles["Table Grid"]
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    _lay_out(table, widths, margin=INSET)
    return table


def _lay_out(table: Table, widths: Sequence[float], margin: float) -> None:
    """Let columns be as wide as told, with ``margin`` points left and right in each cell."""
    table.autofit = False
    margins, told = OxmlElement("w:tblCellMar"), str(int(margin * TWIPS))
    margins.extend([_element(f"w:{side}", w=told, type="dxa") for side in ("left", "right")])
    table._tbl.tblPr.insert_element_before(margins, "w:tblLook")
    for column, width in zip(table._tbl.tblGrid.gridCol_lst, widths, strict=True):
        column.set(qn("w:w"), str(int(width * TWIPS)))


def add_row(
    table: Table, texts: Sequence[str], align: Sequence[str], *, size: float, bold: bool, head: bool
) -> None:
    """Add a row of a `grid`; a ``head`` is repeated on every page."""
    row = OxmlElement("w:tr")
    if head:
        properties = OxmlElement("w:trPr")
        properties.append(OxmlElement("w:tblHeader"))
        row.append(properties)
    grid_columns = table._tbl.tblGrid.gridCol_lst
    for text, side, column in zip(texts, align, grid_columns, strict=True):
        row.append(_cell(text, side, column.get(qn("w:w")), size=size, bold=bold))
    table._tbl.append(row)


def _cell(text: str, side: str, width: str | None, *, size: float, bold: bool) -> BaseOxmlElement:
    cell = OxmlElement("w:tc")
    properties = OxmlElement("w:tcPr")
    properties.append(_element("w:tcW", w=width or "0", type="dxa"))
    inside: Any = OxmlElement("w:p")
    shape = inside.get_or_add_pPr()
    shape.append(_element("w:spacing", before="40", after="40", line="240", lineRule="auto"))
    shape.append(_element("w:ind", firstLine="0"))
    shape.append(_element("w:jc", val=side))
    run = Paragraph(inside, None).add_run(text)  # type: ignore[arg-type]
    run.bold = bold or None
    run.font.size = Pt(size)
    cell.extend([properties, inside])
    return cell


def _element(name: str, **attributes: str) -> BaseOxmlElement:
    element = OxmlElement(name)
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), value)
    return element


def packed(document: Document, day: date) -> bytes:
    """Return the file of ``document``: the same bytes for the same content, whenever it is made."""
    made = io.BytesIO()
    document.save(made)
    out = io.BytesIO()
    moment = (max(day.year, 1980), day.month, day.day, 0, 0, 0)
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, moment)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            new.writestr(entry, old.read(name))
    return out.getvalue()
