"""A personal link for a head without an account: made, revoked, and its code sent."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from thidua.accounts.acting import Acting
from thidua.core import clock
from thidua.core.deeds import deed
from thidua.core.errors import AlreadyDone, DomainError, Invalid, OutOfTime, WrongState
from thidua.covenants import codes
from thidua.covenants.actions.contacts import is_vouched
from thidua.covenants.actions.drafting import note
from thidua.covenants.actions.gates import member_of, open_version, refuse_signed
from thidua.covenants.actions.rereading import reread
from thidua.covenants.models import Contact, Covenant, SigningLink
from thidua.covenants.queries import for_a_signature
from thidua.house.queries import house
from thidua.notifications.actions.telling import write_mail
from thidua.notifications.codes import mark_of

HOURS = (4, 24, 72, 168)  # what a link may live
CODE_LIFE = timedelta(minutes=15)
PAUSE = timedelta(minutes=1)  # between two codes
MOST_CODES = 5  # that a link sends in all
MOST_TRIES = 5  # that a code has


class WrongCode(DomainError):
    """The digits typed are not those that were sent."""

    code = "wrong_code"


@deed()
def make_link(
    covenant: Covenant, contact: Contact, *, by: Acting, hours: int
) -> tuple[SigningLink, str]:
    """Make a link for one act of ``contact``; return it with its secret, which is kept nowhere.

    A former open link of the member ends. Refuses when the round takes no signatures, the member
    has signed, or the contact is no longer used.
    """
    covenant = reread(covenant, for_a_signature)
    version = open_version(covenant)
    contact = Contact.objects.select_related("person", "organization").get(pk=contact.pk)
    if hours not in HOURS:
        raise Invalid(_("Hãy chọn một thời hạn có trong danh sách."), field="hours")
    if contact.ended_at is not None:
        raise WrongState(_("Địa chỉ này đã thôi dùng. Hãy chọn địa chỉ khác."))
    if by.user is None or by.organization is None:
        raise Invalid(_("Cần chọn đang làm việc cho đơn vị nào."))
    member = member_of(covenant, contact.organization_id)
    refuse_signed(covenant, member)
    now, token = clock.now(), codes.fresh_token()
    _open_links(version.pk, member.pk).update(ended_at=now)
    link = SigningLink(
        covenant=covenant,
        version=version,
        enrolment=member,
        contact=contact,
        is_newly_given=not is_vouched(contact, by=by),
        digest=codes.digest_of_token(token),
        by=by.user,
        made_for=by.organization,
        made_at=now,
        expires_at=now + timedelta(hours=hours),
    )
    try:
        with transaction.atomic():
            link.save(force_insert=True)
    except IntegrityError as error:
        raise AlreadyDone(_("Vừa có người tạo đường dẫn cho đơn vị này.")) from error
    names = {"person": contact.person.full_name, "unit": member.name}
    given = _("địa chỉ mới ghi") if link.is_newly_given else _("địa chỉ đã đăng ký trước")
    note("link.made", covenant, by, given=given, hours=hours, **names)
    return link, token


def _open_links(version_pk: int, member_pk: int) -> QuerySet[SigningLink]:
    return SigningLink.objects.filter(
        version=version_pk, enrolment=member_pk, used_at=None, ended_at=None
    )


@deed()
def revoke_link(link: SigningLink, *, by: Acting) -> None:
    """Let the link open nothing any more. One that was used or has ended is refused."""
    link = SigningLink.objects.select_for_update(of=("self",)).get(pk=link.pk)
    if link.used_at is not None or link.ended_at is not None:
        raise AlreadyDone(_("Đường dẫn này đã dùng hoặc đã thu hồi rồi."))
    link.ended_at = clock.now()
    link.save(update_fields=["ended_at"])
    covenant = Covenant.objects.select_related("cycle__bloc").get(pk=link.covenant_id)
    unit = link.enrolment.organization.name
    note("link.revoked", covenant, by, unit=unit)


def living(link: SigningLink) -> SigningLink:
    """Return the link read again and locked, inside a deed; refuse one that opens nothing."""
    fresh = (
        SigningLink.objects.select_for_update(of=("self",))
        .select_related("contact__person", "contact__organization", "enrolment__organization")
        .get(pk=link.pk)
    )
    if sentence := why_shut(fresh):
        raise OutOfTime(sentence)
    return fresh


def why_shut(link: SigningLink) -> str:
    """Return why the link opens nothing any more; empty while it does."""
    if link.used_at is not None:
        told = {"at": _moment(link.used_at), "act": link.get_act_display()}
        return _("Đường dẫn này đã dùng rồi (%(act)s, lúc %(at)s), không dùng lại được.") % told
    if link.ended_at is not None:
        return _("Đường dẫn này đã được thu hồi. Hãy hỏi người đã gửi để có đường dẫn mới.")
    if clock.now() >= link.expires_at:
        told = {"at": _moment(link.expires_at)}
        sentence = _("Đường dẫn này đã hết hạn lúc %(at)s. Hãy xin người đã gửi một đường dẫn mới.")
        return sentence % told
    return ""


@deed()
def send_code(link: SigningLink) -> SigningLink:
    """Mail six fresh digits to the registered address; the ones before open nothing any more.

    Refuses a link that is shut, a code asked for within a minute of the last, and the sixth one.
    """
    link = living(link)
    now = clock.now()
    if link.code_sent_at is not None and now < link.code_sent_at + PAUSE:
        raise WrongState(_("Mã vừa được gửi. Hãy đợi một phút rồi mới xin mã khác."))
    if link.codes >= MOST_CODES:
        raise WrongState(
            _("Đường dẫn này đã gửi đủ số mã cho phép. Hãy hỏi người đã gửi để có đường dẫn mới.")
        )
    link.code_seed, link.code_sent_at, link.tries = codes.fresh_seed(), now, 0
    link.codes += 1
    link.save(update_fields=["code_seed", "code_sent_at", "codes", "tries"])
    covenant = Covenant.objects.select_related("cycle__bloc").get(pk=link.covenant_id)
    with override(settings.LANGUAGE_CODE):
        told = {
            "link": link,
            "covenant": covenant,
            "code": mark_of(codes.KIND, link.pk),
            "minutes": CODE_LIFE.seconds // 60,
            "house": house(),
        }
        write_mail(
            key=f"signing-code:{link.pk}:{link.codes}",
            address=link.contact.address,
            subject=_("Mã xác nhận để ký %(covenant)s") % {"covenant": covenant.title},
            text=render_to_string("covenant_mails/signing_code.txt", told),
        )
    return link


def confirm_code(link: SigningLink, typed: str) -> None:
    """Take one of the code's tries and compare; `WrongCode` where it is another.

    The try is counted in a deed of its own, so that a refusal does not give it back.
    """
    left = _left_after_try(link, typed)
    if left is None:
        return
    told = {"left": left}
    sentence = _("Mã không đúng. Còn gõ được %(left)d lần nữa.") % told
    if not left:
        sentence = _("Mã không đúng và đã hết số lần gõ. Hãy xin mã mới.")
    raise WrongCode(sentence, field="code")


@deed()
def _left_after_try(link: SigningLink, typed: str) -> int | None:
    """Return how many tries are left after this wrong one; None where it was right."""
    link = living(link)
    refuse_stale_code(link)
    if link.tries >= MOST_TRIES:
        raise WrongCode(_("Mã này đã hết số lần gõ. Hãy xin mã mới."), field="code")
    link.tries += 1
    link.save(update_fields=["tries"])
    return None if codes.is_code(link, typed) else MOST_TRIES - link.tries


def refuse_stale_code(link: SigningLink) -> None:
    """Refuse when no code was sent yet, or the last one is too old."""
    if link.code_sent_at is None:
        raise WrongCode(_("Chưa có mã nào được gửi. Hãy bấm gửi mã trước."), field="code")
    if clock.now() >= link.code_sent_at + CODE_LIFE:
        raise WrongCode(_("Mã này đã quá 15 phút. Hãy xin mã mới."), field="code")


def _moment(moment: datetime) -> str:
    local = timezone.localtime(moment)
    return f"{local:%H:%M} {local.day}/{local.month}/{local.year}"
