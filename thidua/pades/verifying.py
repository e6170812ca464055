"""Check the certificate signatures of a PDF: whole, by whom, believed by whom, and when made.

In this process and without limits: for files that were let in before. What anybody sends goes
through `uploads`, or `apart.verify_apart`, first.
"""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from asn1crypto import x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.general import SigningError
from pyhanko.sign.validation import async_validate_pdf_signature
from pyhanko.sign.validation.generic_cms import extract_tst_data_iter
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import (
    PdfSignatureStatus,
    SignatureCoverageLevel,
    TimestampSignatureStatus,
)
from pyhanko_certvalidator import ValidationContext

from thidua.pades.certificates import facts_of
from thidua.pades.changes import UNREADABLE, forbidden_steps, has_rules_of_its_own
from thidua.pades.judging import Times, judged
from thidua.pades.reasons import Level, Unverifiable
from thidua.pades.results import Outcome, Proof, SignatureResult
from thidua.pades.revocations import revoked_at
from thidua.pades.running import run
from thidua.pades.stored import Stored, stored_in
from thidua.pades.timestamping import told_by
from thidua.pades.trust import Revocation, certificates_of, context_at

# Either is what signing needs; authorities set one, the other, or both.
USAGE = KeyUsageConstraints(
    key_usage={"digital_signature", "non_repudiation"}, match_all_key_usages=False
)
Context = tuple[ValidationContext, ValidationContext]


def verify_pdf(
    pdf: bytes,
    roots: Sequence[bytes],
    *,
    at: datetime,
    revocation: Revocation | None = None,
    witnessed: Mapping[str, datetime] | None = None,
) -> list[SignatureResult]:
    """Return what each signature of ``pdf`` is worth at ``at``, in the order of signing.

    ``roots`` are certificates (DER or PEM) of those we believe, also about time stamps.
    ``witnessed`` says by field when we ourselves first saw a signature: it was made no later.
    Raises `Unverifiable` where the file cannot be read, `CertificateRefused` for a bad root.
    """
    reader = opened(pdf)
    checker = _checker(reader, roots, at, revocation, witnessed or {})
    signatures = reader.embedded_regular_signatures
    if signatures:
        checker.forbidden = forbidden_steps(reader, signatures[0].signed_revision)
    return run(checker.results())


def verify_newest(
    reader: PdfFileReader,
    name: str,
    roots: Sequence[bytes],
    *,
    at: datetime,
    revocation: Revocation | None = None,
) -> SignatureResult:
    """Return what the signature in the field ``name`` is worth, as `verify_pdf` does.

    What came into the file since that signature was looked at before, and is lawful.
    """
    (result,) = run(_checker(reader, roots, at, revocation, {}).results(name))
    return result


def opened(pdf: bytes) -> PdfFileReader:
    """Return a reader of ``pdf``. Raises `Unverifiable` with its reason."""
    refuse_unopened(pdf)
    try:
        reader = PdfFileReader(io.BytesIO(pdf))
        if reader.encrypted:
            raise Unverifiable("encrypted")
        _ = reader.root["/Pages"], reader.embedded_signatures
    except UNREADABLE as trouble:
        raise Unverifiable("damaged", repr(trouble)) from trouble
    return reader


def refuse_unopened(pdf: bytes) -> None:
    """Refuse with `Unverifiable` what can be told to be no PDF without opening it."""
    if not pdf:
        raise Unverifiable("empty")
    if b"%PDF-" not in pdf[:1024]:
        raise Unverifiable("not_pdf")


def _checker(
    reader: PdfFileReader,
    roots: Sequence[bytes],
    at: datetime,
    revocation: Revocation | None,
    witnessed: Mapping[str, datetime],
) -> "_Checker":
    given, stored = revocation or Revocation(), stored_in(reader)
    told = Revocation((*given.crls, *stored.crls), (*given.ocsps, *stored.ocsps))
    return _Checker(reader, certificates_of(roots), at, told, witnessed, stored)


