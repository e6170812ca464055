"""Keeping a passkey's answer as the proof of a signature; what is asked of the device before."""

from dataclasses import dataclass
from secrets import token_hex

from django.core import signing
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from thidua.accounts.acting import Acting
from thidua.accounts.passkeys import Passkey, passkeys_of
from thidua.core import clock
from thidua.core.deeds import deed
from thidua.core.errors import DomainError
from thidua.documents.actions.versions import Signer
from thidua.documents.models import PasskeyProof, Signature, Version
from thidua.documents.passkeys import Assertion, Statement, decode, encode, examine, rose
from thidua.documents.proving import statement_signed

MINUTES = 60  # from opening the page to signing
SALT = "thidua.documents.passkeys"


class PasskeyRefused(DomainError):
    """The device's answer does not prove that this person signs this text now."""

    code = "passkey_refused"


@dataclass(frozen=True)
class Answered:
    """What came back from the page. ``ticket`` is from `ask`; the rest is base64url as it came.

    ``rp_id`` is the name that the house's keys are made for, ``origin`` where its pages stand.
    """

    ticket: str
    credential_id: str
    authenticator_data: str
    client_data: str
    signature: str
    rp_id: str
    origin: str


def ask(version: Version, signer: Signer) -> tuple[str, Statement]:
    """Return a ticket for one signature and the statement that the device is to sign.

    The ticket is ours (signed), holds for `MINUTES`, and names the nonce: nothing is kept here.
    """
    nonce = token_hex(32)
    asked = {
        "nonce": nonce,
        "user": signer.user.pk if signer.user else None,
        "at": int(clock.now().timestamp()),
    }
    return signing.dumps(asked, salt=SALT), statement_of(version, signer, nonce)


def statement_of(version: Version, signer: Signer, nonce: str) -> Statement:
    """Return what ``signer`` declares by signing ``version``."""
    return Statement(
        version=version.pk,
        code=version.code,
        digest=version.digest,
        organization=signer.organization.pk,
        organization_name=signer.organization.name,
        signer=signer.name,
        capacity=list(signer.capacity),
        nonce=nonce,
    )


@deed()
def keep_passkey_proof(signature: Signature, *, by: Acting, answered: Answered) -> PasskeyProof:
    """Keep the answer with the signature that was just recorded; refuse one that does not hold.

    Refused with `PasskeyRefused`: an answer for another text, unit or time; from another place; a
    key of another person; a device that did not ask who is there; a key that was copied; an answer
    that was used before.
    """
    nonce = _nonce_of(answered.ticket, by)
    passkey = _own_key(by, answered.credential_id)
    assertion = _assertion(answered, passkey)
    statement = statement_signed(signature, nonce)
    if fault := examine(statement, assertion, origin=answered.origin):
        raise PasskeyRefused(f"{fault.sentence} {_('Chưa ký gì. Hãy tải lại trang rồi ký lại.')}")
    counter = assertion.counter()
    _refuse_copied(passkey, counter)
    proof = PasskeyProof(
        signature=signature,
        credential_id=encode(passkey.credential_id),
        public_key=encode(passkey.public_key),
        authenticator_data=answered.authenticator_data,
        client_data=answered.client_data,
        answer=answered.signature,
        rp_id=answered.rp_id,
        nonce=nonce,
        counter=counter,
    )
    try:
        with transaction.atomic():
            proof.save(force_insert=True)
    except IntegrityError as error:
        raise PasskeyRefused(
            _("Câu trả lời này của khóa truy cập đã dùng một lần rồi. Hãy tải lại trang.")
        ) from error
    return proof


def _nonce_of(ticket: str, by: Acting) -> str:
    """Return the number that this page drew for this person a short while ago."""
    try:
        asked = signing.loads(ticket, salt=SALT)
        nonce, user, at = str(asked["nonce"]), asked["user"], int(asked["at"])
    except (signing.BadSignature, KeyError, TypeError, ValueError) as error:
        raise PasskeyRefused(_("Trang ký này không do hệ thống lập. Hãy mở lại trang.")) from error
    if by.user is None or user != by.user.pk:
        raise PasskeyRefused(_("Trang ký này mở cho tài khoản khác. Hãy tải lại trang."))
    if not 0 <= clock.now().timestamp() + 1 - at <= MINUTES * 60:
        raise PasskeyRefused(_("Trang ký mở đã quá lâu. Hãy tải lại trang rồi ký lại."))
    return nonce


def _own_key(by: Acting, credential_id: str) -> Passkey:
    mine = passkeys_of(by.user) if by.user else []
    found = next((key for key in mine if encode(key.credential_id) == credential_id), None)
    if found is None:
        raise PasskeyRefused(
            _("Khóa truy cập này không phải khóa đã đăng ký của tài khoản bạn. Chưa ký gì.")
        )
    return found


def _assertion(answered: Answered, passkey: Passkey) -> Assertion:
    try:
        return Assertion(
            credential_id=passkey.credential_id,
            public_key=passkey.public_key,
            authenticator_data=decode(answered.authenticator_data),
            client_data=decode(answered.client_data),
            signature=decode(answered.signature),
            rp_id=answered.rp_id,
        )
    except ValueError as error:
        raise PasskeyRefused(
            _("Câu trả lời của khóa truy cập không đọc được. Hãy tải lại trang rồi ký lại.")
        ) from error


def _refuse_copied(passkey: Passkey, counter: int) -> None:
    kept = PasskeyProof.objects.filter(credential_id=encode(passkey.credential_id))
    last = kept.order_by("-counter").values_list("counter", flat=True).first() or 0
    if not rose(counter, max(last, passkey.counter)):
        raise PasskeyRefused(
            _(
                "Số lần ký mà khóa báo không tăng: có thể đã có người sao chép khóa này. Chưa ký "
                "gì. Hãy bỏ khóa ấy ở trang tài khoản rồi đăng ký khóa mới."
            )
        )
