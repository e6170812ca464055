"""The signing round: sign, decline, remind, declare in force."""

from collections.abc import Mapping

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from thidua.accounts.acting import Acting
from thidua.accounts.actions import held_today
from thidua.accounts.models import Appointment
from thidua.core import clock
from thidua.core.deeds import deed
from thidua.core.errors import AlreadyDone, Invalid, NoRight, WrongState
from thidua.core.text import day_text, one_line
from thidua.core.workflow import move, require_state
from thidua.covenants.actions.drafting import note
from thidua.covenants.actions.freezing import reread
from thidua.covenants.models import Covenant, Declaration, Decline, Missing
from thidua.covenants.queries import for_a_signature, unsigned_members
from thidua.cycles.actions.years import locked
from thidua.cycles.models import Enrolment, Phase
from thidua.cycles.queries import refuse_unless_accepting
from thidua.documents.actions import Signer, sign_version
from thidua.documents.models import Signature
from thidua.notifications.actions import notify
from thidua.notifications.actions.reminding import nudge

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
    """Return the covenant reread and locked, where it takes signatures now; else refuse."""
    covenant = reread(covenant, for_a_signature)
    if covenant.version is None or not covenant.takes_signatures:
        raise WrongState(
            _("%(covenant)s đang ở bước “%(state)s” nên không ký được.")
            % {"covenant": covenant.title, "state": covenant.get_state_display()}
        )
    locked(covenant.cycle)
    refuse_unless_accepting(covenant.cycle, Phase.Kind.COVENANT)
    return covenant


def record_signature(
    covenant: Covenant, *, by: Acting, signer: Signer, digest: str, method: str
) -> Signature:
    """Keep one signature, whatever way it was made; the last one puts the covenant in force.

    ``covenant`` is from `taking_signatures`; whether the signer may sign was asked before.
    """
    if covenant.version is None:
        raise WrongState(_("Chưa có bản chốt để ký."))
    is_late = covenant.state == State.IN_FORCE
    signature = sign_version(
        covenant.version, signer=signer, digest=digest, is_late=is_late, method=method
    )
    note("covenant.signed", covenant, by, digest=digest, late=int(is_late))
    if not is_late:
        complete_if_all_signed(covenant, by=by)
    return signature


def signing_right(covenant: Covenant, by: Acting, organization_id: int) -> Appointment:
    """Return the appointment by which ``by`` signs for the unit that the page showed, or refuse."""
    if by.organization_id != organization_id:
        raise NoRight(_("Trang này mở khi bạn làm việc cho đơn vị khác. Hãy tải lại trang."))
    refuse_unless_awaited(covenant, organization_id)
    return held_today(by, *SIGNERS)


def refuse_unless_awaited(covenant: Covenant, organization_id: int) -> None:
    """Refuse a unit that takes no part, or whose part was signed by the unit before it."""
    members = Enrolment.objects.filter(cycle=covenant.cycle_id, left_on=None)
    member = members.filter(organization=organization_id).first()
    if member is None:
        raise NoRight(_("Đơn vị này không tham gia, hoặc đã rời, nên không ký giao ước."))
    _refuse_signed_before(covenant, member)


def _refuse_signed_before(covenant: Covenant, member: Enrolment) -> None:
    """Refuse a second signature of one member: what the old unit signed stays signed."""
    former = member.bearer_ids - {member.organization_id}
    signed = Signature.objects.filter(version=covenant.version_id, organization__in=former).first()
    if signed:
        raise AlreadyDone(
            _("Đơn vị tiền thân (%(unit)s) đã ký bản này: chữ ký ấy vẫn có giá trị.")
            % {"unit": signed.organization_name}
        )


def complete_if_all_signed(covenant: Covenant, *, by: Acting) -> bool:
    """Put the covenant in force when nobody's signature is awaited any more; say whether.

    ``covenant`` was reread in this deed; the signatures and members are asked for anew.
    """
    if covenant.state != State.SIGNING or covenant.version is None:
        return False
    signatures = Signature.objects.filter(version=covenant.version)
    signed = set(signatures.values_list("organization_id", flat=True))
    members = Enrolment.objects.filter(cycle=covenant.cycle_id, left_on=None)
    if not signed or any(not member.bearer_ids & signed for member in members):
        return False
    _put_in_force(covenant, by)
    return True


