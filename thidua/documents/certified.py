"""What the certificate signatures of a paper are worth now, each with its own answer in words.

A PDF signed in turn carries all signatures before, so the newest is checked once for all of them;
the answers are remembered by its bytes, since whoever has a paper's code may ask.
"""

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import BinaryIO

from django.utils import timezone
from django.utils.translation import gettext as _

from thidua.core import clock
from thidua.documents.certificate_words import DEMO
from thidua.documents.models import CertificateProof
from thidua.documents.signature_words import LEVEL, REMARK, sentences_of
from thidua.documents.trust import revocation_in_use, roots_in_use
from thidua.files.models import Blob
from thidua.files.storage import open_bytes
from thidua.pades.apart import verify_apart
from thidua.pades.demo_ca import MARK
from thidua.pades.reasons import Unverifiable
from thidua.pades.results import Outcome, SignatureResult
from thidua.pades.trust import Revocation
from thidua.pades.verifying import verify_pdf

REMEMBERED = 200  # PDFs: some 2 KB of answers each

Results = dict[str, SignatureResult]


class _Remembered:
    """Answers by all that they rest on, the oldest let go first; safe among threads."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Hashable, Results] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable, check: Callable[[], Results]) -> Results:
        with self._lock:
            if (found := self._kept.get(key)) is not None:
                self._kept.move_to_end(key)
                return found
        made = check()
        with self._lock:
            self._kept[key] = made
            while len(self._kept) > REMEMBERED:
                self._kept.popitem(last=False)
        return made


_REMEMBERED = _Remembered()


class Trust:
    """Whom we believe while one page is made: asked once, however many signatures there are."""

    @cached_property
    def roots(self) -> tuple[bytes, ...]:
        """The roots in use."""
        return roots_in_use()

    @cached_property
    def revocation(self) -> Revocation:
        """The lists and answers in use."""
        return revocation_in_use()


class Carrier:
    """A PDF in which signatures are looked at; ``seen`` is when we first saw each, by field."""

    def __init__(self, blob: Blob, seen: dict[str, datetime], trust: Trust) -> None:
        self.blob, self.seen, self.trust = blob, seen, trust

    @cached_property
    def results(self) -> Results:
        """The answers by field, of the bytes that lie there now; none where they are gone."""
        try:
            with open_bytes(self.blob) as file:
                data = file.read()
        except FileNotFoundError:
            return {}
        if hashlib.sha256(data).hexdigest() != self.blob.digest:
            return {field: SignatureResult(field, Outcome.CHANGED) for field in self.seen}
        roots, told, until = self.trust.roots, self.trust.revocation, _end_of_hour()
        key = (self.blob.digest, tuple(self.seen.items()), roots, told, until)
        return _REMEMBERED.get(key, lambda: self._checked(data, until))

    def _checked(self, data: bytes, at: datetime) -> Results:
        trust = self.trust
        try:
            found = verify_pdf(
                data, trust.roots, at=at, revocation=trust.revocation, witnessed=self.seen
            )
        except Unverifiable:
            return {}
        return {one.field: one for one in found}


def _end_of_hour() -> datetime:
    """Return until when what is found now is told again."""
    return clock.now().replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)


@dataclass(frozen=True)
class Told:
    """One certificate signature in words: ``who`` and ``issuer`` without anybody's numbers."""

    holds: bool
    sentence: str
    who: str = ""
    issuer: str = ""
    signed_at: datetime | None = None
    is_illustration: bool = False


def carry(proofs: Iterable[CertificateProof]) -> None:
    """Tell each proof in which PDF it is to be looked at: the newest of the line, or its own.

    ``proofs`` are all of a version (or of several), each with its blob.
    """
    lines: dict[int, list[CertificateProof]] = {}
    ordered = sorted(proofs, key=lambda one: one.pk)
    for proof in ordered:
        if proof.is_in_turn:
            lines.setdefault(proof.version_id, []).append(proof)
    trust = Trust()
    seen = {pk: {one.field: one.seen_at for one in line} for pk, line in lines.items()}
    carriers = {pk: Carrier(line[-1].blob, seen[pk], trust) for pk, line in lines.items()}
    for proof in ordered:
        if proof.is_in_turn:
            carrier = carriers[proof.version_id]
        else:
            own = {**seen.get(proof.version_id, {}), proof.field: proof.seen_at}
            carrier = Carrier(proof.blob, own, trust)
        proof.carrier = carrier  # type: ignore[attr-defined]


def result_of(proof: CertificateProof) -> SignatureResult:
    """Return what the signature comes to, checked on the bytes that lie there now."""
    if not hasattr(proof, "carrier"):
        line = CertificateProof.objects.filter(version=proof.version_id).exclude(pk=proof.pk)
        carry([*line.select_related("blob"), proof])
    carrier: Carrier = proof.carrier  # type: ignore[attr-defined]
    found = carrier.results.get(proof.field)
    if found is None:
        return SignatureResult(proof.field, Outcome.DAMAGED)
    if found.facts and found.facts.fingerprint != proof.fingerprint:
        return SignatureResult(proof.field, Outcome.CHANGED)
    return found


def told(result: SignatureResult) -> Told:
    """Return what is said of a certificate signature, wherever it was found."""
    facts = result.facts
    is_illustration = bool(facts and (MARK in facts.subject or MARK in facts.issuer))
    said = sentences_of(result)
    if result.is_valid:
        said.append(_level(result))
    if is_illustration:
        said.append(str(DEMO))
    return Told(
        holds=result.is_valid,
        sentence=" ".join(said),
        who=facts.subject if facts else "",
        issuer=facts.issuer if facts else "",
        signed_at=result.stamped_at or result.signed_at,
        is_illustration=is_illustration,
    )


def _level(result: SignatureResult) -> str:
    level = str(LEVEL[result.level])
    said = f"{level[:1].upper()}{level[1:]}."
    if not result.stamped_at:
        return said
    at = timezone.localtime(result.stamped_at).strftime("%H:%M:%S %-d/%-m/%Y")
    return said + " " + _("Dấu thời gian: %(at)s.") % {"at": at}


def remark_of(proof: CertificateProof) -> str:
    """Return why the signature's level is no higher, in words; "" where it is what was wanted."""
    return str(REMARK[proof.remark]) if proof.remark else ""


def found_in(file: BinaryIO) -> list[Told]:
    """Return what each certificate signature in a file from anybody comes to; none in most files.

    In a process of its own. What cannot be read at all has no answer here.
    """
    file.seek(0)
    data = file.read()
    if b"/ByteRange" not in data:
        return []
    try:
        results = verify_apart(data, roots_in_use(), at=clock.now(), revocation=revocation_in_use())
    except Unverifiable:
        return []
    return [told(one) for one in results]
