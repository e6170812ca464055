"""The signing round: sign, decline, declare in force."""

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from thidua.accounts.acting import Acting
from thidua.accounts.actions import held_today
from thidua.accounts.models import Appointment
from thidua.audit.actions import Actor
from thidua.core import clock
from thidua.core.deeds import deed
from thidua.core.errors import AlreadyDone, Invalid, NoRight, WrongState
from thidua.core.text import one_line
from thidua.core.workflow import require_state
from thidua.covenants.actions.completing import (
    after_signature,
    complete_if_all_signed,
    put_in_force,
)
from thidua.covenants.actions.drafting import note
from thidua.covenants.actions.gates import member_of, open_version, refuse_out_of_turn
from thidua.covenants.actions.reminding import remind_unsigned
from thidua.covenants.actions.rereading import reread
from thidua.covenants.models import Covenant, Declaration, Decline, Missing
from thidua.covenants.queries import for_a_signature, unsigned_members
from thidua.covenants.sentences import DECLINED, Telling, facts_of
from thidua.cycles.actions.years import refuse_over
from thidua.documents.actions import Signer, sign_version
from thidua.documents.models import Signature, Version
from thidua.notifications.actions import notify

__all__ = [
    "SIGNERS",
    "complete_if_all_signed",
    "declare_in_force",
    "decline_covenant",
    "remind_unsigned",
    "sign_covenant",
]
State = Covenant.State
SIGNERS = (Appointment.Role.HEAD, Appointment.Role.STAND_IN)


@deed()
def sign_covenant(
    covenant: Covenant,
    *,
    by: Acting,
    digest: str,
    organization_id: int,
    method: str = Signature.Method.IN_SYSTEM,
) -> Signature:
    """Sign for the organisation shown; the last signature puts the covenant in force.

    The password or the second factor was checked before (`confirm_password`, `web.proof`);
    ``method`` says which. ``digest`` and ``organization_id`` are those that the page showed:
    another text or another organisation is refused. The right to sign is read again here, so an
    appointment that has just ended does not sign.
    """
    covenant = taking_signatures(covenant)
    appointment = signing_right(covenant, by, organization_id)
    signer = Signer.of(appointment)
    return record_signature(covenant, by=by, signer=signer, digest=digest, method=method)


def taking_signatures(covenant: Covenant) -> Covenant:
    """Return the covenant reread and locked, where it takes signatures now; else refuse.

    Refused as `WrongState` at another step, as `OutOfTime` once the round's last day is over.
    """
    covenant = reread(covenant, for_a_signature)
    open_version(covenant)
    return covenant


def record_signature(
    covenant: Covenant,
    *,
    by: Actor,
    signer: Signer,
    digest: str,
    method: str,
    told: tuple[str, Mapping[str, str]] = ("covenant.signed", {}),
) -> Signature:
    """Keep one signature, whatever way it was made; the last one puts the covenant in force.

    ``covenant`` is from `taking_signatures`; whether the signer may sign was asked before.
    ``told`` is what the trail says: that ``by`` signed, or what ``by`` did for the signer. Refuses
    a member that signs before its turn, where the round is signed in order.
    """
    if covenant.version is None:
        raise WrongState(_("Chưa có bản chốt để ký."))
    organization_id = signer.organization.pk
    if covenant.is_in_turn:
        refuse_out_of_turn(covenant, member_of(covenant, organization_id))
    is_late = covenant.state == State.IN_FORCE
    signature = sign_version(
        covenant.version, signer=signer, digest=digest, is_late=is_late, method=method
    )
    code, facts = told
    note(code, covenant, by, digest=digest, late=int(is_late), **facts)
    after_signature(covenant, organization_id, by=by)
    return signature


def signing_right(covenant: Covenant, by: Acting, organization_id: int) -> Appointment:
    """Return the appointment by which ``by`` signs for the unit that the page showed, or refuse."""
    if by.organization_id != organization_id:
        raise NoRight(_("Trang này mở khi bạn làm việc cho đơn vị khác. Hãy tải lại trang."))
    refuse_unless_awaited(covenant, organization_id)
    return held_today(by, *SIGNERS)


