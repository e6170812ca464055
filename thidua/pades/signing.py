"""Sign a PDF with a certificate: one increment behind its bytes, PAdES, nothing before touched."""

import io
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign.fields import SigSeedSubFilter, enumerate_sig_fields
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes
from pyhanko.sign.signers.pdf_signer import (
    DSSContentSettings,
    PdfSigningSession,
    SigDSSPlacementPreference,
)
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.stamp import NoOpStampStyle
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.errors import PathError

from thidua.pades.increments import Increment, increment_of
from thidua.pades.keys import HeldKey
from thidua.pades.marks import HANOI, Mark, MarkStyle
from thidua.pades.reasons import Level, SigningFailed
from thidua.pades.running import run
from thidua.pades.timestamping import CheckedStamper, TimestampRefused
from thidua.pades.trust import Revocation, context_at

# Why the level is no higher than it is; "" where it is as high as was asked for.
Remark = Literal[
    "",
    "stamp_down",
    "stamp_refused",
    "stamp_damaged",
    "stamp_lying",
    "no_validation_data",  # the certificate's chain or its revocation could not be shown
]
STAMP_REMARKS: dict[str, Remark] = {
    "down": "stamp_down",
    "refused": "stamp_refused",
    "damaged": "stamp_damaged",
    "lying": "stamp_lying",
}
DIGEST = "sha256"


@dataclass(frozen=True)
class SignedPdf:
    """A signed PDF: the bytes before and one increment. ``detail`` is for operators."""

    pdf: bytes
    level: Level
    remark: Remark = ""
    detail: str = ""


def sign_pdf(
    pdf: bytes,
    key: HeldKey,
    field: str,
    mark: Mark | None,
    *,
    at: datetime,
    timestamper: TimeStamper | None = None,
    revocation: Revocation | None = None,
) -> SignedPdf:
    """Return ``pdf`` with its empty signature field ``field`` filled; ``at`` is our clock's time.

    With ``timestamper`` the level is B-T; with ``revocation`` as well, B-LT. Where either fails,
    the signature is made all the same at the level that can be reached, and ``remark`` says why.
    Raises `SigningFailed` for the PDF or its field, `KeyRefused` where a token answers no more.
    """
    stamper = CheckedStamper(timestamper, at) if timestamper else None
    wish = _Wish(key, field, mark, at, stamper, revocation if stamper else None)
    remark: Remark = ""
    detail = ""
    while True:
        try:
            made = _signed(increment_of(pdf, salt=field.encode()), wish)
        except TimestampRefused as trouble:
            wish = replace(wish, stamper=None, revocation=None)
            remark, detail = STAMP_REMARKS[trouble.reason], trouble.detail
        except _NoData as trouble:
            wish = replace(wish, revocation=None)
            remark, detail = "no_validation_data", str(trouble)
        else:
            return SignedPdf(made, wish.level, remark, detail)


@dataclass(frozen=True)
class _Wish:
    key: HeldKey
    field: str
    mark: Mark | None
    at: datetime
    stamper: CheckedStamper | None
    revocation: Revocation | None

    @property
    def level(self) -> Level:
        if self.revocation:
            return "B-LT"
        return "B-T" if self.stamper else "B-B"


class _NoData(Exception):
    """The chain of the certificate, or its revocation, could not be shown."""


def _signed(writer: Increment, wish: _Wish) -> bytes:
    _refuse_field(writer, wish.field)
    signer = PdfSigner(
        _settings(wish),
        wish.key.signer,
        timestamper=wish.stamper,
        stamp_style=MarkStyle(border_width=0, mark=wish.mark) if wish.mark else NoOpStampStyle(),
    )
    try:
        session = signer.init_signing_session(writer, existing_fields_only=True)
        session.system_time = wish.at.astimezone(HANOI)
        return run(_filled(session, wish))
    except (PdfError, SigningError, ValueError, KeyError) as trouble:
        raise SigningFailed("damaged", repr(trouble)) from trouble


async def _filled(session: PdfSigningSession, wish: _Wish) -> bytes:
    try:
        shown = await session.perform_presign_validation(session.pdf_out)
    except (SigningError, PathError) as trouble:
        raise _NoData(repr(trouble)) from trouble
    room = await session.estimate_signature_container_size(shown)
    document = session.prepare_tbs_document(shown, room)
    out = io.BytesIO()
    digest, _io = document.digest_tbs_document(output=out)
    done = await document.perform_signature(
        digest.document_digest, PdfCMSSignedAttributes(signing_time=session.system_time)
    )
    await done.post_signature_processing(out)
    return out.getvalue()


def _settings(wish: _Wish) -> PdfSignatureMetadata:
    return PdfSignatureMetadata(
        field_name=wish.field,
        md_algorithm=DIGEST,
        subfilter=SigSeedSubFilter.PADES,
        signer_key_usage=set(),
        validation_context=_context(wish),
        # In the same increment: whoever checks sees one change for one signature.
        dss_settings=DSSContentSettings(
            include_vri=False, placement=SigDSSPlacementPreference.TOGETHER_WITH_SIGNATURE
        ),
    )


def _context(wish: _Wish) -> ValidationContext | None:
    if wish.revocation is None:
        return None
    return context_at(wish.at, wish.revocation.roots, wish.revocation, is_strict=True)


def _refuse_field(writer: Increment, field: str) -> None:
    for name, value, _ref in enumerate_sig_fields(writer):
        if name == field:
            if value is not None:
                raise SigningFailed("field_taken", field)
            return
    raise SigningFailed("no_field", field)
