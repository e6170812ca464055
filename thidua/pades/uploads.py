"""A signed PDF that somebody sends: our bytes and one new signature behind them, nothing else.

`inspect` looks at the file in this process; what comes from outside goes through
`apart.inspect_upload`, which does the same in a process of its own with limits.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

from thidua.pades.changes import UNREADABLE, forbidden_steps
from thidua.pades.places import covers_words, kind_of_change
from thidua.pades.reasons import Unverifiable, UploadRefused
from thidua.pades.results import Outcome, SignatureResult
from thidua.pades.trust import Revocation
from thidua.pades.verifying import opened, refuse_unopened, verify_newest

CLOCKS_DIFFER = timedelta(minutes=10)  # between an office's computer and ours
FEW = 0.01  # of the bytes: so many are changed, not written anew


@dataclass(frozen=True)
class Terms:
    """What a signature must keep to. ``roots`` and ``revocation`` as for `verifying.verify_pdf`.

    ``frozen_at`` is when the text was frozen, ``at`` is now.
    """

    frozen_at: datetime
    at: datetime
    roots: tuple[bytes, ...] = ()
    revocation: Revocation | None = None


@dataclass(frozen=True)
class NewSignature:
    """The one signature that a file carries beyond ours. ``is_in_our_field``: it fills one that we
    prepared, rather than one that the office's tool made.

    ``result`` tells what it is worth: expired, revoked, of an unknown issuer and the like are for
    whoever asked to refuse.
    """

    field: str
    is_in_our_field: bool
    result: SignatureResult


def refuse_other_bytes(ours: bytes, uploaded: bytes, earlier: Sequence[bytes] = ()) -> None:
    """Refuse with `UploadRefused` what can be told without opening it.

    ``ours`` is what was fetched to be signed, ``earlier`` what stood there before others signed.
    Bytes that are not ours but may be our paper, written anew, are let through to be opened.
    """
    try:
        refuse_unopened(uploaded)
    except Unverifiable as trouble:
        raise UploadRefused(trouble.reason) from trouble
    if uploaded == ours:
        raise UploadRefused("not_signed")
    if uploaded.startswith(ours):
        return
    if any(map(uploaded.startswith, earlier)):
        raise UploadRefused("older_revision")
    if ours.startswith(uploaded):
        raise UploadRefused("damaged", "cut off")
    if len(uploaded) >= len(ours):
        different = sum(map(int.__ne__, ours, uploaded))
        if different <= FEW * len(ours):
            raise UploadRefused("bytes_changed", f"{different} bytes")


def inspect(ours: bytes, uploaded: bytes, terms: Terms) -> NewSignature:
    """Return the new signature in ``uploaded``. Refuses with `UploadRefused` and its reason."""
    refuse_other_bytes(ours, uploaded)
    try:
        new, old = opened(uploaded), opened(ours)
    except Unverifiable as trouble:
        raise UploadRefused(trouble.reason, trouble.detail) from trouble
    if not uploaded.startswith(ours):
        raise UploadRefused("resaved" if _is_same_paper(old, new) else "other_paper")
    try:
        found = _one_new(old, new)
        _refuse_place(old, ours, found)
        return _worth(old, found, terms)
    except UNREADABLE as trouble:
        raise UploadRefused("damaged", repr(trouble)) from trouble


def _is_same_paper(old: PdfFileReader, new: PdfFileReader) -> bool:
    """The code in the keywords tells papers apart; without one, the file's own mark does."""
    told, asked = (_keywords(one) for one in (old, new))
    if told:
        return told == asked
    return bool(_identity(old)) and _identity(old) == _identity(new)


def _keywords(reader: PdfFileReader) -> str:
    try:
        return str(reader.trailer["/Info"]["/Keywords"])
    except UNREADABLE:
        return ""


def _identity(reader: PdfFileReader) -> Any:
    try:
        return reader.trailer["/ID"][0]
    except UNREADABLE:
        return None


def _one_new(old: PdfFileReader, new: PdfFileReader) -> EmbeddedPdfSignature:
    before = old.xrefs.total_revisions
    if forbidden := forbidden_steps(new, before - 1):
        raise UploadRefused(kind_of_change(old, new), next(iter(forbidden.values())))
    found = [one for one in new.embedded_regular_signatures if one.signed_revision >= before]
    if not found:
        raise UploadRefused("not_signed")
    if len(found) > 1:
        raise UploadRefused("several", str(len(found)))
    return found[0]


def _refuse_place(old: PdfFileReader, ours: bytes, found: EmbeddedPdfSignature) -> None:
    """A field that the office's tool made may stand anywhere but over words and others' places."""
    if found.field_name not in _empty(old) and covers_words(old, ours, found):
        raise UploadRefused("over_text")


def _empty(reader: PdfFileReader) -> set[str]:
    return {name for name, _v, _r in enumerate_sig_fields(reader, filled_status=False)}


def _worth(old: PdfFileReader, found: EmbeddedPdfSignature, terms: Terms) -> NewSignature:
    name = str(found.field_name)
    result = verify_newest(
        found.reader, name, terms.roots, at=terms.at, revocation=terms.revocation
    )
    if result.outcome in (Outcome.DAMAGED, Outcome.CHANGED):
        raise UploadRefused("bad_signature", result.detail)
    for moment in filter(None, (result.signed_at, result.stamped_at)):
        if moment < terms.frozen_at - CLOCKS_DIFFER:
            raise UploadRefused("too_early", moment.isoformat())
        if moment > terms.at + CLOCKS_DIFFER:
            raise UploadRefused("too_late", moment.isoformat())
    return NewSignature(result.field, result.field in _empty(old), result)
