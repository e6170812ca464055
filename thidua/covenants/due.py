"""What falls due of the signing round: told to the reminders of `notifications`."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext_noop

from thidua.covenants.models import Covenant
from thidua.covenants.queries import for_a_deed
from thidua.covenants.rounds import awaited_now
from thidua.covenants.sentences import facts_of
from thidua.cycles.models import Cycle
from thidua.notifications.due import Due

SENTENCE = gettext_noop(
    "Nhắc hạn: đơn vị chưa ký giao ước thi đua năm %(year)d, hạn hết ngày %(day)s, "
    "còn %(left)d ngày."
)
ADDENDUM = gettext_noop(
    "Nhắc hạn: đơn vị chưa ký phụ lục số %(number)d của giao ước thi đua năm %(year)d, hạn hết "
    "ngày %(day)s, còn %(left)d ngày."
)
ADDENDUM_TODAY = gettext_noop(
    "Nhắc hạn: hôm nay, %(day)s, là ngày cuối ký phụ lục số %(number)d của giao ước thi đua năm "
    "%(year)d."
)
TODAY = gettext_noop("Nhắc hạn: hôm nay, %(day)s, là ngày cuối ký giao ước thi đua năm %(year)d.")


def owed(first: date, last: date) -> Iterator[Due]:
    """Yield each round with the members that could sign now and have not, by the day set for it.

    Nobody is asked to sign a text that is not what was frozen.
    """
    rounds = Covenant.objects.filter(
        state=Covenant.State.SIGNING,
        sign_by__range=(first, last),
        cycle__state__in=[Cycle.State.DRAFT, Cycle.State.OPEN],
    )
    for covenant in for_a_deed(rounds):
        if covenant.sign_by and covenant.matches:
            yield Due(
                thing=f"covenants.signature:{covenant.pk}",
                due_on=covenant.sign_by,
                bloc_id=covenant.cycle.bloc_id,
                organizations=[e.organization_id for e in awaited_now(covenant)],
                sentence=ADDENDUM if covenant.is_addendum else SENTENCE,
                on_the_day=ADDENDUM_TODAY if covenant.is_addendum else TODAY,
                about=covenant,
                facts=facts_of(covenant),
            )
