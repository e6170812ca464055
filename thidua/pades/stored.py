"""Validation data that a PDF carries itself (its document security store, level B-LT)."""

from dataclasses import dataclass
from typing import Any

from asn1crypto import crl, ocsp, x509
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.errors import NoDSSFoundError, ValidationInfoReadingError

from thidua.pades.trust import Revocation


@dataclass(frozen=True)
class Stored:
    """What was found there; all of it is judged like what anybody sends, by who signed it."""

    certificates: tuple[x509.Certificate, ...] = ()
    crls: tuple[bytes, ...] = ()
    ocsps: tuple[bytes, ...] = ()

    def speaks_of(self, certificate: x509.Certificate) -> bool:
        """Say whether there is a list of its issuer, or an answer about it."""
        told = Revocation(self.crls, self.ocsps)
        return bool(lists_of(told, certificate)) or certificate.serial_number in _answered(told)


def stored_in(reader: PdfFileReader) -> Stored:
    """Return the validation data in the file; nothing where there is none, or it is broken."""
    try:
        found = DocumentSecurityStore.read_dss(reader)
        return Stored(
            tuple(found.load_certs()),
            tuple(_bytes(one) for one in found.crls),
            tuple(_bytes(one) for one in found.ocsps),
        )
    except (NoDSSFoundError, ValidationInfoReadingError, PdfError, ValueError, TypeError, KeyError):
        return Stored()


def _bytes(reference: Any) -> bytes:
    data: bytes = reference.get_object().data
    return data


def lists_of(told: Revocation, certificate: x509.Certificate) -> list[crl.CertificateList]:
    """Return those lists that the issuer of ``certificate`` made."""
    found = []
    for data in told.crls:
        one = crl.CertificateList.load(data)
        if one.issuer == certificate.issuer:
            found.append(one)
    return found


def _answered(told: Revocation) -> set[int]:
    """Return the serial numbers that the answers are about."""
    found: set[int] = set()
    for data in told.ocsps:
        answer = ocsp.OCSPResponse.load(data).response_data
        if answer:
            found |= {one["cert_id"]["serial_number"].native for one in answer["responses"]}
    return found
