"""Signing the covenant with a certificate: on the office's own machine, or with a key held here."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from thidua.accounts.acting import Acting
from thidua.core.deeds import deed
from thidua.core.errors import DomainError
from thidua.covenants.actions.drafting import note
from thidua.covenants.actions.gates import member_of, refuse_out_of_turn, refuse_signed
from thidua.covenants.actions.signing import record_signature, signing_right, taking_signatures
from thidua.covenants.models import Covenant
from thidua.covenants.parties import field_of
from thidua.documents.actions.certified import (
    BaseMoved,
    Certified,
    keep_certificate_proof,
    sign_with_held_key,
    take_upload,
)
from thidua.documents.actions.held_keys import held_key_of
from thidua.documents.actions.versions import ChangedText, Signer
from thidua.documents.models import Signature, Version


@dataclass(frozen=True)
class Shown:
    """What the page showed to the person who signs: the text's digest, the unit's key."""

    digest: str
    organization_id: int


TRIES = 4  # after these, a signature stands side by side rather than not at all


def sign_by_upload(
    covenant: Covenant,
    *,
    by: Acting,
    digest: str,
    organization_id: int,
    uploaded: bytes,
    is_from_here: bool = False,
) -> Signature:
    """Sign with a PDF that the unit signed with its own tool and certificate.

    ``uploaded`` is the file; ``digest`` and ``organization_id`` are those that the page showed. The
    file is looked at before the deed; whether it is still the newest is asked in it. Only what this
    very process has signed (``is_from_here``) is looked at in it.
    """
    shown = Shown(digest, organization_id)
    version, signer, field = may_sign_now(covenant, by=by, shown=shown)
    certified = take_upload(
        version, uploaded, by=by, signer=signer, field=field, is_from_here=is_from_here
    )
    method = Signature.Method.UPLOAD
    return _sign(covenant, certified, by=by, shown=shown, method=method)


def sign_by_held_key(
    covenant: Covenant, *, by: Acting, digest: str, organization_id: int
) -> Signature:
    """Sign with the unit's key that is held here; the second factor was confirmed before.

    The newest PDF is signed before the deed. Where another member was faster it is signed anew, a
    few times, and at last kept side by side.
    """
    shown = Shown(digest, organization_id)
    method = Signature.Method.HELD_KEY
    for left in reversed(range(TRIES)):
        version, signer, field = may_sign_now(covenant, by=by, shown=shown)
        held = held_key_of(organization_id)
        if held is None:
            raise DomainError(_("Hệ thống không giữ khóa nào của đơn vị bạn."))
        certified = sign_with_held_key(version, held, by=by, signer=signer, field=field)
        try:
            follow = left > 0
            return _sign(covenant, certified, by=by, shown=shown, method=method, must_follow=follow)
        except BaseMoved:
            continue
    raise AssertionError("the last try is never refused for its base")


@deed()
def may_sign_now(covenant: Covenant, *, by: Acting, shown: Shown) -> tuple[Version, Signer, str]:
    """Ask, before anything is signed or looked at, whether this person may sign this text now.

    Returns the version, who signs, and the name of the unit's own field in the PDF.
    """
    covenant = taking_signatures(covenant)
    version = covenant.version
    assert version is not None  # noqa: S101  (`taking_signatures` has asked)
    if version.digest != shown.digest:
        raise ChangedText(_("Bản bạn đang xem không phải bản đang được ký. Hãy tải lại trang."))
    appointment = signing_right(covenant, by, shown.organization_id)
    member = member_of(covenant, shown.organization_id)
    refuse_signed(covenant, member)
    if covenant.is_in_turn:
        refuse_out_of_turn(covenant, member)
    return Version.objects.get(pk=version.pk), Signer.of(appointment), field_of(member)


@deed()
def _sign(
    covenant: Covenant,
    certified: Certified,
    *,
    by: Acting,
    shown: Shown,
    method: str,
    must_follow: bool = False,
) -> Signature:
    covenant = taking_signatures(covenant)
    signer = Signer.of(signing_right(covenant, by, shown.organization_id))
    signature = record_signature(covenant, by=by, signer=signer, digest=shown.digest, method=method)
    proof = keep_certificate_proof(signature, certified, must_follow=must_follow)
    told = {"file": certified.blob.digest, "level": proof.level, "manner": proof.manner}
    note("covenant.certified", covenant, by, **told)
    return signature
