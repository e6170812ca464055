"""Whether a certificate may be believed by itself, before anything is signed with it."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from asn1crypto import x509
from pyhanko_certvalidator import CertificateValidator
from pyhanko_certvalidator.errors import (
    ExpiredError,
    NotYetValidError,
    PathBuildingError,
    PathError,
    RevokedError,
    ValidationError,
)

from thidua.pades.certificates import facts_of
from thidua.pades.results import Outcome
from thidua.pades.revocations import revoked_at
from thidua.pades.running import run
from thidua.pades.trust import Revocation, context_at

WHY: tuple[tuple[type[Exception], Outcome], ...] = (
    (RevokedError, Outcome.REVOKED),
    (ExpiredError, Outcome.EXPIRED_AT_SIGNING),
    (NotYetValidError, Outcome.NOT_YET_VALID),
    (PathBuildingError, Outcome.UNKNOWN_ISSUER),
)
WEAK = {"digest": Outcome.WEAK_DIGEST, "key": Outcome.WEAK_KEY}


def believed(
    certificate: x509.Certificate,
    roots: Sequence[bytes],
    *,
    at: datetime,
    others: Iterable[x509.Certificate] = (),
    revocation: Revocation | None = None,
) -> Outcome:
    """Return what a signature with ``certificate`` at ``at`` would be worth: VALID, or why not.

    ``others`` are certificates in between; ``roots`` as for `verifying.verify_pdf`.
    """
    facts = facts_of(certificate)
    if facts.weakness:
        return WEAK[facts.weakness]
    if not facts.holds_at(at):
        return Outcome.NOT_YET_VALID if at < facts.valid_from else Outcome.EXPIRED_AT_SIGNING
    context = context_at(at, roots, revocation, others=others)
    checking = CertificateValidator(certificate, validation_context=context).async_validate_path()
    try:
        path = run(checking)
    except (ValidationError, PathError) as trouble:
        return Outcome.SELF_SIGNED if facts.is_self_signed else _why(trouble)
    is_taken_back = bool(revocation and revoked_at(path, revocation))
    return Outcome.REVOKED if is_taken_back else Outcome.VALID


def _why(trouble: Exception) -> Outcome:
    return next((told for kind, told in WHY if isinstance(trouble, kind)), Outcome.UNTRUSTED)
