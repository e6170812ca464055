"""Why a key, a signature or a file is not accepted: codes. Whoever asked makes the sentence."""

from typing import Literal

KeyReason = Literal[
    "not_a_key",  # neither PKCS#12 nor anything that holds a private key
    "wrong_passphrase",
    "no_key",  # a PKCS#12 with certificates alone
    "no_certificate",
    "other_certificate",  # the certificate beside the key is of another key
    "unsupported",  # neither RSA nor EC
    "no_module",  # the PKCS#11 program is not there, or is none
    "no_token",  # no token of that name is plugged in
    "token_gone",  # it was there, and is not any more
    "wrong_pin",
    "pin_locked",
    "token_refused",  # the token answered with an error of its own
]
# PAdES levels: the signature alone, with a time stamp, with what proves its certificate as well.
Level = Literal["B-B", "B-T", "B-LT"]
NoCertificate = Literal["empty", "damaged", "not_a_certificate"]
FileReason = Literal[
    "empty",
    "too_big",
    "not_pdf",
    "encrypted",
    "damaged",
    "too_slow",
    "too_heavy",
]
UploadReason = Literal[
    "empty",
    "too_big",
    "not_pdf",
    "encrypted",
    "damaged",
    "too_slow",
    "too_heavy",
    "other_paper",  # neither our bytes nor a paper with our mark in it
    "resaved",  # our paper, written anew by a program: not our bytes any more
    "bytes_changed",  # our bytes but for a few
    "older_revision",  # ours, but others have signed since it was fetched
    "not_signed",  # our bytes and nothing more, or more without a signature
    "several",  # more than one new signature at once
    "page_added",
    "annotated",
    "form_filled",  # a form field that is no signature
    "other_change",  # the increment holds more than a signature
    "over_text",  # the new signature's picture covers words or another's place
    "too_early",  # it says it was made before the text was frozen
    "too_late",  # it says it was made in the future
    "bad_signature",  # the signature itself does not fit what it signs
]
TimestampReason = Literal[
    "down",  # no answer, or none within the time
    "refused",  # it answered with an error
    "damaged",  # its answer is no token, or one for other bytes
    "lying",  # its token tells a time far from ours
]


class Refused(Exception):
    """Something was not accepted. ``reason`` is a code of this module, ``detail`` for operators."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(reason if not detail else f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail


class KeyRefused(Refused):
    """A key cannot be used; ``reason`` is a `KeyReason`."""


class CertificateRefused(Refused):
    """Bytes that hold no certificate; ``reason`` is a `NoCertificate`."""


class Unverifiable(Refused):
    """A PDF whose signatures cannot even be looked at; ``reason`` is a `FileReason`."""


class UploadRefused(Refused):
    """A signed PDF that somebody sent is not taken; ``reason`` is an `UploadReason`."""


class SigningFailed(Refused):
    """No signature came about: "field_taken", "no_field", or a `FileReason` of the PDF."""
