"""Whether a certificate was taken back, by the lists (CRL) that its issuers signed.

pyHanko asks a list only of certificates that name one, and passes over lists that are out of
date. What a list says against a certificate stays true, so all lists at hand are asked here.
"""

import functools
import itertools
from collections.abc import Iterable
from datetime import UTC, datetime

from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from pyhanko_certvalidator.path import ValidationPath

from thidua.pades.trust import Revocation


def revoked_at(path: ValidationPath | None, told: Revocation) -> datetime | None:
    """Return when the first certificate of ``path`` was taken back; None where none was."""
    if path is None or not told.crls:
        return None
    certificates = list(path.iter_certs(include_root=True))
    lists = [one for data in told.crls if (one := _read(data))]
    found = [
        moment
        for issuer, certificate in itertools.pairwise(certificates)
        if (moment := _listed(certificate, issuer, lists))
    ]
    return min(found, default=None)


def _listed(
    certificate: asn1.Certificate,
    issuer: asn1.Certificate,
    lists: Iterable[x509.CertificateRevocationList],
) -> datetime | None:
    signer = x509.load_der_x509_certificate(issuer.dump())
    for one in lists:
        if one.issuer != signer.subject or not _is_signed(one, signer):
            continue
        entry = one.get_revoked_certificate_by_serial_number(certificate.serial_number)
        if entry is not None:
            return entry.revocation_date_utc.astimezone(UTC)
    return None


def _is_signed(one: x509.CertificateRevocationList, signer: x509.Certificate) -> bool:
    try:
        return one.is_signature_valid(signer.public_key())  # type: ignore[arg-type]
    except (TypeError, ValueError, UnsupportedAlgorithm):
        return False


@functools.lru_cache(maxsize=32)
def _read(data: bytes) -> x509.CertificateRevocationList | None:
    try:
        return x509.load_der_x509_crl(data)
    except ValueError:
        return None
