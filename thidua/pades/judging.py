"""From what pyHanko found to the one answer that people are told."""

from dataclasses import dataclass
from datetime import datetime

from pyhanko.sign.ades.report import AdESFailure, AdESIndeterminate
from pyhanko.sign.diff_analysis import SuspiciousModification
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel

from thidua.pades.certificates import WEAK_DIGESTS, CertificateFacts
from thidua.pades.results import Outcome, Proof

REVOKED = {
    AdESFailure.REVOKED,
    AdESIndeterminate.REVOKED_NO_POE,
    AdESIndeterminate.REVOKED_CA_NO_POE,
}
OTHERWISE: dict[object, Outcome] = {
    AdESIndeterminate.NO_CERTIFICATE_CHAIN_FOUND: Outcome.UNKNOWN_ISSUER,
    AdESIndeterminate.CHAIN_CONSTRAINTS_FAILURE: Outcome.NOT_FOR_SIGNING,
}


@dataclass(frozen=True)
class Times:
    """``moment`` is when it was judged: the time that ``proof`` proves, or now. ``claimed`` is the
    signature's own word, if it has one; ``taken_back`` is when its certificate was revoked.
    """

    moment: datetime
    claimed: datetime | None
    proof: Proof
    taken_back: datetime | None = None

    @property
    def is_revoked(self) -> bool:
        """Whether the certificate was revoked by then; where nothing proves when, at any time."""
        return self.taken_back is not None and not (self.proof and self.moment < self.taken_back)


def judged(
    one: EmbeddedPdfSignature,
    status: PdfSignatureStatus,
    facts: CertificateFacts,
    times: Times,
    *,
    is_changed: bool,
) -> Outcome:
    """Return the answer about ``one``, the worst first. ``is_changed``: by what stands behind."""
    if wrong := _broken(status, is_changed=is_changed) or _weak(one, facts):
        return wrong
    if facts.is_self_signed and not status.trusted:
        return Outcome.SELF_SIGNED
    if status.trust_problem_indic in REVOKED or status.revoked or times.is_revoked:
        return Outcome.REVOKED
    if wrong := _out_of_dates(facts, times):
        return wrong
    if status.trusted:
        return Outcome.VALID
    return OTHERWISE.get(status.trust_problem_indic, Outcome.UNTRUSTED)


def _broken(status: PdfSignatureStatus, *, is_changed: bool) -> Outcome | None:
    if not status.intact:
        return Outcome.CHANGED
    if not status.valid:
        return Outcome.DAMAGED
    if status.coverage < SignatureCoverageLevel.ENTIRE_REVISION or is_changed:
        return Outcome.CHANGED
    # Only told where the signature has rules of its own; then pyHanko looked by them.
    told = status.diff_result
    if isinstance(told, SuspiciousModification) or status.docmdp_ok is False:
        return Outcome.CHANGED
    return None


def _weak(one: EmbeddedPdfSignature, facts: CertificateFacts) -> Outcome | None:
    if one.md_algorithm in WEAK_DIGESTS or facts.weakness == "digest":
        return Outcome.WEAK_DIGEST
    return Outcome.WEAK_KEY if facts.weakness == "key" else None


def _out_of_dates(facts: CertificateFacts, times: Times) -> Outcome | None:
    """The signature's own word may speak against it, never for it."""
    claimed = times.claimed or times.moment
    if min(claimed, times.moment) < facts.valid_from:
        return Outcome.NOT_YET_VALID
    if claimed > facts.valid_until:
        return Outcome.EXPIRED_AT_SIGNING
    if times.moment > facts.valid_until:
        return Outcome.EXPIRED_AT_SIGNING if times.proof == "stamp" else Outcome.EXPIRED_UNPROVEN
    return None
