"""A certificate signs a PDF in one increment, at the level that can be reached."""

import io
from datetime import timedelta

import pikepdf
import pytest
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.timestamps import TimestampRequestError

from tests.pades.making import (
    DAY,
    NOW,
    authority,
    chain,
    first,
    hand,
    held,
    key,
    mark,
    original,
    rsa_key,
    seal,
    signed,
    stamper,
    stranger,
)
from thidua.pades.demo_stamper import DemoStamper
from thidua.pades.marks import Mark, as_ink, data_lines
from thidua.pades.originals import empty_fields
from thidua.pades.reasons import SigningFailed
from thidua.pades.running import run
from thidua.pades.signing import sign_pdf
from thidua.pades.trust import Revocation
from thidua.pades.verifying import verify_pdf
from thidua.typesetting.fonts import find_fonts

ROOTS = [authority().root]


class Down(DemoStamper):
    """A server that nobody reaches."""

    def request_tsa_response(self, req):
        raise OSError("connection refused")


class Refusing(DemoStamper):
    """A server that says no."""

    def request_tsa_response(self, req):
        raise TimestampRequestError("quota")


class Foreign(DemoStamper):
    """A server that stamps other bytes than it was given."""

    async def async_timestamp(self, message_digest, md_algorithm):
        return await super().async_timestamp(bytes(32), md_algorithm)


def _only(pdf, **more):
    (result,) = verify_pdf(pdf, ROOTS, at=NOW + DAY, **more)
    return result


def test_a_signature_is_one_increment_behind_our_bytes():
    done = signed(original())

    assert done.pdf.startswith(original())
    assert (done.level, done.remark) == ("B-B", "")
    revisions = [
        PdfFileReader(io.BytesIO(pdf)).xrefs.total_revisions for pdf in (original(), done.pdf)
    ]
    assert revisions[1] == revisions[0] + 1
    assert _only(done.pdf).is_valid
    assert "ky-1" not in empty_fields(done.pdf)


def test_rsa_and_ec_keys_sign_alike():
    pdf = original()
    one = held(authority().issue_to("Người ký RSA", "Tỉnh Đoàn", key=rsa_key()))
    result = _only(sign_pdf(pdf, one, "ky-1", None, at=NOW).pdf)

    assert result.is_valid
    assert result.facts.key == "RSA 2048"
    assert _only(signed(pdf).pdf).facts.key == "EC 256"


def test_six_sign_in_turn_and_every_earlier_signature_stays_valid():
    results = verify_pdf(chain()[-1], ROOTS, at=NOW + DAY)

    assert [one.field for one in results] == [f"ky-{n}" for n in range(1, 7)]
    assert all(one.is_valid for one in results)
    assert [one.covers_whole for one in results] == [False] * 5 + [True]
    assert [one.revision for one in results] == [1, 2, 3, 4, 5, 6]


def test_the_time_of_signing_is_the_one_given():
    assert _only(first()).signed_at == NOW


def test_version_metadata_and_the_mark_of_pdf_a_stay_as_they_were():
    """PAdES with an EC key would raise the version to 2.0, which PDF/A-2 does not know."""
    before, after = (pikepdf.open(io.BytesIO(pdf)) for pdf in (original(), chain()[-1]))
    with before, after:
        assert after.pdf_version == before.pdf_version == "1.7"
        assert "/Version" not in after.Root
        for pdf in (before, after):
            assert pdf.open_metadata().pdfa_status == "2A"
        assert after.Root.Metadata.read_bytes() == before.Root.Metadata.read_bytes()
        assert [*after.Root.Extensions.keys()] == ["/ESIC"]


def test_every_letter_of_a_mark_lies_in_the_file():
    with pikepdf.open(io.BytesIO(chain()[-1])) as pdf:
        fonts = [
            one
            for one in pdf.objects
            if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/FontDescriptor"
        ]
        assert fonts
        assert all({"/FontFile", "/FontFile2", "/FontFile3"} & set(one.keys()) for one in fonts)
        assert not [one for one in pdf.objects if "Courier" in repr(one)[:300]]


def test_the_data_lines_name_who_for_whom_and_when_and_no_number_of_a_person():
    facts = held(authority().issue_to("Nguyễn Văn A", "Tỉnh Đoàn", uid="CCCD:036099001234")).facts

    assert data_lines(facts, NOW) == (
        "Ký bởi: MINH HỌA – Nguyễn Văn A",
        "Cơ quan: Tỉnh Đoàn",
        "Thời gian ký: 05/02/2026 15:05:09 +07:00",
    )
    assert "036099001234" not in repr(facts)


