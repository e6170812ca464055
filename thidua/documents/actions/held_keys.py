"""Keys that an organisation lets this installation hold: taking them in, letting them go, opening.

What is slow or leaves a file (opening a PKCS#12, asking a token) comes before the deed.
"""

from dataclasses import dataclass
from typing import Any

from asn1crypto import x509
from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from thidua.accounts.acting import Acting
from thidua.audit.actions import record
from thidua.core import clock
from thidua.core.deeds import deed
from thidua.core.errors import AlreadyDone, DomainError, Invalid
from thidua.core.text import one_line
from thidua.documents import secrets
from thidua.documents.actions.trust import Read, keep_registered, refuse_unbelieved
from thidua.documents.models import HeldKey, RegisteredCertificate
from thidua.documents.secrets import NoSecret
from thidua.documents.signature_words import KEY
from thidua.files.models import Blob
from thidua.organizations.models import Organization
from thidua.pades import keys
from thidua.pades.keys import open_pkcs12
from thidua.pades.reasons import KeyRefused
from thidua.pades.tokens import open_token

BESIDE = {"wrong_passphrase": "key_password", "no_token": "token_label", "no_key": "key_label"}


class KeyUnusable(DomainError):
    """The key that is held cannot sign now; the sentence says why and who can mend it."""

    code = "key_unusable"


@dataclass(frozen=True)
class Pictures:
    """What the visible mark shows beside its lines: pictures that were kept before, or none."""

    hand: Blob | None = None
    seal: Blob | None = None


def hold_pkcs12(
    organization: Organization,
    data: bytes,
    *,
    by: Acting,
    passphrase: str,
    pictures: Pictures | None = None,
) -> HeldKey:
    """Keep a PKCS#12 with its passphrase, and register its certificate as the organisation's.

    Refused beside its field, and then nothing is kept: a wrong passphrase, a file that is no key, a
    certificate that could not sign now (`NotBelieved`). Call it outside a transaction.
    """
    if not secrets.has_secret():
        raise DomainError(
            _("Máy chủ chưa đặt HELD_KEYS_SECRET (ít nhất 16 ký tự) nên chưa giữ khóa nào được.")
        )
    held = _opened(lambda: open_pkcs12(data, passphrase))
    read = read_of_key(held)
    refuse_unbelieved(read, at=clock.now())
    name = secrets.put_key(data)
    try:
        kept = {"kind": HeldKey.Kind.PKCS12, "file": name, "closed": secrets.closed(passphrase)}
        return _keep(organization, read, by=by, pictures=pictures or Pictures(), **kept)
    except BaseException:
        secrets.drop_key(name)
        raise


def hold_token(
    organization: Organization,
    *,
    by: Acting,
    token_label: str,
    key_label: str,
    pictures: Pictures | None = None,
) -> HeldKey:
    """Use a key on a token that is plugged in here; its program and PIN stand in the environment.

    Refuses as `hold_pkcs12` does.
    """
    token_label, key_label = one_line(token_label), one_line(key_label)
    for field, typed in (("token_label", token_label), ("key_label", key_label)):
        if not typed:
            raise Invalid(_("Hãy điền mục này."), field=field)
    module, pin = settings.PKCS11_MODULE, settings.PKCS11_PIN
    held = _opened(lambda: open_token(module, token_label, pin, key_label))
    read = read_of_key(held)
    refuse_unbelieved(read, at=clock.now())
    named = {"kind": HeldKey.Kind.TOKEN, "token_label": token_label, "key_label": key_label}
    return _keep(organization, read, by=by, pictures=pictures or Pictures(), **named)


def _opened(load: Any) -> keys.HeldKey:
    try:
        held: keys.HeldKey = load()
    except KeyRefused as trouble:
        field = BESIDE.get(trouble.reason, "file")
        sentence = f"{KEY[trouble.reason]} {_('Chưa có gì được giữ lại.')}"
        raise Invalid(sentence, field=field) from trouble
    return held