def refuse_unless_awaited(covenant: Covenant, organization_id: int) -> None:
    """Refuse a unit that takes no part, or whose part was signed by the unit before it."""
    member_of(covenant, organization_id)


@deed()
def decline_covenant(
    covenant: Covenant, *, by: Acting, organization_id: int, reason: str
) -> Decline:
    """Decline to sign, with a reason that the leader and the members can read."""
    covenant = reread(covenant)
    require_state(covenant, State.SIGNING)
    refuse_over(covenant.cycle)
    version = covenant.version
    if version is None or not one_line(reason):
        raise Invalid(_("Cần ghi lý do."), field="reason")
    signing_right(covenant, by, organization_id)
    facts = {"organization_id": organization_id, "by": by.user}
    return record_decline(covenant, version, actor=by, reason=reason, **facts)


def record_decline(
    covenant: Covenant, version: Version, *, actor: Actor, reason: str, **facts: Any
) -> Decline:
    """Keep that a member declined, tell the leader and the trail; inside a deed.

    ``facts`` are columns of `Decline`: organization_id, and by or speaker.
    """
    organization_id = facts["organization_id"]
    if version.signatures.filter(organization=organization_id).exists():
        raise AlreadyDone(_("Đơn vị đã ký nên không từ chối được nữa."))
    decline = Decline(covenant=covenant, version=version, reason=reason, at=clock.now(), **facts)
    try:
        with transaction.atomic():
            decline.save(force_insert=True)
    except IntegrityError as error:
        raise AlreadyDone(_("Đơn vị đã ghi lý do từ chối rồi.")) from error
    note("covenant.declined", covenant, actor, reason=reason[:300])
    tell_leaders(covenant, DECLINED, unit=actor.organization_name)
    return decline


def tell_leaders(covenant: Covenant, news: Telling, **facts: str | int) -> None:
    """Tell whoever leads the year; the board where nobody does."""
    leaders = [e.organization_id for e in covenant.cycle.in_role("leader")]
    people = leaders or [covenant.cycle.bloc.managing_body_id]
    notify(people, news.of(covenant), about=covenant, **facts_of(covenant), **facts)


@deed()
def declare_in_force(covenant: Covenant, *, by: Acting, reasons: Mapping[int, str]) -> Declaration:
    """Declare the covenant in force after the day set for signing, though some have not signed.

    ``reasons`` maps each missing organisation's id to why it has not signed; all are needed.
    """
    covenant = reread(covenant)
    refuse_over(covenant.cycle)
    require_state(covenant, State.SIGNING)
    if not covenant.is_past_sign_by:
        raise WrongState(_("Chỉ tuyên bố hiệu lực sau khi hết hạn ký."))
    if covenant.version is None or not covenant.version.signatures.exists():
        raise WrongState(_("Chưa đơn vị nào ký nên chưa tuyên bố hiệu lực được."))
    missing = unsigned_members(covenant)
    for enrolment in missing:
        if not one_line(reasons.get(enrolment.organization_id, "")):
            raise Invalid(
                _("Cần ghi lý do chưa ký của %(unit)s.") % {"unit": enrolment.organization.name},
                field=f"reason_{enrolment.organization_id}",
            )
    declaration = Declaration.objects.create(
        covenant=covenant, by=by.user, organization=by.organization, at=clock.now()
    )
    Missing.objects.bulk_create(
        Missing(
            declaration=declaration,
            organization_id=enrolment.organization_id,
            organization_name=enrolment.organization.name,
            reason=one_line(reasons[enrolment.organization_id]),
        )
        for enrolment in missing
    )
    names = ", ".join(e.organization.name for e in missing)
    note("covenant.declared", covenant, by, missing=names[:1000])
    put_in_force(covenant, by)
    return declaration
