"""What offices' tools, and those who mean harm, do to a PDF."""

import functools
import io

import pikepdf
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner
from pyhanko.stamp import NoOpStampStyle

from tests.pades.making import key
from thidua.pades.running import run

BLANK = (89.0, 60.0, 300.0, 110.0)  # at the foot of the last page, where nothing stands
OVER_TEXT = (100.0, 400.0, 400.0, 700.0)


@functools.cache
def resaved(pdf):
    """Return ``pdf`` written anew by another program."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        opened.save(out)
    return out.getvalue()


def behind(pdf, change):
    """Return ``pdf`` with what ``change`` does to a writer written behind it."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@functools.cache
def page_added(pdf):
    """Return ``pdf`` with a page more, as an increment."""

    def change(writer):
        page = writer.root["/Pages"]["/Kids"][0]
        copy = generic.DictionaryObject({k: v for k, v in page.items() if k != "/Annots"})
        pages = writer.root["/Pages"]
        pages["/Kids"].append(writer.add_object(copy))
        pages["/Count"] = generic.NumberObject(int(pages["/Count"]) + 1)
        writer.update_container(pages)
        writer.update_container(pages["/Kids"])

    return behind(pdf, change)


@functools.cache
def annotated(pdf):
    """Return ``pdf`` with words of somebody's over its text."""

    def change(writer):
        page, _ = writer.find_page_for_modification(0)
        note = {
            "/Type": pdf_name("/Annot"),
            "/Subtype": pdf_name("/FreeText"),
            "/Contents": generic.TextStringObject("10.000 hội viên"),
            "/Rect": _rect(OVER_TEXT),
        }
        writer.register_annotation(page, writer.add_object(_dictionary(note)))

    return behind(pdf, change)


@functools.cache
def form_added(pdf):
    """Return ``pdf`` with a field that somebody may write into."""

    def change(writer):
        page, _ = writer.find_page_for_modification(0)
        field = {
            "/Type": pdf_name("/Annot"),
            "/Subtype": pdf_name("/Widget"),
            "/FT": pdf_name("/Tx"),
            "/T": generic.TextStringObject("chi-tieu"),
            "/V": generic.TextStringObject("10.000"),
            "/Rect": _rect(OVER_TEXT),
        }
        reference = writer.add_object(_dictionary(field))
        writer.register_annotation(page, reference)
        fields = writer.root["/AcroForm"]["/Fields"]
        fields.append(reference)
        writer.update_container(fields)

    return behind(pdf, change)


@functools.cache
def moved(pdf):
    """Return ``pdf`` whose first signature field lies elsewhere."""

    def change(writer):
        field = writer.root["/AcroForm"]["/Fields"][0]
        field["/Rect"] = _rect(OVER_TEXT)
        writer.update_container(field)

    return behind(pdf, change)


@functools.cache
def words_changed(pdf):
    """Return ``pdf`` whose first page is drawn otherwise."""

    def change(writer):
        page, _ = writer.find_page_for_modification(0)
        page.get_object()["/Contents"] = writer.add_object(generic.StreamObject(stream_data=b"q Q"))
        writer.mark_update(page.reference)

    return behind(pdf, change)


def signed_by_a_tool(pdf, box, *, page=-1, name="Signature1", n=1):
    """Return ``pdf`` signed in a field that the tool makes itself, by pyHanko as it comes."""
    signer = PdfSigner(
        PdfSignatureMetadata(name, subfilter=SigSeedSubFilter.ADOBE_PKCS7_DETACHED),
        key(n).signer,
        stamp_style=NoOpStampStyle(),
        new_field_spec=SigFieldSpec(name, on_page=page, box=box),
    )
    return run(signer.async_sign_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf)))).getvalue()


def _dictionary(given):
    return generic.DictionaryObject({pdf_name(name): value for name, value in given.items()})


def _rect(box):
    return generic.ArrayObject([generic.FloatObject(number) for number in box])
