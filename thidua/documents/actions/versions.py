"""Freezing a text and signing it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from thidua.accounts.acting import Acting
from thidua.accounts.models import Appointment, User
from thidua.audit.queries import head_digest
from thidua.core import clock
from thidua.core.deeds import deed
from thidua.core.digest import digest_text
from thidua.core.errors import AlreadyDone, DomainError
from thidua.core.text import day_text, nfc
from thidua.documents.models import Signature, Version
from thidua.organizations.models import Organization


class ChangedText(DomainError):
    """The text is not the one that the person saw, or not the one that was frozen."""

    code = "changed_text"


@dataclass(frozen=True)
class Wording:
    """A text about to be frozen: what paper it is, its title, and its exact words."""

    kind: str
    title: str
    text: str


@deed()
def freeze_text(
    wording: Wording,
    *,
    by: Acting,
    chain: str,
    previous: Version | None = None,
    is_illustration: bool = False,
) -> Version:
    """Keep the exact text with its SHA-256 and the audit chain's head at this moment."""
    text = nfc(wording.text)
    return Version.objects.create(
        kind=wording.kind,
        title=wording.title,
        text=text,
        digest=digest_text(text),
        previous=previous,
        frozen_at=clock.now(),
        frozen_by=by.user,
        frozen_for=by.organization,
        chain=chain,
        chain_head=head_digest(chain),
        is_illustration=is_illustration,
    )


@dataclass(frozen=True)
class Signer:
    """Who signs, for which organisation and in which capacity, as it stays with the signature.

    ``user`` is None for a head without an account (paper, link). ``capacity`` are the lines above
    the name, ``authorization`` the paper that a TUQ. rests on, "" where there is none.
    """

    organization: Organization
    user: User | None
    name: str
    capacity: Sequence[str]
    authorization: str = ""
    is_illustration: bool = False

    @classmethod
    def of(cls, appointment: Appointment) -> "Signer":
        """Return the signer that an appointment makes of its person."""
        return cls(
            organization=appointment.organization,
            user=appointment.user,
            name=appointment.user.name,
            capacity=appointment.capacity,
            authorization=authorization_of(appointment),
            is_illustration=appointment.user.person.is_illustration,
        )


@deed()
def sign_version(
    version: Version,
    *,
    signer: Signer,
    digest: str,
    is_late: bool = False,
    method: str = Signature.Method.IN_SYSTEM,
) -> Signature:
    """Sign ``version`` for the signer's organisation in the capacity they have.

    ``digest`` is the one shown to the person, ``method`` how they proved to be it. Refuses
    `ChangedText` when the text is another, `AlreadyDone` when the organisation has signed.
    """
    version = Version.objects.get(pk=version.pk)
    if not version.matches:
        raise ChangedText(_("Nguyên văn không còn khớp với mã băm đã chốt nên không ký được."))
    if version.digest != digest:
        raise ChangedText(_("Bản bạn đang xem không phải bản đang được ký. Hãy tải lại trang."))
    organization = signer.organization
    signature = Signature(
        version=version,
        organization=organization,
        organization_name=organization.name,
        user=signer.user,
        signer_name=signer.name,
        capacity="\n".join(signer.capacity),
        authorization=signer.authorization,
        method=method,
        digest=version.digest,
        signed_at=clock.now(),
        is_late=is_late,
        is_illustration=signer.is_illustration,
    )
    try:
        with transaction.atomic():
            signature.save(force_insert=True)
    except IntegrityError as error:
        raise AlreadyDone(
            _("%(organization)s đã ký bản này rồi.") % {"organization": organization.name}
        ) from error
    return signature


def authorization_of(appointment: Appointment) -> str:
    """Return the paper that a TUQ. signature rests on, as it is kept with it; else nothing."""
    if appointment.manner != Appointment.Manner.AUTHORIZED or appointment.until is None:
        return ""
    told = {
        "number": appointment.authorization_number,
        "since": day_text(appointment.since),
        "until": day_text(appointment.until),
        "scope": appointment.authorization_scope[:300],
    }
    with override("vi"):  # as the paper has it, whatever the reader's language
        return _("Giấy ủy quyền số %(number)s, từ %(since)s đến hết %(until)s: %(scope)s") % told
