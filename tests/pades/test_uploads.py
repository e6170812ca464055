"""A signed file is taken if it is our bytes and one signature; else it is refused with a reason."""

import functools
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tests.pades.making import (
    DAY,
    FROZEN,
    NOW,
    authority,
    chain,
    first,
    held,
    original,
    parties,
    signed,
    stranger,
)
from tests.pades.tampering import (
    BLANK,
    OVER_TEXT,
    annotated,
    form_added,
    moved,
    page_added,
    resaved,
    signed_by_a_tool,
    words_changed,
)
from tests.typesetting.samples import MARK, covenant
from thidua.pades.originals import prepare
from thidua.pades.reasons import UploadRefused
from thidua.pades.results import Outcome
from thidua.pades.signing import sign_pdf
from thidua.pades.uploads import Terms, inspect, refuse_other_bytes
from thidua.typesetting.fonts import find_fonts

REAL = datetime.now(UTC)  # tools that are not ours sign with their own clock
TERMS = Terms(FROZEN, NOW + DAY, (authority().root,))
BY_TOOLS = Terms(FROZEN, max(REAL, NOW) + DAY, (authority().root,))


@functools.cache
def _reason(uploaded, ours=None, terms=BY_TOOLS):
    with pytest.raises(UploadRefused) as refused:
        inspect(ours or original(), uploaded, terms)
    return refused.value.reason


def test_ours_with_one_new_signature_is_taken():
    new = inspect(original(), first(), TERMS)

    assert (new.field, new.is_in_our_field, new.result.outcome) == ("ky-1", True, "valid")
    assert new.result.facts.organization == "Liên đoàn Lao động tỉnh"


def test_the_next_in_turn_signs_the_latest_revision():
    new = inspect(chain()[3], chain()[4], TERMS)

    assert (new.field, new.result.revision) == ("ky-4", 4)


def test_a_field_that_the_offices_tool_made_is_taken_where_nothing_stands():
    for box, page in ((None, 0), (BLANK, -1), ((0, 0, 0, 0), 0)):
        new = inspect(original(), signed_by_a_tool(original(), box, page=page), BY_TOOLS)
        assert (new.field, new.is_in_our_field, new.result.outcome) == (
            "Signature1",
            False,
            "valid",
        )


def test_a_picture_over_the_text_or_over_anothers_place_is_refused():
    over_a_place = parties() and (100.0, 600.0, 250.0, 640.0)

    assert _reason(signed_by_a_tool(original(), OVER_TEXT, page=0)) == "over_text"
    assert _reason(signed_by_a_tool(original(), over_a_place)) == "over_text"


def test_a_watermark_takes_up_no_room():
    marked = prepare(replace(covenant(4), watermark="MINH HỌA"), parties(), find_fonts())
    blank = (250.0, 100.0, 350.0, 130.0)  # the watermark's own box reaches there
    new = inspect(marked, signed_by_a_tool(marked, blank, n=1), BY_TOOLS)

    assert new.result.is_valid
    assert _reason(signed_by_a_tool(marked, OVER_TEXT, page=0), marked) == "over_text"


def test_a_field_of_ours_that_was_moved_over_the_text_is_refused():
    assert _reason(signed(moved(original())).pdf) in ("other_change", "form_filled")


def test_a_pdf_of_another_covenant_is_refused():
    """A PDF of another covenant"""
    other = replace(covenant(4), title="Năm 2025", mark=replace(MARK, code="ZZZZZ-22222"))
    theirs = prepare(other, parties(), find_fonts())

    assert _reason(signed(theirs).pdf) == "other_paper"
    assert _reason(theirs) == "other_paper"


def test_each_thing_that_is_done_to_a_signed_file_is_told_by_its_name():
    """Ours with one byte changed, re-saved, with an added page, with an annotation over the text,
    with a form field after signing
    """
    pdf = first()
    byte = pdf[:20_000] + bytes([pdf[20_000] ^ 1]) + pdf[20_001:]

    told = [_reason(one) for one in (byte, resaved(pdf), page_added(pdf), annotated(pdf))]
    assert told == ["bytes_changed", "resaved", "page_added", "annotated"]
    assert _reason(form_added(pdf)) == "form_filled"


