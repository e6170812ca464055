"""Keys on hardware, through PKCS#11: the key never leaves the token, only what it signs does.

A token counts wrong PINs and locks itself, and one login holds for the whole process. So a login
is kept with a digest of the PIN that made it, and another PIN is refused without asking the token.
"""

import contextlib
import hashlib
import hmac
import os
import threading
from dataclasses import dataclass
from typing import Any

import pkcs11
from pkcs11 import exceptions as trouble_of
from pkcs11.exceptions import PKCS11Error
from pyhanko.sign.pkcs11 import PKCS11Signer

from thidua.pades.certificates import facts_of
from thidua.pades.keys import KEPT, HeldKey, Settled, forget
from thidua.pades.reasons import KeyReason, KeyRefused

GONE = (
    trouble_of.DeviceError,
    trouble_of.DeviceRemoved,
    trouble_of.TokenNotPresent,
    trouble_of.TokenNotRecognised,
    trouble_of.SessionClosed,
    trouble_of.SessionHandleInvalid,
    trouble_of.KeyHandleInvalid,
    trouble_of.ObjectHandleInvalid,
    trouble_of.SlotIDInvalid,
    trouble_of.UserNotLoggedIn,
    trouble_of.GeneralError,
)
WRONG = (trouble_of.PinIncorrect, trouble_of.PinInvalid, trouble_of.PinLenRange)
_SECRET = os.urandom(32)
_LOCK = threading.RLock()


@dataclass(frozen=True)
class _Login:
    session: Any
    pin: bytes  # a keyed digest


_LOGINS: dict[tuple[str, str], _Login] = {}


def open_token(module_path: str, token_label: str, pin: str, key_label: str) -> HeldKey:
    """Return the key ``key_label`` on the token ``token_label``, once logged in with ``pin``.

    ``module_path`` is the maker's PKCS#11 program. Raises `KeyRefused` with its reason.
    """
    opened_by = ("token", module_path, token_label, pin, key_label)
    return KEPT.get(opened_by, lambda: _load(module_path, token_label, pin, key_label))


def _load(module_path: str, token_label: str, pin: str, key_label: str) -> HeldKey:
    with _LOCK:
        try:
            session = _session(module_path, token_label, pin)
            signer = TokenSigner(session, (module_path, token_label), key_label)
            return HeldKey(signer.facts, signer, is_token=True)
        except PKCS11Error as trouble:
            raise KeyRefused(_why(trouble), type(trouble).__name__) from trouble


def _session(module_path: str, token_label: str, pin: str) -> Any:
    place, digest = (module_path, token_label), _digest(pin)
    if login := _LOGINS.get(place):
        if not hmac.compare_digest(login.pin, digest):
            raise KeyRefused("wrong_pin")
        return login.session
    session = _token(module_path, token_label).open(user_pin=pin)
    _LOGINS[place] = _Login(session, digest)
    return session


def _token(module_path: str, token_label: str) -> Any:
    if not os.path.isfile(module_path):
        raise KeyRefused("no_module")
    try:
        module = pkcs11.lib(module_path)
    except (RuntimeError, OSError) as trouble:  # also every PKCS11Error
        raise KeyRefused("no_module", str(trouble)) from trouble
    for slot in module.get_slots(token_present=True):
        try:
            token = slot.get_token()
        except PKCS11Error:
            continue
        if token.label == token_label:
            return token
    raise KeyRefused("no_token")


class TokenSigner(Settled, PKCS11Signer):
    """Signs on a token, one signature at a time; lets go of the login when the token is gone."""

    def __init__(self, session: Any, place: tuple[str, str], key_label: str) -> None:
        # We digest, the token signs the digest: what every token can do (softhsm2 no other for EC).
        super().__init__(
            session,
            key_label=key_label,
            other_certs_to_pull=(),
            embed_roots=False,
            use_raw_mechanism=True,
        )
        self.place = place
        _ = self._find("no_key", self._pull_signing_key_handle)
        certificate = self._find(
            "no_certificate", lambda: self._pull_single_cert(label=key_label, cert_id=None)
        )
        self._signing_cert = certificate
        self.facts = facts_of(certificate)
        self._load_objects()
        self._cert_registry.register(certificate)

    async def async_sign_raw(
        self, data: bytes, digest_algorithm: str, dry_run: bool = False
    ) -> bytes:
        """Return the token's signature of ``data``. Raises `KeyRefused`."""
        if dry_run:
            return bytes(self.estimate_raw_signature_size_bytes())
        chosen = self._select_pkcs11_signing_params(digest_algorithm, self.sign_kwargs(data))
        prepared = chosen.pre_sign_transform(data) if chosen.pre_sign_transform else data
        with _LOCK:
            try:
                made: bytes = self._key_handle.sign(prepared, **chosen.sign_kwargs)  # type: ignore[union-attr]
            except PKCS11Error as trouble:
                self._let_go()
                raise KeyRefused(_why(trouble), type(trouble).__name__) from trouble
        return chosen.post_sign_transform(made) if chosen.post_sign_transform else made

    def _find(self, reason: KeyReason, look: Any) -> Any:
        try:
            return look()
        except PKCS11Error as trouble:
            if isinstance(trouble, GONE):
                raise
            raise KeyRefused(reason, str(trouble)) from trouble

    def _let_go(self) -> None:
        """Forget login and keys: whoever plugs the token in again begins afresh."""
        _LOGINS.pop(self.place, None)
        forget(lambda held: getattr(held.signer, "place", None) == self.place)
        with contextlib.suppress(PKCS11Error):  # it is gone, which is why we are here
            self.pkcs11_session.close()


def _why(trouble: PKCS11Error) -> KeyReason:
    if isinstance(trouble, WRONG):
        return "wrong_pin"
    if isinstance(trouble, trouble_of.PinLocked):
        return "pin_locked"
    return "token_gone" if isinstance(trouble, GONE) else "token_refused"


def _digest(pin: str) -> bytes:
    return hmac.digest(_SECRET, pin.encode(), hashlib.sha256)
