"""Making and taking PDFs with one certificate signature more, and keeping them as its proof.

The PDF is signed or looked at, and its bytes are kept, before the deed; the row that makes them
count is written in the deed. A process that dies in between leaves bytes that nobody points at.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from thidua.accounts.acting import Acting
from thidua.core import clock
from thidua.core.deeds import deed
from thidua.core.errors import AlreadyDone, DomainError
from thidua.documents.actions.held_keys import KeyUnusable, open_key, read_of_key
from thidua.documents.actions.originals import signing_original
from thidua.documents.actions.printing import fonts_in_use
from thidua.documents.actions.trust import refuse_unbelieved
from thidua.documents.actions.versions import Signer
from thidua.documents.certificate_words import CERTIFICATE
from thidua.documents.models import (
    CertificateProof,
    HeldKey,
    RegisteredCertificate,
    Signature,
    Version,
)
from thidua.documents.signature_words import KEY, SIGNING, UPLOAD
from thidua.documents.signed_pdfs import Line, line_of
from thidua.documents.trust import (
    has_revocation_data,
    revocation_in_use,
    roots_in_use,
    stamping_server,
)
from thidua.files.actions import keep_made
from thidua.files.kinds import PDF
from thidua.files.models import Blob
from thidua.files.storage import open_bytes
from thidua.files.uploads import most_bytes
from thidua.pades import keys
from thidua.pades.apart import Limits, inspect_upload
from thidua.pades.certificates import CertificateFacts
from thidua.pades.marks import Mark, NoPicture, as_ink, data_lines
from thidua.pades.reasons import KeyRefused, SigningFailed, UploadRefused
from thidua.pades.signing import SignedPdf, sign_pdf
from thidua.pades.uploads import NewSignature, Terms, inspect

Look = Callable[[bytes, bytes, Terms], NewSignature]
Manner = CertificateProof.Manner


class SignedFileRefused(DomainError):
    """A signed PDF that came in is not taken; nothing of it is kept."""

    code = "signed_file_refused"


class BaseMoved(DomainError):
    """Another member signed in turn meanwhile: what was signed is no longer the newest."""

    code = "base_moved"


@dataclass(frozen=True)
class Certified:
    """A PDF with one certificate signature more, its bytes kept; digests are SHA-256 in hex.

    ``base`` is that of the PDF before, ``original`` that of the one with no signature.
    """

    blob: Blob
    original: str
    base: str
    field: str
    certificate: RegisteredCertificate
    facts: CertificateFacts
    level: str
    remark: str = ""


def take_upload(
    version: Version,
    uploaded: bytes,
    *,
    by: Acting,
    signer: Signer,
    field: str,
    is_from_here: bool = False,
) -> Certified:
    """Check a PDF that was signed elsewhere, and keep its bytes. Slow: call it before the deed.

    ``field`` is the unit's own. Refuses `SignedFileRefused` whatever is not our bytes and one good
    signature of this unit, or of this person for it. A file from anybody is opened in a process of
    its own; one that this process has signed (``is_from_here``) is not.
    """
    line = line_of(version, signing_original(version).blob)
    newest = _content(line.newest)
    base = _base_of(line, newest, uploaded)
    look = inspect if is_from_here else _apart
    new = _inspected(look, newest[: base.size], uploaded, version.frozen_at)
    facts = _refuse_unfit(new, field)
    certificate = _registered(facts, signer)
    blob = keep_made(uploaded, PDF, by=by)
    result = new.result
    return Certified(
        blob, line.original.digest, base.digest, new.field, certificate, facts, result.level
    )


def _content(blob: Blob) -> bytes:
    with open_bytes(blob) as file:
        data: bytes = file.read()
    return data


def _base_of(line: Line, newest: bytes, uploaded: bytes) -> Blob:
    """Return the PDF of the line that was signed: the longest that the upload begins with."""
    fitting = [size for size in line.sizes if uploaded.startswith(newest[:size])]
    return line.at(fitting[-1]) if fitting else line.newest


def _apart(ours: bytes, uploaded: bytes, terms: Terms) -> NewSignature:
    return inspect_upload(ours, uploaded, terms, limits=Limits(size=most_bytes()))


def _inspected(look: Look, ours: bytes, uploaded: bytes, frozen_at: datetime) -> NewSignature:
    terms = Terms(frozen_at, clock.now(), roots_in_use(), revocation_in_use())
    try:
        return look(ours, uploaded, terms)
    except UploadRefused as trouble:
        raise SignedFileRefused(str(UPLOAD[trouble.reason]), field="file") from trouble


def _refuse_unfit(new: NewSignature, field: str) -> CertificateFacts:
    facts = new.result.facts
    if not new.result.is_valid or facts is None:
        raise SignedFileRefused(str(CERTIFICATE[new.result.outcome]), field="file")
    if new.is_in_our_field and new.field != field:
        sentence = _("Chữ ký nằm ở ô của đơn vị khác. Hãy ký vào đúng ô của đơn vị mình.")
        raise SignedFileRefused(sentence, field="file")
    return facts


def _registered(facts: CertificateFacts, signer: Signer) -> RegisteredCertificate:
    """Return whose the certificate is, where it is this unit's; else refuse."""
    same = RegisteredCertificate.objects.filter(fingerprint=facts.fingerprint)
    own = same.filter(organization=signer.organization).order_by("ended_at", "-pk")
    mine = own.filter(ended_at=None).first()
    person_id = signer.user.person_id if signer.user else None
    if mine is not None and mine.person_id in (None, person_id):
        return mine
    told = {"unit": signer.organization.name}
    if mine is not None:
        sentence = _("Chứng thư này đăng ký cho người khác của %(unit)s, không phải bạn.")
    elif own.exists():
        sentence = _("Chứng thư này đã thôi nhận cho %(unit)s.")
    elif same.filter(ended_at=None).exists():
        sentence = _("Chứng thư này là của đơn vị khác, không phải của %(unit)s.")
    else:
        sentence = _(
            "Chứng thư này chưa đăng ký cho %(unit)s. Hãy nhờ người vận hành đăng ký rồi nộp lại."
        )
    raise SignedFileRefused(sentence % told, field="file")


