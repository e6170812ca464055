"""An official paper: frozen with its code, and taken back."""

from dataclasses import replace
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from thidua.accounts.acting import Acting
from thidua.audit.actions import record
from thidua.audit.queries import head_digest
from thidua.core import clock
from thidua.core.deeds import deed
from thidua.core.digest import digest_text
from thidua.core.errors import AlreadyDone, Invalid
from thidua.core.text import nfc, one_line
from thidua.documents.codes import address_of, new_code, shown
from thidua.documents.models import Version, Withdrawal
from thidua.typesetting.official import Mark, Official, as_data, from_data
from thidua.typesetting.text import as_text

LONGEST_TITLE = 400


@deed()
def freeze_official(
    official: Official,
    *,
    by: Acting,
    chain: str,
    previous: Version | None = None,
    is_illustration: bool = False,
    text: str = "",
    title: str = "",
) -> Version:
    """Keep a paper as it is issued: its data with a new code in it, its exact text, the digest.

    ``text`` is given where people confirmed other words than `as_text` writes, about the same
    paper (the covenant, decision 14); ``title`` where the records call it otherwise. "DỰ THẢO" goes
    from it, MINH HỌA comes to what is invented. Whoever calls records what was issued, and asks for
    `later("documents.print", pk=…)`.
    """
    code = new_code()
    marked = composed(
        replace(
            official,
            mark=Mark(shown(code), address_of(code)),
            watermark="MINH HỌA" if is_illustration else "",
        )
    )
    words = nfc(text) or nfc(as_text(marked))
    return Version.objects.create(
        kind=official.kind,
        title=one_line(title or title_of(marked))[:LONGEST_TITLE],
        text=words,
        official=as_data(marked),
        code=code,
        digest=digest_text(words),
        previous=previous,
        frozen_at=clock.now(),
        frozen_by=by.user,
        frozen_for=by.organization,
        chain=chain,
        chain_head=head_digest(chain),
        is_illustration=is_illustration,
    )


def title_of(official: Official) -> str:
    """Return what records call the paper: its type and what it is about."""
    return one_line(f"{official.type_name} {official.title}")


def composed(official: Official) -> Official:
    """Return the paper with every text in NFC, so that its words and its text cannot differ."""
    return from_data(_composed(as_data(official)))


def _composed(data: Any) -> Any:
    if isinstance(data, str):
        return nfc(data)
    if isinstance(data, dict):
        return {name: _composed(value) for name, value in data.items()}
    return [_composed(value) for value in data] if isinstance(data, list | tuple) else data


@deed()
def withdraw_paper(version: Version, *, by: Acting, reason: str) -> Withdrawal:
    """Take an issued paper back (thu hồi), with a reason; the paper and its number stay readable.

    Refuses `Invalid` without a reason, `AlreadyDone` where it was taken back before.
    """
    if not one_line(reason):
        raise Invalid(_("Cần ghi lý do thu hồi."), field="reason")
    if by.user is None or by.organization is None:
        raise Invalid(_("Cần chọn đang làm việc cho đơn vị nào."))
    withdrawal = Withdrawal(
        version=version,
        reason=one_line(reason),
        at=clock.now(),
        by=by.user,
        organization=by.organization,
    )
    try:
        with transaction.atomic():
            withdrawal.save(force_insert=True)
    except IntegrityError as error:
        raise AlreadyDone(_("Văn bản này đã được thu hồi trước đó.")) from error
    record("paper.withdrawn", by=by, on=version, chain=version.chain, reason=withdrawal.reason)
    return withdrawal
