"""A key is opened once and kept, or refused with its reason."""

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, pkcs12

from tests.pades.making import PASSPHRASE, authority
from thidua.pades.certificates import (
    HIDDEN,
    facts_in_pkcs12,
    read_certificate,
    without_numbers,
)
from thidua.pades.demo_ca import ILLUSTRATION, Wish
from thidua.pades.keys import forget, open_pkcs12
from thidua.pades.reasons import CertificateRefused, KeyRefused

HEAD = authority().issue_to("Nguyễn Văn A", "Hội Nông dân tỉnh", title="Chủ tịch")


def _reason(data, passphrase=PASSPHRASE):
    with pytest.raises(KeyRefused) as refused:
        open_pkcs12(data, passphrase)
    assert PASSPHRASE not in str(refused.value)
    return refused.value.reason


def _file(key, certificate, others=()):
    made = None if certificate is None else certificate.certificate
    return pkcs12.serialize_key_and_certificates(b"x", key, made, list(others), NoEncryption())


def test_a_wrong_password_is_told_from_a_file_that_is_no_key():
    """a PKCS#12 with a wrong password"""
    data = HEAD.pkcs12(PASSPHRASE)

    assert _reason(data, "sai") == "wrong_passphrase"
    assert _reason(data, "") == "wrong_passphrase"
    assert _reason(b"") == "not_a_key"
    assert _reason(b"%PDF-1.7") == "not_a_key"
    assert _reason(data[:-40]) == "not_a_key"
    assert _reason(HEAD.der) == "not_a_key"


def test_a_file_without_key_or_certificate_or_with_anothers_is_refused():
    other = authority().issue(Wish(person="B"))

    assert _reason(_file(None, HEAD), "") == "no_key"
    assert _reason(_file(HEAD.key, None), "") == "no_certificate"
    mixed = pkcs12.serialize_key_and_certificates(
        b"x", None, HEAD.certificate, [other.certificate], NoEncryption()
    )
    assert _reason(mixed, "") == "no_key"


def test_a_kind_of_key_that_offices_do_not_use_is_refused():
    assert _reason(_ed25519(), "") == "unsupported"


def _ed25519():
    issued = authority().issue(Wish(person="C", key=ed25519.Ed25519PrivateKey.generate()))
    return _file(issued.key, issued)


def test_a_key_is_loaded_once_until_it_is_let_go():
    data = HEAD.pkcs12(PASSPHRASE)
    first = open_pkcs12(data, PASSPHRASE)

    assert open_pkcs12(data, PASSPHRASE) is first
    assert _reason(data, "sai") == "wrong_passphrase"  # what is kept opens by its own passphrase
    forget(lambda held: held is first)
    assert open_pkcs12(data, PASSPHRASE) is not first


def test_a_held_key_tells_neither_key_nor_passphrase():
    assert "signer" not in repr(open_pkcs12(HEAD.pkcs12(PASSPHRASE), PASSPHRASE))
    assert "key" not in repr(HEAD).replace("KeyUsage", "")


def test_what_a_certificate_says_is_the_same_from_every_form():
    pem = HEAD.certificate.public_bytes(Encoding.PEM)
    facts = read_certificate(HEAD.der)

    assert read_certificate(pem) == facts == facts_in_pkcs12(HEAD.pkcs12(PASSPHRASE), PASSPHRASE)
    assert (facts.person, facts.organization) == ("MINH HỌA – Nguyễn Văn A", "Hội Nông dân tỉnh")
    assert facts.subject == (
        f"CN=MINH HỌA – Nguyễn Văn A, T=Chủ tịch, OU={ILLUSTRATION}, O=Hội Nông dân tỉnh, C=VN"
    )
    assert (facts.key, facts.digest, facts.weakness) == ("EC 256", "sha256", "")
    assert not facts.is_self_signed
    assert len(facts.fingerprint) == 64


def test_a_root_says_that_it_vouches_for_itself():
    facts = read_certificate(authority().root)

    assert facts.is_self_signed
    assert facts.subject.startswith(f"CN={ILLUSTRATION}")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("CÔNG TY A MST:0101234567", f"CÔNG TY A {HIDDEN}"),
        ("NGUYỄN VĂN A 036099001234", f"NGUYỄN VĂN A {HIDDEN}"),
        ("CCCD: 036 099 001 234", HIDDEN),
        ("MST: 0101234567-001", HIDDEN),
        ("Khối thi đua số 7 năm 2026", "Khối thi đua số 7 năm 2026"),
        ("Trường THCS 19-5", "Trường THCS 19-5"),
    ],
)
def test_numbers_of_persons_and_taxpayers_are_not_shown(written, read):
    assert without_numbers(written) == read


def test_parts_of_a_name_that_hold_such_numbers_are_left_out():
    issued = authority().issue(Wish(person="A 036099001234", uid="MST:0101234567"))
    facts = read_certificate(issued.der)

    assert "0101234567" not in repr(facts)
    assert "036099001234" not in repr(facts)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"x" * 99, "damaged"),
        (HEAD.der[:-9], "damaged"),
        (b"-----BEGIN X-----\nAAAA\n-----END X-----\n", "not_a_certificate"),
    ],
)
def test_what_is_no_certificate_is_refused_with_its_reason(data, reason):
    with pytest.raises(CertificateRefused) as refused:
        read_certificate(data)

    assert refused.value.reason == reason


def test_a_held_key_of_another_curve_is_taken_too():
    issued = authority().issue(Wish(person="D", key=ec.generate_private_key(ec.SECP384R1())))

    assert open_pkcs12(issued.pkcs12(""), "").facts.key == "EC 384"
