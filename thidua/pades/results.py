"""What the checking of one certificate signature came to, for whoever puts it into words."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Literal

from thidua.pades.certificates import CertificateFacts
from thidua.pades.reasons import Level


class Outcome(StrEnum):
    """The one answer about a signature; all but the first are bad news, the worst first."""

    VALID = "valid"
    DAMAGED = "damaged"  # the signature itself cannot be read, or is of another key
    CHANGED = "changed"  # the bytes it covers, or more than signatures was added since
    WEAK_DIGEST = "weak_digest"  # MD5, SHA-1: anybody can make another text with the same digest
    WEAK_KEY = "weak_key"
    SELF_SIGNED = "self_signed"  # nobody but its holder vouches for the certificate
    UNKNOWN_ISSUER = "unknown_issuer"  # no root that the operator set leads to it
    REVOKED = "revoked"  # before the time of signing, or nobody knows when it signed
    NOT_YET_VALID = "not_yet_valid"  # signed before the certificate's first day
    EXPIRED_AT_SIGNING = "expired_at_signing"
    EXPIRED_UNPROVEN = "expired_unproven"  # expired now, and nothing but its own word tells when
    NOT_FOR_SIGNING = "not_for_signing"  # a certificate for something else
    UNTRUSTED = "untrusted"  # anything else that is wrong with the chain


Proof = Literal["stamp", "witness", ""]


@dataclass(frozen=True)
class SignatureResult:
    """One signature of a PDF, in the order of signing.

    ``signed_at`` is its own word, ``stamped_at`` a trusted time stamp's. ``proof`` says how the
    time is known: a stamp, our own note of having seen it ("witness"), or not at all. ``revision``
    counts signatures from 1; ``covers_whole``: nothing stands behind it in the file.
    ``has_expired_since`` and ``is_revoked_since``: after a proven time of signing, which does no
    harm. ``detail`` is pyHanko's word, for operators.
    """

    field: str
    outcome: Outcome
    facts: CertificateFacts | None = None
    signed_at: datetime | None = None
    stamped_at: datetime | None = None
    level: Level = "B-B"
    proof: Proof = ""
    revision: int = 1
    covers_whole: bool = False
    has_expired_since: bool = False
    is_revoked_since: bool = False
    detail: str = ""

    @property
    def is_valid(self) -> bool:
        """Whether it may be relied on."""
        return self.outcome is Outcome.VALID
