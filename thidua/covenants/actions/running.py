"""Running a round: a later last day, telling that it is over, answering who declined."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from thidua.accounts.acting import NOBODY, Acting
from thidua.core import clock
from thidua.core.deeds import deed
from thidua.core.errors import AlreadyDone, Invalid
from thidua.core.text import day_text, one_line
from thidua.core.workflow import require_state
from thidua.covenants.actions.drafting import note
from thidua.covenants.actions.rereading import reread
from thidua.covenants.models import Covenant, Decline, DeclineAnswer, Expiry, Extension
from thidua.covenants.queries import unsigned_members
from thidua.covenants.sentences import ANSWERED, EXPIRED, EXTENDED, facts_of
from thidua.cycles.actions.years import refuse_over
from thidua.notifications.actions import notify

State = Covenant.State


@deed()
def extend_round(covenant: Covenant, *, by: Acting, sign_by: date, reason: str) -> Extension:
    """Give the round a later last day, before or after the old one is over; every member is told.

    Refuses `Invalid` without a reason, and for a day that is past or not later than the old one.
    """
    covenant = reread(covenant)
    refuse_over(covenant.cycle)
    require_state(covenant, State.SIGNING)
    was, version = covenant.sign_by or clock.today(), covenant.version
    if sign_by < clock.today():
        raise Invalid(_("Hạn ký phải từ hôm nay trở đi."), field="sign_by")
    if sign_by <= was:
        told = {"day": day_text(was)}
        raise Invalid(_("Hạn mới phải sau hạn cũ, ngày %(day)s.") % told, field="sign_by")
    if version is None or not one_line(reason):
        raise Invalid(_("Cần ghi lý do."), field="reason")
    extension = covenant.extensions.create(
        version=version,
        was=was,
        until=sign_by,
        reason=reason,
        by=by.user,
        organization=by.organization,
        at=clock.now(),
    )
    covenant.sign_by = sign_by
    covenant.save(update_fields=["sign_by"])
    why = one_line(reason)
    days = {"was": was.isoformat(), "until": sign_by.isoformat()}
    note("covenant.extended", covenant, by, reason=why[:300], **days)
    notify(
        [e.organization_id for e in covenant.cycle.current()],
        EXTENDED.of(covenant),
        about=covenant,
        day=day_text(sign_by),
        reason=why,
        **facts_of(covenant),
    )
    return extension


@deed()
def tell_expired(covenant: Covenant) -> bool:
    """Tell every member, once, that the round's last day is over; say whether they were told.

    The round takes no signature from that moment on by itself; this only tells.
    """
    covenant = reread(covenant)
    if not covenant.is_expired or covenant.sign_by is None or covenant.version is None:
        return False
    row = Expiry(
        covenant=covenant, version=covenant.version, sign_by=covenant.sign_by, at=clock.now()
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        return False
    missing = unsigned_members(covenant)
    note("covenant.expired", covenant, NOBODY, count=len(missing))
    notify(
        [e.organization_id for e in covenant.cycle.current()],
        EXPIRED.of(covenant),
        about=covenant,
        day=day_text(covenant.sign_by),
        count=len(missing),
        **facts_of(covenant),
    )
    return True


@deed()
def answer_decline(decline: Decline, *, by: Acting, body: str) -> DeclineAnswer:
    """Answer a member that declined: what was agreed, or why it stays so. Once; the member is
    told, and may sign as long as the round takes signatures."""
    covenant = reread(decline.covenant)
    if not one_line(body):
        raise Invalid(_("Cần ghi trả lời."), field="body")
    if by.organization is None:
        raise Invalid(_("Cần chọn đang làm việc cho đơn vị nào."))
    answer = DeclineAnswer(
        decline=decline, body=body, organization=by.organization, by=by.user, at=clock.now()
    )
    try:
        with transaction.atomic():
            answer.save(force_insert=True)
    except IntegrityError as error:
        raise AlreadyDone(_("Lý do này đã được trả lời rồi.")) from error
    note("decline.answered", covenant, by, unit=decline.organization.name)
    news = ANSWERED.of(covenant)
    notify([decline.organization_id], news, about=covenant, **facts_of(covenant))
    return answer
