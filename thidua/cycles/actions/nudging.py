"""The leader's nudge: who owes something in the year is reminded, each person once a day."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from thidua.accounts.acting import Acting
from thidua.audit.actions import record
from thidua.audit.queries import chain_of_bloc
from thidua.core.deeds import deed
from thidua.core.errors import AlreadyDone, Invalid, WrongState
from thidua.cycles.models import Cycle
from thidua.notifications.actions.reminding import Nudged, nudge

SENTENCE = gettext_noop(
    "%(leader)s nhắc: đơn vị còn việc chưa làm trong năm thi đua %(year)d: %(owed)s."
)


@deed()
def nudge_members(cycle: Cycle, *, by: Acting, owed: Mapping[int, str]) -> Nudged:
    """Remind the people of the members in ``owed`` (by organisation: what it owes, in words).

    Whom a nudge reached today is left in peace; when that is everybody, it is refused, and when
    nobody acts for these members, too.
    """
    if not cycle.is_running:
        raise WrongState(_("Năm thi đua này không còn chạy nên không nhắc nữa."))
    members = {e.organization_id for e in cycle.current()}
    asked = {organization: what for organization, what in owed.items() if organization in members}
    if not asked:
        raise AlreadyDone(_("Lúc này không đơn vị nào còn việc để nhắc."))
    told = nudge(
        asked,
        SENTENCE,
        by=by,
        about=cycle,
        bloc_id=cycle.bloc_id,
        leader=by.organization_name,
        year=cycle.year,
    )
    if not told.told and told.before:
        raise AlreadyDone(
            _("Hôm nay những người cần nhắc đều đã được nhắc. Ngày mai nhắc lại được.")
        )
    if not told.told:
        raise Invalid(_("Các đơn vị này chưa có ai có tài khoản làm việc nên không nhắc được ai."))
    count = len({organization for _name, organization in told.told})
    record("members.nudged", by=by, on=cycle, chain=chain_of_bloc(cycle.bloc_id), count=count)
    return told
