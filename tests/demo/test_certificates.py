"""The covenant of Nam Định is a PDF/A with six certificate signatures, each marked as invented."""

import shutil
import subprocess
from io import BytesIO

import pytest

from tests.certificates import bytes_of
from thidua.covenants.models import Covenant
from thidua.documents.certified import found_in
from thidua.documents.models import CertificateProof, Signature, TrustRoot
from thidua.documents.proving import proven_of, with_proofs
from thidua.documents.signed_pdfs import signed_pdf_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]
CHANGED = 900  # a byte of the text, which every signature covers


@pytest.fixture
def covenant():
    return Covenant.objects.get(cycle__year=2023, cycle__bloc__place="Nam Định")


@pytest.fixture
def pdf(covenant):
    return bytes_of(signed_pdf_of(covenant.version))


def pdfsig(path):
    program = shutil.which("pdfsig")
    if program is None:
        pytest.skip("Poppler's pdfsig is not installed (apt install poppler-utils)")
    done = subprocess.run(
        [program, "-nocert", str(path)], capture_output=True, text=True, check=False
    )
    return done.stdout


def test_six_signatures_in_turn_that_all_hold_and_say_that_they_are_invented(covenant, pdf):
    signatures = with_proofs(covenant.version.signatures.all())

    assert len(signatures) == 6
    assert {one.method for one in signatures} == {Signature.Method.UPLOAD}
    assert {one.certified.manner for one in signatures} == {CertificateProof.Manner.IN_TURN}
    for one in signatures:
        proven = proven_of(one)
        assert proven.holds
        assert "không có giá trị pháp lý" in proven.sentence
        assert "MINH HỌA" in one.certified.subject
    assert TrustRoot.objects.get().is_illustration
    assert b"<pdfaid:part>2</pdfaid:part>" in pdf


def test_poppler_finds_six_valid_and_the_whole_document_covered_by_the_last(pdf, tmp_path):
    (tmp_path / "a.pdf").write_bytes(pdf)

    said = pdfsig(tmp_path / "a.pdf")

    assert said.count("Signature is Valid.") == 6
    assert said.rindex("Total document signed") > said.rindex("Not total document signed")


def test_one_changed_byte_is_reported_by_poppler_and_by_us(pdf, tmp_path):
    changed = bytearray(pdf)
    changed[CHANGED] ^= 1
    (tmp_path / "a.pdf").write_bytes(changed)

    assert "Signature is Valid." not in pdfsig(tmp_path / "a.pdf")
    found = found_in(BytesIO(bytes(changed)))
    assert len(found) == 6
    assert not any(one.holds for one in found)
    assert all("đã bị thay đổi" in one.sentence for one in found)
