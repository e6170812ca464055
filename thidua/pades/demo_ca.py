"""An authority for demonstrations and tests: whatever it issues says that it is worth nothing.

EC P-256 throughout. Its certificates, revocation lists and time stamps are real in form, so all
that reads them may be tried; its names begin with MINH HỌA.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

MARK = "MINH HỌA"  # how every name here begins
ILLUSTRATION = f"{MARK} – không có giá trị pháp lý"
AUTHORITY = f"{ILLUSTRATION} – CA"
Key = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


@dataclass(frozen=True)
class Issued:
    """A certificate with its key."""

    certificate: x509.Certificate
    key: Key = field(repr=False)
    chain: tuple[x509.Certificate, ...] = ()

    @property
    def der(self) -> bytes:
        """The certificate alone."""
        return self.certificate.public_bytes(Encoding.DER)

    def pkcs12(self, passphrase: str) -> bytes:
        """Return key, certificate and chain under ``passphrase`` (none when it is "")."""
        # One round: it is worth nothing, and the usual 20,000 take longer than to sign with it.
        once = PrivateFormat.PKCS12.encryption_builder().kdf_rounds(1)
        closing: Any = once.build(passphrase.encode()) if passphrase else NoEncryption()
        name = ILLUSTRATION.encode()
        return pkcs12.serialize_key_and_certificates(
            name, self.key, self.certificate, list(self.chain), closing
        )


@dataclass(frozen=True)
class Wish:
    """Who a certificate is for and what is odd about it. "" leaves a part of the name out.

    ``uid`` and ``serial_number`` are the numbers that real authorities put into names.
    """

    person: str = ""
    organization: str = ""
    title: str = ""
    uid: str = ""
    valid_from: datetime | None = None
    valid_until: datetime | None = None
    key: Key | None = None
    extended: tuple[x509.ObjectIdentifier, ...] = ()
    is_illustration: bool = True


class DemoCA:
    """A root that issues to whomever it is asked, from ``since`` for ``years``."""

    def __init__(self, since: datetime, *, years: int = 30, name: str = AUTHORITY) -> None:
        self.since, self.until = since, since + timedelta(days=365 * years)
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.name = _name([(NameOID.COMMON_NAME, name), (NameOID.COUNTRY_NAME, "VN")])
        self.certificate = self._root()
        self._revoked: list[x509.RevokedCertificate] = []

    @property
    def root(self) -> bytes:
        """Its own certificate (DER): what whoever wants to trust it configures."""
        return self.certificate.public_bytes(Encoding.DER)

    def issue(self, wish: Wish) -> Issued:
        """Return a certificate as wished, with a new EC P-256 key unless one is given."""
        key = wish.key or ec.generate_private_key(ec.SECP256R1())
        since, until = wish.valid_from or self.since, wish.valid_until or self.until
        builder = (
            x509.CertificateBuilder()
            .subject_name(_subject(wish))
            .issuer_name(self.name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(since)
            .not_valid_after(until)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(_usage(), critical=True)
            .add_extension(_of_authority(self.key), critical=False)
        )
        if wish.extended:
            builder = builder.add_extension(x509.ExtendedKeyUsage(wish.extended), critical=True)
        made = builder.sign(self.key, SHA256())
        return Issued(made, key, (self.certificate,))

    def issue_to(self, person: str, organization: str, **more: Any) -> Issued:
        """Return a certificate for ``person`` of ``organization``, marked as illustration."""
        return self.issue(Wish(person=person, organization=organization, **more))

    def stamper(self, **more: Any) -> Issued:
        """Return a certificate that may put time stamps."""
        asked = Wish(
            person="Máy chủ dấu thời gian", extended=(ExtendedKeyUsageOID.TIME_STAMPING,), **more
        )
        return self.issue(asked)

    def revoke(self, certificate: x509.Certificate, at: datetime) -> None:
        """Let the next list name ``certificate`` as revoked from ``at``."""
        self._revoked.append(
            x509.RevokedCertificateBuilder()
            .serial_number(certificate.serial_number)
            .revocation_date(at)
            .build()
        )

    def crl(self, at: datetime, *, days: int = 30) -> bytes:
        """Return the list of what is revoked, as of ``at``, good for so many days (DER)."""
        builder = (
            x509.CertificateRevocationListBuilder()
            .issuer_name(self.name)
            .last_update(at)
            .next_update(at + timedelta(days=days))
            .add_extension(x509.CRLNumber(len(self._revoked) + 1), critical=False)
            .add_extension(_of_authority(self.key), critical=False)
        )
        for one in self._revoked:
            builder = builder.add_revoked_certificate(one)
        return builder.sign(self.key, SHA256()).public_bytes(Encoding.DER)

    def _root(self) -> x509.Certificate:
        return (
            x509.CertificateBuilder()
            .subject_name(self.name)
            .issuer_name(self.name)
            .public_key(self.key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(self.since)
            .not_valid_after(self.until)
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .add_extension(_usage(is_authority=True), critical=True)
            .add_extension(_subject_key(self.key), critical=False)
            .sign(self.key, SHA256())
        )


def self_signed(wish: Wish, since: datetime, until: datetime) -> Issued:
    """Return a certificate that nobody but its holder vouches for."""
    key = wish.key or ec.generate_private_key(ec.SECP256R1())
    made = (
        x509.CertificateBuilder()
        .subject_name(_subject(wish))
        .issuer_name(_subject(wish))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(since)
        .not_valid_after(until)
        .add_extension(_usage(), critical=True)
        .sign(key, SHA256())
    )
    return Issued(made, key)


def _subject(wish: Wish) -> x509.Name:
    mark = f"{MARK} – " if wish.is_illustration else ""
    who = [
        (NameOID.COMMON_NAME, f"{mark}{wish.person}" if wish.person else ""),
        (NameOID.TITLE, wish.title),
        (NameOID.ORGANIZATIONAL_UNIT_NAME, ILLUSTRATION if wish.is_illustration else ""),
        (NameOID.ORGANIZATION_NAME, wish.organization),
        (NameOID.USER_ID, wish.uid),
        (NameOID.COUNTRY_NAME, "VN"),
    ]
    return _name(who)


def _name(parts: Iterable[tuple[x509.ObjectIdentifier, str]]) -> x509.Name:
    return x509.Name(
        [x509.NameAttribute(kind, _cut(kind, value)) for kind, value in parts if value]
    )


def _cut(kind: x509.ObjectIdentifier, value: str) -> str:
    """A common name has 64 bytes at most (X.520): long ones lose their end."""
    if kind != NameOID.COMMON_NAME:
        return value
    return value.encode()[:64].decode(errors="ignore")


def _usage(*, is_authority: bool = False) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not is_authority,
        content_commitment=not is_authority,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=is_authority,
        crl_sign=is_authority,
        encipher_only=False,
        decipher_only=False,
    )


def _subject_key(key: Key) -> x509.SubjectKeyIdentifier:
    return x509.SubjectKeyIdentifier.from_public_key(key.public_key())


def _of_authority(key: Key) -> x509.AuthorityKeyIdentifier:
    return x509.AuthorityKeyIdentifier.from_issuer_public_key(key.public_key())
