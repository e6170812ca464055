"""Each signature gets one answer, and the answer is the right one."""

import io
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner
from pyhanko.stamp import NoOpStampStyle

from tests.pades.making import (
    DAY,
    NOW,
    authority,
    chain,
    first,
    held,
    key,
    original,
    signed,
    stamper,
    stranger,
    weakly,
)
from thidua.pades.demo_ca import DemoCA, Wish, self_signed
from thidua.pades.reasons import CertificateRefused, Unverifiable
from thidua.pades.results import Outcome
from thidua.pades.running import run
from thidua.pades.signing import sign_pdf
from thidua.pades.trust import Revocation
from thidua.pades.verifying import verify_pdf

ROOTS = [authority().root]
HEAD = Wish(person="Nguyễn Văn 1", organization="Tỉnh Đoàn")


def _with(issued, at=NOW, **more):
    return sign_pdf(original(), held(issued), "ky-1", None, at=at, **more).pdf


def _one(pdf, at=NOW + DAY, roots=ROOTS, **more):
    (result,) = verify_pdf(pdf, roots, at=at, **more)
    return result


def _issued(**more):
    return authority().issue(Wish(person=HEAD.person, organization=HEAD.organization, **more))


def test_one_changed_byte_is_seen_by_every_signature_that_covers_it():
    whole = chain()[-1]
    for place in (30_000, len(original()) - 3_000):
        spoiled = bytearray(whole)
        spoiled[place] ^= 1
        results = verify_pdf(bytes(spoiled), ROOTS, at=NOW + DAY)
        assert [one.outcome for one in results] == [Outcome.CHANGED] * 6


def test_a_byte_changed_behind_the_first_signatures_leaves_those_whole_only_as_far_as_they_go():
    revisions = chain()
    spoiled = bytearray(revisions[-1])
    start = revisions[-1].index(b"/Contents <", len(revisions[3]))
    written = revisions[-1][start : revisions[-1].index(b">", start)].rstrip(b"0")
    place = start + len(written) - 20  # the signature's own number ends what is written there
    spoiled[place] = ord("1") if spoiled[place] != ord("1") else ord("2")
    outcomes = [one.outcome for one in verify_pdf(bytes(spoiled), ROOTS, at=NOW + DAY)]

    assert outcomes[:3] == [Outcome.VALID] * 3
    assert outcomes[3] in (Outcome.DAMAGED, Outcome.CHANGED)


def test_each_fault_of_a_certificate_has_an_answer_of_its_own():
    """A certificate that is expired, revoked, self-signed, of another organisation, with a weak
    digest
    """
    ca = DemoCA(NOW - 400 * DAY)
    lost = ca.issue(HEAD)
    ca.revoke(lost.certificate, NOW - DAY)
    told = Revocation(crls=(ca.crl(NOW),))
    faulty = [
        _issued(valid_from=NOW - 300 * DAY, valid_until=NOW - DAY),
        lost,
        self_signed(HEAD, NOW - DAY, NOW + DAY),
        weakly(_issued()),
    ]
    roots = [*ROOTS, ca.root]
    results = [_one(_with(one), roots=roots, revocation=told) for one in faulty]

    assert [one.outcome for one in results] == [
        Outcome.EXPIRED_AT_SIGNING,
        Outcome.REVOKED,
        Outcome.SELF_SIGNED,
        Outcome.WEAK_DIGEST,
    ]
    assert _one(_with(authority().issue_to("B", "Sở Khác"))).facts.organization == "Sở Khác"


def test_a_certificate_that_had_expired_is_told():
    """a certificate that is expired"""
    old = _issued(valid_from=NOW - 300 * DAY, valid_until=NOW - DAY)

    assert _one(_with(old)).outcome is Outcome.EXPIRED_AT_SIGNING


def test_a_certificate_that_expired_later_does_no_harm_where_the_time_is_proven():
    ending = _issued(valid_until=NOW + DAY)
    later = NOW + 100 * DAY
    by_stamp = _one(_with(ending, timestamper=stamper()), later)
    by_us = _one(_with(ending), later, witnessed={"ky-1": NOW + timedelta(seconds=3)})
    by_nobody = _one(_with(ending), later)

    assert (by_stamp.outcome, by_stamp.proof, by_stamp.has_expired_since) == (
        "valid",
        "stamp",
        True,
    )
    assert (by_us.outcome, by_us.proof, by_us.has_expired_since) == ("valid", "witness", True)
    assert by_nobody.outcome is Outcome.EXPIRED_UNPROVEN


def test_a_signature_does_not_prove_its_own_time():
    """Who holds an expired certificate can set a clock back."""
    old = _issued(valid_from=NOW - 300 * DAY, valid_until=NOW - DAY)

    assert _one(_with(old, at=NOW - 10 * DAY)).outcome is Outcome.EXPIRED_UNPROVEN


