"""Signing in order: who signs after whom, and a turn that the leader lets pass on."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from thidua.accounts.acting import Acting
from thidua.core import clock
from thidua.core.deeds import deed
from thidua.core.errors import AlreadyDone, Invalid, WrongState
from thidua.core.text import one_line
from thidua.core.workflow import require_state
from thidua.covenants.actions.completing import tell_turn
from thidua.covenants.actions.drafting import note
from thidua.covenants.actions.rereading import reread
from thidua.covenants.models import Covenant, PassedTurn, Turn
from thidua.covenants.queries import parties_of
from thidua.covenants.rounds import current_turn, turns_of
from thidua.covenants.sentences import TURN_PASSED, facts_of
from thidua.cycles.actions.years import refuse_over
from thidua.cycles.models import Enrolment
from thidua.notifications.actions import notify


@deed()
def pass_turn(covenant: Covenant, enrolment: Enrolment, *, by: Acting, reason: str) -> PassedTurn:
    """Let the turn of the member whose turn it is pass to the next, with a reason.

    That member may still sign, at any time of the round. Refuses when it is not its turn.
    """
    covenant = reread(covenant)
    refuse_over(covenant.cycle)
    require_state(covenant, Covenant.State.SIGNING)
    if not one_line(reason):
        raise Invalid(_("Cần ghi lý do."), field="reason")
    if not covenant.is_in_turn:
        raise WrongState(_("Vòng này các đơn vị cùng ký nên không có lượt nào để chuyển."))
    turns = turns_of(covenant)
    own = next((turn for turn in turns if turn.enrolment_id == enrolment.pk), None)
    if own is not None and PassedTurn.objects.filter(turn=own).exists():
        raise AlreadyDone(_("Lượt của đơn vị này đã được chuyển rồi."))
    now = current_turn(turns, parties_of(covenant))
    if now is None or own is None or now.pk != own.pk:
        raise WrongState(_("Không phải đang đến lượt đơn vị này."))
    passed = PassedTurn.objects.create(
        turn=own, reason=reason, by=by.user, organization=by.organization, at=clock.now()
    )
    unit = enrolment.organization.name
    note("covenant.turn_passed", covenant, by, unit=unit, reason=one_line(reason)[:300])
    notify(
        [enrolment.organization_id],
        TURN_PASSED.of(covenant),
        about=covenant,
        reason=one_line(reason),
        **facts_of(covenant),
    )
    tell_turn(covenant)
    return passed


def make_turns(covenant: Covenant, order: Sequence[int]) -> None:
    """Write the turns of a round that was just frozen, in the order of these enrolment ids.

    Refuses `Invalid` unless every member stands in it exactly once.
    """
    members = {member.pk for member in covenant.cycle.current()}
    if sorted(order) != sorted(members):
        raise Invalid(
            _("Thứ tự ký phải có đủ các đơn vị đang tham gia, mỗi đơn vị một lần."), field="order"
        )
    Turn.objects.bulk_create(
        Turn(covenant=covenant, version=covenant.version, enrolment_id=pk, place=place)
        for place, pk in enumerate(order, 1)
    )
