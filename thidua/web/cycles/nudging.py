"""The button of a year's board that reminds whoever still owes something."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_POST

from thidua.accounts.acting import Acting
from thidua.cycles.actions.nudging import nudge_members
from thidua.cycles.models import Cycle
from thidua.cycles.queries import cycles_for
from thidua.notifications.actions.reminding import Nudged
from thidua.web.access import acting, attempt, require, signed_in
from thidua.web.cycles.board import board_of

MOST_NAMED = 12


@require_POST
@signed_in
def nudge(request: HttpRequest, pk: int) -> HttpResponse:
    """Remind the people of every member that owes something, and say who was told."""
    who = acting(request)
    cycle = get_object_or_404(cycles_for(who), pk=pk)
    require(who, "cycles.nudge_cycle", cycle)
    told = attempt(request, nudge_members, cycle, by=who, owed=owed_in(cycle, who))
    if told:
        messages.success(request, said(cycle, told))
    return redirect("cycles:board", pk)


def owed_in(cycle: Cycle, who: Acting) -> dict[int, str]:
    """Return, by organisation, the names of the duties that it still owes, as records have them."""
    with override("vi"):
        rows = board_of(cycle, who).rows
        return {
            row.enrolment.organization_id: "; ".join(
                duty for duty, cell in row.pairs if cell.is_missing
            )
            for row in rows
            if row.missing
        }


def said(cycle: Cycle, told: Nudged) -> str:
    """Return who was told, who had been told before, and where nobody was there to be told."""
    units = {e.organization_id: e.organization.label for e in cycle.current()}
    people = [f"{name} ({units[pk]})" for name, pk in told.told]
    more = len(people) - MOST_NAMED
    names = ", ".join(people[:MOST_NAMED])
    if more > 0:
        names = _("%(names)s và %(more)d người nữa") % {"names": names, "more": more}
    sentences = [_("Đã nhắc %(count)d người: %(names)s.") % {"count": len(people), "names": names}]
    if told.before:
        before = {"count": len(told.before)}
        sentences.append(_("%(count)d người đã được nhắc trong hôm nay rồi.") % before)
    if told.nobody:
        nobody = {"units": ", ".join(units[pk] for pk in told.nobody)}
        sentences.append(_("Chưa có ai làm việc cho: %(units)s.") % nobody)
    return " ".join(sentences)