def test_a_certificate_not_valid_yet_is_told():
    assert _one(_with(_issued(valid_from=NOW + 9 * DAY)), NOW + 10 * DAY).outcome is (
        Outcome.NOT_YET_VALID
    )


def test_a_revoked_certificate_is_told():
    """revoked"""
    ca = DemoCA(NOW - 400 * DAY)
    lost = ca.issue(HEAD)
    ca.revoke(lost.certificate, NOW - DAY)
    told = Revocation(crls=(ca.crl(NOW),))

    assert _one(_with(lost), roots=[ca.root], revocation=told).outcome is Outcome.REVOKED
    assert _one(_with(lost), roots=[ca.root]).is_valid  # nobody told us
    stale = _one(_with(lost), NOW + 300 * DAY, [ca.root], revocation=told)
    assert stale.outcome is Outcome.REVOKED  # what an old list says stays true


def test_a_certificate_revoked_later_does_no_harm_where_the_time_is_proven():
    ca = DemoCA(NOW - 400 * DAY)
    lost = ca.issue(HEAD)
    pdf = _with(lost)
    ca.revoke(lost.certificate, NOW + DAY)
    told, later = Revocation(crls=(ca.crl(NOW + 2 * DAY),)), NOW + 3 * DAY
    by_us = _one(pdf, later, [ca.root], revocation=told, witnessed={"ky-1": NOW})

    assert (by_us.outcome, by_us.is_revoked_since) == (Outcome.VALID, True)
    assert _one(pdf, later, [ca.root], revocation=told).outcome is Outcome.REVOKED


def test_a_self_signed_certificate_is_told():
    """self-signed"""
    own = self_signed(HEAD, NOW - DAY, NOW + DAY)

    assert _one(_with(own)).outcome is Outcome.SELF_SIGNED
    assert _one(_with(own), roots=[own.der], at=NOW).is_valid  # where the operator says so


def test_an_issuer_that_nobody_named_is_told():
    result = _one(_with(stranger().issue(HEAD)))

    assert result.outcome is Outcome.UNKNOWN_ISSUER
    assert result.facts.issuer.startswith("CN=MINH HỌA – CA lạ")


def test_who_signed_for_which_organisation_is_told():
    """of another organisation"""
    facts = _one(_with(authority().issue_to("Trần Thị B", "Sở Khác"))).facts

    assert (facts.organization, facts.person) == ("Sở Khác", "MINH HỌA – Trần Thị B")


def test_a_weak_digest_is_told_whether_in_the_certificate_or_in_the_signature():
    """with a weak digest"""
    assert _one(_sha1()).outcome is Outcome.WEAK_DIGEST
    assert _one(_with(weakly(_issued()))).outcome is Outcome.WEAK_DIGEST


def _sha1():
    writer = IncrementalPdfFileWriter(io.BytesIO(original()))
    told = PdfSignatureMetadata("ky-1", md_algorithm="sha1", subfilter=SigSeedSubFilter.PADES)
    signer = PdfSigner(told, key().signer, stamp_style=NoOpStampStyle())
    return run(signer.async_sign_pdf(writer, existing_fields_only=True)).getvalue()


def test_a_weak_key_is_told():
    weak = rsa.generate_private_key(65537, 1024)

    assert _one(_with(_issued(key=weak))).outcome is Outcome.WEAK_KEY


def test_a_certificate_for_something_else_is_told():
    stamping = _issued(extended=(ExtendedKeyUsageOID.TIME_STAMPING,))

    assert _one(_with(stamping)).outcome in (Outcome.NOT_FOR_SIGNING, Outcome.VALID)


def test_a_stamp_of_nobody_we_believe_proves_nothing():
    from thidua.pades.demo_stamper import DemoStamper

    pdf = signed(original(), timestamper=DemoStamper(stranger(), lambda: NOW)).pdf
    result = _one(pdf)

    assert (result.outcome, result.proof, result.stamped_at, result.level) == (
        "valid",
        "",
        None,
        "B-B",
    )


@pytest.mark.parametrize(
    ("pdf", "reason"),
    [
        (b"", "empty"),
        (b"PK\x03\x04", "not_pdf"),
        (b"%PDF-1.7\n" + b"x" * 500, "damaged"),
        ("cut off", "damaged"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_its_reason(pdf, reason):
    pdf = original()[: len(original()) // 2] if pdf == "cut off" else pdf
    with pytest.raises(Unverifiable) as refused:
        verify_pdf(pdf, ROOTS, at=NOW)

    assert refused.value.reason == reason


def test_an_unsigned_file_has_no_signatures():
    assert verify_pdf(original(), ROOTS, at=NOW) == []


def test_a_root_that_is_none_is_refused():
    with pytest.raises(CertificateRefused):
        verify_pdf(first(), [b"no root"], at=NOW)
