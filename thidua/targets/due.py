"""What falls due of registration: told to the reminders of `notifications`."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext_noop

from thidua.cycles.models import Cycle, Enrolment, Phase
from thidua.notifications.due import Due
from thidua.targets.models import TargetSet

NOT_SENT = (TargetSet.State.DRAFT, TargetSet.State.RETURNED)
SENTENCE = gettext_noop(
    "Nhắc hạn: đơn vị chưa gửi bản đăng ký thi đua năm %(year)d, hạn hết ngày %(day)s, "
    "còn %(left)d ngày."
)
TODAY = gettext_noop(
    "Nhắc hạn: hôm nay, %(day)s, là ngày cuối gửi bản đăng ký thi đua năm %(year)d."
)


def owed(first: date, last: date) -> Iterator[Due]:
    """Yield, for each member that has not sent its set, the day by which it should."""
    phases = Phase.objects.filter(
        kind=Phase.Kind.REGISTRATION, due_on__range=(first, last), cycle__state=Cycle.State.OPEN
    ).select_related("cycle")
    windows = {p.cycle_id: p for p in phases.prefetch_related("acts") if p.accepts}
    members = Enrolment.objects.filter(cycle__in=windows, left_on=None)
    for member in members.select_related("target_set"):
        phase = windows[member.cycle_id]
        target_set = getattr(member, "target_set", None)
        if target_set is None or target_set.state in NOT_SENT:
            yield Due(
                thing=f"targets.registration:{member.pk}",
                due_on=phase.due_on or last,
                since=phase.opens_on,
                bloc_id=phase.cycle.bloc_id,
                organizations=[member.organization_id],
                sentence=SENTENCE,
                on_the_day=TODAY,
                about=target_set or phase.cycle,
                facts={"year": phase.cycle.year},
            )