def test_a_seal_lies_over_the_left_third_of_the_hand():
    pictures = Mark(
        data_lines(key().facts, NOW), find_fonts(), as_ink(hand(), "blue"), as_ink(seal(), "red")
    )
    done = sign_pdf(original(), key(), "ky-1", pictures, at=NOW)

    with pikepdf.open(io.BytesIO(done.pdf)) as pdf:
        field = next(one for one in pdf.Root.AcroForm.Fields if str(one.T) == "ky-1")
        drawn = {str(one.operands[0]): placed for one, placed in _placed(field.AP.N)}
        width = float(field.Rect[2]) - float(field.Rect[0])
        height = float(field.Rect[3]) - float(field.Rect[1])
    (hand_x, _, hand_wide), (seal_x, seal_y, seal_wide) = drawn["/Hand"], drawn["/Seal"]
    assert abs(hand_x + hand_wide / 2 - width / 2) < 1  # the hand in the middle
    assert abs((seal_x + seal_wide / 2) - (hand_x + hand_wide / 6)) < 1  # its left third
    assert seal_x >= 0
    assert seal_y >= height * 0.4  # above the lines
    assert _only(done.pdf).is_valid


def _placed(form):
    at = None
    for one in pikepdf.parse_content_stream(form):
        if str(one.operator) == "cm":
            a, _b, _c, _d, e, f = map(float, one.operands)
            at = (e, f, a)
        elif str(one.operator) == "Do":
            yield one, at


def test_a_stamp_from_a_server_gives_level_b_t():
    done = signed(original(), timestamper=stamper(NOW + timedelta(seconds=2)))
    result = _only(done.pdf)

    assert (done.level, done.remark) == ("B-T", "")
    assert (result.level, result.proof) == ("B-T", "stamp")
    assert result.stamped_at == NOW + timedelta(seconds=2)


def test_validation_data_in_the_same_increment_gives_level_b_lt():
    told = Revocation(crls=(authority().crl(NOW - DAY),), roots=(authority().root,))
    done = signed(original(), timestamper=stamper(), revocation=told)
    second = signed(done.pdf, 2, timestamper=stamper(), revocation=told)

    assert (done.level, done.remark, second.level) == ("B-LT", "", "B-LT")
    results = verify_pdf(second.pdf, ROOTS, at=NOW + DAY)
    assert [(one.outcome, one.level) for one in results] == [("valid", "B-LT")] * 2
    assert results[-1].covers_whole


def test_validation_data_of_others_is_left_out_and_said_so():
    told = Revocation(crls=(stranger().crl(NOW - DAY),), roots=(stranger().root,))
    done = signed(original(), timestamper=stamper(), revocation=told)

    assert (done.level, done.remark) == ("B-T", "no_validation_data")
    assert _only(done.pdf).is_valid


def test_a_stamping_server_that_is_down_leaves_a_plain_signature_and_says_so():
    """a time-stamping server that is down (B-B, and says so)"""
    done = signed(original(), timestamper=Down(authority(), lambda: NOW))

    assert (done.level, done.remark) == ("B-B", "stamp_down")
    assert _only(done.pdf).is_valid


def test_no_server_keeps_a_signature_from_being_made():
    """A time-stamping server that is down (B-B, and says so) or lies about the time"""
    servers = (Down(authority(), lambda: NOW), stamper(NOW + DAY))
    told = [signed(original(), timestamper=one) for one in servers]

    assert [one.level for one in told] == ["B-B", "B-B"]
    assert [one.remark for one in told] == ["stamp_down", "stamp_lying"]


@pytest.mark.parametrize("minutes", [-60, 6, 60 * 24 * 365])
def test_a_stamping_server_that_lies_about_the_time_is_not_believed(minutes):
    """or lies about the time"""
    done = signed(original(), timestamper=stamper(NOW + timedelta(minutes=minutes)))

    assert (done.level, done.remark) == ("B-B", "stamp_lying")
    assert _only(done.pdf).stamped_at is None


@pytest.mark.parametrize(
    ("server", "remark"), [(Refusing, "stamp_refused"), (Foreign, "stamp_damaged")]
)
def test_a_stamping_server_that_refuses_or_stamps_other_bytes_is_told_apart(server, remark):
    done = signed(original(), timestamper=server(authority(), lambda: NOW))

    assert (done.level, done.remark) == ("B-B", remark)


def test_a_field_is_filled_once_and_must_be_there():
    with pytest.raises(SigningFailed) as taken:
        signed(first())
    with pytest.raises(SigningFailed) as absent:
        sign_pdf(original(), key(), "ky-99", None, at=NOW)

    assert (taken.value.reason, absent.value.reason) == ("field_taken", "no_field")


@pytest.mark.parametrize("pdf", [b"", b"%PDF-1.7\nnothing", "cut off"])
def test_what_is_no_pdf_is_not_signed(pdf):
    pdf = original()[:5000] if pdf == "cut off" else pdf
    with pytest.raises(SigningFailed) as refused:
        sign_pdf(pdf, key(), "ky-1", None, at=NOW)

    assert refused.value.reason == "damaged"


def test_signing_works_where_a_loop_runs_already():
    async def inside():
        return signed(original())

    assert run(inside()).level == "B-B"


def test_long_names_are_set_smaller_rather_than_over_the_edge():
    lines = ("Ký bởi: " + "Nguyễn Hoàng Bảo Trâm " * 12, "Cơ quan: " + "x" * 300)
    done = sign_pdf(original(), key(), "ky-1", Mark(lines, find_fonts()), at=NOW)

    assert _only(done.pdf).is_valid
    assert mark(key()).lines[0].startswith("Ký bởi")