def sign_with_held_key(
    version: Version, held: HeldKey, *, by: Acting, signer: Signer, field: str
) -> Certified:
    """Sign the newest PDF with the key that is held, and keep its bytes. Call it before the deed.

    Whether ``by`` may sign was asked before: the key does what it is told. Refuses `KeyUnusable`,
    `NotBelieved` for a certificate that expired or was taken back.
    """
    line = line_of(version, signing_original(version).blob)
    key, at = open_key(held), clock.now()
    refuse_unbelieved(read_of_key(key), at=at)
    made = _signed(_content(line.newest), key, field, _mark(held, key, signer, at), at)
    blob = keep_made(made.pdf, PDF, by=by)
    return Certified(
        blob=blob,
        original=line.original.digest,
        base=line.newest.digest,
        field=field,
        certificate=held.certificate,
        facts=key.facts,
        level=made.level,
        remark=made.remark,
    )


def _signed(pdf: bytes, key: keys.HeldKey, field: str, mark: Mark, at: datetime) -> SignedPdf:
    server = stamping_server()
    try:
        return sign_pdf(
            pdf,
            key,
            field,
            mark,
            at=at,
            timestamper=server.stamper() if server else None,
            revocation=revocation_in_use() if server and has_revocation_data() else None,
        )
    except KeyRefused as trouble:
        raise KeyUnusable(str(KEY[trouble.reason])) from trouble
    except SigningFailed as trouble:
        raise KeyUnusable(str(SIGNING[trouble.reason])) from trouble


def _mark(held: HeldKey, key: keys.HeldKey, signer: Signer, at: datetime) -> Mark:
    lines = data_lines(key.facts, at, organization=signer.organization.name)
    hand = _ink(held.hand, "blue")
    seal = _ink(held.seal, "red")
    return Mark((*signer.capacity, *lines), fonts_in_use(), hand, seal)


def _ink(picture: Blob | None, ink: str) -> bytes | None:
    """A picture that cannot be drawn is left out: the signature counts without it."""
    if picture is None or picture.is_blanked:
        return None
    try:
        return as_ink(_content(picture), ink)  # type: ignore[arg-type]
    except (NoPicture, OSError):
        return None


@deed()
def keep_certificate_proof(
    signature: Signature, certified: Certified, *, must_follow: bool = False
) -> CertificateProof:
    """Keep the signed PDF with the signature that was just recorded, in the same deed.

    Where another signed in turn meanwhile it is kept side by side, and counts as much; with
    ``must_follow`` that is refused as `BaseMoved`, to be signed anew. The round must be locked.
    """
    if CertificateProof.objects.filter(blob=certified.blob).exists():
        raise AlreadyDone(_("Tệp này đã được nhận làm chữ ký của đơn vị khác."), field="file")
    fresh = RegisteredCertificate.objects.get(pk=certified.certificate.pk)
    if fresh.ended_at:
        raise SignedFileRefused(_("Chứng thư này vừa thôi được nhận."), field="file")
    proofs = CertificateProof.objects.filter(version=signature.version_id, manner=Manner.IN_TURN)
    last = proofs.order_by("pk").values_list("blob__digest", flat=True).last()
    follows = certified.base == (last or certified.original)
    if must_follow and not follows:
        raise BaseMoved(_("Đơn vị khác vừa ký cùng lúc. Hãy ký lại."))
    return CertificateProof.objects.create(
        signature=signature,
        version_id=signature.version_id,
        blob=certified.blob,
        manner=Manner.IN_TURN if follows else Manner.SIDE_BY_SIDE,
        original=certified.original,
        base=certified.base,
        field=certified.field,
        certificate=certified.certificate,
        fingerprint=certified.facts.fingerprint,
        subject=certified.facts.subject,
        issuer=certified.facts.issuer,
        level=certified.level,
        remark=certified.remark,
        seen_at=signature.signed_at,
    )