def read_of_key(held: keys.HeldKey) -> Read:
    """Return the certificate of an opened key, with those that came beside it."""
    own = held.signer.signing_cert
    assert isinstance(own, x509.Certificate)  # noqa: S101  (it was just opened)
    others = tuple(one for one in held.signer.cert_registry if one.sha256 != own.sha256)
    return Read(own, held.facts, others)


@deed()
def _keep(
    organization: Organization, read: Read, *, by: Acting, pictures: Pictures, **where: str
) -> HeldKey:
    known = RegisteredCertificate.objects.filter(
        organization=organization, fingerprint=read.facts.fingerprint, ended_at=None
    ).first()
    held = HeldKey(
        organization=organization,
        certificate=known or keep_registered(organization, read, by=by),
        hand=pictures.hand,
        seal=pictures.seal,
        added_at=clock.now(),
        added_by=by.user,
        **where,
    )
    try:
        with transaction.atomic():
            held.save(force_insert=True)
    except IntegrityError as error:
        sentence = _("Hệ thống đang giữ một khóa của %(unit)s rồi. Hãy thôi giữ khóa ấy trước.")
        raise AlreadyDone(sentence % {"unit": organization.name}) from error
    told = {"unit": organization.name, "fingerprint": held.certificate.fingerprint}
    record("key.held", by=by, on=held, way=str(held.get_kind_display()), **told)
    return held


@deed()
def let_go_of_key(held: HeldKey, *, by: Acting, reason: str) -> HeldKey:
    """Hold a key no more: its file is deleted once this is committed, its passphrase now."""
    fresh = HeldKey.objects.select_for_update().get(pk=held.pk)
    if fresh.ended_at:
        raise AlreadyDone(_("Khóa này đã thôi giữ trước đó."))
    if not one_line(reason):
        raise Invalid(_("Cần ghi lý do."), field="reason")
    name = fresh.file
    fresh.closed, fresh.end_reason = "", one_line(reason)[:500]
    fresh.ended_at, fresh.ended_by = clock.now(), by.user
    fresh.save(update_fields=["closed", "ended_at", "ended_by", "end_reason"])
    told = {"unit": fresh.organization.name, "reason": fresh.end_reason}
    record("key.let_go", by=by, on=fresh, **told)
    fingerprint = fresh.certificate.fingerprint
    transaction.on_commit(lambda: _drop(name, fingerprint))
    return fresh


def _drop(name: str, fingerprint: str) -> None:
    keys.forget(lambda held: held.facts.fingerprint == fingerprint)
    if name:
        secrets.drop_key(name)


def held_key_of(organization_id: int | None) -> HeldKey | None:
    """Return the key that is held for an organisation now, if there is one."""
    living = HeldKey.objects.filter(organization=organization_id, ended_at=None)
    return living.select_related("certificate", "organization", "hand", "seal").first()


def open_key(held: HeldKey) -> keys.HeldKey:
    """Return the key ready to sign. Refuses `KeyUnusable` in words for whoever wanted to sign."""
    try:
        if held.kind == HeldKey.Kind.TOKEN:
            return open_token(
                settings.PKCS11_MODULE, held.token_label, settings.PKCS11_PIN, held.key_label
            )
        return open_pkcs12(secrets.read_key(held.file), secrets.opened(held.closed))
    except KeyRefused as trouble:
        raise KeyUnusable(str(KEY[trouble.reason])) from trouble
    except NoSecret as trouble:
        raise KeyUnusable(
            _("Máy chủ không mở được khóa: HELD_KEYS_SECRET thiếu hoặc đã đổi. Chưa ký gì.")
        ) from trouble
    except OSError as trouble:
        raise KeyUnusable(
            _("Khóa không còn trên máy này. Người vận hành cần nộp lại khóa. Chưa ký gì.")
        ) from trouble
