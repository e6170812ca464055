"""The signing original (bản để ký số): a paper with its page for signatures, and empty fields.

All fields stand in it before the first signature, so that whoever signs only fills one; the same
facts give the same bytes, so everybody begins with the same file.
"""

import io
from collections.abc import Sequence
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import (
    SigFieldSpec,
    append_signature_field,
    ensure_sig_flags,
    enumerate_sig_fields,
)
from pyhanko.sign.signers.constants import ESIC_EXTENSION_1

from thidua.pades.increments import Increment
from thidua.typesetting.fonts import Fonts
from thidua.typesetting.official import Official
from thidua.typesetting.pdf import render_with_sheet
from thidua.typesetting.sheet import Party, Place

TOOLTIP = "Chữ ký số của {organization}"


def prepare(official: Official, parties: Sequence[Party], fonts: Fonts) -> bytes:
    """Return ``official`` as PDF/A-2a with its signature pages, and an empty field for each party.

    Raises `thidua.typesetting.pdf.Unprintable`, and ValueError where two fields have one name.
    """
    names = [one.field for one in parties]
    if len(set(names)) != len(names):
        raise ValueError("two signature fields of one name")
    pdf, places = render_with_sheet(official, parties, fonts)
    return with_fields(pdf, places, {one.field: one.organization for one in parties})


def with_fields(pdf: bytes, places: Sequence[Place], organizations: dict[str, str]) -> bytes:
    """Return ``pdf`` with an empty signature field at each of ``places``, tagged as a form."""
    writer = Increment(pdf)
    for place in places:
        spec = SigFieldSpec(
            place.field,
            on_page=place.page,
            box=(place.x0, place.y0, place.x1, place.y1),  # type: ignore[arg-type]
            readable_field_name=TOOLTIP.format(organization=organizations[place.field]),
        )
        append_signature_field(writer, spec)
    ensure_sig_flags(writer, lock_sig_flags=True)
    writer.register_extension(ESIC_EXTENSION_1)
    _tag(writer)
    return writer.written()


def _tag(writer: Increment) -> None:
    """Give each field its place in the structure: a Form that names its widget (PDF/UA)."""
    tree: Any = writer.root["/StructTreeRoot"]
    document_ref = _document(tree)
    document: Any = document_ref.get_object()
    following, kids = int(tree["/ParentTreeNextKey"]), document["/K"]
    numbers: Any = tree["/ParentTree"]["/Nums"]
    for field_ref in writer.root["/AcroForm"]["/Fields"]:
        field: Any = field_ref.get_object()
        form = _form(field_ref, field, document_ref)
        form_ref = writer.add_object(form)
        kids.append(form_ref)
        numbers.extend([generic.NumberObject(following), form_ref])
        field["/StructParent"] = generic.NumberObject(following)
        page: Any = field["/P"]
        page["/Tabs"] = pdf_name("/S")
        following += 1
    tree["/ParentTreeNextKey"] = generic.NumberObject(following)
    for changed in (tree, document, kids, numbers):
        writer.update_container(changed)


def _document(tree: Any) -> generic.IndirectObject:
    """Return the one element that all others stand in."""
    first = tree.raw_get("/K")
    found = first.raw_get(0) if isinstance(first, generic.ArrayObject) else first
    assert isinstance(found, generic.IndirectObject)  # noqa: S101  (Typst's own shape)
    return found


def _form(field_ref: Any, field: Any, parent: Any) -> generic.DictionaryObject:
    named = generic.DictionaryObject(
        {
            pdf_name("/Type"): pdf_name("/OBJR"),
            pdf_name("/Obj"): field_ref,
            pdf_name("/Pg"): field.raw_get("/P"),
        }
    )
    return generic.DictionaryObject(
        {
            pdf_name("/Type"): pdf_name("/StructElem"),
            pdf_name("/S"): pdf_name("/Form"),
            pdf_name("/P"): parent,
            pdf_name("/Alt"): field["/TU"],
            pdf_name("/K"): named,
        }
    )


def empty_fields(pdf: bytes) -> list[str]:
    """Return the names of the signature fields of ``pdf`` that nobody has filled yet."""
    reader = PdfFileReader(io.BytesIO(pdf))
    return [name for name, _v, _r in enumerate_sig_fields(reader, filled_status=False)]
