"""Signing through the service on the person's own machine: ask it, and take what it brings.

What it brings goes the way of every signed file (`by_certificate.sign_by_upload`); here is only
who it comes from: a secret that holds for a few minutes, one text, one person, one organisation,
and one file.
"""

import secrets
from datetime import timedelta

from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from thidua.accounts.acting import Acting, acting_of
from thidua.core import clock
from thidua.core.deeds import deed
from thidua.core.errors import AlreadyDone, DomainError, Invalid, NoRight, OutOfTime
from thidua.covenants.actions.by_certificate import Shown, may_sign_now, sign_by_upload
from thidua.covenants.models import Covenant, LocalSigning
from thidua.documents.models import Signature

LIFE = timedelta(minutes=15)  # to choose a certificate and to type its PIN
FORGOTTEN = timedelta(days=1)  # after which a person's old askings are swept away


@deed()
def ask_local_service(
    covenant: Covenant, *, by: Acting, digest: str, organization_id: int, call: str
) -> tuple[LocalSigning, str]:
    """Open one asking; return it with its secret, which is kept nowhere.

    ``digest`` and ``organization_id`` are those that the page showed, ``call`` a
    `LocalSigning.Call`. Refuses whatever could not be signed now.
    """
    if call not in LocalSigning.Call.values:
        raise Invalid(_("Hãy chọn ký gì: chữ ký của người lãnh đạo hay của cơ quan."))
    shown = Shown(digest, organization_id)
    version, signer, _field = may_sign_now(covenant, by=by, shown=shown)
    if signer.user is None:
        raise NoRight(_("Cần đăng nhập để ký bằng cách này."))
    now, secret = clock.now(), secrets.token_urlsafe(32)
    LocalSigning.objects.filter(user=signer.user, expires_at__lt=now - FORGOTTEN).delete()
    asking = LocalSigning.objects.create(
        covenant=covenant,
        version=version,
        user=signer.user,
        organization=signer.organization,
        call=call,
        digest=digest_of(secret),
        asked_at=now,
        expires_at=now + LIFE,
    )
    return asking, secret


def digest_of(secret: str) -> str:
    """Return what is kept of an asking's secret."""
    return salted_hmac("thidua.covenants.local", secret, algorithm="sha256").hexdigest()


def asking_of(secret: str) -> LocalSigning | None:
    """Return the asking that this secret belongs to, whether or not it still opens anything."""
    found = LocalSigning.objects.select_related("covenant", "version", "user")
    return found.filter(digest=digest_of(secret)).first()


def why_shut(asking: LocalSigning) -> str:
    """Return why the asking takes no file any more; empty while it does."""
    if asking.used_at is not None:
        return _("Phiên ký này đã nộp tệp một lần rồi. Hãy mở lại trang ký và bấm ký lần nữa.")
    if not asking.is_living(clock.now()):
        return _("Phiên ký này đã quá 15 phút. Hãy mở lại trang ký và bấm ký lần nữa.")
    return ""


def take_from_local_service(asking: LocalSigning, uploaded: bytes) -> Signature:
    """Sign with the PDF that the service brought; a refusal is also kept for the person's page.

    The asking is used up first, so that of two files at the same instant one is looked at.
    """
    _use_up(asking)
    try:
        return sign_by_upload(
            asking.covenant,
            by=_person_of(asking),
            digest=asking.version.digest,
            organization_id=asking.organization_id,
            uploaded=uploaded,
        )
    except DomainError as refusal:
        _keep_refusal(asking, refusal.sentence)
        raise


def refuse_unread(asking: LocalSigning, sentence: str) -> None:
    """Use the asking up for a file that is not even looked at, keeping why."""
    _use_up(asking)
    _keep_refusal(asking, sentence)


@deed()
def _use_up(asking: LocalSigning) -> None:
    now = clock.now()
    unused = LocalSigning.objects.filter(pk=asking.pk, used_at=None)
    if unused.filter(expires_at__gt=now).update(used_at=now):
        return
    refused = AlreadyDone if not unused.exists() else OutOfTime
    raise refused(why_shut(LocalSigning.objects.get(pk=asking.pk)))


@deed()
def _keep_refusal(asking: LocalSigning, sentence: str) -> None:
    """Keep why the file was not taken."""
    LocalSigning.objects.filter(pk=asking.pk).update(refusal=sentence)


def _person_of(asking: LocalSigning) -> Acting:
    """Return who asked, acting for the asking's organisation with the rights of this moment."""
    if not asking.user.is_active:
        raise NoRight(_("Tài khoản đã mở phiên ký này không còn dùng được."))
    return acting_of(asking.user, asking.organization_id)


def is_signed(asking: LocalSigning) -> bool:
    """Say whether the organisation has signed the text that was asked for."""
    signed = Signature.objects.filter(version=asking.version_id)
    return signed.filter(organization=asking.organization_id).exists()
