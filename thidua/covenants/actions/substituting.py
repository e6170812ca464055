"""The head names who signs in their place in this round; it ends with the round."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import override

from thidua.accounts.acting import Acting
from thidua.accounts.actions import Terms, appoint, held_today
from thidua.accounts.models import Appointment, User
from thidua.core import clock
from thidua.core.deeds import deed
from thidua.core.errors import AlreadyDone, Invalid
from thidua.core.text import one_line
from thidua.covenants.actions.drafting import note
from thidua.covenants.actions.ending import end_substitutes
from thidua.covenants.actions.gates import member_of, open_version, refuse_signed
from thidua.covenants.actions.rereading import reread
from thidua.covenants.models import Covenant, Substitute
from thidua.covenants.queries import for_a_signature
from thidua.covenants.sentences import SUBSTITUTED, facts_of
from thidua.notifications.actions import notify

LATE_DAYS = timedelta(days=14)  # for a late signature, where no last day of a round is left


@dataclass(frozen=True)
class StandIn:
    """Who signs instead: an ``appointment`` that is there, or a ``user`` with how they stand in.

    ``manner`` is one of `Appointment.Manner`, ``post`` the person's own; TUQ. needs the paper's
    number (its scope and last day are those of the round).
    """

    appointment: Appointment | None = None
    user: User | None = None
    manner: str = ""
    post: str = ""
    collective: str = ""
    authorization_number: str = ""


@deed()
def name_substitute(covenant: Covenant, stand_in: StandIn, *, by: Acting) -> Substitute:
    """Name who signs for the head's organisation in this round; a former one is let go.

    Refuses when the round takes no signatures, the member has signed, or ``by`` is no head.
    """
    covenant = reread(covenant, for_a_signature)
    version = open_version(covenant)
    member = member_of(covenant, by.organization_id)
    refuse_signed(covenant, member)
    principal = held_today(by, Appointment.Role.HEAD)
    end_substitutes(covenant, by=by, organization_id=member.organization_id)
    appointment = stand_in.appointment or _appointed(covenant, stand_in, principal, by)
    _refuse_unfit(appointment, principal)
    substitute = Substitute.objects.create(
        covenant=covenant,
        version=version,
        organization=principal.organization,
        appointment=appointment,
        is_own=stand_in.appointment is None,
        by=by.user,
        at=clock.now(),
    )
    name = appointment.user.name
    capacity = " / ".join(appointment.capacity)
    note("covenant.substitute_named", covenant, by, person=name, capacity=capacity)
    notify(
        [member.organization_id],
        SUBSTITUTED.of(covenant),
        about=covenant,
        person=name,
        **facts_of(covenant),
    )
    return substitute


@deed()
def drop_substitute(covenant: Covenant, *, by: Acting) -> None:
    """Let the one named sign no more: the head signs. Refuses when nobody was named."""
    covenant = reread(covenant, for_a_signature)
    principal = held_today(by, Appointment.Role.HEAD)
    open_ones = Substitute.objects.filter(
        version=covenant.version_id, organization=principal.organization, ended_at=None
    )
    if not open_ones.exists():
        raise AlreadyDone(_("Không còn ai được giao ký thay trong vòng này."))
    end_substitutes(covenant, by=by, organization_id=principal.organization_id)
    note("covenant.substitute_dropped", covenant, by)


def _appointed(
    covenant: Covenant, stand_in: StandIn, principal: Appointment, by: Acting
) -> Appointment:
    """Give the right for this round: until its last day."""
    user, today = stand_in.user, clock.today()
    if user is None:
        raise Invalid(_("Hãy chọn người ký thay."), field="person")
    if not one_line(stand_in.post):
        raise Invalid(_("Cần ghi chức vụ của người ký thay, như sẽ ghi ở chữ ký."), field="post")
    late = covenant.state == Covenant.State.IN_FORCE or covenant.sign_by is None
    until = today + LATE_DAYS if late or covenant.sign_by is None else covenant.sign_by
    with override("vi"):  # as the paper has it
        scope = _("Ký %(covenant)s") % {"covenant": covenant.title}
    is_paper = stand_in.manner == Appointment.Manner.AUTHORIZED
    terms = Terms(
        since=today,
        until=until,
        post=stand_in.post,
        collective=stand_in.collective,
        manner=stand_in.manner,
        stands_in_for=principal,
        authorization_number=stand_in.authorization_number,
        authorization_scope=scope if is_paper else "",
    )
    role = Appointment.Role.STAND_IN
    return appoint(user, principal.organization, by=by, role=role, terms=terms)


def _refuse_unfit(appointment: Appointment, principal: Appointment) -> None:
    fits = (
        appointment.role == Appointment.Role.STAND_IN
        and appointment.organization_id == principal.organization_id
        and appointment.user.is_active
        and appointment.holds(clock.today())
    )
    if not fits:
        raise Invalid(_("Người này hiện không được giao ký thay cho đơn vị."), field="person")
