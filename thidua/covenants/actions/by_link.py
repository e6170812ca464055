"""The one act of a head without an account: sign, decline, or say something, by link and code."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from thidua.core import clock
from thidua.core.deeds import deed
from thidua.core.errors import Invalid, WrongState
from thidua.core.text import one_line
from thidua.core.workflow import require_state
from thidua.covenants import codes
from thidua.covenants.actions.drafting import note
from thidua.covenants.actions.linking import WrongCode, confirm_code, living, refuse_stale_code
from thidua.covenants.actions.rereading import reread
from thidua.covenants.actions.signing import (
    record_decline,
    record_signature,
    refuse_unless_awaited,
    taking_signatures,
    tell_leaders,
)
from thidua.covenants.models import Comment, Covenant, Decline, SigningLink
from thidua.covenants.sentences import COMMENTED
from thidua.cycles.actions.years import refuse_over
from thidua.documents.actions import Signer
from thidua.documents.models import Signature

Act = SigningLink.Act


@dataclass(frozen=True)
class Bearer:
    """Whoever holds the link, as the trail names them: no account, the contact's name and unit."""

    link: SigningLink
    actor_id: int | None = None

    @property
    def actor_name(self) -> str:
        return self.link.contact.person.full_name

    @property
    def organization_id(self) -> int | None:
        return self.link.contact.organization_id

    @property
    def organization_name(self) -> str:
        return self.link.contact.organization.name


def sign_by_link(link: SigningLink, *, code: str, digest: str) -> Signature:
    """Sign with the code that was mailed; ``digest`` is the one that the page showed."""
    confirm_code(link, code)
    return _sign(link, code, digest)


def decline_by_link(link: SigningLink, *, code: str, reason: str) -> Decline:
    """Decline with a reason, with the code that was mailed; the link is used up by it."""
    if not one_line(reason):
        raise Invalid(_("Cần ghi lý do."), field="body")
    confirm_code(link, code)
    return _decline(link, code, reason)


def comment_by_link(link: SigningLink, *, code: str, body: str) -> Comment:
    """Say something to the text being signed, with the code that was mailed; uses the link up."""
    if not one_line(body):
        raise Invalid(_("Cần ghi ý kiến."), field="body")
    confirm_code(link, code)
    return _comment(link, code, body)


@deed()
def _sign(link: SigningLink, code: str, digest: str) -> Signature:
    covenant = taking_signatures(link.covenant)
    link = _opened(link, covenant, code)
    contact = link.contact
    organization = link.enrolment.organization
    refuse_unless_awaited(covenant, organization.pk)
    signer = Signer(
        organization=organization,
        user=None,
        name=contact.person.full_name,
        capacity=contact.capacity,
        is_illustration=contact.person.is_illustration,
    )
    method = Signature.Method.LINK
    by = Bearer(link)
    signature = record_signature(covenant, by=by, signer=signer, digest=digest, method=method)
    link.signature = signature
    _use(link, Act.SIGNED)
    _note_use(covenant, link)
    return signature


@deed()
def _decline(link: SigningLink, code: str, reason: str) -> Decline:
    covenant = reread(link.covenant)
    require_state(covenant, Covenant.State.SIGNING)
    refuse_over(covenant.cycle)
    link = _opened(link, covenant, code)
    refuse_unless_awaited(covenant, link.enrolment.organization_id)
    by = Bearer(link)
    facts = {"organization_id": link.enrolment.organization_id, "speaker": by.actor_name}
    decline = record_decline(covenant, link.version, actor=by, reason=reason, **facts)
    _use(link, Act.DECLINED)
    _note_use(covenant, link)
    return decline


@deed()
def _comment(link: SigningLink, code: str, body: str) -> Comment:
    covenant = reread(link.covenant)
    link = _opened(link, covenant, code)
    by = Bearer(link)
    comment = covenant.comments.create(
        body=body,
        organization=link.enrolment.organization,
        speaker=by.actor_name,
        at=clock.now(),
    )
    note("covenant.commented", covenant, by, about="")
    tell_leaders(covenant, COMMENTED, unit=by.organization_name)
    _use(link, Act.COMMENTED)
    _note_use(covenant, link)
    return comment


def _opened(link: SigningLink, covenant: Covenant, code: str) -> SigningLink:
    """Return the link locked; refuse when it or its code was spent since, or the text is another.

    Of two acts at once the second finds it used. The organisation is that of the member today.
    """
    link = living(link)
    refuse_stale_code(link)
    if not codes.is_code(link, code):
        raise WrongCode(_("Mã này vừa được thay. Hãy dùng mã mới nhất."), field="code")
    if covenant.version_id != link.version_id:
        raise WrongState(_("Văn bản này đã thôi ký. Hãy hỏi người đã gửi để có đường dẫn mới."))
    if link.contact.organization_id != link.enrolment.organization_id:
        raise WrongState(_("Đơn vị đã thay đổi từ khi có đường dẫn này. Hãy xin đường dẫn mới."))
    return link


def _use(link: SigningLink, act: str) -> None:
    link.used_at, link.act, link.code_seed = clock.now(), act, ""
    link.save(update_fields=["used_at", "act", "code_seed", "signature"])


def _note_use(covenant: Covenant, link: SigningLink) -> None:
    given = _("địa chỉ mới ghi") if link.is_newly_given else _("địa chỉ đã đăng ký trước")
    note("link.used", covenant, Bearer(link), made_by=link.by.name, given=given)