@dataclass
class _Checker:
    reader: PdfFileReader
    roots: list[x509.Certificate]
    at: datetime
    revocation: Revocation
    witnessed: Mapping[str, datetime]
    stored: Stored
    contexts: dict[datetime, Context] = field(default_factory=dict)
    forbidden: dict[int, str] = field(default_factory=dict)

    async def results(self, only: str | None = None) -> list[SignatureResult]:
        numbered = enumerate(self.reader.embedded_regular_signatures, 1)
        wanted = [(one, n) for n, one in numbered if only in (None, one.field_name)]
        return [await self._result(one, n) for one, n in wanted]

    async def _result(self, one: EmbeddedPdfSignature, number: int) -> SignatureResult:
        name = str(one.field_name)
        try:
            facts = facts_of(one.signer_cert)
            status, proof, moment = await self._status(one, name)
        except (SigningError, *UNREADABLE) as trouble:
            detail = repr(trouble)
            return SignatureResult(name, Outcome.DAMAGED, revision=number, detail=detail)
        taken_back = revoked_at(status.validation_path, self.revocation)
        times = Times(moment, one.self_reported_timestamp, proof, taken_back)
        change = self._change_after(one)
        outcome = judged(one, status, facts, times, is_changed=bool(change))
        stamped_at = moment if proof == "stamp" else None
        is_proven = outcome is Outcome.VALID and bool(proof)
        return SignatureResult(
            field=name,
            outcome=outcome,
            facts=facts,
            signed_at=one.self_reported_timestamp,
            stamped_at=stamped_at,
            level=self._level(one.signer_cert, stamped_at),
            proof=proof,
            revision=number,
            covers_whole=status.coverage == SignatureCoverageLevel.ENTIRE_FILE,
            has_expired_since=is_proven and facts.valid_until < self.at,
            is_revoked_since=is_proven and taken_back is not None,
            detail=change or str(status.trust_problem_indic or ""),
        )

    async def _status(
        self, one: EmbeddedPdfSignature, name: str
    ) -> tuple[PdfSignatureStatus, Proof, datetime]:
        """Ask pyHanko at the moment that is proven: by a stamp, by us, or else now."""
        told = next(extract_tst_data_iter(one.signer_info, signed=False), None)
        if told is not None:
            moment: datetime = told_by({"content": told})["gen_time"].native
            status = await self._asked(one, moment)
            if moment <= self.at and self._is_believed(status.timestamp_validity, moment):
                return status, "stamp", moment
        seen = self.witnessed.get(name)
        moment = seen or self.at
        return await self._asked(one, moment), "witness" if seen else "", moment

    def _is_believed(self, stamp: TimestampSignatureStatus | None, moment: datetime) -> bool:
        if not (stamp and stamp.valid and stamp.intact and stamp.trusted):
            return False
        taken_back = revoked_at(stamp.validation_path, self.revocation)
        return taken_back is None or moment < taken_back

    async def _asked(self, one: EmbeddedPdfSignature, moment: datetime) -> PdfSignatureStatus:
        if moment not in self.contexts:
            answers = Revocation(ocsps=self.revocation.ocsps)  # the lists are `revocations`' to ask
            both = [
                context_at(moment, self.roots, answers, others=self.stored.certificates)
                for _ in range(2)
            ]
            self.contexts[moment] = (both[0], both[1])
        signer, stamp = self.contexts[moment]
        return await async_validate_pdf_signature(
            one,
            signer,
            stamp,
            key_usage_settings=USAGE,
            skip_diff=not has_rules_of_its_own(one),
        )

    def _change_after(self, one: EmbeddedPdfSignature) -> str:
        """Return what was unlawfully changed since ``one`` was made; "" for nothing."""
        later = (told for step, told in self.forbidden.items() if step >= one.signed_revision)
        return next(later, "")

    def _level(self, certificate: x509.Certificate, stamped_at: datetime | None) -> Level:
        if stamped_at is None:
            return "B-B"
        return "B-LT" if self.stored.speaks_of(certificate) else "B-T"
