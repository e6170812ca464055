"""The signing original: the paper, a page for signatures, an empty field for each signer."""

import io

import pikepdf
import pytest
from pypdfium2 import PdfDocument

from tests.pades.making import original, parties
from tests.typesetting.samples import UNITS, covenant
from thidua.pades.originals import empty_fields, prepare
from thidua.typesetting.fonts import find_fonts
from thidua.typesetting.pdf import Unprintable, render_pdf, render_with_sheet
from thidua.typesetting.sheet import HEAD, NOTE, Party


def _text(pdf, page):
    with PdfDocument(pdf) as document:
        return " ".join(document[page].get_textpage().get_text_bounded().split())


def test_the_same_facts_give_the_same_bytes():
    assert prepare(covenant(4), parties(), find_fonts()) == original()


def test_each_party_has_an_empty_field_in_a_box_of_its_own():
    assert empty_fields(original()) == [f"ky-{n}" for n in range(1, 7)]
    pdf, places = render_with_sheet(covenant(4), parties(), find_fonts())
    with PdfDocument(pdf) as document:
        last = len(document) - 1
        width, height = document[last].get_size()
    assert {place.page for place in places} == {last}
    for n, one in enumerate(places):
        assert 0 < one.x0 < one.x1 < width
        assert 0 < one.y0 < one.y1 < height
        assert all(
            one.x1 <= other.x0 or other.x1 <= one.x0 or one.y1 <= other.y0 or other.y1 <= one.y0
            for other in places[n + 1 :]
        )


def test_the_page_tells_who_is_to_sign_in_which_capacity():
    pdf, places = render_with_sheet(covenant(4), parties(), find_fonts())
    text = _text(pdf, places[0].page)

    assert HEAD in text
    assert NOTE in text
    for n, unit in enumerate(UNITS, 1):
        assert unit in text
        assert f"Nguyễn Văn {n}" in text
    assert text.count("TM. BAN THƯỜNG VỤ") == 6


def test_nothing_stands_where_the_marks_will_be():
    pdf, places = render_with_sheet(covenant(4), parties(), find_fonts())
    with PdfDocument(pdf) as document:
        for one in places:
            within = document[one.page].get_textpage()
            assert not within.get_text_bounded(one.x0, one.y0, one.x1, one.y1).strip()


def test_the_paper_before_it_is_set_as_without_it():
    plain = render_pdf(covenant(4), find_fonts())
    with PdfDocument(plain) as bare, PdfDocument(original()) as whole:
        assert len(whole) == len(bare) + 1
        for n in range(len(bare)):
            texts = [d[n].get_textpage().get_text_bounded() for d in (bare, whole)]
            assert texts[0] == texts[1]


@pytest.mark.parametrize("members", [1, 25])
def test_many_run_on_to_further_pages(members):
    """More than a page holds; and one alone."""
    units = [f"{(UNITS * 5)[n]} Ninh Bình {n + 1}" for n in range(members)]
    pdf, places = render_with_sheet(covenant(4), parties(units), find_fonts())

    assert len(places) == members
    assert [place.field for place in places] == [f"ky-{n}" for n in range(1, members + 1)]
    text = " ".join(_text(pdf, n) for n in sorted({place.page for place in places}))
    assert all(unit in text for unit in units)
    assert len({place.page for place in places}) == (1 if members == 1 else 5)


def test_long_names_and_odd_letters_break_nothing():
    odd = Party(
        "ky-1", "Hội " + "x" * 300, ("KT. CHỦ TỊCH\n", "*PHÓ* #strong[CHỦ TỊCH]"), "Ễ 🎉 漢"
    )
    pdf, (place,) = render_with_sheet(covenant(4), [odd], find_fonts())

    assert "*PHÓ* #strong[CHỦ TỊCH]" in _text(pdf, place.page)
    assert "Ễ □ □" in _text(pdf, place.page)


def test_pdf_a_its_tags_and_embedded_letters_stay():
    with pikepdf.open(io.BytesIO(original())) as pdf:
        assert pdf.open_metadata().pdfa_status == "2A"
        assert pdf.pdf_version == "1.7"
        assert pdf.Root.MarkInfo.Marked
        forms = [one for one in pdf.objects if _is(one, "/StructElem") and one.S == "/Form"]
        assert [str(one.Alt) for one in forms] == [f"Chữ ký số của {unit}" for unit in UNITS]
        nums = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
        told = dict(zip(map(int, nums[::2]), nums[1::2], strict=True))
        for field in pdf.Root.AcroForm.Fields:
            assert told[int(field.StructParent)].K.Obj.T == field.T
            assert "/AP" in field  # PDF/A asks it of every field that is seen
            assert int(field.F) & 4  # printed
        fonts = [one for one in pdf.objects if _is(one, "/FontDescriptor")]
        assert all({"/FontFile2", "/FontFile3"} & set(one.keys()) for one in fonts)


def _is(one, kind):
    return isinstance(one, pikepdf.Dictionary) and one.get("/Type") == kind


def test_two_fields_of_one_name_and_a_sheet_of_nobody_are_refused():
    with pytest.raises(ValueError, match="one name"):
        prepare(covenant(4), [*parties(), *parties()], find_fonts())
    with pytest.raises(Unprintable):
        prepare(covenant(4), [], find_fonts())
