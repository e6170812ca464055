"""Reminding members that have not signed: all of them, or one."""

from django.utils.translation import gettext as _

from thidua.accounts.acting import Acting
from thidua.core import clock
from thidua.core.deeds import deed
from thidua.core.errors import AlreadyDone, WrongState
from thidua.core.text import day_text
from thidua.core.workflow import require_state
from thidua.covenants.actions.drafting import note
from thidua.covenants.actions.rereading import reread
from thidua.covenants.models import Covenant
from thidua.covenants.rounds import awaited_now
from thidua.covenants.sentences import REMINDED, facts_of
from thidua.cycles.models import Enrolment
from thidua.notifications.actions.reminding import nudge


@deed()
def remind_unsigned(covenant: Covenant, *, by: Acting, only: Enrolment | None = None) -> int:
    """Remind every member that could sign now and has not; each at most once a day.

    With ``only`` this one alone. Return how many. A person whom another nudge reached today is
    left in peace; in a round signed in order, those whose turn has not come are as well.
    """
    covenant = reread(covenant)
    require_state(covenant, Covenant.State.SIGNING)
    today = clock.today()
    reminded = set(covenant.reminders.filter(day=today).values_list("organization_id", flat=True))
    awaited = awaited_now(covenant)
    if only is not None:
        awaited = _only(awaited, only)
    due = [e for e in awaited if e.organization_id not in reminded]
    nothing_left = AlreadyDone(_("Hôm nay các đơn vị chưa ký đều đã được nhắc."))
    if only is not None:
        unit = {"unit": only.organization.name}
        nothing_left = AlreadyDone(_("Hôm nay %(unit)s đã được nhắc rồi.") % unit)
    if not due:
        raise nothing_left
    told = nudge(
        {e.organization_id: "" for e in due},
        REMINDED.of(covenant),
        by=by,
        about=covenant,
        bloc_id=covenant.cycle.bloc_id,
        day=day_text(covenant.sign_by) if covenant.sign_by else "…",
        **facts_of(covenant),
    )
    if told.before and not told.told:
        raise nothing_left
    for enrolment in due:
        covenant.reminders.create(organization_id=enrolment.organization_id, day=today)
    note("covenant.reminded", covenant, by, count=len(due))
    return len(due)


def _only(awaited: list[Enrolment], member: Enrolment) -> list[Enrolment]:
    found = [e for e in awaited if e.pk == member.pk]
    if not found:
        raise WrongState(_("Đơn vị này đã ký, hoặc chưa đến lượt, nên không cần nhắc."))
    return found