def test_ours_with_one_byte_changed_is_refused():
    """ours with one byte changed"""
    spoiled = bytearray(first())
    spoiled[20_000] ^= 1

    assert _reason(bytes(spoiled)) == "bytes_changed"


def test_ours_written_anew_by_a_program_is_refused():
    """re-saved"""
    assert _reason(resaved(original())) == "resaved"
    assert _reason(resaved(first())) == "resaved"


@pytest.mark.parametrize("is_signed_first", [True, False])
def test_an_added_page_is_refused_whether_before_the_signature_or_after(is_signed_first):
    """with an added page"""
    pdf = page_added(first()) if is_signed_first else signed(page_added(original())).pdf

    assert _reason(pdf) == "page_added"
    assert _reason(page_added(original())) == "page_added"


@pytest.mark.parametrize("is_signed_first", [True, False])
def test_an_annotation_over_the_text_is_refused(is_signed_first):
    """with an annotation over the text"""
    pdf = annotated(first()) if is_signed_first else signed(annotated(original())).pdf

    assert _reason(pdf) == "annotated"


@pytest.mark.parametrize("is_signed_first", [True, False])
def test_a_form_field_is_refused(is_signed_first):
    """with a form field after signing"""
    pdf = form_added(first()) if is_signed_first else signed(form_added(original())).pdf

    assert _reason(pdf) == "form_filled"


def test_a_page_drawn_otherwise_is_refused():
    assert _reason(signed(words_changed(original())).pdf) == "other_change"
    assert _reason(words_changed(first())) == "other_change"


def test_no_new_signature_is_told():
    assert _reason(original()) == "not_signed"
    assert _reason(chain()[2], chain()[2]) == "not_signed"


def test_several_new_signatures_at_once_are_refused():
    assert _reason(chain()[2]) == "several"


def test_a_file_fetched_before_others_signed_is_told():
    late = signed(chain()[1], 3).pdf
    with pytest.raises(UploadRefused) as refused:
        refuse_other_bytes(chain()[2], late, earlier=chain()[:2])

    assert refused.value.reason == "older_revision"


@pytest.mark.parametrize(
    ("uploaded", "reason"),
    [(b"", "empty"), (b"PK\x03\x04...", "not_pdf"), ("cut off", "damaged")],
)
def test_what_is_no_pdf_or_cut_off_is_refused(uploaded, reason):
    assert _reason(original()[:50_000] if uploaded == "cut off" else uploaded) == reason


def test_rubbish_behind_our_bytes_is_refused():
    assert _reason(original() + b"\n%%EOF rubbish") in ("damaged", "not_signed")
    assert _reason(original() + b"x" * 9000) == "damaged"


def test_a_signature_made_before_freezing_is_refused():
    """a signature made before freezing"""
    early = signed(original(), at=FROZEN - timedelta(hours=1)).pdf
    nearly = signed(original(), at=FROZEN - timedelta(minutes=3)).pdf

    assert _reason(early, terms=TERMS) == "too_early"
    assert inspect(original(), nearly, TERMS).result.is_valid  # clocks differ a little


def test_a_signature_from_the_future_is_refused():
    assert _reason(signed(original(), at=NOW + 2 * DAY).pdf, terms=TERMS) == "too_late"


def test_what_is_wrong_with_the_certificate_is_told_beside_the_signature():
    """Whoever asked refuses it, with the words of its answer."""
    foreign = held(stranger().issue_to("Ai đó", "Ở đâu đó"))
    pdf = sign_pdf(original(), foreign, "ky-1", None, at=NOW).pdf

    assert inspect(original(), pdf, TERMS).result.outcome is Outcome.UNKNOWN_ISSUER


def test_a_signature_whose_own_bytes_were_changed_is_refused():
    spoiled = bytearray(first())
    start = spoiled.index(b"/Contents <", len(original()))
    end = len(bytes(spoiled[start : spoiled.index(b">", start)]).rstrip(b"0"))
    spoiled[start + end - 20] ^= 1

    assert _reason(bytes(spoiled)) in ("bad_signature", "damaged")
