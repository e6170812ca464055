"""What a certificate says, as far as people may read it: no numbers of persons or taxpayers."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from asn1crypto import pem, x509
from cryptography.hazmat.primitives.serialization import Encoding, pkcs12

from thidua.pades.reasons import CertificateRefused

# What a name shows, in this order. UID (MST, CCCD), serialNumber, e-mail and the like are left out.
SHOWN = {
    "common_name": "CN",
    "title": "T",
    "organizational_unit_name": "OU",
    "organization_name": "O",
    "locality_name": "L",
    "state_or_province_name": "ST",
    "country_name": "C",
}
# Some authorities put the number of the person or taxpayer into a name itself.
_NUMBER = re.compile(
    r"((MST|CCCD|CMND|CMT|MNS|HC|GUID)\s*[:\-]?\s*)?\d[\d.\s-]{7,}\d", re.IGNORECASE
)
HIDDEN = "•••"
WEAK_DIGESTS = frozenset({"md2", "md4", "md5", "sha1"})
LEAST_RSA, LEAST_EC = 2048, 224
Weakness = Literal["", "digest", "key"]


@dataclass(frozen=True)
class CertificateFacts:
    """One certificate. Moments are aware; ``fingerprint`` is the SHA-256 of its DER, in hex.

    ``organization`` (O) and ``person`` (CN) are "" where the name has none. ``key`` is like
    "RSA 2048" or "EC 256", ``digest`` like "sha256": what its issuer signed it with.
    """

    subject: str
    issuer: str
    organization: str
    person: str
    serial: str
    fingerprint: str
    valid_from: datetime
    valid_until: datetime
    is_self_signed: bool
    key: str
    digest: str
    weakness: Weakness

    def holds_at(self, moment: datetime) -> bool:
        """Say whether ``moment`` lies within its dates."""
        return self.valid_from <= moment <= self.valid_until


def facts_of(certificate: x509.Certificate) -> CertificateFacts:
    """Return what ``certificate`` says."""
    digest = _digest_of(certificate)
    kind, bits = _key_of(certificate)
    return CertificateFacts(
        subject=shown(certificate.subject),
        issuer=shown(certificate.issuer),
        organization=_part(certificate.subject, "organization_name"),
        person=_part(certificate.subject, "common_name"),
        serial=f"{certificate.serial_number:x}",
        fingerprint=certificate.sha256.hex(),
        valid_from=certificate.not_valid_before,
        valid_until=certificate.not_valid_after,
        is_self_signed=certificate.subject == certificate.issuer,
        key=f"{kind} {bits}",
        digest=digest,
        weakness=_weakness(kind, bits, digest),
    )


def read_certificate(data: bytes) -> CertificateFacts:
    """Return what the certificate in ``data`` (DER or PEM) says. Raises `CertificateRefused`."""
    return facts_of(parsed(data))


def facts_in_pkcs12(data: bytes, passphrase: str) -> CertificateFacts:
    """Return what the certificate in a PKCS#12 says, its key aside. Raises `CertificateRefused`."""
    try:
        found = pkcs12.load_pkcs12(data, passphrase.encode()).cert
    except ValueError as trouble:
        raise CertificateRefused("damaged") from trouble
    if found is None:
        raise CertificateRefused("not_a_certificate")
    return read_certificate(found.certificate.public_bytes(Encoding.DER))


def parsed(data: bytes) -> x509.Certificate:
    """Return the first certificate in ``data`` (DER or PEM). Raises `CertificateRefused`."""
    return parsed_all(data)[0]


def parsed_all(data: bytes) -> list[x509.Certificate]:
    """Return every certificate in ``data``: one as DER, or as many as stand there as PEM."""
    if not data.strip():
        raise CertificateRefused("empty")
    try:
        blocks = [data]
        if pem.detect(data):
            blocks = [
                der for name, _h, der in pem.unarmor(data, multiple=True) if name == "CERTIFICATE"
            ]
        found = [x509.Certificate.load(block, strict=True) for block in blocks]
        for one in found:
            _ = one.native, one.sha256, one.public_key.bit_size  # read now, or it fails much later
    except (ValueError, TypeError, KeyError, OverflowError) as trouble:
        raise CertificateRefused("damaged") from trouble
    if not found:
        raise CertificateRefused("not_a_certificate")
    return found


def shown(name: x509.Name) -> str:
    """Return ``name`` as a line: "CN=…, O=…, C=VN", without anybody's numbers."""
    parts = ((short, _part(name, kind)) for kind, short in SHOWN.items())
    return ", ".join(f"{short}={value}" for short, value in parts if value)


def without_numbers(text: str) -> str:
    """Return ``text`` without what may be an identity or tax number."""
    return " ".join(_NUMBER.sub(HIDDEN, text).split())


def _part(name: x509.Name, kind: str) -> str:
    values = name.native.get(kind, "")
    values = values if isinstance(values, list) else [values]
    return without_numbers(", ".join(str(value) for value in values if value))


def _digest_of(certificate: x509.Certificate) -> str:
    try:
        return str(certificate["signature_algorithm"].hash_algo)
    except ValueError:  # EdDSA and the like name none
        return str(certificate["signature_algorithm"]["algorithm"].native)


def _key_of(certificate: x509.Certificate) -> tuple[str, int]:
    key = certificate.public_key
    kinds = {"rsa": "RSA", "rsassa_pss": "RSA", "ec": "EC", "dsa": "DSA"}
    return kinds.get(key.algorithm, key.algorithm), int(key.bit_size or 0)


def _weakness(kind: str, bits: int, digest: str) -> Weakness:
    if digest in WEAK_DIGESTS:
        return "digest"
    least = {"RSA": LEAST_RSA, "EC": LEAST_EC}.get(kind, 0)
    return "key" if kind == "DSA" or bits < least else ""
