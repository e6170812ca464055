"""What the proof beside a signature comes to, checked anew each time it is asked: a register.

    for signature in with_proofs(version.signatures.all()):
        proven = proven_of(signature)  # None where the row itself is all there is

Nothing is believed because it was once found good: the statement is made from the row as it is now.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext as _

from thidua.documents.models import CertificateProof, PaperSheet, PasskeyProof, Signature
from thidua.documents.passkeys import FORMAT, Assertion, Fault, Statement, decode, encode, examine


def with_proofs(signatures: Iterable[Signature]) -> list[Signature]:
    """Return the signatures with the proofs beside them: a query for each way that has any."""
    found = list(signatures)
    for method, proof in PROOFS.items():
        prefetch_related_objects([one for one in found if one.method == method], proof)
    certified = [getattr(one, "certified", None) for one in found if one.method in BY_CERTIFICATE]
    if proofs := list(filter(None, certified)):
        _certified().carry(proofs)
    return found


def _certified() -> Any:
    """Return the module that checks PDFs: half a second to import, which few commands need."""
    from thidua.documents import certified  # noqa: PLC0415

    return certified


@dataclass(frozen=True)
class Proven:
    """Whether a proof holds, in a sentence; ``data`` is what the signing file carries of it.

    ``word`` says in a word or two what was done where it holds: reckoned, or looked at by eye.
    """

    holds: bool
    sentence: str
    data: dict[str, Any] = field(default_factory=dict)
    word: str = ""


def proven_of(signature: Signature) -> Proven | None:
    """Return what the proof of this way to sign comes to, or None where there is no other."""
    teller = TELLERS.get(signature.method)
    return teller(signature) if teller else None


def statement_signed(signature: Signature, nonce: str) -> Statement:
    """Return what was declared, made anew from the signature's own row."""
    return Statement(
        version=signature.version_id,
        code=signature.version.code,
        digest=signature.digest,
        organization=signature.organization_id,
        organization_name=signature.organization_name,
        signer=signature.signer_name,
        capacity=signature.capacity_lines,
        nonce=nonce,
    )


def _of_passkey(signature: Signature) -> Proven:
    proof: PasskeyProof | None = getattr(signature, "passkey", None)
    if proof is None:
        return Proven(False, _("Không còn bằng chứng của khóa truy cập: chữ ký KHÔNG kiểm được."))
    statement = statement_signed(signature, proof.nonce)
    fault = _fault_of(proof, signature)
    data = {
        "format": FORMAT,
        "statement": statement.text(),
        "challenge": encode(statement.challenge()),
        "credential_id": proof.credential_id,
        "public_key": proof.public_key,
        "authenticator_data": proof.authenticator_data,
        "client_data": proof.client_data,
        "signature": proof.answer,
        "rp_id": proof.rp_id,
    }
    if fault is None:
        held = _("Đã kiểm: khóa truy cập của người ký đã ký đúng nguyên văn này, cho đơn vị này.")
        return Proven(True, held, data, _("đã kiểm, đứng vững"))
    return Proven(False, _("KHÔNG đứng vững. %(why)s") % {"why": fault.sentence}, data)


def _fault_of(proof: PasskeyProof, signature: Signature) -> Fault | None:
    try:
        assertion = Assertion(
            credential_id=decode(proof.credential_id),
            public_key=decode(proof.public_key),
            authenticator_data=decode(proof.authenticator_data),
            client_data=decode(proof.client_data),
            signature=decode(proof.answer),
            rp_id=proof.rp_id,
        )
    except ValueError:
        return Fault.BROKEN
    return examine(statement_signed(signature, proof.nonce), assertion)


def _of_paper(signature: Signature) -> Proven:
    sheet: PaperSheet | None = getattr(signature, "sheet", None)
    if sheet is None or sheet.answered_at is None:
        return Proven(False, _("Không còn ảnh phiếu ký giấy để đối chiếu."))
    told = {
        "day": sheet.signed_on.strftime("%-d/%-m/%Y"),
        "at": timezone.localtime(sheet.answered_at).strftime("%H:%M %-d/%-m/%Y"),
    }
    data = {
        "signed_on": sheet.signed_on.isoformat(),
        "confirmed_at": timezone.localtime(sheet.answered_at).isoformat(timespec="seconds"),
        "photograph_sha256": sheet.blob.digest,
    }
    said = _("Ký trên giấy ngày %(day)s; ảnh chụp được người thứ hai đối chiếu lúc %(at)s.")
    return Proven(True, said % told, data, _("đã đối chiếu"))


def _of_certificate(signature: Signature) -> Proven:
    proof: CertificateProof | None = getattr(signature, "certified", None)
    if proof is None:
        return Proven(False, _("Không còn tệp PDF đã ký: chữ ký số KHÔNG kiểm được."))
    asked = _certified()
    found = asked.told(asked.result_of(proof))
    data = {
        "file_sha256": proof.blob.digest,
        "base_sha256": proof.base,
        "original_sha256": proof.original,
        "field": proof.field,
        "manner": proof.manner,
        "level": proof.level,
        "certificate": proof.subject,
        "issuer": proof.issuer,
        "certificate_sha256": proof.fingerprint,
    }
    sentence = " ".join(filter(None, [found.sentence, asked.remark_of(proof)]))
    return Proven(found.holds, sentence, data, word=_("đã kiểm, hợp lệ"))


BY_CERTIFICATE = (Signature.Method.HELD_KEY, Signature.Method.UPLOAD)
PROOFS = {
    Signature.Method.HELD_KEY.value: "certified__blob",
    Signature.Method.UPLOAD.value: "certified__blob",
    Signature.Method.PASSKEY.value: "passkey",
    Signature.Method.PAPER.value: "sheet__blob",
}
TELLERS: dict[str, Callable[[Signature], Proven]] = {
    Signature.Method.HELD_KEY: _of_certificate,
    Signature.Method.UPLOAD: _of_certificate,
    Signature.Method.PASSKEY: _of_passkey,
    Signature.Method.PAPER: _of_paper,
}


def told_by(method: str, teller: Callable[[Signature], Proven], proof: str) -> None:
    """Let an app above tell of the proofs of one way; ``proof`` is what they are prefetched by."""
    TELLERS[method], PROOFS[method] = teller, proof
