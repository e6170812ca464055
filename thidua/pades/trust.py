"""Whom we believe, and what was taken back: roots that the operator sets, lists and answers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from asn1crypto import crl, ocsp, x509
from pyhanko_certvalidator import ValidationContext

from thidua.pades.certificates import parsed_all

TOLERANCE = timedelta(minutes=5)  # between the clocks of those who issue and ours


@dataclass(frozen=True)
class Revocation:
    """Lists (CRL) and answers (OCSP), DER, fetched beforehand: nothing here asks the network.

    ``roots`` (DER or PEM) are needed to put them into a PDF (B-LT).
    """

    crls: tuple[bytes, ...] = ()
    ocsps: tuple[bytes, ...] = ()
    roots: tuple[bytes, ...] = ()


def certificates_of(roots: Iterable[bytes]) -> list[x509.Certificate]:
    """Return all certificates in ``roots``, each DER or PEM. Raises `CertificateRefused`."""
    return [one for data in roots for one in parsed_all(data)]


def context_at(
    moment: datetime,
    roots: Sequence[bytes | x509.Certificate],
    revocation: Revocation | None = None,
    *,
    others: Iterable[x509.Certificate] = (),
    is_strict: bool = False,
) -> ValidationContext:
    """Return pyHanko's context of belief at ``moment``. ``is_strict``: no list, no belief."""
    told = revocation or Revocation()
    parsed = [one if isinstance(one, x509.Certificate) else None for one in roots]
    known = [one for one in parsed if one] + certificates_of(
        one for one in roots if isinstance(one, bytes)
    )
    return ValidationContext(
        trust_roots=known,
        other_certs=list(others),
        moment=moment,
        crls=[crl.CertificateList.load(one) for one in told.crls],
        ocsps=[ocsp.OCSPResponse.load(one) for one in told.ocsps],
        allow_fetching=False,
        revocation_mode="require" if is_strict else "soft-fail",
        time_tolerance=TOLERANCE,
        # What was revoked later is told by a list that is younger than the signature.
        retroactive_revinfo=True,
    )
