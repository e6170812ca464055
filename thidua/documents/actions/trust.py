"""Whom we believe about certificates, and whose certificates are whose: acts of the operator."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from asn1crypto import pem, x509
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from thidua.accounts.acting import Acting
from thidua.audit.actions import record
from thidua.core import clock
from thidua.core.deeds import deed
from thidua.core.errors import AlreadyDone, DomainError, Invalid
from thidua.core.text import one_line
from thidua.documents import signature_words
from thidua.documents.certificate_words import CERTIFICATE
from thidua.documents.models import HeldKey, RegisteredCertificate, TrustRoot
from thidua.documents.trust import revocation_in_use, roots_in_use, shows_inventions
from thidua.organizations.models import Organization, Person
from thidua.pades.certificates import CertificateFacts, facts_of, parsed_all
from thidua.pades.chains import believed
from thidua.pades.demo_ca import MARK
from thidua.pades.reasons import CertificateRefused
from thidua.pades.results import Outcome


class NotBelieved(DomainError):
    """The certificate leads to nobody we believe, or may not be used now."""

    code = "not_believed"


@dataclass(frozen=True)
class Read:
    """A certificate that came in, what it says, and those that came with it."""

    certificate: x509.Certificate
    facts: CertificateFacts
    others: tuple[x509.Certificate, ...] = ()

    @classmethod
    def of(cls, data: bytes, *, field: str = "file") -> "Read":
        """Return what ``data`` (DER or PEM) holds; refuse `Invalid` beside ``field``."""
        try:
            first, *others = parsed_all(data)
        except CertificateRefused as trouble:
            raise Invalid(
                str(signature_words.CERTIFICATE[trouble.reason]), field=field
            ) from trouble
        return cls(first, facts_of(first), tuple(others))

    @property
    def is_illustration(self) -> bool:
        """Whether it says itself, or its issuer does, that it is an illustration."""
        return any(MARK in said for said in (self.facts.subject, self.facts.issuer))

    def columns(self) -> dict[str, Any]:
        """Return the columns of `CertificateRow`."""
        facts = self.facts
        return {
            "pem": pem.armor("CERTIFICATE", self.certificate.dump()).decode(),
            "fingerprint": facts.fingerprint,
            "subject": facts.subject,
            "issuer": facts.issuer,
            "serial": facts.serial,
            "valid_from": facts.valid_from,
            "valid_until": facts.valid_until,
            "is_illustration": self.is_illustration,
        }


@deed()
def add_trust_root(data: bytes, *, name: str, by: Acting) -> TrustRoot:
    """Believe an authority from now on. ``data`` is its certificate, DER or PEM.

    Refuses `Invalid` for what is none, is no authority's, is over, or is a demonstration's where
    the work is real; `AlreadyDone` where it is believed already.
    """
    read = Read.of(data)
    if not one_line(name):
        raise Invalid(_("Cần đặt tên cho nơi cấp."), field="name")
    _refuse_no_authority(read)
    root = TrustRoot(name=one_line(name), added_at=clock.now(), added_by=by.user, **read.columns())
    try:
        with transaction.atomic():
            root.save(force_insert=True)
    except IntegrityError as error:
        raise AlreadyDone(_("Nơi cấp này đã có trong danh sách được tin.")) from error
    record("trust.added", by=by, on=root, name=root.name, fingerprint=root.fingerprint)
    return root


def _refuse_no_authority(read: Read) -> None:
    if not read.certificate.ca:
        sentence = _(
            "Đây là chứng thư của một người hay một đơn vị, không phải của nơi cấp chứng thư. Hãy "
            "chọn chứng thư gốc hoặc chứng thư của nơi cấp."
        )
        raise Invalid(sentence, field="file")
    if read.facts.weakness:
        key = Outcome.WEAK_DIGEST if read.facts.weakness == "digest" else Outcome.WEAK_KEY
        raise Invalid(str(CERTIFICATE[key]), field="file")
    if read.facts.valid_until < clock.now():
        raise Invalid(_("Chứng thư của nơi cấp này đã hết hạn."), field="file")
    if read.is_illustration and not shows_inventions():
        sentence = _(
            "Đây là nơi cấp MINH HỌA: chứng thư nó cấp không có giá trị pháp lý. Hệ thống này dùng "
            "cho việc thật nên không nhận."
        )
        raise Invalid(sentence, field="file")


@deed()
def retire_trust_root(root: TrustRoot, *, by: Acting, reason: str) -> TrustRoot:
    """Believe an authority no more: what it issued is of an unknown issuer from now on."""
    fresh = TrustRoot.objects.select_for_update().get(pk=root.pk)
    if fresh.retired_at:
        raise AlreadyDone(_("Nơi cấp này đã thôi được tin trước đó."))
    fresh.retire_reason = _reason(reason)
    fresh.retired_at, fresh.retired_by = clock.now(), by.user
    fresh.save(update_fields=["retired_at", "retired_by", "retire_reason"])
    record("trust.retired", by=by, on=fresh, name=fresh.name, reason=fresh.retire_reason)
    return fresh


@deed()
def register_certificate(
    organization: Organization, data: bytes, *, by: Acting, person: Person | None = None
) -> RegisteredCertificate:
    """Say that a certificate is the organisation's, or ``person``'s when signing for it.

    Refuses `Invalid` for what is none, `NotBelieved` for one that could not sign now.
    """
    read = Read.of(data)
    refuse_unbelieved(read, at=clock.now())
    return keep_registered(organization, read, by=by, person=person)


def refuse_unbelieved(read: Read, *, at: datetime) -> None:
    """Refuse with `NotBelieved` a certificate that signs nothing of worth at ``at``."""
    told = believed(
        read.certificate,
        roots_in_use(),
        at=at,
        others=read.others,
        revocation=revocation_in_use(),
    )
    if told is not Outcome.VALID:
        raise NotBelieved(str(CERTIFICATE[told]), field="file")


@deed()
def keep_registered(
    organization: Organization, read: Read, *, by: Acting, person: Person | None = None
) -> RegisteredCertificate:
    """Write whose a certificate is; whether it is believed was asked before."""
    row = RegisteredCertificate(
        organization=organization,
        person=person,
        registered_at=clock.now(),
        registered_by=by.user,
        **read.columns(),
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        sentence = _("Chứng thư này đã đăng ký cho %(unit)s rồi.") % {"unit": organization.name}
        raise AlreadyDone(sentence, field="file") from error
    told = {"unit": organization.name, "fingerprint": row.fingerprint}
    record("certificate.registered", by=by, on=row, **told)
    return row


@deed()
def end_certificate(
    certificate: RegisteredCertificate, *, by: Acting, ending: str, reason: str
) -> RegisteredCertificate:
    """Accept a certificate no more, unless a key to it is still held here.

    ``ending`` is a `RegisteredCertificate.Ending`. What was signed with it stays signed.
    """
    fresh = RegisteredCertificate.objects.select_for_update().get(pk=certificate.pk)
    if fresh.ended_at:
        raise AlreadyDone(_("Chứng thư này đã thôi nhận trước đó."))
    if ending not in RegisteredCertificate.Ending.values:
        raise Invalid(_("Cần chọn vì sao thôi nhận."), field="ending")
    if HeldKey.objects.filter(certificate=fresh, ended_at=None).exists():
        raise Invalid(_("Hệ thống đang giữ khóa của chứng thư này: hãy thôi giữ khóa trước."))
    fresh.ending, fresh.end_reason = ending, _reason(reason)
    fresh.ended_at, fresh.ended_by = clock.now(), by.user
    fresh.save(update_fields=["ended_at", "ended_by", "ending", "end_reason"])
    told = {"unit": fresh.organization.name, "reason": fresh.end_reason}
    record("certificate.ended", by=by, on=fresh, **told)
    return fresh


def _reason(typed: str) -> str:
    if not one_line(typed):
        raise Invalid(_("Cần ghi lý do."), field="reason")
    return one_line(typed)[:500]