def _put_in_force(covenant: Covenant, by: Acting) -> None:
    if covenant.previous and covenant.previous.state == State.IN_FORCE:
        move(covenant.previous, State.SUPERSEDED)
    move(covenant, State.IN_FORCE, in_force_at=clock.now())
    note("covenant.in_force", covenant, by)
    sentence = gettext_noop("Giao ước thi đua năm %(year)d đã có hiệu lực.")
    members = [e.organization_id for e in covenant.cycle.current()]
    notify(members, sentence, about=covenant, year=covenant.cycle.year)


@deed()
def decline_covenant(
    covenant: Covenant, *, by: Acting, organization_id: int, reason: str
) -> Decline:
    """Decline to sign, with a reason that the leader and the members can read."""
    covenant = reread(covenant)
    require_state(covenant, State.SIGNING)
    locked(covenant.cycle)
    version = covenant.version
    if version is None or not one_line(reason):
        raise Invalid(_("Cần ghi lý do."), field="reason")
    signing_right(covenant, by, organization_id)
    if version.signatures.filter(organization=organization_id).exists():
        raise AlreadyDone(_("Đơn vị đã ký nên không từ chối được nữa."))
    decline = Decline(
        covenant=covenant,
        version=version,
        organization_id=organization_id,
        reason=reason,
        by=by.user,
        at=clock.now(),
    )
    try:
        with transaction.atomic():
            decline.save(force_insert=True)
    except IntegrityError as error:
        raise AlreadyDone(_("Đơn vị đã ghi lý do từ chối rồi.")) from error
    note("covenant.declined", covenant, by, reason=reason[:300])
    leaders = [e.organization_id for e in covenant.cycle.in_role("leader")]
    notify(
        leaders or [covenant.cycle.bloc.managing_body_id],
        gettext_noop("%(unit)s chưa ký giao ước thi đua năm %(year)d và đã ghi lý do."),
        about=covenant,
        unit=by.organization_name,
        year=covenant.cycle.year,
    )
    return decline


@deed()
def remind_unsigned(covenant: Covenant, *, by: Acting) -> int:
    """Remind every member that has not signed; each at most once a day. Return how many.

    A person whom another nudge reached today is left in peace.
    """
    covenant = reread(covenant)
    require_state(covenant, State.SIGNING)
    today = clock.today()
    reminded = set(covenant.reminders.filter(day=today).values_list("organization_id", flat=True))
    due = [e for e in unsigned_members(covenant) if e.organization_id not in reminded]
    nothing_left = AlreadyDone(_("Hôm nay các đơn vị chưa ký đều đã được nhắc."))
    if not due:
        raise nothing_left
    told = nudge(
        {e.organization_id: "" for e in due},
        gettext_noop("Nhắc: đơn vị chưa ký giao ước thi đua năm %(year)d, hạn hết ngày %(day)s."),
        by=by,
        about=covenant,
        bloc_id=covenant.cycle.bloc_id,
        year=covenant.cycle.year,
        day=day_text(covenant.sign_by) if covenant.sign_by else "…",
    )
    if told.before and not told.told:
        raise nothing_left
    for enrolment in due:
        covenant.reminders.create(organization_id=enrolment.organization_id, day=today)
    note("covenant.reminded", covenant, by, count=len(due))
    return len(due)


@deed()
def declare_in_force(covenant: Covenant, *, by: Acting, reasons: Mapping[int, str]) -> Declaration:
    """Declare the covenant in force after the day set for signing, though some have not signed.

    ``reasons`` maps each missing organisation's id to why it has not signed; all are needed.
    """
    covenant = reread(covenant)
    locked(covenant.cycle)
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
    _put_in_force(covenant, by)
    return declaration
