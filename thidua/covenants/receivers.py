"""News from below: a copied year takes the free clauses along; who leaves owes no signature."""

from typing import Any

from django.dispatch import receiver
from django.utils.translation import gettext as _

from thidua.accounts.acting import Acting
from thidua.core.errors import WrongState
from thidua.covenants.actions.completing import complete_if_all_signed, tell_turn
from thidua.covenants.actions.drafting import draft_covenant
from thidua.covenants.actions.rereading import reread
from thidua.covenants.models import Clause, Covenant
from thidua.covenants.queries import rounds_awaiting
from thidua.cycles.actions.succeeding import key_of
from thidua.cycles.models import Cycle, Enrolment
from thidua.cycles.signals import cycle_copied, enrolment_carried, member_left
from thidua.organizations.models import Organization


@receiver(cycle_copied)
def copy_clauses(sender: type[Cycle], *, old: Cycle, new: Cycle, by: Acting, **_news: Any) -> None:
    """Draft the new year's covenant with the clauses of the old one, its targets drawn anew."""
    whole = Covenant.objects.filter(cycle=old, kind=Covenant.Kind.WHOLE)
    last = whole.order_by("-number").first()
    if last is None:
        return
    covenant = draft_covenant(new, by=by, is_illustration=last.is_illustration)
    covenant.clauses.all().delete()
    Clause.objects.bulk_create(
        Clause(covenant=covenant, place=c.place, kind=c.kind, heading=c.heading, body=c.body)
        for c in last.clauses.all()
    )


@receiver(member_left)
def settle_round(
    sender: type[Enrolment], *, enrolment: Enrolment, by: Acting, **_news: Any
) -> None:
    """A member that leaves between freezing and signing is no longer awaited."""
    for covenant in Covenant.objects.filter(cycle=enrolment.cycle_id, state=Covenant.State.SIGNING):
        fresh = reread(covenant)
        if not complete_if_all_signed(fresh, by=by):
            tell_turn(fresh)


@receiver(enrolment_carried)
def refuse_in_the_middle(
    sender: type[Enrolment], *, enrolment: Enrolment, predecessor: Organization, **_news: Any
) -> None:
    """Nobody signs a frozen text that names another unit: the round comes first.

    The text names the old unit. Where it has signed, that stays; where it has not, the round is
    finished or the text opened again before the part is carried over.
    """
    if not rounds_awaiting([enrolment]):
        return
    told = {"unit": predecessor.name, "cycle": enrolment.cycle}
    raise WrongState(
        _(
            "Giao ước của %(cycle)s đang trong vòng ký và %(unit)s chưa ký: hãy ký xong hoặc mở "
            "lại bản chốt trước, hoặc để phần việc này kết thúc hay làm nốt dưới tên cũ."
        )
        % told,
        field=key_of(enrolment),
    )
